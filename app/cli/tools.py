"""What the commands need from the rest of the program; `app.main` puts it together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from app.core.cards import Card
from app.core.issued import IssuedSns
from app.core.label_batch import Outlet, Press
from app.core.label_layout import LabelLayout
from app.core.layout import Layout
from app.core.people import Person
from app.core.record import JournalStats, Stamp, UnitFound
from app.core.serial_pattern import Digits
from app.core.settings import Settings
from app.core.unit import Answer, Rules
from app.ports.backups import BackupKeeper, Restoring
from app.ports.fixture import ModuleReading, ModuleTrouble
from app.ports.journal import Journal
from app.ports.journal_reads import JournalReader
from app.ports.pins import PinHasher
from app.ports.relationship import RelationshipWriter
from app.ports.tables import Stage, Table
from app.ports.upload import Platform, Wait
from app.station.badge_giving import NewBadge
from app.station.station import Station
from app.station.view import StationView


@dataclass(frozen=True, slots=True)
class PortLine:
    """One serial port of this computer."""

    port: str
    description: str
    location: str
    likely_at: bool
    """By all that is known, this is where a module answers AT."""


@dataclass(frozen=True, slots=True)
class DemoResult:
    """Where a demonstration left its files."""

    relationship_file: Path
    screenshot: Path | None
    why_no_screenshot: str | None
    verdicts: dict[str, int]
    shift_closed: bool


@dataclass(frozen=True, slots=True)
class PressOptions:
    """How labels are made."""

    kind: str
    """`pdf`, `png`, `zip` or `zpl`."""
    layout: LabelLayout
    start_at: int = 1
    also_svg: bool = False


class LabelTools(Protocol):
    """What `labels` needs besides the journal."""

    def layout(self, name: str) -> LabelLayout: ...

    def digits(self) -> Digits: ...

    def press(self, options: PressOptions) -> Press: ...

    def outlet(self, out: str, kind: str, replace: bool) -> Outlet: ...


class Workplace(Protocol):
    """One station's folder, and everything that works in it. A folder that is not there is made."""

    @property
    def folder(self) -> Path: ...

    @property
    def settings(self) -> Settings: ...

    def make(self, station: str | None, sign_in: bool) -> None:
        """Raises `Refused` where the folder is a station's already."""
        ...

    def alone(self) -> AbstractContextManager[None]:
        """Held while a command writes; raises `Faulted` naming who holds the folder already."""
        ...

    def reader(self) -> AbstractContextManager[JournalReader]: ...

    def stats(self) -> JournalStats: ...

    def search(self, part: str, limit: int) -> Sequence[UnitFound]: ...

    def journal(self) -> AbstractContextManager[Journal]:
        """For writing; only within `alone()`."""
        ...

    def backups(self) -> BackupKeeper:
        """Makes backups only within `alone()`."""
        ...

    def restoring(
        self, file: Path, progress: Callable[[int, int], bool] | None = None
    ) -> AbstractContextManager[Restoring]:
        """Only within `alone()`."""
        ...

    def owns(self, path: Path) -> bool:
        """Whether this is a file that the station itself lives by."""
        ...

    def table(self, path: Path) -> AbstractContextManager[Table]:
        """A relationship file or the incumbent tool's, to be read. Raises `Refused` where it is none."""
        ...

    def stage(self) -> AbstractContextManager[Stage]: ...

    def write_refused(self, path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> Path:
        """The rows of this file that were refused, in a file beside it, whose path is returned."""
        ...

    def relationship_writer(self) -> RelationshipWriter: ...

    def layout_of(self, template: Path) -> Layout:
        """Of a template file that the factory downloaded, CSV or XLSX.

        Raises:
            Refused: TEMPLATE_FILE_UNREADABLE, TEMPLATE_FILE_COLUMNS.
        """
        ...

    def issued_sns(self, path: Path) -> IssuedSns:
        """What a list of SNs or the platform's package holds. Raises `Refused` where it cannot be read."""
        ...

    def platform(self, base_url: str | None, wait: Wait) -> AbstractContextManager[Platform]:
        """Developer Center where the settings say, or at this address. Nothing is sent yet.

        Raises:
            Refused: UPLOAD_NOT_SET_UP, PLATFORM_URL, PLATFORM_PROXY_URL, KEYS_MISSING, KEYS_HALF.
            Faulted: PLATFORM_CA_FILE, KEY_STORE_MISSING, KEY_STORE_CLOSED.
        """
        ...

    def try_platform(self, base_url: str | None = None) -> None:
        """Logs in once; raises `Refused` or `Faulted`: what is in the way. Waits for the network."""
        ...

    def keep_keys(self, access_key: str, access_secret: str) -> None:
        """Into the system's key store. Raises `Refused` (KEYS_HALF) or `Faulted` where they were not kept."""
        ...

    def stamp(self, shift: int | None = None, approver: Person | None = None) -> Stamp: ...

    def pins(self) -> PinHasher: ...

    def station(
        self,
        rules: Rules,
        port: str | None,
        publish: Callable[[StationView], None],
        answered: Callable[[Answer], None],
    ) -> Station:
        """Not started; only within `alone()`. Without a port no module is read."""
        ...


class Tools(Protocol):
    """What works without a folder, and the way to one."""

    def workplace(self, folder: Path | None) -> Workplace: ...

    def labels(self, folder: Path) -> LabelTools:
        """With the layouts of the station in this folder before those of the program."""
        ...

    def read_imei(self, port: str, timeout: float | None) -> ModuleReading | ModuleTrouble: ...

    def ports(self) -> Sequence[PortLine]: ...

    def write_cards(self, path: Path, cards: Sequence[Card]) -> None:
        """Raises `Faulted` where the file cannot be written."""
        ...

    def write_badges(self, path: Path, badges: Sequence[NewBadge]) -> None:
        """Raises `Faulted` where the file cannot be written."""
        ...

    def demo(
        self, units: int, out: Path, headless: bool, progress: Callable[[Answer], None]
    ) -> DemoResult: ...

    def has_display(self) -> bool: ...

    def open_window(self, folder: Path | None) -> int:
        """The program's exit code."""
        ...
