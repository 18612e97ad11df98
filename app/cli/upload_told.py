"""What `upload` says of how everything stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.core.record import OpenShift
from app.core.upload_item import Item, UploadState
from app.core.upload_status import Problem, ProductStatus
from app.ports.journal_reads import JournalReader
from app.station.upload_acts import is_of, problems_of
from app.station.upload_end import UploadEnd
from app.wording.language import tr
from app.wording.reasons import sentence
from app.wording.uploads import problem_line, product_line

_LISTED = 1000


@dataclass(frozen=True, slots=True)
class Standing:
    """How the upload stands in the journal."""

    products: tuple[ProductStatus, ...]
    problems: tuple[Problem, ...]
    left_behind: tuple[Item, ...]
    confirmed_now: int = 0
    dry_run: bool = False

    @property
    def problem_count(self) -> int:
        """Also of those that are not listed."""
        return sum(one.conflicts + one.blocked for one in self.products)

    def facts(self, end: UploadEnd) -> dict[str, Any]:
        return {
            "dry_run": self.dry_run,
            "confirmed_now": self.confirmed_now,
            "products": [_of_product(one, end) for one in self.products],
            "problems": [_of_problem(one) for one in self.problems],
            "left_behind": [_of_item(one) for one in self.left_behind],
        }

    def text(self, end: UploadEnd) -> str:
        lines = [product_line(one) for one in self.products] or [tr("There is nothing to upload.")]
        lines += [f"{pk}: {sentence(reason)}" for pk, reason in end.stopped.items()]
        lines += [problem_line(one) for one in self.problems]
        lines += [_left_line(one).format(imei=one.imei, sn=one.sn) for one in self.left_behind]
        return "\n".join(lines)


def _left_line(item: Item) -> str:
    if item.state is UploadState.CONFIRMED:
        return tr("{imei}: unbound since, and still on the platform with SN {sn}")
    return tr("{imei}: unbound since, and perhaps on the platform with SN {sn}")


def standing(
    journal: JournalReader, shift: OpenShift | None, confirmed_now: int = 0, dry_run: bool = False
) -> Standing:
    return Standing(
        tuple(journal.upload_counts(shift, alone=True)),
        tuple(problems_of(journal, shift)[:_LISTED]),
        tuple(one for one in journal.upload_left_behind(-1) if is_of(shift, one))[:_LISTED],
        confirmed_now,
        dry_run,
    )


def _of_product(one: ProductStatus, end: UploadEnd) -> dict[str, Any]:
    stopped = end.stopped.get(one.pk)
    return {
        "pk": one.pk,
        "name": one.name,
        "waiting": one.waiting,
        "sent": one.sent,
        "confirmed": one.confirmed,
        "conflicts": one.conflicts,
        "blocked": one.blocked,
        "changing": one.changing,
        "handled": one.handled,
        "why": sentence(stopped) if stopped else None,
    }


def _of_item(item: Item) -> dict[str, Any]:
    return {"device_key": item.imei, "pk": item.pk, "sn": item.sn, "seq": item.row.seq}


def _of_problem(problem: Problem) -> dict[str, Any]:
    item = problem.item
    return {
        **_of_item(item),
        "state": item.state,
        "held": item.held.sn if item.held else None,
        "batch": item.batch,
        "when": problem.when,
        "why": sentence(problem.reason),
    }
