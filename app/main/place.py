"""One station's folder, and everything that works in it."""

from __future__ import annotations

import json
import platform
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from app import __version__
from app.adapters import restore_steps
from app.adapters.backups import Backups
from app.adapters.durable_file import write_bytes_durably
from app.adapters.journal_tools import JournalTools
from app.adapters.progress import Progress
from app.adapters.relationship_files import RelationshipFiles
from app.adapters.restoring import JournalRestoring
from app.adapters.settings_file import load_settings, save_settings
from app.adapters.shares import refuse_share
from app.adapters.sqlite_errors import gone
from app.adapters.sqlite_journal import SqliteJournal, create_journal
from app.adapters.sqlite_reader import SqliteJournalReader
from app.adapters.station_folder import FolderLock, StationFolder
from app.adapters.system_clock import SystemClock
from app.core.errors import Reason, Refused, Why, because
from app.core.issued import IssuedSns
from app.core.layout import Layout
from app.core.people import NO_SIGN_IN, Person
from app.core.record import Entry, EventKind, JournalStats, Stamp, UnitFound
from app.core.settings import AUTOMATIC_PORT, Settings
from app.core.unit import Answer, Rules
from app.core.upload_status import UploadStatus
from app.main.platform import check_platform, keep_keys, open_platform, try_platform
from app.ports.fixture import Fixture
from app.ports.journal import Journal
from app.ports.journal_reads import JournalReader
from app.ports.pins import PinHasher
from app.ports.tables import Stage, Table
from app.ports.upload import Platform, Wait
from app.station.station import Identity, Station
from app.station.upload_bench import UploadBench
from app.station.uploading import Uploader
from app.station.view import StationView


