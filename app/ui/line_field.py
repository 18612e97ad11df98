"""A field of one line, on the pages that are worked by mouse and keyboard."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QPalette
from PySide6.QtWidgets import QLineEdit, QWidget

from app.ui.canvas import Canvas
from app.ui.icons import Icon
from app.ui.input_method import PROSE
from app.ui.painted import Painted
from app.ui.theme import CAPTION, Palette, Style, font, text_width

FIELD_HEIGHT = 56.0
_LETTERS = Style(20, 500)
_CODE = Style(20, 500, mono=True)


class _Edit(QLineEdit):
    """Tells when it gets or loses the focus, so that the edge around it can show that."""

    focus_changed = Signal()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focus_changed.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focus_changed.emit()


class LineField(Painted):
    """Enter is told and nothing more: what it does must never confirm anything, a scanner types it too."""

    typed = Signal(str)
    """By hand; what `put` puts in is not told."""
    entered = Signal()

    def __init__(
        self,
        palette: Palette,
        parent: QWidget,
        icon: Icon | None = None,
        *,
        prose: bool = False,
        mono: bool = False,
    ) -> None:
        """In a field for prose people may use their input method; one for codes is `mono`."""
        super().__init__(palette, parent)
        self._icon = icon
        self._style = _CODE if mono else _LETTERS
        self._hint = ""
        self.edit = _Edit(self)
        self.edit.setProperty(PROSE, prose)
        self.edit.setFrame(False)
        self.edit.setAttribute(Qt.WidgetAttribute.WA_MacShowFocusRect, False)
        colors = self.edit.palette()
        colors.setColor(QPalette.ColorRole.Base, QColor(0, 0, 0, 0))
        colors.setColor(QPalette.ColorRole.Text, palette.text)
        colors.setColor(QPalette.ColorRole.Highlight, palette.accent)
        colors.setColor(QPalette.ColorRole.HighlightedText, palette.surface)
        self.edit.setPalette(colors)
        self.edit.textEdited.connect(self.typed)
        self.edit.textChanged.connect(self._give_room)
        self.edit.returnPressed.connect(self.entered)
        self.edit.focus_changed.connect(self.update)
        self.setFocusProxy(self.edit)

    @property
    def text(self) -> str:
        return self.edit.text()

    def put(self, text: str) -> None:
        self.edit.setText(text)

    def name(self, name: str, hint: str = "") -> None:
        """`hint` stands at the right while there is room for it."""
        self._hint = hint
        self.edit.setAccessibleName(name)
        self.say(name, hint)
        self._give_room()

    def set_read_only(self, is_read_only: bool) -> None:
        """What cannot be changed here looks so; it can still be copied."""
        self.edit.setReadOnly(is_read_only)
        self.update()

    def place(self, box: QRectF, zoom: float) -> None:
        super().place(box, zoom)
        letters = font(self._style)
        letters.setPixelSize(round(self._style.size * zoom))
        self.edit.setFont(letters)
        self._give_room()

    def _give_room(self) -> None:
        area, left = self.area, self._left
        inner = QRectF(left, 5, area.width() - left - 14 - self._hint_room, area.height() - 10)
        self.edit.setGeometry(QRectF(inner.topLeft() * self.zoom, inner.size() * self.zoom).toRect())
        self.update()

    @property
    def _left(self) -> float:
        return 46.0 if self._icon else 14.0

    @property
    def _hint_room(self) -> float:
        """What is typed comes first."""
        wanted = text_width(self._hint, CAPTION) + 10
        written = text_width(self.edit.text(), self._style) + 24
        return wanted if self._hint and self._left + written + wanted + 14 < self.area.width() else 0.0

    def draw(self, canvas: Canvas) -> None:
        colors, middle = canvas.palette, self.area.height() / 2
        focused = self.edit.hasFocus()
        edge, width = (colors.accent, 2.5) if focused else (colors.control, 1.5)
        ground = colors.surface if self.isEnabled() else colors.inset
        if self.edit.isReadOnly():
            ground = colors.inset
            edge, width = (edge, width) if focused else (colors.line, 1)
        canvas.card(self.area, ground, edge, width, 8)
        if self._icon is not None:
            canvas.icon(self._icon, QPointF(25, middle), 21, colors.muted)
        if self._hint_room:
            right = self.area.width() - 14
            room = self._hint_room
            canvas.text(self._hint, right, middle, room, CAPTION, colors.muted, Qt.AlignmentFlag.AlignRight)
