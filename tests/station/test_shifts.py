"""Shifts: opened, handed over, and closed with event and file, or not at all."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from app.adapters.relationship_files import RelationshipFiles
from app.adapters.sqlite_journal import SqliteJournal, create_journal
from app.core.codes import SerialNumber
from app.core.errors import Faulted, Refused, Why, because
from app.core.people import Person, Role
from app.core.products import Product
from app.core.record import EventKind, OpenShift, Stamp
from app.core.unit import Rules
from app.core.verdicts import Verdict
from app.station.orders import Orders, informed
from app.station.shifts import Shifts, WriteFile, relationship_file, report_of
from tests.adapters.journals import PK, bound, pair

STAMP = Stamp("2026-03-09T10:00:00.000Z", 0, 0, "Line 1", "test")
ZHAO, CHEN = Person("Zhao Min", Role.SUPERVISOR), Person("Chen Jing", Role.OPERATOR)
SNS = [pair(number).device.sn for number in range(10)]


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[SqliteJournal]:
    create_journal(tmp_path / "journal.db", STAMP)
    with closing(SqliteJournal(tmp_path / "journal.db", patience=0.05)) as journal:
        for person in (ZHAO, CHEN):
            journal.add_person(STAMP, person, "no hash")
        yield journal


def shifts(journal: SqliteJournal, person: Person | None = ZHAO) -> Shifts:
    return Shifts(journal, STAMP, person)


def orders(journal: SqliteJournal, person: Person | None = ZHAO) -> Orders:
    return Orders(journal, STAMP, person)


def bind(journal: SqliteJournal, *numbers: int) -> None:
    shift = journal.current_shift()
    for number in numbers:
        journal.bind(replace(STAMP, shift=shift.id if shift else None), bound(pair(number)), pair(number))


def writing(journal: SqliteJournal) -> WriteFile:
    return relationship_file(journal, RelationshipFiles())


def why(refused: pytest.ExceptionInfo[Refused] | pytest.ExceptionInfo[Faulted]) -> Why:
    return refused.value.reason.why


def kinds(journal: SqliteJournal, since: int) -> list[str]:
    events = (journal.event(seq) for seq in range(since + 1, journal.head()[0] + 1))
    return [event.entry.kind for event in events if event]


# --- opening and handing over --------------------------------------------------------------------------


def test_a_shift_is_opened_for_an_order_in_somebodys_name(journal: SqliteJournal) -> None:
    orders(journal).add("24-1107", PK, 10)
    shift = shifts(journal).open("24-1107", "Chen Jing")
    assert (shift.work_order, shift.operator) == ("24-1107", "Chen Jing")
    assert journal.current_shift() == shift
    event = journal.event(shift.opened_seq)
    assert event is not None
    assert (event.stamp.operator, event.stamp.approver) == ("Chen Jing", "Zhao Min")


def test_a_shift_that_makes_no_sense_is_not_opened(journal: SqliteJournal) -> None:
    before = journal.head()
    for order, name, reason in (
        ("none", None, Why.ORDER_NOT_OPEN),
        (None, "Nobody", Why.NO_SUCH_PERSON),
        (None, "(x)", Why.NAME_UNUSABLE),
    ):
        with pytest.raises(Refused) as refused:
            shifts(journal).open(order, name)
        assert why(refused) is reason
    assert journal.head() == before
    shifts(journal).open()
    with pytest.raises(Refused) as refused:
        shifts(journal).open()
    assert why(refused) is Why.SHIFT_IS_OPEN


def test_a_shift_is_handed_over_and_what_is_not_named_stays(journal: SqliteJournal) -> None:
    orders(journal).add("A", PK)
    with pytest.raises(Refused) as refused:
        shifts(journal).hand_over(operator="Chen Jing")
    assert why(refused) is Why.SHIFT_NOT_OPEN
    shifts(journal).open()
    shifts(journal).hand_over(operator="Chen Jing")
    after = shifts(journal).hand_over(order="A")
    assert (after.operator, after.work_order) == ("Chen Jing", "A")
    assert journal.current_shift() == after
    event = journal.event(journal.head()[0])
    assert event is not None
    assert (event.entry.before, event.entry.after, event.stamp.work_order) == ("Chen Jing", "Chen Jing", "A")


def test_an_operator_neither_opens_nor_closes(journal: SqliteJournal, tmp_path: Path) -> None:
    by_operator = shifts(journal, CHEN)
    for work in (
        by_operator.open,
        by_operator.hand_over,
        lambda: by_operator.close(None, "", tmp_path, writing(journal)),
        lambda: orders(journal, CHEN).add("A", PK),
        lambda: orders(journal, CHEN).close("A"),
        lambda: orders(journal, CHEN).set_product(Product(PK)),
    ):
        with pytest.raises(Refused) as refused:
            work()
        assert why(refused) is Why.NOT_ALLOWED


# --- closing --------------------------------------------------------------------------------------------


def test_closing_leaves_the_report_in_the_event_and_a_file_that_knows_it(
    journal: SqliteJournal, tmp_path: Path
) -> None:
    orders(journal).add("A", PK, None, SNS)
    shifts(journal).open("A")
    bind(journal, 0, 1, 2)
    before = journal.head()[0]
    closed = shifts(journal).close(7, "", tmp_path / "files", writing(journal))
    assert kinds(journal, before) == [EventKind.SHIFT_CLOSED, EventKind.EXPORTED]
    event = journal.event(closed.seq)
    assert event is not None
    assert (event.stamp.operator, event.stamp.work_order) == ("Zhao Min", "A")
    kept = json.loads(event.entry.detail or "")
    assert kept["reconciliation"] == {"issued": 10, "bound": 3, "spoiled": 0, "left": 7, "missing": 0}
    assert (kept["passes"], kept["labels_not_bound"]) == (3, sorted(SNS[3:]))
    assert closed.file.read_text("utf-8").count("\n") == 4
    side = json.loads(closed.file.with_name(f"{closed.file.name}.json").read_text("utf-8"))
    assert (side["end_seq"], side["end_hash"]) == (closed.seq, event.hash)
    assert (side["shift"], side["made_by"]) == (1, "Zhao Min")
    assert journal.current_shift() is None
    assert journal.verify().finding is None


def test_a_shift_that_misses_labels_closes_only_with_an_explanation(
    journal: SqliteJournal, tmp_path: Path
) -> None:
    orders(journal).add("A", PK, None, SNS)
    shifts(journal).open()
    bind(journal, 0)
    before = journal.head()
    for left, explanation, reason in (
        (8, "", Why.LABELS_MISSING),
        (None, "   ", Why.LABELS_MISSING),
        (10, "", Why.LABELS_TOO_MANY),
        (8, "x" * 501, Why.REASON_NEEDED),
    ):
        with pytest.raises(Refused) as refused:
            shifts(journal).close(left, explanation, tmp_path / "files", writing(journal))
        assert why(refused) is reason
    assert journal.head() == before
    assert not (tmp_path / "files").exists()
    closed = shifts(journal).close(8, " one torn ", tmp_path / "files", writing(journal))
    event = journal.event(closed.seq)
    assert event is not None
    assert (event.entry.reason, event.stamp.approver) == ("one torn", "Zhao Min")


def test_without_a_list_nothing_blocks_and_an_empty_shift_closes_too(
    journal: SqliteJournal, tmp_path: Path
) -> None:
    with pytest.raises(Refused) as refused:
        shifts(journal).close(None, "", tmp_path, writing(journal))
    assert why(refused) is Why.SHIFT_NOT_OPEN
    orders(journal).add("A", PK, 10)
    shifts(journal).open("A")
    closed = shifts(journal, None).close(None, "", tmp_path, writing(journal))
    assert closed.report.reconciliation.labels is None
    assert closed.file.read_text("utf-8").count("\n") == 1


def test_no_file_is_written_over(journal: SqliteJournal, tmp_path: Path) -> None:
    (tmp_path / "shift-0001-2026-03-09.csv").write_text("an old one")
    (tmp_path / "shift-0001-2026-03-09-2.csv.json").write_text("an old one")
    shifts(journal).open()
    closed = shifts(journal).close(None, "", tmp_path, writing(journal))
    assert closed.file.name == "shift-0001-2026-03-09-3.csv"
    assert (tmp_path / "shift-0001-2026-03-09.csv").read_text() == "an old one"


# --- closing that fails ---------------------------------------------------------------------------------


def refuse_to_close(journal: SqliteJournal, folder: Path, write_file: WriteFile) -> None:
    """The shift is open as before, nothing was recorded, no file is left, and it closes afterwards."""
    before, shift = journal.head(), journal.current_shift()
    with pytest.raises(Faulted) as fault:
        shifts(journal).close(None, "", folder, write_file)
    assert why(fault) is Why.SHIFT_NOT_CLOSED
    assert (journal.head(), journal.current_shift()) == (before, shift)
    assert [path for path in folder.rglob("*") if path.is_file()] == []
    closed = shifts(journal).close(None, "", folder.with_name("other"), writing(journal))
    assert closed.file.exists()
    assert journal.verify().finding is None


@pytest.fixture
def open_shift(journal: SqliteJournal) -> SqliteJournal:
    shifts(journal).open()
    bind(journal, 0, 1)
    return journal


def test_a_file_that_cannot_be_written_leaves_the_shift_open(
    open_shift: SqliteJournal, tmp_path: Path
) -> None:
    def disk_is_full(shift: OpenShift, stamp: Stamp, path: Path) -> None:
        path.write_text("half a fi")
        raise Faulted(because(Why.DISK_FULL, path=str(path), detail="No space left on device"))

    refuse_to_close(open_shift, tmp_path / "files", disk_is_full)


def test_a_folder_that_cannot_be_made_leaves_the_shift_open(
    open_shift: SqliteJournal, tmp_path: Path
) -> None:
    (tmp_path / "files").write_text("a file in the folder's place")
    before = open_shift.head()
    with pytest.raises(Faulted) as fault:
        shifts(open_shift).close(None, "", tmp_path / "files", writing(open_shift))
    assert why(fault) is Why.SHIFT_NOT_CLOSED
    assert open_shift.head() == before
    assert (tmp_path / "files").read_text() == "a file in the folder's place"


def test_a_journal_that_cannot_be_written_takes_the_files_back(
    open_shift: SqliteJournal, tmp_path: Path
) -> None:
    def write(shift: OpenShift, stamp: Stamp, path: Path) -> None:
        writing(open_shift)(shift, stamp, path)
        assert path.exists()
        with open_shift._file.use() as connection:
            connection.execute("SELECT no_such_function()")

    refuse_to_close(open_shift, tmp_path / "files", write)


def test_a_locked_journal_leaves_the_shift_open(open_shift: SqliteJournal, tmp_path: Path) -> None:
    before = open_shift.head()
    with closing(sqlite3.connect(tmp_path / "journal.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Faulted) as fault:
            shifts(open_shift).close(None, "", tmp_path / "files", writing(open_shift))
    assert why(fault) is Why.SHIFT_NOT_CLOSED
    assert open_shift.head() == before
    assert list((tmp_path / "files").iterdir()) == []


def test_a_file_that_somebody_else_made_meanwhile_is_left_alone(
    open_shift: SqliteJournal, tmp_path: Path
) -> None:
    def write(shift: OpenShift, stamp: Stamp, path: Path) -> None:
        path.write_text("somebody else's")
        writing(open_shift)(shift, stamp, path)

    before = open_shift.head()
    with pytest.raises(Refused) as refused:
        shifts(open_shift).close(None, "", tmp_path / "files", write)
    assert why(refused) is Why.FILE_EXISTS
    assert open_shift.head() == before
    assert (tmp_path / "files" / "shift-0001-2026-03-09.csv").read_text() == "somebody else's"


# --- what the rules know --------------------------------------------------------------------------------


def test_the_rules_know_products_open_orders_and_people(journal: SqliteJournal) -> None:
    orders(journal).set_product(Product(PK, "Tracker"))
    orders(journal).add("A", PK)
    orders(journal).add("B", PK)
    orders(journal).close(" A ")
    rules = informed(Rules(), journal)
    assert rules.products == (Product(PK, "Tracker"),)
    assert [order.number for order in rules.orders] == ["B"]
    assert {person.name for person in rules.people} == {"Chen Jing", "Zhao Min"}
    assert informed(Rules(), journal, sign_in=False).people == ()


def test_what_is_no_order_is_refused(journal: SqliteJournal) -> None:
    before = journal.head()
    for number, quantity, issued, reason in (
        ("", None, None, Why.ORDER_NUMBER),
        ("A", 0, None, Why.ORDER_QUANTITY),
        ("A", None, list[SerialNumber](), Why.ISSUED_EMPTY),
    ):
        with pytest.raises(Refused) as refused:
            orders(journal).add(number, PK, quantity, issued)
        assert why(refused) is reason
    assert journal.head() == before


def test_how_a_shift_stands_can_be_seen_before_it_is_closed(journal: SqliteJournal) -> None:
    orders(journal).add("A", PK, None, SNS)
    shift = shifts(journal).open()
    bind(journal, 0, 20)
    report = report_of(journal, shift, left=5)
    assert report.reconciliation.facts() == {"issued": 10, "bound": 1, "spoiled": 0, "left": 5, "missing": 4}
    assert (report.passes, report.faults, list(report.on_hold)) == (2, {}, [])
    assert sum(report.by_hour.values()) == 2
    assert Verdict.BOUND not in report.faults
