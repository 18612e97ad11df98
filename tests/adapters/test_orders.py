"""Products, work orders and their lists of issued SNs, as the journal keeps and proves them."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from app.adapters.sqlite_journal import SqliteJournal, SqliteJournalReader, create_journal
from app.adapters.unit_story import SqliteStoryReader
from app.core.codes import ProductKey, SerialNumber
from app.core.errors import Faulted, Refused, Why
from app.core.products import ImeiSource, Product
from app.core.reconciliation import LabelCount
from app.core.record import Committed, Entry, EventKind, OpenShift, Stamp
from app.core.template import parse_template
from app.core.unit_list import UnitQuery, UnitState
from app.core.verdicts import Verdict
from app.station.corrections import Corrections
from tests.adapters.corrected import correction, forge, imported
from tests.adapters.journals import PK, STAMP, bound, live_rows, pair

OTHER_PK = ProductKey("p08kx1")


def sns(*numbers: int) -> list[SerialNumber]:
    return [pair(number).device.sn for number in numbers]


def of_order(number: str, shift: int | None = 1) -> Stamp:
    return replace(STAMP, work_order=number, shift=shift)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    create_journal(tmp_path / "journal.db", STAMP)
    return tmp_path / "journal.db"


@pytest.fixture
def journal(path: Path) -> Iterator[SqliteJournal]:
    with closing(SqliteJournal(path)) as journal:
        yield journal


def bind(journal: SqliteJournal, number: int, order: str | None = None, shift: int | None = 1) -> int:
    unit = pair(number)
    committed = journal.bind(replace(STAMP, work_order=order, shift=shift), bound(unit), unit)
    assert hasattr(committed, "seq")
    return int(committed.seq)


def test_a_product_is_read_as_it_was_set_and_the_last_setting_holds(journal: SqliteJournal) -> None:
    own = Product(
        PK, "Tracker", ImeiSource.BOTH, ("86395006",), parse_template("P={pk}+S={sn}"), True, "{sn}", 62
    )
    for product in (Product(PK, "old"), Product(OTHER_PK), own):
        journal.record(STAMP, Entry(EventKind.PRODUCT_SET, pk=product.pk, detail=json.dumps(product.facts())))
    assert list(journal.products()) == [Product(OTHER_PK), own]


def test_orders_are_read_as_they_were_opened(journal: SqliteJournal) -> None:
    journal.add_order(of_order("B"), PK, 500, sns(1, 2))
    journal.add_order(of_order("A"), OTHER_PK, None, None)
    journal.record(of_order("B"), Entry(EventKind.ORDER_CLOSED, pk=PK))
    told = [(one.number, one.pk, one.quantity, one.issued, one.closed_seq) for one in journal.orders()]
    assert told == [("B", PK, 500, 2, 4), ("A", OTHER_PK, None, None, None)]
    assert journal.verify().finding is None


def test_an_order_that_makes_no_sense_writes_nothing(journal: SqliteJournal) -> None:
    journal.add_order(of_order("A"), PK, None, sns(1, 2))
    before = journal.head()
    nonsense: list[tuple[Callable[[], Committed], Why]] = [
        (lambda: journal.add_order(of_order("A"), PK, None, None), Why.ORDER_EXISTS),
        (lambda: journal.add_order(of_order("B"), PK, None, sns(2, 3)), Why.ISSUED_TWICE),
        (lambda: journal.record(of_order("B"), Entry(EventKind.ORDER_CLOSED)), Why.ORDER_NOT_OPEN),
    ]
    for work, why in nonsense:
        with pytest.raises(Refused) as refused:
            work()
        assert refused.value.reason.why is why
    assert journal.head() == before
    assert len(journal.orders()) == 1
    journal.add_order(of_order("other product"), OTHER_PK, None, sns(2))
    journal.record(of_order("A"), Entry(EventKind.ORDER_CLOSED))
    journal.add_order(of_order("the rest"), PK, None, sns(2, 3))
    assert journal.verify().finding is None


def test_what_stands_names_the_open_order_whose_list_holds_the_code(journal: SqliteJournal) -> None:
    journal.add_order(of_order("A"), PK, None, sns(1))
    journal.add_order(of_order("B"), PK, None, sns(2))
    journal.add_order(of_order("C"), OTHER_PK, None, sns(3))
    assert [journal.standing(pair(number).device, None).issued for number in (1, 2, 3)] == ["A", "B", None]
    journal.record(of_order("A"), Entry(EventKind.ORDER_CLOSED))
    assert journal.standing(pair(1).device, None).issued is None
    assert journal.standing(pair(1).device, None).is_free


def test_the_units_of_an_order_are_counted_while_they_are_bound(journal: SqliteJournal) -> None:
    journal.open_shift(STAMP)
    journal.add_order(of_order("A"), PK, None, None)
    for number in (1, 2, 3):
        bind(journal, number, "A")
    bind(journal, 4)
    journal.record(STAMP, correction(EventKind.UNBOUND, pair(2)))
    assert journal.bound_by_order() == {"A": 2}
    shift = journal.current_shift()
    assert shift is not None
    assert journal.orders_of(shift) == {"A"}
    record = journal.standing(pair(1).device, None).of_device
    assert record is not None
    assert record.work_order == "A"


def bring_in(journal: SqliteJournal, *numbers: int) -> None:
    entries = [imported(pair(number)) for number in numbers]
    of_file = Entry(EventKind.FILE_IMPORTED)
    journal.import_pairs(replace(STAMP, shift=None), entries, of_file, lambda done: True)


def test_the_units_of_an_order_count_once_however_they_came_in(journal: SqliteJournal, path: Path) -> None:
    """What the reconciliation of a shift calls bound is what the order's progress says."""
    bring_in(journal, 1, 2, 9)
    shift = journal.open_shift(replace(STAMP, shift=None))
    journal.add_order(of_order("A"), PK, None, sns(*range(6)))
    journal.add_order(of_order("B"), PK, None, None)

    def both() -> tuple[int, int]:
        before = journal.label_count(["A"], replace(shift, opened_seq=1))
        assert journal.verify().finding is None
        return before.bound, journal.bound_by_order()["A"]

    assert both() == (2, 2), "bound before the order had their labels on its list"
    bring_in(journal, 3, 8)
    bind(journal, 4, "A")
    bind(journal, 7, "B")
    assert both() == (4, 4)
    assert journal.bound_by_order()["B"] == 1
    by_supervisor = Corrections(journal, STAMP, None)
    by_supervisor.unbind(pair(1).device, "a test")
    by_supervisor.scrap(None, pair(2).imei, "a test")
    by_supervisor.scrap(pair(3).device, pair(3).imei, "a test")
    by_supervisor.unbind(pair(9).device, "a test")
    assert both() == (1, 1)
    bind(journal, 1, "A")
    assert both() == (2, 2)
    with closing(sqlite3.connect(path, isolation_level=None)) as intruder:
        intruder.execute("UPDATE work_order SET bound = bound + 1 WHERE number = 'A'")
    assert journal.verify().finding == "bindings"
    assert journal.rebuild(STAMP).differences == 1
    assert both() == (2, 2)
    assert journal.bound_by_order()["B"] == 1


