"""A batch of labels: made, every code read back and compared, put on record, and only then let out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum

from app.core.codes import DeviceCode
from app.core.errors import Faulted, Why, because
from app.core.label_batch import LabelBook, MadeBatch, Outlet, Press
from app.core.label_layout import LabelLayout
from app.core.label_record import LabelRecord, Purpose
from app.core.labels import Label, codes_on, names_field
from app.core.serials import LabelRegister


class Step(StrEnum):
    """What is being done with a batch."""

    MAKING = "making"
    READING_BACK = "reading-back"


Progress = Callable[[Step, int, int], bool]
"""Step, labels done, labels in all; False cancels."""


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What became of a batch."""

    labels: int
    proven: int
    """Labels whose every code was read back as it should be."""
    codes: int
    second_opinions: int
    smallest_module: float
    pages: int
    cancelled: bool = False
    """Nothing went out, and nothing is on record."""


@dataclass(frozen=True, slots=True)
class LabelRun:
    """One order to print or save labels."""

    labels: Sequence[Label]
    layout: LabelLayout
    output: str
    """What is made, for the record: `pdf`, `png`, `zip`, `zpl`; `print` for a printer of the system."""
    reprint: str | None = None
    """Why labels are printed again that were printed before."""
    after_pass: bool = False
    """The labels of units that were just bound, so that their SNs are not new."""
    of_list: bool = False
    """Somebody else issued the SNs."""
    bound: bool = False
    """Labels of units that are bound, each the first of this layout."""

    def require_serials(self, register: LabelRegister) -> None:
        """Raises `Refused` where an SN has no place in this order."""
        self.record.require(register)

    @property
    def record(self) -> LabelRecord:
        devices = [label.device for label in self.labels]
        return LabelRecord(
            devices, self._purpose, self.output, self.layout.name, self.reprint, self._imeis_on_labels()
        )

    def _imeis_on_labels(self) -> dict[DeviceCode, str]:
        if not names_field(self.layout, "imei"):
            return {}
        return {one.device: one.values["imei"] for one in self.labels if one.values.get("imei")}

    @property
    def _purpose(self) -> Purpose:
        if self.reprint is not None:
            return Purpose.REPRINT
        if self.after_pass:
            return Purpose.AFTER_PASS
        if self.bound:
            return Purpose.BOUND
        return Purpose.LISTED if self.of_list else Purpose.NEW


class _CancelledError(Exception):
    """Somebody said so."""


def run_labels(
    run: LabelRun, press: Press, outlet: Outlet, book: LabelBook, progress: Progress = lambda *_: True
) -> BatchResult:
    """Makes, proves, records and lets out.

    Raises:
        Refused: an SN was there before (for a reprint: was not), or a label cannot be made. Nothing went out.
            Also where that came about while the labels were made.
        Faulted: a code did not read back; nothing went out and nothing is on record. Or the output could not
            be written after all; then its SNs are on record and can be printed again with a reason.
    """
    labels = len(run.labels)
    with closing(outlet):
        outlet.check()
        run.require_serials(book)
        try:
            made = press.make(_Told(run.labels, Step.MAKING, progress))
            codes = _prove(run, press, made, progress)
        except _CancelledError:
            return BatchResult(labels, 0, 0, 0, 0.0, 0, cancelled=True)
        book.record(run.record)
        outlet.put(made)
    return BatchResult(labels, labels, codes, made.second_opinions, made.smallest_module, made.pages)


class _Told(Collection[Label]):
    """The labels of a batch; who takes them one by one tells how far the step is, and may be cancelled."""

    def __init__(self, labels: Sequence[Label], step: Step, progress: Progress) -> None:
        self._labels, self._step, self._progress = labels, step, progress
        self._told = -1

    def __len__(self) -> int:
        return len(self._labels)

    def __contains__(self, label: object) -> bool:
        return label in self._labels

    def __iter__(self) -> Iterator[Label]:
        """Only the first time something is told."""
        for done, label in enumerate(self._labels):
            self._tell(done)
            yield label
        self._tell(len(self._labels))

    def _tell(self, done: int) -> None:
        if done > self._told:
            self._told = done
            if not self._progress(self._step, done, len(self._labels)) and done < len(self._labels):
                raise _CancelledError


def _prove(run: LabelRun, press: Press, made: MadeBatch, progress: Progress) -> int:
    """How many codes were read back."""
    codes = 0
    found = press.read_back(made, len(run.labels))
    for label in _Told(run.labels, Step.READING_BACK, progress):
        wanted = codes_on(label, run.layout)
        if next(found, None) != wanted:
            raise Faulted(because(Why.CODE_NOT_READ_BACK, text=label.payload, output=run.output))
        codes += len(wanted)
    if next(found, None) is not None:
        raise Faulted(because(Why.CODE_NOT_READ_BACK, text="", output=run.output))
    return codes
