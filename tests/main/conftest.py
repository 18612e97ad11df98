"""A station's window on a real journal, without a screen."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.adapters.sqlite_journal import SqliteJournal
from app.core.people import Person, Role
from app.core.record import StoredEvent
from app.core.settings import Settings
from app.main.place import Place
from app.main.window import StationWindow
from app.station.backups import owed
from app.ui.journal_page import JournalPage
from app.ui.pages import PageName
from app.wording import language
from tests.adapters.corrected import make_corrected
from tests.adapters.journals import STAMP
from tests.main.shop import Open, Shop, at_full_size
from tests.ui.wedge.keyboard import ENTER, Keyboard

Make = Callable[[Path], None]


@dataclass
class Desk:
    """The window with its journal's page in front, as somebody works with it."""

    shown: StationWindow
    place: Place
    qtbot: QtBot

    @property
    def page(self) -> JournalPage:
        return self.shown.journal_desk.page

    @property
    def rows(self) -> list[tuple[str | None, str | None, str]]:
        """What the list shows: SN, IMEI, state."""
        return [(one.sn, one.imei, str(one.state)) for one in self.page.list.table.model_.lines]

    def events(self) -> list[StoredEvent]:
        with closing(SqliteJournal(self.place.folder / "journal.db")) as journal:
            return [event for seq in range(1, journal.head()[0] + 1) if (event := journal.event(seq))]

    def scan(self, text: str) -> None:
        """Real key events, at the pace of a scanner; returns when the wedge has taken them."""
        keyboard = Keyboard(self.shown.window.windowHandle(), int(time.monotonic() * 1000))
        with self.qtbot.waitSignal(self.shown.wedge.arrived, timeout=5000):
            keyboard.type(text)
            keyboard.key(ENTER)

    def sign_in(self, person: Person) -> None:
        self.shown.station.signed_in(person)
        self.qtbot.waitUntil(lambda: self.shown.window.view.state.operator == person)

    def open_page(self) -> None:
        self.shown.window.show_page(PageName.JOURNAL)
        assert self.shown.window.page is PageName.JOURNAL

    def until(self, holds: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(holds()), timeout=5000)

    def until_found(self, total: int) -> None:
        """Everything was looked at, and what has room is shown."""
        card = self.page.list
        self.until(lambda: not card.is_counting and card.table.total == total)
        self.until(lambda: len(self.rows) == min(card.table.rows, total))


@pytest.fixture
def open_desk(qtbot: QtBot, tmp_path: Path, qapp: QApplication) -> Iterator[Callable[..., Desk]]:
    """Opens a window on a journal; with people nobody is signed in yet. The backup that its last closing
    should have is there, unless it is not `backed_up`."""
    opened: list[Desk] = []

    def open_(make: Make = make_corrected, people: tuple[Person, ...] = (), backed_up: bool = True) -> Desk:
        make(tmp_path / "journal.db")
        (tmp_path / "journal.made").write_text(f"{STAMP.at}\n", "ascii")
        with closing(SqliteJournal(tmp_path / "journal.db")) as journal:
            for person in people:
                journal.add_person(STAMP, person, "no hash" if person.badge is None else None)
            owes_backup = owed(journal, None) is not None
        place = Place(tmp_path)
        place.settings = replace(place.settings, sign_in=bool(people))
        if owes_backup and backed_up:
            place.backups().make()
        shown = StationWindow(place, "")
        shown.open()
        at_full_size(shown.window)
        desk = Desk(shown, place, qtbot)
        opened.append(desk)
        qtbot.waitUntil(lambda: shown.window.view.station != "")
        return desk

    language.use("en")
    yield open_
    for desk in opened:
        desk.shown.close()
        desk.shown.window.deleteLater()


SUPERVISOR = Person("Zhao Min", Role.SUPERVISOR)
OPERATOR = Person("Chen Jing", Role.OPERATOR)
QA = Person("Wang Fang", Role.QA)
PEOPLE = (SUPERVISOR, OPERATOR, QA)


@pytest.fixture
def shop(tmp_path: Path, qtbot: QtBot) -> Iterator[Open]:
    """Opens a window; `people` are entered before."""
    opened: list[Shop] = []
    before = language.current()

    def make(settings: Settings | None = None, people: bool = False) -> Shop:
        made = Shop(tmp_path / "station", qtbot, settings or Settings())
        with made.place.alone():
            if people:
                made.enter("Zhao Min", Role.SUPERVISOR, "BADGE-ZHAO")
                made.enter("Chen Jing", Role.OPERATOR, "BADGE-CHEN", None)
                made.enter("Li Wei", Role.OPERATOR, None, "1357")
            made.open()
            opened.append(made)
        return made

    language.use("en")
    yield make
    for one in opened:
        one.close()
    language.use(before)
