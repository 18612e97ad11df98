"""What happens to the station (events) and what it wants done (actions); results come back as events."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.codes import DeviceCode, Imei, Pair
from app.core.errors import Reason
from app.core.people import Person
from app.core.record import BoundRecord, Entry, Standing
from app.core.unit import Answer, Mode, Rules, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something happened. `at` is the monotonic clock in seconds."""

    at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Scanned(Event):
    """A scanner delivered a frame."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanRefused(Event):
    """A frame arrived that cannot even be text of ours: not UTF-8, or keys without a physical code."""

    reason: Reason
    raw: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SnTyped(Event):
    """Somebody typed the SN of a housing twice. Only the window posts this, never a scanner's way in."""

    pk: str
    sn: str
    again: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImeiTyped(Event):
    """The same with the IMEI of the unit in hand."""

    imei: str
    again: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContinuePressed(Event):
    """The key that does what the CONTINUE card does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelPressed(Event):
    """The key that does what the CANCEL card does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn(Event):
    """Somebody gave the right PIN."""

    person: Person


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOutPressed(Event):
    """What the SIGN OUT card does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched(Event):
    """Somebody typed or clicked on a page that is not Binding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModeChosen(Event):
    """What the cards VERIFY-MODE and BIND-MODE do."""

    mode: Mode


@dataclass(frozen=True, slots=True, kw_only=True)
class ModuleAnswered(Event):
    """The module gave this number twice. `ask` is None where it came onto the fixture by itself."""

    ask: int | None
    imei_text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ModuleFailed(Event):
    """The question with this number brought no IMEI."""

    ask: int
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class ModuleGone(Event):
    """The port went, or the module fell silent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FixtureEmpty(Event):
    """The link looked and nobody answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimePassed(Event):
    """The deadline of the state may have come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesChanged(Event):
    """Settings, port, products or orders changed."""

    rules: Rules


@dataclass(frozen=True, slots=True, kw_only=True)
class Found(Event):
    """The journal was asked what stands about a half."""

    standing: Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved(Event):
    """The pair is on the disk."""

    seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PairTaken(Event):
    """The database refused the pair; nothing was written."""

    standing: Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded(Event):
    """The entry about the pending answer is on the disk."""

    seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone(Event):
    """The operator's last unit is unbound again; the counter-entry is on the disk."""

    seq: int
    unit: Unit
    record: BoundRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class NotUndone(Event):
    """There is nothing that this operator may undo."""

    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalFailed(Event):
    """The journal could not read or write; nothing was written."""

    reason: Reason


@dataclass(frozen=True, slots=True)
class AskModule:
    """Read the IMEI of what lies on the fixture, afresh."""

    ask: int
    within: float
    """Seconds."""


@dataclass(frozen=True, slots=True)
class LookUp:
    """What stands about this half: bindings, scraps, and the order that its SN was issued for?"""

    device: DeviceCode | None
    imei: Imei | None


@dataclass(frozen=True, slots=True)
class Save:
    """Bind the pair, durably."""

    entry: Entry
    pair: Pair
    work_order: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """Keep this entry, durably; the pending answer is said once it is kept."""

    entry: Entry
    work_order: str | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """Keep this entry, durably; nobody waits for it."""

    entry: Entry
    work_order: str | None = None


@dataclass(frozen=True, slots=True)
class Say:
    """Tell whoever asked."""

    answer: Answer


@dataclass(frozen=True, slots=True)
class Undo:
    """Unbind the last unit of whoever is signed in."""

    within: float
    """Seconds since it was bound."""


Action = AskModule | LookUp | Save | Record | Note | Undo | Say