# --- the list is proven ------------------------------------------------------------------------------


def test_the_event_holds_how_many_and_the_digest_that_anybody_can_recompute(
    journal: SqliteJournal, path: Path
) -> None:
    seq = journal.add_order(of_order("A"), PK, None, sns(3, 1, 2)).seq
    event = journal.event(seq)
    assert event is not None
    kept = json.loads(event.entry.detail or "")
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT sn FROM issued WHERE work_order = ? ORDER BY sn", (seq,)).fetchall()
    text = "".join(f"{sn}\n" for (sn,) in rows)
    assert kept == {
        "quantity": None,
        "issued": 3,
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "bound": 0,
    }
    assert event.stamp.work_order == "A"


@pytest.mark.parametrize(
    "tampering",
    [
        "INSERT INTO issued VALUES (2, '99')",
        "DELETE FROM issued WHERE work_order = 2",
        "DELETE FROM issued WHERE sn = (SELECT min(sn) FROM issued)",
        "UPDATE issued SET sn = sn || '0' WHERE sn = (SELECT min(sn) FROM issued)",
        "UPDATE issued SET sn = CAST(x'ff' AS TEXT) WHERE sn = (SELECT min(sn) FROM issued)",
        "INSERT INTO issued VALUES (3, '99')",
        "UPDATE issued SET work_order = 3",
    ],
)
def test_a_list_that_was_tampered_with_is_found_and_no_rebuild_covers_it(
    journal: SqliteJournal, path: Path, tampering: str
) -> None:
    journal.add_order(of_order("A"), PK, None, sns(1, 2, 3))
    journal.add_order(of_order("B"), PK, 10, None)
    with closing(sqlite3.connect(path, isolation_level=None)) as intruder:
        intruder.execute(tampering)
    with closing(SqliteJournalReader(path)) as reader:
        check = reader.verify()
    assert (check.finding, check.events) == ("issued", 3)
    assert check.first_bad in (2, 3)
    with pytest.raises(Refused) as refused:
        journal.rebuild(STAMP)
    assert refused.value.reason.why is Why.JOURNAL_NOT_PROVEN
    assert dict(refused.value.reason.facts) == {"seq": check.first_bad, "finding": "issued"}


