"""What the station needs from outside: shapes only. The adapters fill them, and so do the tests' fakes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from app.core.codes import DeviceCode, Imei, Pair, ProductKey, SerialNumber
from app.core.errors import Reason
from app.core.importing import FileRow, Finding, PairRow, RefusedRow
from app.core.layout import Layout
from app.core.orders import WorkOrder
from app.core.people import Person
from app.core.products import Product
from app.core.reconciliation import LabelCount
from app.core.record import (
    BoundRecord,
    ChainCheck,
    ClockSetBack,
    Committed,
    Entry,
    InTheWay,
    OpenShift,
    RelationshipRow,
    ShiftSummary,
    Stamp,
    Standing,
    StoredEvent,
    Taken,
    Tally,
    UnitRow,
)
from app.core.relationship import Block, Blocks, FileKind
from app.core.remarks import Remark
from app.core.selection import BindingRow, Coverage, Export, Range, Selection
from app.core.unit_list import UnitLine, UnitQuery, UnitSpan, UnitStory
from app.core.verdicts import Verdict


class Clock(Protocol):
    """The PC's clocks."""

    def utc(self) -> str:
        """Now, UTC, ISO 8601 with milliseconds and `Z`."""
        ...

    def zone_minutes(self) -> int:
        """Offset of the PC's zone from UTC, in minutes east."""
        ...

    def monotonic(self) -> float:
        """Seconds that never run backwards while the PC is up."""
        ...


class OrdersReader(Protocol):
    """Products and work orders. Every method raises `Faulted` where the file cannot be read."""

    def products(self) -> Sequence[Product]:
        """By their PK."""
        ...

    def orders(self) -> Sequence[WorkOrder]:
        """Open and closed ones, as they were opened."""
        ...

    def order_bound(self, number: str) -> int:
        """How many units of this order are bound."""
        ...

    def bound_by_order(self) -> Mapping[str, int]:
        """How many units of each order are bound, where there are any. Looks at every live binding."""
        ...

    def orders_of(self, shift: OpenShift) -> frozenset[str]:
        """The orders of which units were bound in this shift."""
        ...

    def label_count(self, orders: Sequence[str], shift: OpenShift) -> LabelCount:
        """What became of the labels on the lists of these orders. A label that was scrapped counts as
        spoiled."""
        ...

    def labels_left(self, orders: Sequence[str], limit: int) -> Sequence[str]:
        """SNs on these lists that are neither bound nor spoiled."""
        ...


class ShiftsReader(Protocol):
    """Shifts and their figures. Every method raises `Faulted` where the file cannot be read."""

    def current_shift(self) -> OpenShift | None:
        """The open shift of this station."""
        ...

    def shift(self, id: int | None = None) -> OpenShift | None:
        """The shift with this number; without one the open or else the last shift."""
        ...

    def shifts(self, limit: int) -> Sequence[ShiftSummary]:
        """The newest first."""
        ...

    def tally(self, shift: OpenShift) -> Tally: ...

    def bound_times(self, shift: OpenShift, since: str = "") -> Sequence[str]:
        """When each unit of the shift was bound, from `since` on (UTC as in `Stamp.at`), oldest first."""
        ...

    def faults_by_kind(self, shift: OpenShift) -> Mapping[Verdict, int]: ...

    def bound_by_hour(self, shift: OpenShift) -> Mapping[str, int]:
        """Hours on the PC's clock, such as `2026-03-09T10:00`; those without any are left out."""
        ...

    def on_hold(self, shift: OpenShift, limit: int) -> Sequence[UnitRow]:
        """Units whose last event is a fault of this shift and that are not bound, the newest first."""
        ...