class Place:
    """Implements `app.cli.tools.Workplace`."""

    def __init__(self, folder: Path) -> None:
        """Raises `Faulted` where the folder lies on a network share, or its settings cannot be read."""
        refuse_share(folder)
        self._folder = StationFolder(folder)
        self._clock = SystemClock()
        self.settings = _named(load_settings(self._folder.settings))

    @property
    def folder(self) -> Path:
        return self._folder.path

    @property
    def log(self) -> Path:
        return self._folder.log

    def make(self, station: str | None, sign_in: bool) -> None:
        if self._folder.exists():
            raise Refused(because(Why.FOLDER_EXISTS, path=str(self.folder)))
        if station is not None:
            self.settings = replace(self.settings, station=station)
        self.settings = replace(self.settings, sign_in=sign_in)
        with self.alone():
            self.keep_settings(self.settings)
            detail = json.dumps({"sign_in": sign_in})
            self._create_journal(Entry(EventKind.JOURNAL_MADE, detail=detail))

    def keep_settings(self, settings: Settings) -> None:
        """Raises `Faulted` where they cannot be written; the old ones stay."""
        save_settings(self._folder.settings, settings)
        self.settings = settings

    @contextmanager
    def alone(self) -> Iterator[None]:
        self._folder.make()
        lock = FolderLock(self._folder)
        lock.acquire()
        try:
            restore_steps.finish(self._folder)
            yield
        finally:
            lock.release()

    @contextmanager
    def reader(self) -> Iterator[JournalReader]:
        if self._folder.restoring.exists() or not self._folder.journal.exists():
            with self.alone():
                self._make_journal_if_absent()
        reader = SqliteJournalReader(self._folder.journal)
        try:
            yield reader
        finally:
            reader.close()

    def stats(self) -> JournalStats:
        return self._tools().stats()

    def search(self, part: str, limit: int) -> Sequence[UnitFound]:
        return self._tools().search(part, limit)

    def _tools(self) -> JournalTools:
        with self.reader():
            return JournalTools(self._folder.journal)

    @contextmanager
    def journal(self) -> Iterator[Journal]:
        journal = self._open_journal()
        try:
            yield journal
        finally:
            journal.close()

    def backups(self) -> Backups:
        settings = self.settings
        return Backups(self._folder, settings.station, settings.backups_kept, settings.second_backup_folder)

    def restoring(self, file: Path, progress: Progress | None = None) -> JournalRestoring:
        """By its name alone a backup is looked for among the station's own too."""
        own = self._folder.backups / file
        named = file.name == str(file) and not file.exists() and own.exists()
        return JournalRestoring(self._folder, own if named else file.absolute(), progress)

    def owns(self, path: Path) -> bool:
        return self._folder.owns(path)

    def table(self, path: Path) -> AbstractContextManager[Table]:
        from app.adapters.table_reader import open_table

        return open_table(path)

    def stage(self) -> AbstractContextManager[Stage]:
        from app.adapters.import_stage import ImportStage

        return ImportStage()

    def write_refused(self, path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> Path:
        from app.adapters.refused_file import refused_path, write_refused

        beside = refused_path(path)
        write_refused(beside, header, rows)
        return beside

    def relationship_writer(self) -> RelationshipFiles:
        return RelationshipFiles()

    def layout_of(self, template: Path) -> Layout:
        from app.adapters.template_file import read_layout

        return read_layout(template)

    def issued_sns(self, path: Path) -> IssuedSns:
        from app.adapters.sn_package import read_issued

        return read_issued(path, self.settings.rules().formats)

    def pins(self) -> PinHasher:
        from app.adapters.pins import Argon2Pins

        return Argon2Pins()

    def platform(self, base_url: str | None, wait: Wait) -> AbstractContextManager[Platform]:
        return open_platform(self.settings, base_url, wait)

    def try_platform(self, base_url: str | None = None) -> None:
        try_platform(self.settings, base_url)

    def check_platform(self) -> Reason | None:
        """Logs in once; what is in the way, or None. Waits for the network."""
        return check_platform(self.settings)

    def keep_keys(self, access_key: str, access_secret: str) -> None:
        keep_keys(access_key, access_secret)

    def stamp(self, shift: int | None = None, approver: Person | None = None) -> Stamp:
        return Stamp(
            at=self._clock.utc(),
            zone_minutes=self._clock.zone_minutes(),
            monotonic_ms=int(self._clock.monotonic() * 1000),
            station=self.settings.station,
            software=__version__,
            operator=None if self.settings.sign_in else NO_SIGN_IN,
            approver=approver.name if approver else None,
            shift=shift,
        )

    def station(
        self,
        rules: Rules,
        port: str | None,
        publish: Callable[[StationView], None],
        answered: Callable[[Answer], None],
    ) -> Station:
        return Station(
            self._open_journal,
            self._clock,
            Identity(self.settings.station, __version__),
            rules,
            self.fixture(port) if port else None,
            publish,
            answered,
            self.settings.sign_in,
            self.backups().newest,
        )

    def uploader(self, station: Station, publish: Callable[[UploadStatus], None]) -> Uploader:
        """Not started; for a station that has started."""
        bench = UploadBench(
            station.at_desk, lambda: SqliteJournalReader(self._folder.journal), partial(self.platform, None)
        )
        return Uploader(bench, lambda: self.settings.upload_plan(), self._clock, publish)

    def fixture(self, port: str) -> Fixture:
        """The port of this name or address; `AUTOMATIC_PORT` follows whatever known module is plugged in."""
        from app.adapters.at_dialogue import AskOptions
        from app.adapters.open_port import PortOptions
        from app.adapters.serial_link import LinkOptions, SerialLink

        lines = self.settings.assert_dtr_rts
        options = PortOptions(baud=self.settings.baud, dtr=lines, rts=lines)
        return SerialLink(
            LinkOptions(url="" if port == AUTOMATIC_PORT else port, ask=AskOptions(port=options))
        )

    def _open_journal(self) -> SqliteJournal:
        self._make_journal_if_absent()
        return SqliteJournal(self._folder.journal)

    def _make_journal_if_absent(self) -> None:
        """A folder that had a journal once never gets another in silence."""
        if self._folder.journal.exists():
            return
        if self._folder.birth.exists():
            raise gone(self._folder.journal, "it was here before")
        self._create_journal(Entry(EventKind.JOURNAL_MADE))

    def _create_journal(self, made: Entry) -> None:
        stamp = self.stamp()
        create_journal(self._folder.journal, stamp, made)
        write_bytes_durably(self._folder.birth, f"{stamp.at}\n".encode("ascii"))


def _named(settings: Settings) -> Settings:
    return settings if settings.station else replace(settings, station=platform.node() or "1")
