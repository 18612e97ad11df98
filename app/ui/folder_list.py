"""The files and folders of a folder, as rows."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtWidgets import QWidget

from app.ui.canvas import Canvas
from app.ui.folder_look import Seen
from app.ui.icons import Icon
from app.ui.painted_list import PaintedList
from app.ui.theme import BODY, CAPTION, Palette, Style

_ROW = 38.0
_DATE, _SIZE = 150.0, 90.0
_FIGURES = Style(CAPTION.size, CAPTION.weight, tabular=True)
_UNITS = ("B", "kB", "MB", "GB")


class FolderList(PaintedList[Seen]):
    """Its name, how large it is, and when it was changed."""

    def __init__(self, palette: Palette, parent: QWidget) -> None:
        super().__init__(palette, _ROW, lambda seen: seen.name, _paint, parent)
        self.is_ruled = False


def _paint(canvas: Canvas, seen: Seen, box: QRectF) -> None:
    colors, middle, right = canvas.palette, box.height() / 2, box.width() - 16
    align = Qt.AlignmentFlag.AlignRight
    icon = Icon.FOLDER if seen.is_folder else Icon.FILE
    canvas.icon(icon, QPointF(30, middle), 20, colors.accent if seen.is_folder else colors.muted)
    if seen.changed is not None:
        canvas.text(f"{seen.changed:%Y-%m-%d %H:%M}", right, middle, _DATE, _FIGURES, colors.muted, align)
    if not seen.is_folder:
        size = size_word(seen.size)
        canvas.text(size, right - _DATE - 12, middle, _SIZE, _FIGURES, colors.muted, align)
    canvas.text(seen.name, 52, middle, right - _DATE - _SIZE - 24 - 52, BODY)


def size_word(size: int) -> str:
    """In the unit in which it has at most three digits."""
    shown, unit = float(size), 0
    while shown >= 1000 and unit < len(_UNITS) - 1:
        shown, unit = shown / 1000, unit + 1
    return f"{shown:.0f} {_UNITS[unit]}"