class JournalReader(OrdersReader, ShiftsReader, Protocol):
    """Reads for screens, files and questions. Any number at a time, beside a working station.

    Every method raises `Faulted` where the file cannot be read.
    """

    def standing(self, device: DeviceCode | None, imei: Imei | None) -> Standing: ...

    def in_the_way(self, rows: Sequence[PairRow]) -> InTheWay:
        """What `standing` would say of these, some hundred at once."""
        ...

    def released_imeis(self) -> frozenset[str]:
        """Whose check digit a supervisor let pass, and which were not used since."""
        ...

    def live_of_sn(self, sn: str) -> Sequence[BoundRecord]:
        """The live bindings of this SN, of whatever product."""
        ...

    def recent_units(self, limit: int) -> Sequence[UnitRow]:
        """The newest units first."""
        ...

    def relationship_rows(self, shift: OpenShift | None) -> Iterator[RelationshipRow]:
        """Live pairs in the order of binding; of every shift where none is given."""
        ...

    def relationship_count(self, shift: OpenShift | None) -> int: ...

    def row_ranges(self, selection: Selection, end: int) -> tuple[Range, ...]:
        """Where the rows of this selection lie, up to the event `end`: its shift, and its times."""
        ...

    def live_rows(
        self, selection: Selection, within: Range, end: int, gone_out: Coverage | None = None
    ) -> Block:
        """The pairs of these records that were live at the event `end`, in the order of binding.

        The same answer at any later time. `selection.new` is left to `gone_out`, whose units are left out.
        """
        ...

    def exports(self, after: int = 0) -> Sequence[Export]:
        """Every relationship file that was exported after this event, oldest first."""
        ...

    def ended_bindings(self, until: int) -> Sequence[BindingRow]:
        """Those that ended by the event `until`, in the order of binding."""
        ...

    def released_bindings(self, until: int) -> Sequence[BindingRow]:
        """Those that a release let pass with a wrong check digit, by the event `until`."""
        ...

    def bindings_of(self, imei: str) -> Sequence[BindingRow]: ...

    def last_bound(self, station: str, operator: str | None) -> BoundRecord | None:
        """What this operator bound last at this station; None where that is live no more, or hours ago."""
        ...

    def exported_since(self, record: BoundRecord) -> bool:
        """Whether a relationship file went out that holds this live binding."""
        ...

    def people(self) -> Sequence[Person]:
        """Everybody who may sign in, by name."""
        ...

    def head(self) -> tuple[int, str]:
        """Newest sequence number and its hash, as kept apart from the events."""
        ...

    def event(self, seq: int) -> StoredEvent | None: ...

    def events_of(self, sn_or_imei: str) -> Sequence[StoredEvent]:
        """Everything that names this SN or IMEI, and every file that held it, oldest first."""
        ...

    def verify(self, progress: Callable[[int, int], bool] | None = None) -> ChainCheck:
        """Recompute the whole chain. `progress(done, total)` returns False to cancel."""
        ...

    def close(self) -> None: ...


class UnitReader(JournalReader, Protocol):
    """The journal as the list of units reads it."""

    def operators(self) -> Sequence[str]:
        """Everybody who may or might sign in, by name."""
        ...

    def spans(self, query: UnitQuery) -> Iterator[UnitSpan]:
        """How many units are found, stretch by stretch from the newest event to the oldest.

        Each stretch takes some milliseconds.
        """
        ...

    def lines(self, query: UnitQuery, span: UnitSpan, skip: int, limit: int) -> Sequence[UnitLine]:
        """The units of a stretch, the newest first."""
        ...

    def exactly(self, query: UnitQuery) -> Sequence[UnitLine]:
        """Units whose whole SN or IMEI is the wanted part: by the indexes, so at once; twenty at most."""
        ...

    def line_of(self, seq: int) -> UnitLine | None:
        """The unit that this event names, as it stands now."""
        ...

    def story(self, unit: UnitLine) -> UnitStory: ...

    def records_of(self, unit: UnitLine) -> Sequence[int]:
        """The numbers of the events that name it, oldest first."""
        ...


@dataclass(frozen=True, slots=True)
class RebuildResult:
    """What a rebuild found."""

    events: int
    """How many events the journal held."""
    differences: int
    """How many rows were not what follows from the events."""
    cancelled: bool = False
    """Nothing was changed."""


@dataclass(frozen=True, slots=True)
class PinRecord:
    """What is kept of somebody's PIN."""

    person: Person
    pin_hash: str | None
    """None where they sign in by badge alone."""
    wrong_pins: int
    """How many in a row."""
    wrong_at: str | None
    """When the last of them was (UTC as in `Stamp.at`)."""


