"""Whether the journal is what was written. What does not hold stays red until it holds again."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from app.ui.canvas import Canvas
from app.ui.controls import OutlineButton
from app.ui.icons import Icon
from app.ui.marks import Mark
from app.ui.painted import Painted
from app.ui.theme import Palette, Style, text_width
from app.wording.language import tr

_TITLE, _DETAIL = Style(17, 700), Style(15, 500)
_LEFT = 62.0


class ProofState(StrEnum):
    """How much is known of the journal."""

    UNKNOWN = "unknown"
    HOLDS = "holds"
    BROKEN = "broken"
    RUNNING = "running"


@dataclass(frozen=True, slots=True)
class ProofFace:
    """What the badge says; `share` is how far the work is, 0 to 1."""

    state: ProofState = ProofState.UNKNOWN
    title: str = ""
    detail: str = ""
    said: str = ""
    """The whole sentence."""
    share: float = 0.0
    rebuilds: bool = False
    """The live tables can be made again."""


class _BadgeButton(OutlineButton):
    """Keeps its icon alone where the badge's words need the room."""

    is_compact = False

    @property
    def wanted_width(self) -> float:
        return 44.0 if self.is_compact else super().wanted_width

    def draw(self, canvas: Canvas) -> None:
        if not self.is_compact:
            super().draw(canvas)
            return
        colors = canvas.palette
        ground = colors.accent_tint if self.isDown() else colors.surface
        canvas.card(self.area, ground, colors.control, 1.5, 8)
        if self.icon_ is not None:
            canvas.icon(self.icon_, self.area.center(), 20, colors.text)
        self.draw_focus(canvas, self.area)


class ProofBadge(Painted):
    """Has one button, for what comes next: verify, rebuild (which verifies too), or call off what runs."""

    def __init__(self, palette: Palette, parent: QWidget) -> None:
        super().__init__(palette, parent)
        self.face = ProofFace()
        self._may_prove = self._may_rebuild = False
        self.verify = _BadgeButton(palette, Icon.SHIELD_TICK, self)
        self.rebuild = _BadgeButton(palette, Icon.REFRESH, self)
        self.cancel = _BadgeButton(palette, Icon.CLOSE, self)
        self.retranslate()

    def show_face(self, face: ProofFace) -> None:
        self.face = face
        self.say(face.title or tr("Not verified yet"), face.said or face.detail)
        self.setToolTip(face.said)
        self._arrange()
        self.update()

    def show_rights(self, may_prove: bool, may_rebuild: bool) -> None:
        if (may_prove, may_rebuild) != (self._may_prove, self._may_rebuild):
            self._may_prove, self._may_rebuild = may_prove, may_rebuild
            self._arrange()

    def retranslate(self) -> None:
        self.verify.setText(tr("Verify"))
        self.rebuild.setText(tr("Rebuild"))
        self.cancel.setText(tr("Cancel"))
        for button, hint in ((self.verify, tr("Verify now")), (self.rebuild, tr("Rebuild the live tables"))):
            button.setToolTip(hint)
            button.setAccessibleDescription(hint)
        self._arrange()

    def place(self, box: QRectF, zoom: float) -> None:
        super().place(box, zoom)
        self._arrange()

    def _arrange(self) -> None:
        running, face = self.face.state is ProofState.RUNNING, self.face
        rebuilds = self._may_rebuild and face.rebuilds
        self.verify.setVisible(self._may_prove and not running and not rebuilds)
        self.rebuild.setVisible(rebuilds and not running)
        self.cancel.setVisible(running)
        self._right = self.area.width() - 8
        for button in (self.verify, self.rebuild, self.cancel):
            if not button.isHidden():
                button.is_compact = False
                button.is_compact = _LEFT + self._words + 20 + button.wanted_width > self._right
                width = button.wanted_width
                box = QRectF(self._right - width, 8, width, self.area.height() - 16)
                button.place(box, self.zoom)
                self._right = box.left() - 8

    @property
    def _words(self) -> float:
        """How wide the two lines are."""
        return max(text_width(self.face.title, _TITLE), text_width(self.face.detail, _DETAIL))

    _right = 0.0

    def draw(self, canvas: Canvas) -> None:
        colors, middle, face = canvas.palette, self.area.height() / 2, self.face
        edge, ground, ink = self._colors(colors)
        canvas.card(self.area, ground, edge, 2 if face.state is not ProofState.UNKNOWN else 1.5, 8)
        if face.state is ProofState.BROKEN:
            canvas.mark(Mark.FAULT, QPointF(32, middle), 28, colors.fault, colors.surface)
        else:
            icon = Icon.SHIELD_TICK if face.state is ProofState.HOLDS else Icon.SHIELD
            canvas.icon(icon, QPointF(32, middle), 28, edge)
        room = self._right - _LEFT - 4
        title, detail = face.title or tr("Not verified yet"), face.detail
        second = detail or face.state is ProofState.RUNNING
        canvas.text(title, _LEFT, middle - 11 if second else middle, room, _TITLE, ink, smaller=(16, 15))
        if face.state is ProofState.RUNNING:
            canvas.bar(QRectF(_LEFT, middle + 8, room, 6), colors.accent_track)
            canvas.bar(QRectF(_LEFT, middle + 8, max(6.0, room * face.share), 6), colors.accent)
        elif detail:
            canvas.text(detail, _LEFT, middle + 11, room, _DETAIL, ink)

    def _colors(self, colors: Palette) -> tuple[QColor, QColor, QColor]:
        """Edge, ground and letters."""
        return {
            ProofState.UNKNOWN: (colors.control, colors.surface, colors.text),
            ProofState.HOLDS: (colors.passed, colors.passed_tint, colors.passed_deep),
            ProofState.BROKEN: (colors.fault, colors.fault_tint, colors.fault_deep),
            ProofState.RUNNING: (colors.accent, colors.accent_tint, colors.text),
        }[self.face.state]
