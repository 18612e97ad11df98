"""What stands beside a relationship file: `FILE.json`, and `NAME.withdrawn.csv` where units go."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

from app.core.selection import BindingRow, Range, Selection


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A unit that the side file names."""

    seq: int
    imei: str
    pk: str
    sn: str
    ended_seq: int | None
    """The event that ended the binding; None while it is live."""

    @classmethod
    def of(cls, binding: BindingRow) -> Self:
        return cls(binding.seq, binding.imei, binding.pk, binding.sn, binding.ended_seq)


@dataclass(frozen=True, slots=True)
class SideFile:
    """What `FILE.json`, and the event of the export, say of a relationship file."""

    file: str
    count: int
    first_seq: int | None
    last_seq: int | None
    ranges: tuple[Range, ...]
    """The stretches of the journal that a selection by time means, where the clock made several of them."""
    sha256: str
    """Of the relationship file, lower-case hex."""
    end_seq: int
    end_hash: str
    """The journal's newest event when the file was made."""
    selection: Selection
    kind: str
    encoding: str
    template: str
    station: str
    made_at: str
    """UTC, ISO 8601."""
    made_by: str | None
    software: str
    withdrawn: tuple[TakenBack, ...] = ()
    """What went out in an earlier file and was unbound since."""
    released: tuple[TakenBack, ...] = ()
    """Units of this file whose IMEI was let pass with a wrong check digit."""

    def facts(self) -> dict[str, Any]:
        """As one flat JSON object, the selection's conditions among the rest."""
        facts = asdict(self)
        selection = facts.pop("selection")
        for one in facts["released"]:
            del one["ended_seq"]
        if not self.ranges:
            del facts["ranges"]
        return {**facts, **selection}

    def text(self) -> str:
        return json.dumps(self.facts(), indent=2, ensure_ascii=False) + "\n"


def side_path(path: Path) -> Path:
    """`FILE.json`, beside `FILE`."""
    return path.with_name(f"{path.name}.json")


def withdrawn_path(path: Path) -> Path:
    """`NAME.withdrawn.csv`, beside `NAME.csv`."""
    return path.with_name(f"{path.stem}.withdrawn.csv")


def withdrawn_table(units: Iterable[TakenBack]) -> str:
    """Its columns are not those of the import template, so that nobody imports it by mistake."""
    lines = [f"{one.imei},{one.pk},{one.sn},{one.seq},{one.ended_seq}" for one in units]
    return "".join(f"{line}\r\n" for line in ("DeviceKey,ProductKey,SN,Bound,Unbound", *lines))
