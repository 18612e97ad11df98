"""What people press on the pages that are worked by mouse and keyboard."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QWidget

from app.ui.canvas import Canvas
from app.ui.icons import Icon
from app.ui.painted import Painted, PaintedButton
from app.ui.theme import Palette, Style, text_width

_LABEL = Style(17, 600)
BUTTON_HEIGHT = 42.0
SEGMENTS_HEIGHT = 52.0


class OutlineButton(PaintedButton):
    """A button of the second rank, with an icon or without."""

    def __init__(self, palette: Palette, icon: Icon | None, parent: QWidget | None = None) -> None:
        super().__init__(palette, parent)
        self.icon_ = icon

    @property
    def wanted_width(self) -> float:
        return (48 if self.icon_ else 20) + text_width(self.text(), _LABEL) + 20

    def sizeHint(self) -> QSize:
        return QSize(round(self.wanted_width * self.zoom), round(BUTTON_HEIGHT * self.zoom))

    def draw(self, canvas: Canvas) -> None:
        colors = canvas.palette
        ground = colors.accent_tint if self.isDown() else colors.surface
        ink = colors.text if self.isEnabled() else colors.muted
        canvas.card(self.area, ground, colors.control if self.isEnabled() else colors.line, 1.5, 8)
        middle = self.area.height() / 2
        if self.icon_ is None:
            room, center = self.area.width() - 16, Qt.AlignmentFlag.AlignHCenter
            canvas.text(
                self.text(), self.area.center().x(), middle, room, _LABEL, ink, center, smaller=(16, 15)
            )
        else:
            canvas.icon(self.icon_, QPointF(29, middle), 20, ink)
            canvas.text(self.text(), 48, middle, self.area.width() - 60, _LABEL, ink)
        self.draw_focus(canvas, self.area)


class IconButton(PaintedButton):
    """An icon alone; what it does is said by its accessible name."""

    def __init__(self, palette: Palette, icon: Icon, parent: QWidget | None = None) -> None:
        super().__init__(palette, parent)
        self._icon = icon

    def sizeHint(self) -> QSize:
        return QSize(round(38 * self.zoom), round(36 * self.zoom))

    def draw(self, canvas: Canvas) -> None:
        colors, enabled = canvas.palette, self.isEnabled()
        ground = colors.accent_tint if self.isDown() else colors.surface
        edge, ink = (colors.control, colors.text) if enabled else (colors.line, colors.control)
        canvas.card(self.area, ground, edge, 1.5, 8)
        canvas.icon(self._icon, self.area.center(), 18, ink)
        self.draw_focus(canvas, self.area)


class FilledButton(PaintedButton):
    """The one thing that is to be done here. While it cannot be done it is off, and says so by its ground."""

    grave = False
    """It takes something away."""

    @property
    def wanted_width(self) -> float:
        return text_width(self.text(), _LABEL) + 48

    def sizeHint(self) -> QSize:
        return QSize(round(self.wanted_width * self.zoom), round(BUTTON_HEIGHT * self.zoom))

    def draw(self, canvas: Canvas) -> None:
        colors, center = canvas.palette, self.area.center()
        ground, color = (colors.fault if self.grave else colors.accent), colors.surface
        if not self.isEnabled():
            ground, color = colors.inset, colors.muted
        border = None if self.isEnabled() else colors.control
        canvas.card(self.area, ground, border, 1.5, 8)
        room = self.area.width() - 16
        middle = Qt.AlignmentFlag.AlignHCenter
        canvas.text(self.text(), center.x(), center.y(), room, _LABEL, color, middle, smaller=(16, 15))
        if self.hasFocus():
            canvas.frame(self.area.adjusted(3, 3, -3, -3), colors.surface, 2.5, 5)


class _Segment(PaintedButton):
    """One choice of several."""

    def __init__(self, palette: Palette, parent: QWidget) -> None:
        super().__init__(palette, parent)
        self.setCheckable(True)

    def sizeHint(self) -> QSize:
        return QSize(round((text_width(self.text(), _LABEL) + 32) * self.zoom), round(44 * self.zoom))

    def draw(self, canvas: Canvas) -> None:
        colors = canvas.palette
        color = colors.text
        if self.isChecked():
            canvas.card(self.area, colors.accent, radius=6)
            color = colors.surface
        center = self.area.center()
        room = self.area.width() - 8
        canvas.text(self.text(), center.x(), center.y(), room, _LABEL, color, Qt.AlignmentFlag.AlignHCenter)
        if self.hasFocus():
            inner = self.area.adjusted(3, 3, -3, -3) if self.isChecked() else self.area
            canvas.frame(inner, colors.surface if self.isChecked() else colors.accent, 2.5, 5)


class Segments(Painted):
    """A few choices side by side, one of which holds; the arrow keys go from one to the next."""

    chosen = Signal(int)
    """The place of the choice that a person made."""

    def __init__(self, palette: Palette, count: int, parent: QWidget | None = None) -> None:
        super().__init__(palette, parent)
        self._group = QButtonGroup(self)
        self.segments = [_Segment(palette, self) for _ in range(count)]
        for number, segment in enumerate(self.segments):
            self._group.addButton(segment, number)
        self._group.idClicked.connect(self.chosen)
        self._group.buttonToggled.connect(self._show_chosen)

    def _show_chosen(self) -> None:
        focus_the_chosen(self.segments)
        self.update()

    @property
    def number(self) -> int:
        """The place of the choice that holds."""
        return self._group.checkedId()

    def name(self, what: str, choices: Sequence[str]) -> None:
        self.say(what)
        for segment, text in zip(self.segments, choices, strict=True):
            segment.setText(text)
        self._arrange()

    def choose(self, number: int) -> None:
        """Shows this choice, without asking anybody."""
        self.segments[number].setChecked(True)

    def place(self, box: QRectF, zoom: float) -> None:
        super().place(box, zoom)
        self._arrange()

    def _arrange(self) -> None:
        """All choices are equally wide, or share what their texts leave where one needs more than that."""
        texts = [text_width(segment.text(), _LABEL) for segment in self.segments]
        room = self.area.width() - 6
        share, spare = room / len(texts), (room - sum(texts)) / len(texts)
        x = 3.0
        for segment, text in zip(self.segments, texts, strict=True):
            width = share if max(texts) + 24 <= share else text + spare
            segment.place(QRectF(x, 4, width, self.area.height() - 8), self.zoom)
            x += width

    def draw(self, canvas: Canvas) -> None:
        colors = canvas.palette
        canvas.card(self.area, colors.inset, colors.control, 1.5, 8)
        checked = self._group.checkedId()
        for number, segment in enumerate(self.segments[1:], start=1):
            if checked not in (number - 1, number):
                x = segment.x() / self.zoom
                canvas.painter.fillRect(QRectF(x, 12, 1.5, self.area.height() - 24), colors.control)


def focus_the_chosen(choices: Sequence[QAbstractButton]) -> None:
    """The Tab key goes to the choice that holds, or to the first; the arrow keys go on from there."""
    chosen = next((choice for choice in choices if choice.isChecked()), next(iter(choices), None))
    for choice in choices:
        choice.setFocusPolicy(Qt.FocusPolicy.StrongFocus if choice is chosen else Qt.FocusPolicy.ClickFocus)


class Tab(PaintedButton):
    """Leads to a page; stands on the dark header."""

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(palette, parent)
        self.setCheckable(True)

    @property
    def wanted_width(self) -> float:
        return text_width(self.text(), Style(20, 600)) + 32

    def sizeHint(self) -> QSize:
        return QSize(round(self.wanted_width * self.zoom), round(80 * self.zoom))

    def draw(self, canvas: Canvas) -> None:
        colors, width = canvas.palette, self.area.width()
        color = colors.ink_muted
        if self.isChecked():
            color = colors.ink_text
            canvas.card(QRectF(0, 14, width, 52), colors.ink2, radius=8)
            canvas.painter.fillRect(QRectF(0, 76, width, 4), colors.progress)
        canvas.text(self.text(), 16, 40, width - 16, Style(20, 600), color)
        if self.hasFocus():
            canvas.frame(QRectF(0, 14, width, 52), colors.progress, 2.5, 8)