class People(Protocol):
    """Who may sign in, as the writing connection keeps it. Each change is an event; no event holds a PIN.

    Every method that writes raises `Faulted` where nothing was written, and those with a name raise `Refused`
    (NO_SUCH_PERSON) where nobody of that name may sign in.
    """

    def add_person(self, stamp: Stamp, person: Person, pin_hash: str | None) -> Committed:
        """Somebody new, or somebody who was retired.

        Raises:
            Refused: NAME_TAKEN; BADGE_TAKEN; PIN_NEEDED where there is no badge either; LAST_SUPERVISOR where
                no supervisor is there yet and this is none.
        """
        ...

    def change_person(self, stamp: Stamp, person: Person, pin_hash: str | None = None) -> Committed:
        """The person of this name has this role and badge from now on, and this PIN where one is given.

        Raises:
            Refused: as `add_person`; LAST_SUPERVISOR where no supervisor would be left.
        """
        ...

    def retire_person(self, stamp: Stamp, name: str) -> Committed:
        """Raises `Refused` (LAST_SUPERVISOR) where no supervisor would be left."""
        ...

    def pin_record(self, name: str) -> PinRecord | None: ...

    def note_wrong_pin(self, stamp: Stamp, name: str) -> PinRecord:
        """Counts it and puts it on record; returns what is kept now."""
        ...

    def clear_wrong_pins(self, name: str) -> None:
        """The right PIN was given."""
        ...


class Journal(JournalReader, People, Protocol):
    """The one writing connection. It belongs to the thread that opened it.

    Where the PC's clock tells an earlier time than the newest event, by a second or more, an event of its own
    says so before anything else is written.
    """

    @property
    def set_back(self) -> ClockSetBack | None:
        """The last time that this connection saw the clock run backwards."""
        ...

    def bind(self, stamp: Stamp, entry: Entry, pair: Pair) -> Committed | Taken:
        """Event and binding in one transaction, on the disk when this returns `Committed`.

        Raises:
            Faulted: nothing was written; the reason names cause and remedy.
        """
        ...

    def record(self, stamp: Stamp, entry: Entry) -> Committed:
        """One event and what follows from it, on the disk when this returns.

        Raises:
            Refused: a correction makes no sense on what stands; nothing was written.
            Faulted: nothing was written.
        """
        ...

    def import_pairs(
        self, stamp: Stamp, entries: Iterable[Entry], of_file: Entry, goes_on: Callable[[int], bool]
    ) -> Committed | None:
        """All of them and the event of the file, in one transaction.

        `goes_on` is told how many are written; where it returns False nothing came in, and None is returned.

        Raises:
            Refused: IMPORT_OVERTAKEN, something stands in the way of one of them; nothing was written.
            Faulted: nothing was written.
        """
        ...

    def open_shift(self, stamp: Stamp) -> OpenShift:
        """Opens the next shift of this station and records it.

        Raises:
            Faulted: nothing was written.
        """
        ...

    def close_shift(self, stamp: Stamp, entry: Entry) -> Committed:
        """Closes the shift that the stamp names, and records it with this entry.

        Raises:
            Faulted: nothing was written.
        """
        ...

    def add_order(
        self, stamp: Stamp, pk: ProductKey, quantity: int | None, issued: Collection[SerialNumber] | None
    ) -> Committed:
        """Opens the order whose number stands in the stamp, with its list of issued SNs, each once.

        Raises:
            Refused: ORDER_EXISTS; ISSUED_TWICE where an SN is on the list of another open order.
            Faulted: nothing was written.
        """
        ...

    def one_act(self) -> AbstractContextManager[None]:
        """What is recorded inside is written together when it ends, or not at all where it raises.

        Raises:
            Faulted: nothing was written.
        """
        ...

    def rebuild(self, stamp: Stamp, progress: Callable[[int, int], bool] | None = None) -> RebuildResult:
        """Makes everything anew that follows from the events.

        `progress(done, total)` returns False to cancel.

        Raises:
            Refused: JOURNAL_NOT_PROVEN, the events do not hold or cannot be followed; nothing was changed.
            Faulted: nothing was changed.
        """
        ...


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question to a module and what came back, byte for byte as latin-1 text."""

    command: str
    reply: str


@dataclass(frozen=True, slots=True)
class ModuleReading:
    """An IMEI that the module gave twice in a row to the same command. Its check digit may be wrong."""

    imei: str
    command: str
    exchanges: tuple[Exchange, ...] = ()


@dataclass(frozen=True, slots=True)
class ModuleTrouble:
    """No IMEI could be read; `reason` says what was seen instead."""

    reason: Reason
    exchanges: tuple[Exchange, ...] = ()


class LinkState(StrEnum):
    """What the status strip says of the module's port."""

    NONE = "none"
    """No port is chosen and none was found."""
    ABSENT = "absent"
    """The chosen port is not there."""
    SILENT = "silent"
    """The port is open, nothing answers."""
    ANSWERING = "answering"
    """A module answers AT."""
    TROUBLE = "trouble"
    """The port cannot be used (busy, denied)."""


