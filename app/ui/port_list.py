"""The serial ports of this PC, one of which reads the modules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QScrollArea, QVBoxLayout, QWidget

from app.core.errors import Why
from app.core.settings import AUTOMATIC_PORT
from app.ports import LinkState, LinkStatus
from app.ui.canvas import Canvas
from app.ui.controls import focus_the_chosen
from app.ui.marks import Mark
from app.ui.painted import PaintedButton
from app.ui.scene import short_port
from app.ui.theme import BODY, Palette, Style
from app.wording.language import tr

ROW_HEIGHT = 44.0
_NAME = Style(19, 600, mono=True)
_STATE_WIDTH = 130.0
_MARGIN = 24.0
_NO_PORT = ""


@dataclass(frozen=True, slots=True)
class PortRow:
    """One port that can be chosen; `port` is what is handed back, a device name or a URL."""

    port: str
    description: str = ""
    likely_at: bool = False


@dataclass(frozen=True, slots=True)
class _RowFace:
    """What one row says."""

    name: str
    description: str
    state: str = ""
    answers: bool = False


class _PortButton(PaintedButton):
    """One row."""

    def __init__(self, palette: Palette, port: str, last: bool, parent: QWidget) -> None:
        super().__init__(palette, parent)
        self.port = port
        self.last = last
        self.face = _RowFace(port, "")
        self.setCheckable(True)

    def show_face(self, face: _RowFace) -> None:
        self.face = face
        self.setText(" ".join(part for part in (face.name, face.description, face.state) if part))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(400 * self.zoom), round(ROW_HEIGHT * self.zoom))

    def draw(self, canvas: Canvas) -> None:
        colors, width, middle = canvas.palette, self.area.width(), self.area.height() / 2
        if self.isChecked():
            canvas.painter.fillRect(self.area, colors.accent_tint)
            canvas.painter.fillRect(QRectF(0, 0, 5, self.area.height()), colors.accent)
        elif not self.last:
            rule = QRectF(_MARGIN, self.area.height() - 1, width - 2 * _MARGIN, 1)
            canvas.painter.fillRect(rule, colors.line)
        right = width - _MARGIN - _STATE_WIDTH
        self._draw_state(canvas, right, middle)
        x = _MARGIN
        if self.face.name:
            x += max(92.0, canvas.text(self.face.name, x, middle, right - x - 40, _NAME) + 16)
        canvas.text(self.face.description, x, middle, right - x - 40, BODY)
        self.draw_focus(canvas, self.area, 4)

    def _draw_state(self, canvas: Canvas, left: float, middle: float) -> None:
        colors, face = canvas.palette, self.face
        if face.answers:
            canvas.mark(Mark.PASS, QPointF(left - 18, middle), 19, colors.passed, colors.surface)
        color = colors.text if face.answers else colors.muted
        canvas.text(face.state, left, middle, _STATE_WIDTH, Style(17, 500), color)


class PortList(QScrollArea):
    """First that the station finds the port by itself, then the ports as they were given, last none."""

    chosen = Signal(str)
    """A port, `AUTOMATIC_PORT`, or nothing for no port at all."""

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette = palette
        self._rows: list[PortRow] = []
        self._missing: set[str] = set()
        self._link = LinkStatus(LinkState.NONE)
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._clicked)
        self.zoom = 1.0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    @property
    def buttons(self) -> list[_PortButton]:
        return [button for button in self._group.buttons() if isinstance(button, _PortButton)]

    def show_ports(self, rows: Sequence[PortRow], chosen: str) -> None:
        """A port that is chosen and is not there now stands in the list all the same."""
        known = {AUTOMATIC_PORT, _NO_PORT, *(row.port for row in rows)}
        self._missing = {chosen} - known
        self._rows = [PortRow(AUTOMATIC_PORT), *rows, *map(PortRow, self._missing), PortRow(_NO_PORT)]
        if [button.port for button in self.buttons] != [row.port for row in self._rows]:
            self._build()
        for button in self.buttons:
            button.setChecked(button.port == chosen)
            if button.isChecked():
                self.ensureWidgetVisible(button, 0, 0)
        focus_the_chosen(self.buttons)
        self.retranslate()

    def _clicked(self, button: QAbstractButton) -> None:
        focus_the_chosen(self.buttons)
        if isinstance(button, _PortButton):
            self.chosen.emit(button.port)

    def _build(self) -> None:
        for button in self._group.buttons():
            self._group.removeButton(button)
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for row in self._rows:
            button = _PortButton(self._palette, row.port, row is self._rows[-1], content)
            self._group.addButton(button)
            layout.addWidget(button)
        layout.addStretch(1)
        self.setWidget(content)
        self._resize_rows()

    def show_link(self, link: LinkStatus) -> None:
        if link != self._link:
            self._link = link
            self.retranslate()

    def retranslate(self) -> None:
        for button, row in zip(self.buttons, self._rows, strict=True):
            button.show_face(self._face(row))

    def _face(self, row: PortRow) -> _RowFace:
        if row.port == AUTOMATIC_PORT:
            return _RowFace("", tr("Find the module by itself"))
        if row.port == _NO_PORT:
            return _RowFace("", tr("No port: IMEIs come from labels only"))
        name, here = short_port(row.port), row.port == self._link.port
        if here and self._link.state is not LinkState.NONE:
            answers = self._link.state is LinkState.ANSWERING
            return _RowFace(name, row.description, link_word(self._link), answers)
        if row.port in self._missing:
            return _RowFace(name, "", tr("Not there"))
        return _RowFace(name, row.description, tr("AT port") if row.likely_at else "")

    def place(self, box: QRectF, zoom: float) -> None:
        self.zoom = zoom
        rect = QRectF(box.topLeft() * zoom, box.size() * zoom)
        self.setGeometry(rect.toRect())
        self._resize_rows()

    def _resize_rows(self) -> None:
        for button in self.buttons:
            button.zoom = self.zoom
            button.setFixedHeight(int(ROW_HEIGHT * self.zoom))


def link_word(link: LinkStatus) -> str:
    """What the port does, in two words."""
    if link.state is LinkState.TROUBLE:
        words = {Why.PORT_BUSY: tr("In use"), Why.PORT_DENIED: tr("Not allowed")}
        return words.get(link.reason.why, tr("Cannot be used")) if link.reason else tr("Cannot be used")
    return {
        LinkState.NONE: tr("No port"),
        LinkState.ABSENT: tr("Not there"),
        LinkState.SILENT: tr("No answer"),
        LinkState.ANSWERING: tr("Answers AT"),
    }[link.state]
