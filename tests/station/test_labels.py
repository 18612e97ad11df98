"""A batch: proven, on record, and only then out."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from app.adapters.code_package import PackagePress, PicturePress
from app.adapters.label_outlets import FileOutlet
from app.adapters.label_pdf import PdfPress
from app.core.codes import SerialNumber
from app.core.errors import Faulted, Refused, Why
from app.core.label_batch import LabelFile, MadeBatch
from app.core.label_record import Purpose
from app.core.labels import Label
from app.core.payload import PLATFORM_FORMAT
from app.core.serials import SerialStanding
from app.station.label_order import LabelOrder, labels_of, plan, unprinted
from app.station.labels import LabelRun, Step, run_labels
from tests.labelled import FIRST, FONTS, IMEI, PK, Book, labels, layout


def run(count: int, name: str = "a4-24-70x37", reprint: str | None = None) -> LabelRun:
    return LabelRun(labels(count, imei=IMEI), layout(name), "pdf", reprint)


def press(name: str = "a4-24-70x37") -> PdfPress:
    return PdfPress(layout(name), FONTS)


@dataclass
class Misprinting:
    """A real press whose page for one label comes out as another's."""

    wrong: int
    press: PdfPress = field(default_factory=press)

    def make(self, labels: Collection[Label]) -> MadeBatch:
        wanted = list(labels)
        wanted[self.wrong] = replace(wanted[self.wrong], payload=wanted[self.wrong - 1].payload)
        return self.press.make(wanted)

    def read_back(self, made: MadeBatch, labels: int) -> Iterator[tuple[str, ...]]:
        return self.press.read_back(made, labels)


def test_a_batch_says_how_many_labels_were_proven(tmp_path: Path) -> None:
    book, path = Book(), tmp_path / "labels.pdf"
    result = run_labels(run(60, "a4-8-99x68-box"), press("a4-8-99x68-box"), FileOutlet(path), book)
    assert (result.labels, result.proven, result.codes, result.pages) == (60, 60, 180, 8)
    assert result.second_opinions == 2
    assert path.read_bytes().startswith(b"%PDF")
    (record,) = book.recorded
    assert record.devices == [label.device for label in run(60).labels]
    assert (record.output, record.purpose, record.reason) == ("pdf", Purpose.NEW, None)


@pytest.mark.parametrize("wrong", [0, 30, 49])
def test_one_label_that_reads_otherwise_stops_the_batch(tmp_path: Path, wrong: int) -> None:
    book, path = Book(), tmp_path / "labels.pdf"
    with pytest.raises(Faulted) as faulted:
        run_labels(run(50), Misprinting(wrong), FileOutlet(path), book)
    assert faulted.value.reason.why is Why.CODE_NOT_READ_BACK
    assert faulted.value.reason.facts["text"] == run(50).labels[wrong].payload
    assert (book.recorded, list(tmp_path.iterdir())) == ([], [])


def test_a_picture_too_many_stops_the_batch(tmp_path: Path) -> None:
    alone = layout().code_alone()

    class OneMore(PicturePress):
        def make(self, labels: Collection[Label]) -> MadeBatch:
            made = super().make(labels)
            return replace(made, files=(*made.files, LabelFile("QR/more.png", made.files[0].content)))

    with pytest.raises(Faulted):
        run_labels(
            replace(run(3), layout=alone),
            PackagePress(OneMore(alone)),
            FileOutlet(tmp_path / "codes.zip"),
            Book(),
        )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("step", list(Step))
@pytest.mark.parametrize("after", [0, 7])
def test_a_cancelled_batch_leaves_nothing(tmp_path: Path, step: Step, after: int) -> None:
    book = Book()
    told: list[tuple[Step, int, int]] = []

    def progress(at: Step, done: int, total: int) -> bool:
        told.append((at, done, total))
        return (at, done) != (step, after)

    result = run_labels(run(20), press(), FileOutlet(tmp_path / "labels.pdf"), book, progress)
    assert result.cancelled
    assert told[-1] == (step, after, 20)
    assert (result.proven, book.recorded, list(tmp_path.iterdir())) == (0, [], [])


def test_progress_comes_to_its_end(tmp_path: Path) -> None:
    told: list[tuple[Step, int, int]] = []

    def progress(step: Step, done: int, total: int) -> bool:
        told.append((step, done, total))
        return True

    run_labels(run(5), press(), FileOutlet(tmp_path / "labels.pdf"), Book(), progress)
    assert (Step.MAKING, 5, 5) in told
    assert told[-1] == (Step.READING_BACK, 5, 5)


def test_sns_are_on_record_before_anything_goes_out(tmp_path: Path) -> None:
    """A disk that fails after that costs SNs; the other way round one SN could be printed twice."""
    book = Book()

    class Failing(FileOutlet):
        def put(self, made: MadeBatch) -> None:
            assert len(book.recorded) == 1
            (tmp_path / "gone").rmdir()
            super().put(made)

    (tmp_path / "gone").mkdir()
    with pytest.raises(Faulted):
        run_labels(run(5), press(), Failing(tmp_path / "gone" / "labels.pdf"), book)
    with pytest.raises(Refused) as refused:
        run_labels(run(5), press(), FileOutlet(tmp_path / "labels.pdf"), book)
    assert refused.value.reason.why is Why.SERIAL_USED
    again = run_labels(run(5, reprint="disk failed"), press(), FileOutlet(tmp_path / "labels.pdf"), book)
    assert again.proven == 5
    assert (book.recorded[-1].purpose, book.recorded[-1].reason) == (Purpose.REPRINT, "disk failed")


