"""Closing a shift: what was counted, and whether every label is accounted for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from app.core.errors import Refused, Why, because
from app.core.orders import WorkOrder
from app.core.record import OpenShift, UnitRow
from app.core.verdicts import Verdict

LEFT_MAX = 100_000_000


@dataclass(frozen=True, slots=True)
class LabelCount:
    """What became of the labels that a shift had: of those issued so far, the ones that no earlier shift
    bound or spoiled."""

    issued: int
    bound: int
    spoiled: int


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """issued = bound + spoiled + left + missing.

    Raises:
        Refused: LEFT_RANGE.
    """

    labels: LabelCount | None
    """None where no order of the shift has a list of issued SNs: then nothing is missing."""
    left: int | None = None
    """Labels that were counted by hand; None where nobody counted."""

    def __post_init__(self) -> None:
        if self.left is not None and not 0 <= self.left <= LEFT_MAX:
            raise Refused(because(Why.LEFT_RANGE, high=LEFT_MAX))

    @property
    def not_bound(self) -> int:
        """Labels that are neither bound nor spoiled; 0 where labels are not counted."""
        return (self.missing or 0) + (self.left or 0)

    @property
    def missing(self) -> int | None:
        """Negative where there are more labels than were issued."""
        if self.labels is None:
            return None
        return self.labels.issued - self.labels.bound - self.labels.spoiled - (self.left or 0)

    def require_explained(self, explanation: str) -> None:
        """Raises `Refused` (LABELS_MISSING, LABELS_TOO_MANY) where the sum does not close, unexplained."""
        if self.missing and not explanation:
            if self.missing < 0:
                raise Refused(because(Why.LABELS_TOO_MANY, more=-self.missing))
            raise Refused(because(Why.LABELS_MISSING, missing=self.missing))

    def facts(self) -> dict[str, int | None]:
        labels = self.labels
        return {
            "issued": labels.issued if labels else None,
            "bound": labels.bound if labels else None,
            "spoiled": labels.spoiled if labels else None,
            "left": self.left,
            "missing": self.missing,
        }


@dataclass(frozen=True, slots=True)
class ShiftReport:
    """What is printed and kept when a shift is closed."""

    shift: OpenShift
    orders: tuple[str, ...]
    """Whose labels were counted."""
    reconciliation: Reconciliation
    passes: int = 0
    bound: int = 0
    """Its units that are bound now: passes that were not taken back."""
    rescans: int = 0
    faults: Mapping[Verdict, int] = field(default_factory=dict)
    by_hour: Mapping[str, int] = field(default_factory=dict)
    """Passes for each hour that had any, on the PC's clock: `2026-03-09T10:00`."""
    on_hold: Sequence[UnitRow] = ()
    """Units that stand as `UnitState.ON_HOLD`, of whatever shift, the newest first."""
    labels_not_bound: Sequence[str] = ()
    """Some of the SNs that are neither bound nor spoiled: of those that were counted as left, and of those
    that are missing."""
    explanation: str = ""

    @property
    def taken_back(self) -> int:
        """Passes that are bound no more: undone, unbound or scrapped."""
        return max(0, self.passes - self.bound)

    def facts(self) -> dict[str, object]:
        """As JSON keeps it."""
        return {
            "shift": self.shift.id,
            "orders": list(self.orders),
            "reconciliation": self.reconciliation.facts(),
            "explanation": self.explanation,
            "passes": self.passes,
            "bound": self.bound,
            "rescans": self.rescans,
            "faults": {str(verdict): count for verdict, count in self.faults.items()},
            "by_hour": dict(self.by_hour),
            "on_hold": [_told(unit) for unit in self.on_hold],
            "labels_not_bound": list(self.labels_not_bound),
        }


def _told(unit: UnitRow) -> dict[str, object]:
    return {
        "seq": unit.seq,
        "when": unit.when,
        "verdict": str(unit.verdict),
        "pk": unit.pk,
        "sn": unit.sn,
        "imei": unit.imei,
    }


def orders_counted(
    shift: OpenShift, orders: Iterable[WorkOrder], touched: Collection[str]
) -> tuple[str, ...]:
    """Whose labels lie at the station: the order that was chosen for the shift, else every one that is open
    or that the shift bound units of. Only orders with a list can be counted."""
    listed = [order for order in orders if order.issued is not None]
    if shift.work_order is not None:
        return tuple(order.number for order in listed if order.number == shift.work_order)
    return tuple(order.number for order in listed if order.is_open or order.number in touched)