@dataclass(frozen=True, slots=True)
class LinkStatus:
    """The port as the link last saw it."""

    state: LinkState
    port: str = ""
    reason: Reason | None = None


class FixtureListener(Protocol):
    """Who hears from the fixture. Called on the link's own thread: post and return."""

    def module_answered(self, ask: int | None, reading: ModuleReading) -> None:
        """`ask` is the question's number; None where the module came by itself, or another took its place."""
        ...

    def module_failed(self, ask: int, trouble: ModuleTrouble) -> None: ...

    def module_gone(self) -> None:
        """The port went, or the module that answered fell silent."""
        ...

    def link_changed(self, status: LinkStatus) -> None: ...


class Fixture(Protocol):
    """The module's port, watched by a thread of its own."""

    def start(self, listener: FixtureListener) -> None: ...

    def ask(self, ask: int, within: float) -> None:
        """Read the IMEI afresh, twice. Answers `module_answered` or `module_failed` with this number within
        the given seconds; a newer question replaces an older one, which is then never answered."""
        ...

    def stop(self) -> None: ...


class PinHasher(Protocol):
    """A slow salted hash for PINs."""

    def hash(self, pin: str) -> str: ...

    def matches(self, pin: str, pin_hash: str) -> bool: ...


class RelationshipFileSet(Protocol):
    """Files that come into place together. Every method raises `Faulted` where it cannot be done."""

    def write(self, path: Path, kind: FileKind, layout: Layout, blocks: Blocks) -> str:
        """Beside its place. `blocks` is asked twice: to write, and to compare with what the disk gives back.

        Returns the file's SHA-256, lower-case hex.

        Raises:
            Refused: the file exists and may not be replaced; CHARACTER_UNWRITABLE, TOO_LONG_FOR_XLSX,
                CELL_TOO_LONG.
        """
        ...

    def write_text(self, path: Path, text: str) -> None:
        """UTF-8. Raises `Refused` where the file exists and may not be replaced."""
        ...

    def remove(self, path: Path) -> None:
        """Nothing is to stand there. Raises `Refused` where something does and may not be replaced."""
        ...

    def place(self) -> None:
        """All files get their names, the first one that was written as the last."""
        ...


class RelationshipWriter(Protocol):
    """Writes relationship files and what stands beside them."""

    def together(self, replace: bool) -> AbstractContextManager[RelationshipFileSet]:
        """Where the block raises, even after the files were placed, every place is as it was before."""
        ...


class Cancelled(Exception):
    """`progress` said so, and nothing was changed."""


@dataclass(frozen=True, slots=True)
class BackupFound:
    """A backup by its name."""

    path: Path
    when: str
    """When it was made (UTC as in `Stamp.at`)."""
    seq: int
    """Its newest event."""


@dataclass(frozen=True, slots=True)
class BackupMade:
    """A backup that was proven and stands where it belongs."""

    path: Path
    when: str
    """UTC as in `Stamp.at`."""
    seq: int
    """Its newest event; the event about the backup itself comes after it."""
    hash: str
    """Of that event."""
    sha256: str
    """Of the file, lower-case hex."""
    size: int
    """Bytes."""
    second: Path | None = None
    """Its copy in the second backup folder."""
    second_trouble: Reason | None = None
    """Why there is none although there should be."""
    pruned: tuple[str, ...] = ()
    """Names of older backups that went, since enough newer ones are there."""


class BackupKeeper(Protocol):
    """The backups of one station. For the process that holds its folder, on any thread: the journal is read
    over a connection of its own, beside the one that writes."""

    def newest(self) -> BackupFound | None:
        """The newest good backup in the station's folder; quick enough for a start."""
        ...

    def make(self, out: Path | None = None, progress: Callable[[int, int], bool] | None = None) -> BackupMade:
        """A backup of the journal as it stands now; its copy in the second folder; and the oldest go.

        With `out` it is this one file and nothing else. Another thread's backup is waited for.
        `progress(done, total)` returns False to cancel.

        Raises:
            Refused: FILE_EXISTS, FILE_IS_OURS; nothing was made.
            Faulted: BACKUP_FAILED, BACKUP_NOT_WHOLE, or the journal cannot be read; older backups stand.
            Cancelled: `progress` said so.
        """
        ...