def test_what_is_in_the_way_is_said_before_anything_is_made(tmp_path: Path) -> None:
    path = tmp_path / "labels.pdf"
    path.write_bytes(b"mine")

    def never(*_: object) -> bool:
        raise AssertionError

    with pytest.raises(Refused) as refused:
        run_labels(run(5), press(), FileOutlet(path), Book(), never)
    assert refused.value.reason.why is Why.FILE_EXISTS


def test_an_sn_that_comes_twice_in_a_batch_is_refused(tmp_path: Path) -> None:
    (label,) = labels(1)
    twice = LabelRun([label, label], layout(), "pdf")
    with pytest.raises(Refused) as refused:
        run_labels(twice, press(), FileOutlet(tmp_path / "labels.pdf"), Book())
    assert refused.value.reason.why is Why.SERIAL_USED


def test_a_label_right_after_a_pass_is_of_an_sn_that_is_bound(tmp_path: Path) -> None:
    book, after = Book({FIRST: SerialStanding.BOUND}), replace(run(1, "roll-100x50-box"), after_pass=True)
    result = run_labels(after, press("roll-100x50-box"), FileOutlet(tmp_path / "1.pdf"), book)
    assert (result.proven, result.codes) == (1, 3)
    with pytest.raises(Refused) as refused:
        run_labels(after, press("roll-100x50-box"), FileOutlet(tmp_path / "2.pdf"), Book())
    assert refused.value.reason.why is Why.NOT_BOUND


def test_a_folder_that_is_not_there_costs_no_sn(tmp_path: Path) -> None:
    book = Book()
    with pytest.raises(Faulted) as faulted:
        run_labels(run(1), press(), FileOutlet(tmp_path / "none" / "labels.pdf"), book)
    assert (faulted.value.reason.why, book.recorded) == (Why.FILE_UNWRITABLE, [])


FORMATS = [PLATFORM_FORMAT]
ROWS = [SerialNumber(str(number)) for number in range(102, 112)]


def ordered(order: LabelOrder, book: Book | None = None) -> list[str]:
    made = labels_of(order, layout(), FORMATS, book or Book(), lambda count: "7" * count)
    return [label.device.sn for label in made]


def test_sns_come_from_a_first_one_a_list_or_a_pattern() -> None:
    assert ordered(LabelOrder(PK, 2, FIRST)) == [FIRST, "123456789123456653"]
    assert ordered(LabelOrder(PK, rows=ROWS)) == [str(number) for number in range(102, 112)]
    assert ordered(LabelOrder(PK, 2, "105", rows=ROWS)) == ["105", "106"]
    printed = Book(dict.fromkeys(["102", "105", "106"], SerialStanding.ISSUED))
    assert ordered(LabelOrder(PK, 3, "104", rows=ROWS, skip_used=True), printed) == ["104", "107", "108"]
    assert unprinted(PK, ROWS, printed) == ["103", "104", "107", "108", "109", "110", "111"]
    assert ordered(LabelOrder(PK)) == ["7" * 18]
    book = Book({"A1": SerialStanding.BOUND})
    assert ordered(LabelOrder(PK, 2, pattern="A{n:1}"), book) == ["A2", "A3"]


@pytest.mark.parametrize(
    ("order", "why"),
    [
        (LabelOrder(PK, 2, "999", rows=ROWS), Why.SERIAL_NOT_LISTED),
        (LabelOrder(PK, 2, "111", rows=ROWS), Why.SERIAL_LIST_SHORT),
        (LabelOrder(PK, rows=[]), Why.SERIAL_LIST_EMPTY),
        (LabelOrder(PK, 2, pattern="AB"), Why.SERIALS_RUN_OUT),
    ],
)
def test_sns_that_are_not_there_are_refused(order: LabelOrder, why: Why) -> None:
    with pytest.raises(Refused) as refused:
        ordered(order)
    assert refused.value.reason.why is why


def test_a_layout_with_an_imei_takes_it_from_the_journal() -> None:
    book, boxes = Book({FIRST: SerialStanding.BOUND}), layout("roll-100x50-box")

    def planned(first: str, bound: bool = True) -> LabelRun:
        order = LabelOrder(PK, first=first, bound=bound)
        return plan(order, boxes, "zpl", FORMATS, book, lambda count: "7" * count)

    assert planned(FIRST).labels[0].values == {"imei": IMEI}
    for first, bound, why in (("8", True, Why.LABEL_WITHOUT_IMEI), (FIRST, False, Why.SERIAL_USED)):
        with pytest.raises(Refused) as refused:
            planned(first, bound)
        assert refused.value.reason.why is why
    book.record(planned(FIRST).record)
    with pytest.raises(Refused) as again:
        planned(FIRST)
    assert again.value.reason.why is Why.LABEL_MADE_BEFORE
