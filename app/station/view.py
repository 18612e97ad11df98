"""What the station publishes: one immutable picture after each event."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.core.binding import State
from app.core.errors import Reason
from app.core.record import OpenShift, Tally, UnitRow
from app.ports.backups import BackupFound
from app.ports.fixture import LinkState, LinkStatus
from app.station.orders import OrderProgress


@dataclass(frozen=True, slots=True)
class StationView:
    """All that a page shows, and nothing that it would have to ask for."""

    state: State = field(default_factory=State)
    station: str = ""
    operator: str | None = None
    shift: OpenShift | None = None
    tally: Tally = field(default_factory=Tally)
    recent: tuple[UnitRow, ...] = ()
    """The newest units first, at most eight."""
    per_ten_minutes: tuple[int, ...] = ()
    """Units per hour in each of the last twelve ten-minute steps of the shift, oldest first."""
    per_hour: int = 0
    """Units in the last hour."""
    order: OrderProgress | None = None
    """The order of the unit in hand, else the one that is worked on; None where none is open."""
    link: LinkStatus = field(default_factory=lambda: LinkStatus(LinkState.NONE))
    journal_trouble: Reason | None = None
    """Why the journal cannot be written, or None while it can."""
    clock_trouble: Reason | None = None
    """That the PC's clock was set back, or None."""
    backup: BackupFound | None = None
    """The newest good backup in the station's folder."""
    at_desk: bool = False
    """Something else is done on the station's thread, such as an import: binding waits."""
    waiting: int = 0
    """Scans that nobody has looked at yet; they are answered in their order."""
    nobody_yet: bool = False
    """People are to sign in here, and there is nobody who could: the first start."""
    now: float = 0.0
    """The monotonic clock of the moment of publishing, in seconds, to compare with `state.deadline`."""