def test_a_rebuild_keeps_the_lists(journal: SqliteJournal, path: Path) -> None:
    journal.add_order(of_order("A"), PK, None, sns(1, 2, 3))
    with closing(sqlite3.connect(path, isolation_level=None)) as intruder:
        intruder.execute("DELETE FROM work_order")
    assert journal.verify().finding == "bindings"
    assert journal.rebuild(STAMP).differences == 1
    assert journal.verify().finding is None
    assert journal.standing(pair(1).device, None).issued == "A"


@pytest.mark.parametrize(
    "detail", [None, "no json", "[]", "{}", '{"quantity": "7", "issued": null, "sha256": null}']
)
def test_an_order_whose_detail_is_none_of_ours_is_found(path: Path, detail: str | None) -> None:
    forge(path, Entry(EventKind.ORDER_ADDED, pk=PK, detail=detail))
    with closing(SqliteJournalReader(path)) as reader:
        check = reader.verify()
    assert (check.finding, check.first_bad) == ("bindings", 2)


# --- one act -----------------------------------------------------------------------------------------


def test_what_is_recorded_in_one_act_is_written_together_or_not_at_all(journal: SqliteJournal) -> None:
    before = journal.head()
    with pytest.raises(RuntimeError, match="half-way"):
        stop_half_way(journal)
    assert journal.head() == before
    with journal.one_act():
        journal.record(STAMP, Entry(EventKind.CONTINUED))
        bind(journal, 1)
    assert journal.head()[0] == before[0] + 2
    bind(journal, 2)
    assert journal.verify().finding is None


def stop_half_way(journal: SqliteJournal) -> None:
    with journal.one_act():
        journal.record(STAMP, Entry(EventKind.CONTINUED))
        bind(journal, 1)
        assert journal.standing(pair(1).device, None).of_device is not None
        raise RuntimeError("half-way")


def test_one_act_that_meets_a_lock_leaves_nothing_and_the_journal_goes_on(path: Path) -> None:
    with closing(SqliteJournal(path, patience=0.05)) as journal:
        before = journal.head()
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(Faulted) as fault, journal.one_act():
                journal.record(STAMP, Entry(EventKind.CONTINUED))
        assert fault.value.reason.why is Why.JOURNAL_LOCKED
        assert journal.head() == before
        journal.record(STAMP, Entry(EventKind.CONTINUED))
        assert journal.verify().finding is None


# --- what a shift counts -----------------------------------------------------------------------------


def close(journal: SqliteJournal, shift: OpenShift) -> None:
    journal.close_shift(replace(STAMP, shift=shift.id), Entry(EventKind.SHIFT_CLOSED))


def test_a_shift_has_the_labels_that_no_earlier_one_bound_or_spoiled(journal: SqliteJournal) -> None:
    journal.add_order(of_order("A"), PK, None, sns(*range(10)))
    journal.add_order(of_order("B"), OTHER_PK, None, sns(*range(5)))
    first = journal.open_shift(replace(STAMP, shift=None))
    for number in (0, 1, 2):
        bind(journal, number, "A", first.id)
    journal.record(STAMP, correction(EventKind.SPOILED, pair(3), imei=False))
    assert journal.label_count(["A"], first) == LabelCount(issued=10, bound=3, spoiled=1)
    assert journal.label_count(["A", "B"], first) == LabelCount(issued=15, bound=3, spoiled=1)
    close(journal, first)
    second = journal.open_shift(replace(STAMP, shift=None))
    bind(journal, 4, "A", second.id)
    bind(journal, 40, "A", second.id)
    journal.record(STAMP, correction(EventKind.UNBOUND, pair(0)))
    journal.record(STAMP, correction(EventKind.SCRAPPED, pair(1)))
    assert journal.label_count(["A"], second) == LabelCount(issued=8, bound=1, spoiled=1)
    assert list(journal.labels_not_bound(["A"], 3)) == sorted(sns(0, 5, 6, 7, 8, 9))[:3]
    assert len(journal.labels_not_bound(["A", "B"], 100)) == 6 + 5


def fault(journal: SqliteJournal, number: int, imei_of: int | None = None, **named: bool) -> int:
    entry = correction(EventKind.FAULTED, pair(number, imei_of), **named)
    return journal.record(replace(STAMP, shift=1), replace(entry, verdict=Verdict.SN_TAKEN, reason=None)).seq


