"""What else stands on labels, and how their codes are made, where the layout is to be overruled."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF, Signal
from PySide6.QtWidgets import QWidget

from app.core.code_modules import ErrorLevel
from app.core.errors import Refused, Why, because
from app.ui.canvas import Canvas
from app.ui.controls import BUTTON_HEIGHT, OutlineButton, Segments
from app.ui.icons import Icon
from app.ui.label_wish import CodeWish
from app.ui.line_field import LineField
from app.ui.painted import Painted
from app.ui.theme import CAPTION, CARD_TITLE, Palette
from app.wording.language import tr

QUIET_ZONES = (2, 20)
SIZES = (4.0, 200.0)
"""As `labels` and layouts take them."""
_TEXTS = ("product", "order", "date", "text")
_LEVELS: tuple[ErrorLevel | None, ...] = (None, *ErrorLevel)
_FIRST, _ROW, _FIELD = 54.0, 70.0, 42.0


class DetailsForm(Painted):
    """Everything counts as it is typed: the preview beside it shows it."""

    changed = Signal()
    closed = Signal()

    def __init__(self, palette: Palette, parent: QWidget) -> None:
        super().__init__(palette, parent)
        self.texts = {name: LineField(palette, self, prose=True) for name in _TEXTS}
        self.level = Segments(palette, len(_LEVELS), self)
        self.quiet, self.size_ = LineField(palette, self), LineField(palette, self)
        self.done = OutlineButton(palette, Icon.BACK, self)
        self._typed: set[str] = set()
        self.level.choose(0)
        for name, field in self.texts.items():
            field.typed.connect(lambda _, one=name: self._type(one))
        for number in (self.quiet, self.size_):
            number.typed.connect(lambda _: self.changed.emit())
        self.level.chosen.connect(lambda _: self.changed.emit())
        self.done.clicked.connect(lambda: self.closed.emit())
        self.setVisible(False)

    @property
    def values(self) -> dict[str, str]:
        given = {name: field.text.strip() for name, field in self.texts.items()}
        return {name: text for name, text in given.items() if text}

    @property
    def own_values(self) -> dict[str, str]:
        """Those that somebody typed: they are wanted, not only suggested."""
        return {name: text for name, text in self.values.items() if name in self._typed}

    @property
    def code(self) -> CodeWish:
        """Raises `Refused` where a number is none, or not one that codes can have."""
        quiet = _number(self.quiet.text, QUIET_ZONES)
        whole = int(quiet) if quiet is not None else None
        return CodeWish(_LEVELS[self.level.number], whole, _number(self.size_.text, SIZES))

    def suggest(self, values: Mapping[str, str]) -> bool:
        """What the journal knows goes where nobody has typed; whether that changed something."""
        before = self.values
        for name, field in self.texts.items():
            if name not in self._typed and name in values and field.text != values[name]:
                field.put(values[name])
        return self.values != before

    def _type(self, name: str) -> None:
        self._typed.add(name)
        self.changed.emit()

    def retranslate(self) -> None:
        self.say(tr("Texts and code"))
        for field, caption in self._captions:
            field.name(caption)
        self.level.name(tr("Error correction"), [tr("Layout's"), *ErrorLevel])
        self.done.setText(tr("Back to the preview"))
        self._arrange()
        self.update()

    @property
    def _captions(self) -> list[tuple[LineField, str]]:
        captions = (tr("Product name"), tr("Work order"), tr("Date"), tr("Free text"))
        zone = tr("Quiet zone ({low} to {high})").format(low=QUIET_ZONES[0], high=QUIET_ZONES[1])
        numbers = [(self.quiet, zone), (self.size_, tr("Size of code, mm"))]
        return [*zip(self.texts.values(), captions, strict=True), *numbers]

    def place(self, box: QRectF, zoom: float) -> None:
        super().place(box, zoom)
        self._arrange()

    def _arrange(self) -> None:
        width, half = self.area.width(), (self.area.width() - 12) / 2
        rows: tuple[tuple[LineField | Segments, ...], ...] = (
            (self.texts["product"],),
            (self.texts["order"], self.texts["date"]),
            (self.texts["text"],),
            (self.level,),
            (self.quiet, self.size_),
        )
        for number, parts in enumerate(rows):
            top = _FIRST + number * self._row_height + 22
            wide = half if len(parts) == 2 else width
            for place, part in enumerate(parts):
                part.place(QRectF(place * (half + 12), top, wide, _FIELD), self.zoom)
        wanted = self.done.wanted_width
        top = self.area.height() - BUTTON_HEIGHT
        self.done.place(QRectF(0, top, wanted, BUTTON_HEIGHT), self.zoom)

    @property
    def _row_height(self) -> float:
        return min(_ROW, (self.area.height() - _FIRST - BUTTON_HEIGHT - 8) / 5)

    def draw(self, canvas: Canvas) -> None:
        colors = canvas.palette
        canvas.painter.fillRect(self.area, colors.surface)
        canvas.text(tr("Texts and code"), 0, 18, self.area.width(), CARD_TITLE)
        for field, caption in (*self._captions, (self.level, tr("Error correction"))):
            left, middle = field.x() / self.zoom, field.y() / self.zoom - 11
            room = field.width() / self.zoom
            canvas.text(caption, left, middle, room, CAPTION, colors.muted, smaller=(15, 14, 13, 12))


def _number(text: str, most: tuple[float, float]) -> float | None:
    text = text.strip().replace(",", ".")
    if not text:
        return None
    plain = text.replace(".", "", 1)
    value = float(text) if plain.isascii() and plain.isdecimal() else -1.0
    if not most[0] <= value <= most[1]:
        raise Refused(because(Why.LABEL_NUMBER, value=text, low=f"{most[0]:g}", high=f"{most[1]:g}"))
    return value
