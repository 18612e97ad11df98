"""The closing report: kept as it was, saved as PDF or text, sent to a printer."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter

from app.adapters.sqlite_journal import SqliteJournal
from app.core.record import EventKind
from app.core.verdicts import Verdict
from app.station.shift_picture import _as_kept
from app.ui.paper import document_of, pdf_of, send
from app.wording.shifts import closing_text, report_text
from tests.adapters.journals import STAMP, bound, pair
from tests.main.choosing import choose_file
from tests.main.conftest import Desk
from tests.main.shifts import ORDER, AtShift, make_shift

Open = Callable[..., Desk]


@pytest.fixture
def closed(open_desk: Open) -> AtShift:
    """With one label that nobody accounts for, explained."""
    at = AtShift(open_desk(make_shift))
    at.open()
    at.count("2")
    at.explain("<torn> & lost")
    at.close()
    return at


def test_the_sheet_holds_the_whole_reconciliation(closed: AtShift) -> None:
    text = document_of(closed.shift.report._sheet()).toPlainText()
    assert "Closing report of shift 1" in text
    for part in ("6", "= 3", "+ 0", "+ 2", "+ 1", "labels issued", "left, counted", "missing"):
        assert part in text
    assert "Explained: <torn> & lost" in text
    assert "3 passed, 0 re-scans, 1 faults" in text
    assert "Units on hold: 1" in text
    assert pair(3).device.sn in text
    event = next(one for one in closed.desk.events() if one.entry.kind is EventKind.SHIFT_CLOSED)
    assert f"#{event.seq}" in text


def test_paper_and_text_tell_who_closed_what_when_and_which_file_went_out(
    closed: AtShift, tmp_path: Path
) -> None:
    path = tmp_path / "report.txt"
    closed.shift.report.save(path)
    (file,) = (closed.desk.place.folder / "files").glob("*.csv")
    event = next(one for one in closed.desk.events() if one.entry.kind is EventKind.SHIFT_CLOSED)
    sheet = document_of(closed.shift.report._sheet()).toPlainText()
    for text in (sheet, path.read_text("utf-8")):
        for part in (
            f"{file.name}, 3 rows, #{event.seq + 1}",
            closed.desk.place.settings.station,
            f"#{event.seq}",
            ORDER,
            "Explained: <torn> & lost",
            str(pair(4).device.sn),
        ):
            assert part in text


def test_passes_that_were_taken_back_are_explained(closed: AtShift) -> None:
    report, picture = closed.page.picture.kept, closed.page.picture
    assert report is not None
    undone = replace(report, passes=10, bound=8)
    assert "10 passed, 0 re-scans, 1 faults (taken back: 2, bound now: 8)" in closing_text(
        undone, picture, "3"
    )


def test_events_of_earlier_versions_tell_their_labels_too(closed: AtShift) -> None:
    kept = closed.page.picture.kept
    assert kept is not None
    facts = kept.facts()
    assert facts["labels_not_bound"] == [pair(number).device.sn for number in (3, 4, 5)]
    facts["labels_left"] = facts.pop("labels_not_bound")
    assert _as_kept(kept, facts) == kept


def test_it_stays_as_it_was_closed_whatever_becomes_of_its_units(closed: AtShift) -> None:
    before = closed.page.picture.kept
    assert before is not None
    with closing(SqliteJournal(closed.desk.place.folder / "journal.db")) as journal:
        journal.bind(STAMP, bound(pair(3)), pair(3))
    closed.shift.read()
    closed.desk.until(lambda: closed.page.picture.report and not closed.page.picture.report.on_hold)
    after = closed.page.picture.kept
    assert after is not None
    assert report_text(after) == report_text(before)
    assert [unit.verdict for unit in after.on_hold] == [Verdict.IMEI_MISMATCH]


def test_it_is_saved_as_a_pdf_and_never_over_another_file(closed: AtShift, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    closed.shift.report.save(path)
    content = path.read_bytes()
    assert content.startswith(b"%PDF-")
    assert content.rstrip().endswith(b"%%EOF")
    closed.shift.report.save(path)
    assert "is there already" in closed.page.notice.text
    assert path.read_bytes() == content


def test_its_button_offers_pdf_and_text_and_asks_where_to_save(closed: AtShift, tmp_path: Path) -> None:
    offered = dict(closed.shift.report.choices)
    assert list(offered)[-2:] == ["Save as PDF…", "Save as text…"]
    offered["Save as PDF…"]()
    choose_file(closed.desk, tmp_path / "mine.pdf")
    closed.desk.until(lambda: "mine.pdf" in closed.page.notice.text)
    assert (tmp_path / "mine.pdf").read_bytes().startswith(b"%PDF-")


def test_a_printer_that_is_not_there_is_said_aloud(closed: AtShift) -> None:
    closed.shift.report.print("Printer of nobody")
    assert "Printer of nobody" in closed.page.notice.text
    assert "nothing was printed" in closed.page.notice.text


def test_the_printer_gets_the_same_sheet(closed: AtShift, tmp_path: Path) -> None:
    """A printer that prints into a file, through the same way as one of paper."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    send(printer, closed.shift.report._sheet())
    assert (tmp_path / "printed.pdf").read_bytes().startswith(b"%PDF-")


def test_a_long_report_takes_several_pages() -> None:
    short, long = (pdf_of("<p>one line</p>" * lines, "x") for lines in (1, 200))
    assert (short.count(b"/Type /Page\n"), long.count(b"/Type /Page\n") > 2) == (1, True)