def test_units_on_hold_are_those_whose_last_event_is_a_fault(journal: SqliteJournal) -> None:
    journal.open_shift(replace(STAMP, shift=None))
    bind(journal, 1)
    used_twice = fault(journal, 1, imei_of=51)
    without_module = fault(journal, 2, imei=False)
    fault(journal, 3)
    bind(journal, 3)
    fault(journal, 4, imei=False)
    twice = fault(journal, 4, imei=False)
    fault(journal, 5)
    journal.record(STAMP, correction(EventKind.SCRAPPED, pair(5)))
    fault(journal, 6, imei=False)
    bind(journal, 6)
    module_alone = fault(journal, 7, device=False)
    journal.record(STAMP, correction(EventKind.DROPPED, pair(7), device=False))
    fault(journal, 8, device=False)
    bind(journal, 8)
    fault(journal, 1)
    on_hold = journal.on_hold(100)
    assert [unit.seq for unit in on_hold] == [module_alone, twice, without_module, used_twice]
    assert [unit.seq for unit in journal.on_hold(1)] == [module_alone]
    assert (on_hold[-1].sn, on_hold[-1].imei) == (None, pair(51).imei)


def test_of_each_unit_on_hold_the_latest_fault_is_told(journal: SqliteJournal) -> None:
    """It is known by its device code, unless that is bound to another module: then by its module."""
    journal.open_shift(replace(STAMP, shift=None))
    bind(journal, 1)
    fault(journal, 2, imei_of=52)
    fault(journal, 2, imei=False)
    other_module = fault(journal, 2, imei_of=53)
    one_code = fault(journal, 3, imei_of=54)
    another_code = fault(journal, 4, imei_of=54)
    same_label_again = fault(journal, 1, imei_of=55)
    and_again = fault(journal, 1, imei_of=56)
    its_code = fault(journal, 5, imei_of=57)
    fault(journal, 57, device=False)
    told = [other_module, one_code, another_code, same_label_again, and_again, its_code]
    assert [unit.seq for unit in journal.on_hold(100)] == told[::-1]


def test_a_shift_is_counted_by_hour_and_by_kind_of_fault(journal: SqliteJournal) -> None:
    shift = journal.open_shift(replace(STAMP, shift=None))
    for number, at in enumerate(["06:59:59.999", "07:00:00.000", "07:30:00.000"]):
        stamp = replace(STAMP, shift=shift.id, at=f"2026-01-01T{at}Z", zone_minutes=60)
        journal.bind(stamp, bound(pair(number)), pair(number))
    fault(journal, 9)
    assert journal.bound_by_hour(shift) == {"2026-01-01T07:00": 1, "2026-01-01T08:00": 2}
    assert journal.faults_by_kind(shift) == {Verdict.SN_TAKEN: 1}
    close(journal, shift)
    second = journal.open_shift(of_order("A", None))
    told = [(one.shift.id, one.shift.work_order, one.closed_by, one.bound) for one in journal.shifts(10)]
    assert told == [(second.id, "A", None, 0), (shift.id, None, STAMP.operator, 3)]


def test_a_device_name_comes_from_the_products_pattern(journal: SqliteJournal) -> None:
    bind(journal, 1)
    named = Product(PK, device_name="T-{sn}")
    journal.record(STAMP, Entry(EventKind.PRODUCT_SET, pk=PK, detail=json.dumps(named.facts())))
    assert [row[4] for row in live_rows(journal)] == [f"T-{pair(1).device.sn}"]


def test_what_is_on_hold_is_what_the_list_of_units_calls_so(journal: SqliteJournal, tmp_path: Path) -> None:
    """Faults of an earlier shift stay; what was bound, scrapped or spoiled since does not."""
    journal.open_shift(replace(STAMP, shift=None))
    bind(journal, 1)
    fault(journal, 1, imei_of=51)
    stays = fault(journal, 2)
    fault(journal, 3)
    fault(journal, 4)
    fault(journal, 5, imei=False)
    fault(journal, 6, device=False)
    module = fault(journal, 7, device=False)
    journal.close_shift(replace(STAMP, shift=1), Entry(EventKind.SHIFT_CLOSED))
    journal.open_shift(replace(STAMP, shift=None))
    bind(journal, 3)
    journal.record(STAMP, correction(EventKind.SCRAPPED, pair(4)))
    fault(journal, 4)
    journal.record(STAMP, correction(EventKind.SPOILED, pair(5), imei=False))
    journal.record(STAMP, correction(EventKind.SCRAPPED, pair(6), device=False))
    on_hold = journal.on_hold(100)
    assert [unit.seq for unit in on_hold][:2] == [module, stays]
    with closing(SqliteStoryReader(tmp_path / "journal.db")) as reader:
        lines = [
            line
            for span in reader.spans(UnitQuery())
            for line in reader.lines(UnitQuery(), span, 0, span.count)
            if line.state is UnitState.ON_HOLD
        ]
    assert [(one.seq, one.pk, one.sn, one.imei) for one in on_hold] == [
        (line.seq, line.pk, line.sn, line.imei) for line in lines
    ]
    assert len(lines) == 3
