"""The choices that open at a button: beside it, never over it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame

from app.ui.canvas import Canvas
from app.ui.icons import Icon
from app.ui.painted import PaintedButton
from app.ui.painted_list import PaintedList
from app.ui.theme import BODY, text_width
from app.wording.language import tr

Choice = tuple[str, Callable[[], object]]
"""What is offered, and what happens where it is chosen."""
Switch = tuple[str, bool, Callable[[], object]]
"""What can be turned on and off, whether it is on, and what turns it."""

_ROW, _EDGE, _GAP = 42.0, 6.0, 4.0
_LEFT, _RIGHT, _TURNS = 44.0, 24.0, 56.0
"""Room for the tick, at the right, and for a switch."""


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    then: Callable[[], object]
    holds: bool = False
    is_switch: bool = False

    @property
    def spoken(self) -> str:
        if self.is_switch:
            return (tr("{choice}, on") if self.holds else tr("{choice}, off")).format(choice=self.text)
        return tr("{choice}, chosen").format(choice=self.text) if self.holds else self.text


class PickMenu(QFrame):
    """Arrow keys, Enter or a click; Escape or a click beside it chooses nothing."""

    def __init__(self, under: PaintedButton, lines: Sequence[_Line]) -> None:
        super().__init__(under, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("PickMenu")
        self.setAccessibleName(under.accessibleDescription() or under.text())
        self.list = PaintedList[_Line](under.colors, _ROW, lambda line: line.spoken, _paint, self)
        self.list.is_ruled = False
        self.list.setMouseTracking(True)
        self.list.entered.connect(self.list.setCurrentIndex)
        self.list.clicked.connect(self._choose)
        chosen = (row for row, line in enumerate(lines) if line.holds and not line.is_switch)
        self.list.show_rows(lines, next(chosen, 0))
        self.list.installEventFilter(self)
        self.setFocusProxy(self.list)
        self._put_beside(under, lines)

    def _put_beside(self, under: PaintedButton, lines: Sequence[_Line]) -> None:
        """Below its button; above it where there is more room. What has no room is scrolled to."""
        zoom, screen = under.zoom, under.screen().availableGeometry()
        button = QRect(under.mapToGlobal(QPoint(0, 0)), under.size())
        wanted = max(_width(line) for line in lines) + 2 * _EDGE
        width = min(max(under.width(), round(wanted * zoom)), screen.width())
        height = round((len(lines) * _ROW + 2 * _EDGE) * zoom)
        gap = round(_GAP * zoom)
        below, above = screen.bottom() - button.bottom() - gap, button.top() - screen.top() - gap
        is_below = height <= below or below >= above
        height = min(height, below if is_below else above)
        top = button.bottom() + 1 + gap if is_below else button.top() - gap - height
        left = max(screen.left(), min(button.left(), screen.right() + 1 - width))
        self.setGeometry(left, top, width, height)
        inner = QRectF(_EDGE, _EDGE, width / zoom - 2 * _EDGE, height / zoom - 2 * _EDGE)
        self.list.place(inner, zoom)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose(self.list.currentIndex())
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What the list has no use for."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()

    def _choose(self, index: QModelIndex) -> None:
        if self.isVisible() and index.isValid():
            line = self.list.rows[index.row()]
            self.close()
            line.then()


def open_menu(
    under: PaintedButton,
    choices: Sequence[Choice],
    chosen: int | None = None,
    switches: Sequence[Switch] = (),
) -> PickMenu:
    """`chosen` is the place of the choice that holds now; the switches stand below the choices."""
    lines = [_Line(text, then, number == chosen) for number, (text, then) in enumerate(choices)]
    lines += [_Line(text, then, is_on, is_switch=True) for text, is_on, then in switches]
    menu = PickMenu(under, lines)
    menu.show()
    menu.list.setFocus()
    menu.list.scrollTo(menu.list.currentIndex())
    return menu


def _width(line: _Line) -> float:
    return _LEFT + text_width(line.text, BODY) + _RIGHT + (_TURNS if line.is_switch else 0)


def _paint(canvas: Canvas, line: _Line, box: QRectF) -> None:
    colors, middle = canvas.palette, box.height() / 2
    room = box.width() - _LEFT - 12
    if line.is_switch:
        canvas.painter.fillRect(QRectF(12, 0, box.width() - 24, 1), colors.line)
        room -= _TURNS
        _paint_switch(canvas, box.width() - _TURNS, middle, line.holds)
    elif line.holds:
        canvas.icon(Icon.TICK, QPointF(24, middle), 20, colors.accent, 2.6)
    canvas.text(line.text, _LEFT, middle, room, BODY.bold if line.holds else BODY, smaller=(17, 16))


def _paint_switch(canvas: Canvas, left: float, middle: float, is_on: bool) -> None:
    colors = canvas.palette
    canvas.bar(QRectF(left, middle - 11, 42, 22), colors.accent if is_on else colors.control)
    canvas.bar(QRectF(left + (23 if is_on else 3), middle - 8, 16, 16), colors.surface)
