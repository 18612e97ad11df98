"""The journal's page, wired to the station: searches, stories, corrections, proof and report."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import replace
from functools import partial

from app.adapters.station_folder import StationFolder
from app.adapters.unit_story import SqliteStoryReader
from app.core.correcting import Correction, corrections_of_codes
from app.core.errors import Reason, StationError
from app.core.people import Act
from app.core.record import Committed
from app.core.scan import ScannedDevice, ScannedLabel, clean_text
from app.core.unit_list import UnitLine, UnitQuery
from app.main.journal_proof import JournalProof
from app.main.journal_report import JournalReport
from app.main.page_scans import for_a_page
from app.main.place import Place
from app.station.corrections import Corrections
from app.station.desk import Desk
from app.station.reading_room import Counted, ReadingRoom, RecordRead, Told
from app.station.station import Station
from app.ui.bridge import Bridge
from app.ui.journal_filters import Search
from app.ui.journal_page import JournalPage
from app.ui.main_window import MainWindow, this_moment
from app.ui.pages import PageName
from app.ui.relay import Relay
from app.wording.language import tr
from app.wording.reasons import sentence

_LONGEST_RECORD = 12
"""Digits that the number of a record can have."""


class JournalDesk:
    """Lives as long as the window. A thread of its own reads the journal, from the first look at the page."""

    def __init__(self, window: MainWindow, station: Station, bridge: Bridge, place: Place) -> None:
        self._window, self._station, self._bridge = window, station, bridge
        self.page = window.add_page(
            PageName.JOURNAL, lambda palette, parent: JournalPage(palette, this_moment, parent)
        )
        self._relay = Relay()
        journal = StationFolder(place.folder).journal
        self._open_reader = partial(SqliteStoryReader, journal)
        self._room: ReadingRoom | None = None
        self._number = 0
        self._asked = Search(UnitQuery())
        self.proof = JournalProof(
            self.page.badge, self.page.unit.show_message, window, station, bridge, place
        )
        self.report = JournalReport(self.page.list, window, place)
        self._wire()

    def _wire(self) -> None:
        page = self.page
        page.searched.connect(self._search)
        page.unit_chosen.connect(self._read_story)
        page.list.table.lines_wanted.connect(self._read_lines)
        page.list.stop.clicked.connect(self._stop)
        page.unit.correction_confirmed.connect(self._correct)
        page.retranslated.connect(self.proof.show)
        self._relay.arrived.connect(lambda told: self._show_told(told))
        self._window.page_shown.connect(self._show_page)

    def close(self) -> None:
        self.report.close()
        self.proof.close()
        if self._room is not None:
            self._room.close()
            self._room = None

    def look_for(self, text: str) -> None:
        """Another page leads here."""
        self._window.show_page(PageName.JOURNAL)
        self.page.look_for(text)

    # --- scans

    def takes_scan(self, text: str) -> bool:
        """On this page a scan is looked for. Command cards and badges act as everywhere."""
        if self._window.page is not PageName.JOURNAL:
            return False
        scan = for_a_page(text, self._window.view.state.rules)
        if scan is None:
            return False
        if isinstance(scan, ScannedDevice):
            self.page.look_for(scan.device.sn, corrections_of_codes(scan.device, None))
        else:
            self.page.look_for(
                scan.imei if isinstance(scan, ScannedLabel) else scan.imei_text or clean_text(text)
            )
        return True

    def takes_misread(self, reason: Reason) -> bool:
        """A scan that could not be rebuilt is said on this page, and looked for nowhere."""
        if self._window.page is not PageName.JOURNAL:
            return False
        self.page.unit.show_message(sentence(reason))
        return True

    # --- reading

    def _show_page(self, name: str) -> None:
        if name != PageName.JOURNAL:
            self.page.leave()
            return
        if self._room is None:
            self._room = ReadingRoom(self._open_reader, self._relay.send)
            self._room.start()
        self._room.read_operators()
        self.page.enter()

    def _search(self, search: Search) -> None:
        self._number, self._asked = self._number + 1, search
        self.page.begin(search)
        self.report.begin(search)
        if self._room is None:
            return
        if search.record is not None:
            self._room.read_record(self._number, search.record)
        else:
            self._room.search(self._number, search.query)

    def _read_lines(self, first: int, limit: int) -> None:
        if self._room is not None:
            self._room.read_lines(self._number, first, limit)

    def _read_story(self, unit: UnitLine) -> None:
        if self._room is not None:
            self._room.read_story(unit)

    def _stop(self) -> None:
        if self._room is not None and self.page.list.is_counting:
            self._room.stop_searching()
            self.page.list.show_stopped()

    def _show_told(self, told: Told) -> None:
        """Answers to a search that another one has replaced come too late."""
        if getattr(told, "search", self._number) != self._number:
            return
        if isinstance(told, RecordRead) and told.event is None and self._asked.record is None:
            return
        self.page.show_told(told)
        if isinstance(told, Counted) and told.share >= 1 and not told.total:
            self._try_as_record()

    def _try_as_record(self) -> None:
        """A number that stands in no SN and in no IMEI may be a record's."""
        part = self._asked.query.part
        may_be_one = part.isascii() and part.isdecimal() and len(part) <= _LONGEST_RECORD
        if self._room is not None and may_be_one and self._asked.query == UnitQuery(part):
            self.report.begin(replace(self._asked, record=int(part)))
            self._room.read_record(self._number, int(part))

    # --- corrections

    def _correct(self, correction: Correction, reason: str) -> None:
        future = self._station.at_desk(partial(_carry_out, correction, reason), Act.CORRECT)
        self._bridge.when_done(future, self._corrected)

    def _corrected(self, done: Future[Committed]) -> None:
        error = done.exception()
        if isinstance(error, StationError):
            self.page.unit.form.show_refusal(sentence(error.reason))
        elif error is not None:
            raise error
        else:
            seq = done.result().seq
            self.page.unit.show_done(tr("On record as #{seq}.").format(seq=f"{seq:,}"))
            self.page.search_again()
            if self._room is not None:
                self._room.read_story_after(seq)


def _carry_out(correction: Correction, reason: str, desk: Desk) -> Committed:
    """On the station's thread."""
    return Corrections(desk.journal, desk.stamp, desk.person).carry_out(correction, reason)