@dataclass(frozen=True, slots=True)
class Restored:
    """A backup that stands in the place of the journal, and what became of the one before."""

    seq: int
    """The event about it, the newest of the restored journal."""
    file: Path
    up_to: int
    """The newest event that the backup held."""
    hash: str
    """Of that event."""
    kept: Path | None
    """Where the old journal lies now; None where there was none."""
    old_seq: int | None = None
    """Its newest event; None where it cannot be read."""
    old_hash: str | None = None
    same_history: bool | None = None
    """Whether one of the two is the beginning of the other; None where nobody can tell."""

    @property
    def lost(self) -> range:
        """The events that only the old journal holds."""
        if self.same_history and self.old_seq is not None:
            return range(self.up_to + 1, self.old_seq + 1)
        return range(0)


class Restoring(Protocol):
    """One restore, by the process that holds the folder. Until `put_in_place` returns the old journal stands,
    or the next start goes on where this one ended.

    Raises, each method, the first that needs the backup:
        Refused: BACKUP_UNREADABLE, BACKUP_UNPROVEN, JOURNAL_NOT_OURS, JOURNAL_NEWER; nothing was changed.
        Faulted: the surroundings are in the way; nothing was changed.
        Cancelled: `progress` said so.
    """

    def people(self) -> AbstractContextManager[Journal]:
        """The journal that says who may do this: the present one; where that is damaged or gone, the restored
        one."""
        ...

    def put_in_place(self, stamp: Stamp) -> Restored:
        """Also raises `Faulted` RESTORE_UNFINISHED: the next start goes on."""
        ...


class Table(Protocol):
    """The rows of a file under one header. Reading may raise `Refused` at any row."""

    @property
    def header(self) -> Sequence[str]: ...

    @property
    def header_row(self) -> FileRow:
        """The header with its line, for a list that has none and begins with this row."""
        ...

    @property
    def sha256(self) -> str:
        """Of the whole file, lower-case hex."""
        ...

    @property
    def remarks(self) -> Sequence[Remark]: ...

    def rows(self) -> Iterator[FileRow]:
        """What stands under the header, once, without empty rows."""
        ...

    def done(self) -> float:
        """How much of the file was read: 0 to 1."""
        ...

    def close(self) -> None: ...


class Stage(Protocol):
    """Keeps the rows of a file while they are looked at. Methods raise `Faulted` where room is lacking."""

    def add(self, row: FileRow, pair: PairRow | None) -> None:
        """The next row; without a pair it was refused by itself."""
        ...

    def note(self, findings: Iterable[Finding]) -> None: ...

    def note_same(self, lines: Iterable[int]) -> None:
        """Exactly these pairs are bound already."""
        ...

    def repeated_imeis(self) -> Iterator[PairRow]:
        """Rows whose IMEI stands in several, by IMEI and line. Asked once every row is there."""
        ...

    def repeated_sns(self) -> Iterator[PairRow]:
        """Rows whose SN and PK stand in several, by SN, PK and line. Asked after `repeated_imeis`."""
        ...

    def left(self) -> Iterator[PairRow]:
        """Rows that can be taken, as far as is known, by line."""
        ...

    def counts(self) -> tuple[int, int, int]:
        """How many rows there are, are refused, are bound already."""
        ...

    def findings(self, refuses: bool) -> Iterator[Finding]:
        """By line: those that refuse a row, or the warnings."""
        ...

    def refused(self) -> Iterator[RefusedRow]: ...


__all__ = [
    "BackupFound",
    "BackupKeeper",
    "BackupMade",
    "BoundRecord",
    "Cancelled",
    "Clock",
    "Exchange",
    "Fixture",
    "FixtureListener",
    "Journal",
    "JournalReader",
    "LinkState",
    "LinkStatus",
    "ModuleReading",
    "ModuleTrouble",
    "People",
    "PinRecord",
    "RebuildResult",
    "RelationshipFileSet",
    "RelationshipWriter",
    "Restored",
    "Restoring",
    "Stage",
    "Table",
    "UnitReader",
]
