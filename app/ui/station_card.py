"""The settings of the window: language, sound, and the keys that it knows."""

from __future__ import annotations

from collections.abc import Container, Iterator

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QWidget

from app.ui.canvas import Canvas
from app.ui.controls import SEGMENTS_HEIGHT, Segments
from app.ui.pages import TABS, PageName, title
from app.ui.painted import Painted
from app.ui.theme import BODY, CAPTION, PAGE_TITLE, Palette, Style
from app.wording.language import LANGUAGES, tr

VOLUMES = (0, 40, 80, 100)
"""Per cent, as the four choices give them."""
_PADDING = 24.0
_KEY_HEIGHT = 31.0


class StationCard(Painted):
    """Language, sound, and the keys that the window knows."""

    def __init__(self, palette: Palette, parent: QWidget) -> None:
        super().__init__(palette, parent)
        self.language = Segments(palette, len(LANGUAGES), self)
        self.volume = Segments(palette, len(VOLUMES), self)
        self._pages: tuple[PageName, ...] = ()

    def show_pages(self, pages: Container[PageName]) -> None:
        """These are in the window, and have keys."""
        self._pages = tuple(page for page in TABS if page in pages)
        self.update()

    @property
    def _page_keys(self) -> Iterator[tuple[str, str]]:
        """In two rows."""
        named = [(TABS.index(page) + 1, title(page)) for page in self._pages]
        for row in (named[:3], named[3:]):
            if row:
                yield f"Ctrl+{row[0][0]}…{row[-1][0]}", "  ".join(f"{key} {page}" for key, page in row)

    def retranslate(self) -> None:
        self.say(tr("This station"))
        self.language.name(tr("Language"), list(LANGUAGES.values()))
        self.volume.name(tr("Sound"), [tr("Off"), tr("Low"), tr("Medium"), tr("High")])
        self.update()

    def place(self, box: QRectF, zoom: float) -> None:
        super().place(box, zoom)
        room = box.width() - 2 * _PADDING
        self.language.place(QRectF(_PADDING, 104, room, SEGMENTS_HEIGHT), zoom)
        self.volume.place(QRectF(_PADDING, 214, room, SEGMENTS_HEIGHT), zoom)

    def draw(self, canvas: Canvas) -> None:
        colors, room = canvas.palette, self.area.width() - 2 * _PADDING
        canvas.card(self.area, colors.surface, colors.line)
        canvas.text(tr("This station"), _PADDING, 34, room, PAGE_TITLE)
        canvas.text(tr("Language"), _PADDING, 82, room, CAPTION.bold, colors.muted)
        canvas.text(tr("Sound"), _PADDING, 192, room, CAPTION.bold, colors.muted)
        canvas.text(tr("A fault is always heard."), _PADDING, 290, room, CAPTION, colors.muted)
        canvas.text(tr("Keys"), _PADDING, 346, room, CAPTION.bold, colors.muted)
        for number, (key, meaning) in enumerate((*_keys(), *self._page_keys)):
            top = 362 + number * _KEY_HEIGHT
            if number:
                canvas.painter.fillRect(QRectF(_PADDING, top, room, 1), colors.line)
            middle = top + _KEY_HEIGHT / 2
            canvas.text(key, _PADDING, middle, 110, Style(18, 600, mono=True))
            canvas.text(meaning, _PADDING + 116, middle, room - 116, BODY, smaller=(17, 16, 15))


def _keys() -> tuple[tuple[str, str], ...]:
    return (
        ("F9", tr("Continue after a fault, as the CONTINUE card")),
        ("F8", tr("Drop the unit in hand, as the CANCEL card")),
        ("F2", tr("Sign in, or change the person")),
        ("F4", tr("Verify units, and bind them again")),
        ("F6", tr("Type in what cannot be scanned")),
        ("F11", tr("Full screen, and back")),
    )
