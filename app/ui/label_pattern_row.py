"""The pattern of generated SNs, and what can be put into it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRectF, Signal
from PySide6.QtWidgets import QWidget

from app.station.label_order import DEFAULT_PATTERN
from app.ui.canvas import Canvas
from app.ui.icons import Icon
from app.ui.journal_filters import PickButton
from app.ui.line_field import LineField
from app.ui.painted import Painted
from app.ui.pick_menu import open_menu
from app.ui.theme import BODY, Palette, text_width
from app.wording.language import tr

_PIECES = ("{n:6}", "{r:12}", "{luhn}", "{mod37}")


class PatternRow(Painted):
    """A field, and beside it what it may hold."""

    changed = Signal()

    def __init__(self, palette: Palette, parent: QWidget) -> None:
        super().__init__(palette, parent)
        self.pattern = LineField(palette, self)
        self.insert = PickButton(palette, Icon.ADD, self)
        self.pattern.put(DEFAULT_PATTERN)
        self.pattern.typed.connect(lambda _: self.changed.emit())
        self.insert.clicked.connect(self._open_pieces)

    def _open_pieces(self) -> None:
        open_menu(self.insert, [(f"{one}   {_meaning(one)}", partial(self._add, one)) for one in _PIECES])

    def _add(self, piece: str) -> None:
        self.pattern.edit.insert(piece)
        self.changed.emit()

    def retranslate(self) -> None:
        self.pattern.name(tr("Pattern"))
        self.insert.setText(tr("Insert"))

    def place(self, box: QRectF, zoom: float) -> None:
        super().place(box, zoom)
        wanted = 47 + text_width(self.insert.text(), BODY) + 46
        self.pattern.place(QRectF(0, 0, box.width() - wanted - 12, box.height()), zoom)
        self.insert.place(QRectF(box.width() - wanted, 0, wanted, box.height()), zoom)

    def draw(self, canvas: Canvas) -> None:
        """Its parts paint themselves."""


def _meaning(piece: str) -> str:
    return {
        "{n:6}": tr("counter of 6 digits"),
        "{r:12}": tr("12 random digits"),
        "{luhn}": tr("check digit as an IMEI's"),
        "{mod37}": tr("check character, Mod 37,36"),
    }[piece]
