"""What is told while labels are made, and of labels that were made."""

from __future__ import annotations

from collections.abc import Sequence

from app.core.label_layout import SMALLEST_MODULE
from app.station.labels import BatchResult, Step
from app.wording.language import mark, ntr, tr

_SHOWN = 5

_STEPS = {Step.MAKING: mark("Labels are made"), Step.READING_BACK: mark("Codes are read back")}


def step_name(step: Step) -> str:
    return tr(_STEPS[step])


def made(result: BatchResult, out: str) -> str:
    """How many labels went where, and how many of them were proven."""
    text = ntr(
        "{count} label in {out}: {proven} read back and compared, {second} also made by a second program.",
        "{count} labels in {out}: {proven} read back and compared, {second} also made by a second program.",
        result.labels,
    )
    if "://" in out:
        text = ntr(
            "{count} label sent to {out}: {proven} read back and compared, "
            "{second} also made by a second program.",
            "{count} labels sent to {out}: {proven} read back and compared, "
            "{second} also made by a second program.",
            result.labels,
        )
    facts = {"proven": result.proven, "second": result.second_opinions}
    return text.format(count=result.labels, out=out, **facts)


def listed_twice(serials: Sequence[str]) -> str | None:
    """Told where a list names SNs more than once; each gets one label."""
    if not serials:
        return None
    text = ntr(
        "{count} SN stands in the list more than once and gets one label: {serials}",
        "{count} SNs stand in the list more than once and get one label each: {serials}",
        len(serials),
    )
    shown = ", ".join(serials[:_SHOWN]) + (" …" if len(serials) > _SHOWN else "")
    return text.format(count=len(serials), serials=shown)


def module_warning(millimetres: float) -> str | None:
    """Told where modules are so fine that scanners may fail; the labels are made all the same."""
    if millimetres >= SMALLEST_MODULE:
        return None
    text = tr("A module of these codes is {width} mm wide; below {least} mm scanners may fail. Print larger.")
    return text.format(width=f"{millimetres:.2f}", least=f"{SMALLEST_MODULE:.2f}")
