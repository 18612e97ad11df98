"""The row over the list: what is looked for, whose, and of when."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial

from PySide6.QtCore import QPointF, QSize, QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.core.people import NO_SIGN_IN
from app.core.unit_list import SHORTEST_PART, UnitQuery
from app.ui.canvas import Canvas
from app.ui.date_panel import DatePanel
from app.ui.icons import Icon
from app.ui.line_field import FIELD_HEIGHT, LineField
from app.ui.painted import PaintedButton
from app.ui.pick_menu import Choice, open_menu
from app.ui.theme import BODY, Palette
from app.wording.language import tr
from app.wording.people import person

_PAUSE_MS = 300
"""How long nobody types before the journal is looked through."""


@dataclass(frozen=True, slots=True)
class Search:
    """What people look for: one record, or units."""

    query: UnitQuery
    record: int | None = None


class PickButton(PaintedButton):
    """Looks like a field, and opens a choice."""

    def __init__(self, palette: Palette, icon: Icon, parent: QWidget) -> None:
        super().__init__(palette, parent)
        self._icon = icon

    def sizeHint(self) -> QSize:
        return QSize(round(200 * self.zoom), round(FIELD_HEIGHT * self.zoom))

    def draw(self, canvas: Canvas) -> None:
        colors, width, middle = canvas.palette, self.area.width(), self.area.height() / 2
        edge, stroke = (colors.accent, 2.5) if self.hasFocus() else (colors.control, 1.5)
        canvas.card(self.area, colors.surface, edge, stroke, 8)
        canvas.icon(self._icon, QPointF(25, middle), 20, colors.muted)
        canvas.text(self.text(), 47, middle, width - 47 - 36, BODY, smaller=(17, 16, 15))
        canvas.icon(Icon.CHEVRON, QPointF(width - 22, middle), 15, colors.muted)


class JournalFilters(QWidget):
    """Holds no place of its own: the page puts its parts where they belong."""

    searched = Signal(object)
    """A `Search`, once nobody types any more, at Enter, or when a filter was chosen."""

    def __init__(self, palette: Palette, page: QWidget, today: Callable[[], date]) -> None:
        super().__init__(page)
        self.setVisible(False)
        self.field = LineField(palette, page, Icon.SEARCH)
        self.who = PickButton(palette, Icon.PERSON, page)
        self.when = PickButton(palette, Icon.CALENDAR, page)
        self.dates = DatePanel(palette, page, today)
        self._operators: Sequence[str] = ()
        self._operator: str | None = None
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.search)
        self.field.typed.connect(lambda _: self._pause.start())
        self.field.entered.connect(self.search)
        self.who.clicked.connect(self._open_operators)
        self.when.clicked.connect(self.dates.toggle)
        self.dates.chosen.connect(self._chosen)
        self.dates.closed.connect(self.when.setFocus)

    @property
    def asked(self) -> Search:
        """What is looked for now."""
        text = self.field.text.strip()
        since, until = (
            utc_of(self.dates.first),
            utc_of(self.dates.last and self.dates.last + timedelta(days=1)),
        )
        query = UnitQuery(text, self._operator, since, until)
        digits = text.removeprefix("#").replace(",", "")
        is_number = digits.isascii() and digits.isdigit() and len(digits) <= 18
        if is_number and (text.startswith("#") or len(text) < SHORTEST_PART):
            return Search(UnitQuery(), int(digits))
        return Search(query)

    @property
    def is_too_short(self) -> bool:
        return 0 < len(self.asked.query.part) < SHORTEST_PART

    def search(self) -> None:
        self._pause.stop()
        self.searched.emit(self.asked)

    def look_for(self, text: str) -> None:
        """A scan takes the place of whatever was looked for before."""
        self._operator = None
        self.dates.clear()
        self.retranslate()
        self.field.put(text)
        self.search()

    def show_operators(self, names: Sequence[str]) -> None:
        self._operators = names

    def retranslate(self) -> None:
        self.field.name(tr("Search the journal"), tr("SN, IMEI or #"))
        self.who.setText(_named(self._operator))
        self.when.setText(self.dates.name())
        self.dates.retranslate()

    # --- choices

    def _open_operators(self) -> None:
        names = (None, *self._operators, *([NO_SIGN_IN] if self._operators else []))
        choices: list[Choice] = [(_named(name), partial(self._choose_operator, name)) for name in names]
        open_menu(self.who, choices, names.index(self._operator) if self._operator in names else None)

    def _choose_operator(self, name: str | None) -> None:
        self._operator = name
        self._chosen()

    def _chosen(self) -> None:
        self.retranslate()
        self.search()


def _named(operator: str | None) -> str:
    return person(operator) if operator else tr("All operators")


def utc_of(day: date | None) -> str:
    """The beginning of the day on this PC's clock, as in `Stamp.at`."""
    if day is None:
        return ""
    here = datetime.combine(day, time()).astimezone()
    utc = here - (here.utcoffset() or timedelta())
    return f"{utc:%Y-%m-%dT%H:%M:%S}.000Z"
