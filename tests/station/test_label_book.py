"""Labels on record in a real journal."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from app.adapters.sqlite_journal import SqliteJournal, create_journal
from app.core.codes import DeviceCode, Imei, Pair, ProductKey, SerialNumber
from app.core.errors import Refused, Why
from app.core.label_record import LabelRecord, Purpose
from app.core.people import Person, Role
from app.core.record import Capture, Entry, EventKind, Stamp
from app.core.selection import Selection
from app.core.serials import SerialStanding
from app.core.verdicts import Verdict
from app.station.label_book import JournalBook, record_labels
from app.station.label_order import bound_serials
from tests.labelled import IMEI, PK, device

LABELS = (EventKind.LABEL_MADE, EventKind.LABEL_REPRINTED)
STAMP = Stamp("2026-03-09T10:00:00.000Z", 480, 1, "3", "1.0.0", "Zhao Min")


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[SqliteJournal]:
    create_journal(tmp_path / "journal.db", STAMP)
    with closing(SqliteJournal(tmp_path / "journal.db")) as journal:
        yield journal


def batch(*serials: str, purpose: Purpose = Purpose.NEW, reason: str | None = None) -> LabelRecord:
    return LabelRecord([device(sn) for sn in serials], purpose, "pdf", "50 × 30 mm", reason)


def put(journal: SqliteJournal, labels: LabelRecord) -> None:
    record_labels(journal, STAMP, None, labels)


def bind(journal: SqliteJournal, sn: str, imei: Imei = IMEI) -> None:
    entry = Entry(EventKind.BOUND, Verdict.BOUND, PK, sn, label_imei=imei, capture=Capture.LABEL, raw=sn)
    journal.bind(STAMP, entry, Pair(device(sn), imei))


def standings(journal: SqliteJournal, *serials: str) -> list[str]:
    return list(map(str, journal.serial_standings([device(sn) for sn in serials])))


def refused(journal: SqliteJournal, labels: LabelRecord, person: Person | None = None) -> Why:
    head = journal.head()
    with pytest.raises(Refused) as refusal:
        record_labels(journal, STAMP, person, labels)
    assert journal.head() == head
    return refusal.value.reason.why


def test_each_label_is_an_event_and_the_batch_one_more(journal: SqliteJournal) -> None:
    put(journal, batch("101", "102"))
    made = [journal.event(seq) for seq in (2, 3, 4)]
    assert [one and one.entry.kind for one in made] == ["label-made", "label-made", "labels-made"]
    assert [one and one.entry.sn for one in made] == ["101", "102", None]
    assert made[2] is not None
    told = json.loads(made[2].entry.detail or "")
    assert (told["labels"], told["first"], told["last"], told["purpose"]) == (2, "101", "102", "new")
    assert journal.verify().finding is None
    assert journal.rebuild(STAMP).differences == 0
    assert standings(journal, "101", "102", "103") == ["issued", "issued", "free"]


def test_an_sn_that_was_ever_there_is_free_no_more(journal: SqliteJournal) -> None:
    bind(journal, "1")
    assert standings(journal, "1") == ["bound"]
    journal.record(STAMP, Entry(EventKind.UNBOUND, pk=PK, sn="1", label_imei=IMEI, reason="wrong"))
    assert standings(journal, "1") == ["issued"]
    for kind, after in (
        (EventKind.SPOILED, "retired"),
        (EventKind.REINSTATED, "issued"),
        (EventKind.SCRAPPED, "retired"),
        (EventKind.REINSTATED, "issued"),
    ):
        journal.record(STAMP, Entry(kind, pk=PK, sn="2", reason="torn"))
        assert standings(journal, "2") == [after]
    scanned = Entry(EventKind.FAULTED, Verdict.UNKNOWN_CODE, pk=PK, sn="3")
    journal.record(STAMP, scanned)
    assert standings(journal, "3") == ["seen"]
    other = DeviceCode(ProductKey("other1"), SerialNumber("1"))
    assert journal.serial_standings([other]) == [SerialStanding.FREE]


def test_the_list_of_an_order_is_listed_until_it_is_printed(journal: SqliteJournal) -> None:
    listed = [SerialNumber("1"), SerialNumber("2")]
    stamp = Stamp(**{**{name: getattr(STAMP, name) for name in Stamp.__slots__}, "work_order": "WO-1"})
    journal.add_order(stamp, PK, None, listed)
    assert standings(journal, "1", "2", "3") == ["listed", "listed", "free"]
    assert refused(journal, batch("1")) is Why.SERIAL_LISTED
    put(journal, batch("1", purpose=Purpose.LISTED))
    assert standings(journal, "1", "2") == ["issued", "listed"]
    journal.record(stamp, Entry(EventKind.ORDER_CLOSED, pk=PK))
    assert standings(journal, "2") == ["listed"]


def test_an_sn_that_was_only_scanned_is_neither_printed_nor_printed_again(journal: SqliteJournal) -> None:
    journal.record(STAMP, Entry(EventKind.FAULTED, Verdict.UNKNOWN_CODE, pk=PK, sn="3"))
    assert refused(journal, batch("3")) is Why.SERIAL_SEEN
    assert refused(journal, batch("3", purpose=Purpose.REPRINT, reason="torn")) is Why.SERIAL_SEEN
    listed = replace(STAMP, work_order="WO-1")
    journal.add_order(listed, PK, None, [SerialNumber("3")])
    put(journal, batch("3", purpose=Purpose.REPRINT, reason="torn"))


def test_what_was_used_meanwhile_is_refused_as_a_whole(journal: SqliteJournal) -> None:
    put(journal, batch("2"))
    assert refused(journal, batch("1", "2", "3")) is Why.SERIAL_USED
    assert standings(journal, "1", "3") == ["free", "free"]


def test_a_reprint_says_so_on_the_labels_own_record(journal: SqliteJournal) -> None:
    put(journal, batch("1"))
    put(journal, batch("1", purpose=Purpose.REPRINT, reason="torn"))
    told = [(event.entry.kind, event.entry.reason) for event in journal.events_of("1")]
    assert told == [(EventKind.LABEL_MADE, None), (EventKind.LABEL_REPRINTED, "torn")]
    assert refused(journal, batch("2", purpose=Purpose.REPRINT, reason="torn")) is Why.REPRINT_NOT_PRINTED


def test_the_label_of_a_unit_that_passed_again_is_a_reprint(journal: SqliteJournal) -> None:
    bind(journal, "1")
    for _ in range(2):
        put(journal, batch("1", purpose=Purpose.AFTER_PASS))
    kinds = [event.entry.kind for event in journal.events_of("1")]
    assert kinds == [EventKind.BOUND, EventKind.LABEL_MADE, EventKind.LABEL_REPRINTED]


def undo_and_bind(journal: SqliteJournal, sn: str, imei: Imei) -> None:
    journal.record(STAMP, Entry(EventKind.UNBOUND, pk=PK, sn=sn, label_imei=IMEI, reason="wrong"))
    bind(journal, sn, imei)


@pytest.mark.parametrize("purpose", [Purpose.AFTER_PASS, Purpose.BOUND, Purpose.REPRINT])
def test_a_label_whose_sn_got_another_module_meanwhile_is_refused(
    journal: SqliteJournal, purpose: Purpose
) -> None:
    bind(journal, "1")
    made = replace(batch("1", purpose=purpose, reason="torn"), imeis={device("1"): IMEI})
    other = Imei("863950069494286")
    undo_and_bind(journal, "1", other)
    assert refused(journal, made) is Why.LABEL_OUTDATED
    put(journal, replace(made, imeis={device("1"): other}))
    label = next(one for one in journal.events_of("1") if one.entry.kind in LABELS)
    assert label.entry.label_imei == other
    assert journal.verify().finding is None


def test_an_operator_prints_what_passed_and_nothing_else(journal: SqliteJournal) -> None:
    operator = Person("Li Wei", Role.OPERATOR)
    assert refused(journal, batch("1"), operator) is Why.NOT_ALLOWED
    bind(journal, "1")
    record_labels(journal, STAMP, operator, batch("1", purpose=Purpose.AFTER_PASS))


def test_units_are_found_by_their_product_with_their_imei(journal: SqliteJournal) -> None:
    bind(journal, "7")
    assert bound_serials(journal, Selection(product=PK)) == ["7"]
    assert bound_serials(journal, Selection(product="other1")) == []
    assert bound_serials(journal, Selection(shift=9)) == []
    book = JournalBook(journal, lambda _: None)
    assert (book.imei_of(device("7")), book.imei_of(device("8"))) == (IMEI, None)


def test_labels_that_never_had_their_turn_are_found(journal: SqliteJournal) -> None:
    bind(journal, "1")
    assert journal.labels_lost() == []
    setting = json.dumps({"setting": "label_after_pass"})
    journal.record(STAMP, Entry(EventKind.SETTING_CHANGED, detail=setting))
    for number, imei in enumerate(("863950069494286", "863950069494294", "863950069494302"), start=2):
        bind(journal, str(number), Imei(imei))
    assert journal.labels_lost() == [device("2"), device("3"), device("4")]
    put(journal, batch("2", purpose=Purpose.AFTER_PASS))
    put(journal, batch("9"))
    assert journal.labels_lost() == [device("3"), device("4")]
    journal.record(STAMP, Entry(EventKind.LABEL_FAILED, pk=PK, sn="3", reason="no paper"))
    assert journal.labels_lost() == [device("4")]
    journal.record(STAMP, Entry(EventKind.UNBOUND, pk=PK, sn="4", label_imei=Imei("863950069494302")))
    assert journal.labels_lost() == []
