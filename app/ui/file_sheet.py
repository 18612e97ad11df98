"""What stands in the dialog for files: where, what is there, a name, and what is said of it."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QWidget

from app.ui.canvas import Canvas
from app.ui.controls import BUTTON_HEIGHT, OutlineButton
from app.ui.correction_form import ConfirmButton
from app.ui.folder_list import FolderList
from app.ui.icons import Icon
from app.ui.journal_filters import PickButton
from app.ui.line_field import LineField
from app.ui.painted import Painted
from app.ui.theme import CAPTION, PAGE_TITLE, Palette
from app.wording.language import tr

SIZE = (820, 600)
_EDGE, _GAP = 24.0, 12.0
_TOP, _FIELD = 56.0, 46.0
_LOW, _TOLD, _KIND = 148.0, 48.0, 230.0


class FileSheet(Painted):
    """From the top: the folder, its files, the name, the buttons with what is said of them."""

    def __init__(self, palette: Palette, parent: QWidget) -> None:
        super().__init__(palette, parent)
        self.where = PickButton(palette, Icon.FOLDER, self)
        self.up = OutlineButton(palette, Icon.BACK, self)
        self.list = FolderList(palette, self)
        self.name = LineField(palette, self, prose=True)
        self.kind = PickButton(palette, Icon.FILE, self)
        self.confirm = ConfirmButton(palette, self)
        self.cancel = OutlineButton(palette, Icon.CLOSE, self)
        self._title = self._caption = self.told = ""
        self._is_trouble = self.is_late = False

    def show_texts(self, title: str, caption: str, verb: str) -> None:
        self._title, self._caption = title, caption
        self.confirm.setText(verb)
        self.cancel.setText(tr("Cancel"))
        self.up.setText(tr("Up"))
        self.where.setAccessibleDescription(tr("Folder"))
        self.kind.setAccessibleDescription(tr("Kind of file"))
        self.list.setAccessibleName(tr("Files of the folder"))
        self.name.name(caption)

    def tell(self, text: str, is_trouble: bool = False, is_late: bool = False) -> None:
        self.told, self._is_trouble, self.is_late = text, is_trouble, is_late
        self.say(self._title, text)
        self.update()

    def fill(self, width: float, height: float, zoom: float) -> None:
        """The whole window, of this many pixels."""
        wide, high = width / zoom, height / zoom
        self.place(QRectF(0, 0, wide, high), zoom)
        whole, up = wide - 2 * _EDGE, self.up.wanted_width
        self.where.place(QRectF(_EDGE, _TOP, whole - up - _GAP, _FIELD), zoom)
        self.up.place(QRectF(wide - _EDGE - up, _TOP, up, _FIELD), zoom)
        box = self._box
        self.list.place(box.adjusted(2, 6, -2, -6), zoom)
        low, kind = high - _LOW + 26, 0.0 if self.kind.isHidden() else _KIND + _GAP
        self.name.place(QRectF(_EDGE, low, whole - kind, _FIELD), zoom)
        self.kind.place(QRectF(wide - _EDGE - _KIND, low, _KIND, _FIELD), zoom)
        right, foot = wide - _EDGE, high - BUTTON_HEIGHT - 20
        for button in (self.confirm, self.cancel):
            right -= button.wanted_width
            button.place(QRectF(right, foot, button.wanted_width, BUTTON_HEIGHT), zoom)
            right -= _GAP
        self._room = right - _EDGE

    _room = 200.0

    @property
    def _box(self) -> QRectF:
        top = _TOP + _FIELD + _GAP
        return QRectF(_EDGE, top, self.area.width() - 2 * _EDGE, self.area.height() - top - _LOW - _GAP)

    def draw(self, canvas: Canvas) -> None:
        colors, width, height = canvas.palette, self.area.width(), self.area.height()
        canvas.painter.fillRect(self.area, colors.bg)
        canvas.text(self._title, _EDGE, 30, width - 2 * _EDGE, PAGE_TITLE)
        canvas.card(self._box, colors.surface, colors.control, 1.5, 8)
        canvas.text(self._caption, _EDGE, height - _LOW + 10, width / 2, CAPTION, colors.muted)
        color = colors.fault if self._is_trouble else colors.text
        box = QRectF(_EDGE, height - BUTTON_HEIGHT - 23, self._room, _TOLD)
        canvas.paragraph(self.told, box, CAPTION, color, (15, 14, 13))
