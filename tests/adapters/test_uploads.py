"""What of the upload stands in the journal: who waits, who is where, and that it follows from the events."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from app.adapters.sqlite_journal import SqliteJournal, create_journal
from app.core.platform import MAX_LOT, Held, Refusal
from app.core.products import Product
from app.core.record import Entry, EventKind
from app.core.upload_item import Item, UploadState
from app.core.upload_record import UPLOAD_KINDS, entries_of, entry_of_departure
from app.core.upload_status import ProductStatus
from tests.adapters.corrected import forge, imported, rows_of
from tests.adapters.journals import STAMP, bound, pair
from tests.e2e.units import imei, sn
from tests.station.upload_journal import UploadJournal, number_of, unbound, upload_journal
from tests.station.uploads import DENIED, PK, waiting

OTHER_PK = "p08kx1"
S = UploadState


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.db"


@pytest.fixture
def outbox(path: Path) -> Iterator[UploadJournal]:
    with upload_journal(path) as outbox:
        yield outbox


def sent(outbox: UploadJournal, *numbers: int) -> list[Item]:
    return list(outbox.depart([outbox.item(number) for number in numbers]))


def test_what_is_bound_waits_without_a_row_of_its_own(outbox: UploadJournal, path: Path) -> None:
    outbox.put([waiting(1), waiting(2, OTHER_PK), waiting(3)])
    assert outbox.journal.waiting_products() == [(OTHER_PK, 3, 1), (PK, 2, 2)]
    assert [number_of(item) for item in outbox.journal.never_left(PK, 10)] == [1, 3]
    assert rows_of(path)["upload"] == []


def test_what_was_imported_or_unbound_does_not_wait(outbox: UploadJournal) -> None:
    outbox.put([waiting(1), waiting(2)])
    outbox.journal.record(STAMP, imported(pair(24)))
    outbox.unbind(1)
    assert [number_of(item) for item in outbox.journal.never_left(PK, 10)] == [2]


def test_what_is_unbound_before_it_leaves_is_left_out_of_its_lot(outbox: UploadJournal) -> None:
    outbox.put([waiting(1), waiting(2)])
    lot = [outbox.item(1), outbox.item(2)]
    outbox.unbind(1)
    (leaving,) = outbox.depart(lot)
    assert (number_of(leaving), leaving.state, leaving.batch) == (2, S.SENT, outbox.journal.head()[0])
    assert outbox.depart(lot) == ()


def test_one_shift_alone_can_be_uploaded(outbox: UploadJournal) -> None:
    outbox.put([waiting(1)])
    journal = outbox.journal
    journal.bind(replace(STAMP, shift=2), bound(waiting(2).row.pair), waiting(2).row.pair)
    assert [number_of(item) for item in journal.never_left(PK, 10, shift=2)] == [2]
    of_shift = UploadJournal(journal, shift=2)
    assert of_shift.products() == [PK]
    of_shift.depart(of_shift.open_items(PK, MAX_LOT))
    assert outbox.in_state(S.SENT) == [2]
    assert [number_of(item) for item in UploadJournal(journal).open_items(PK, MAX_LOT)] == [2, 1]


def test_what_has_left_comes_back_as_it_was_marked(outbox: UploadJournal) -> None:
    outbox.put([waiting(number) for number in range(1, 6)])
    one, two, three, four, _ = sent(outbox, 1, 2, 3, 4, 5)
    refused = one._replace(answer=Refusal(70062, "in “use”"), refused_among=5, largest_lot=22)
    conflict = two._replace(state=S.CONFLICT, held=Held("1", activated=True))
    withdrawing = three._replace(state=S.WITHDRAWING, unwanted=True)
    back = four._replace(state=S.WAITING)
    outbox.mark([refused, conflict, withdrawing, back])
    expected = [refused, conflict, withdrawing, back]
    assert outbox.items()[:4] == expected
    open_items = outbox.open_items(PK, MAX_LOT)
    assert [number_of(item) for item in open_items] == [1, 5, 3, 4]
    assert outbox.open_items(PK, 2) == open_items[:2]


def test_device_names_follow_the_product_s_pattern(outbox: UploadJournal) -> None:
    outbox.put([waiting(1)])
    facts = Product(waiting(1).row.pair.device.pk, "Tracker", device_name="T-{sn}").facts()
    outbox.journal.record(STAMP, Entry(EventKind.PRODUCT_SET, pk=PK, detail=json.dumps(facts)))
    assert outbox.item(1).row.name == f"T-{sn(1)}"
    assert outbox.journal.upload_counts(None) == [ProductStatus(PK, "Tracker", waiting=1)]


def test_a_conflict_has_an_event_of_its_own_with_both_records(outbox: UploadJournal) -> None:
    outbox.put([waiting(1), waiting(2), waiting(3)])
    first, second, third = sent(outbox, 1, 2, 3)
    held = first._replace(state=S.CONFLICT, held=Held("1"))
    outbox.mark([held, second._replace(state=S.CONFLICT), third._replace(state=S.CONFIRMED)])
    (problem, other) = outbox.journal.upload_problems(9)
    assert (problem.item, problem.when, problem.can_be_replaced) == (held, STAMP.at, True)
    assert not other.can_be_replaced
    events = outbox.journal.events_of(imei(1))
    assert [event.entry.kind for event in events] == [
        EventKind.BOUND,
        EventKind.UPLOAD_SENT,
        EventKind.UPLOAD_CONFLICT,
    ]
    assert (events[-1].entry.pk, events[-1].entry.sn) == (PK, sn(1))
    assert json.loads(events[-1].entry.detail or "")["held"] == "1"


def test_a_unit_tells_of_the_lots_that_it_was_in(outbox: UploadJournal) -> None:
    outbox.put([waiting(1), waiting(2), waiting(12)])
    lot = sent(outbox, 1, 2)
    outbox.mark([item._replace(state=S.CONFIRMED) for item in lot])
    sent(outbox, 12)
    told = [event.entry.kind for event in outbox.journal.events_of(sn(1))]
    assert told == [EventKind.BOUND, EventKind.UPLOAD_SENT, EventKind.UPLOADED]


def test_the_platform_still_holds_what_was_unbound_after_it_was_confirmed(outbox: UploadJournal) -> None:
    outbox.put([waiting(1), waiting(2)])
    outbox.mark([item._replace(state=S.CONFIRMED) for item in sent(outbox, 1, 2)])
    outbox.unbind(1)
    outbox.unbind(2)
    outbox.put([waiting(12, of_imei=2)])
    assert [number_of(item) for item in outbox.journal.upload_left_behind(9)] == [1, 2]
    outbox.mark([item._replace(state=S.CONFIRMED) for item in sent(outbox, 12)])
    assert [number_of(item) for item in outbox.journal.upload_left_behind(9)] == [1]


def test_a_unit_that_was_unbound_is_not_confirmed_any_more(outbox: UploadJournal) -> None:
    outbox.put([waiting(1), waiting(2)])
    outbox.mark([item._replace(state=S.CONFIRMED) for item in sent(outbox, 1, 2)])
    outbox.unbind(1)
    assert outbox.journal.upload_counts(None) == [ProductStatus(PK, confirmed=1)]
    outbox.put([waiting(1)])
    again = [item for item in outbox.items() if item.live and item.state is S.WAITING]
    outbox.mark([item._replace(state=S.CONFIRMED) for item in outbox.depart(again)])
    assert outbox.journal.upload_counts(None) == [ProductStatus(PK, confirmed=2)]
    outbox.journal.record(STAMP, unbound(PK, sn(1), imei(1)))
    assert [item.row.seq for item in outbox.journal.upload_left_behind(9)] == [again[0].row.seq]


def test_what_was_refused_unasked_and_then_unbound_may_be_there_even_when_handled(
    outbox: UploadJournal,
) -> None:
    outbox.put(waiting(number) for number in range(4))
    blocked, handled, asked, _ = sent(outbox, 0, 1, 2, 3)
    outbox.mark(
        [
            blocked._replace(state=S.BLOCKED, answer=DENIED),
            handled._replace(state=S.HANDLED, answer=DENIED),
            asked._replace(state=S.BLOCKED, answer=Refusal(50005), refused_among=1),
        ]
    )
    for number in range(3):
        outbox.unbind(number)
    left = outbox.journal.upload_left_behind(9)
    assert [number_of(item) for item in left] == [0, 1]
    assert outbox.acts.take_off([item.row.seq for item in left], "scrapped") == 2
    assert outbox.in_state(S.WITHDRAWING) == [0, 1]


def test_a_conflict_ends_with_its_binding(outbox: UploadJournal) -> None:
    outbox.put([waiting(1), waiting(2)])
    outbox.mark([item._replace(state=S.CONFLICT, held=Held("1")) for item in sent(outbox, 1, 2)])
    outbox.unbind(1)
    assert [number_of(one.item) for one in outbox.journal.upload_problems(9)] == [2]
    assert outbox.journal.upload_counts(None) == [ProductStatus(PK, conflicts=1)]
    assert outbox.journal.upload_left_behind(9) == []


def test_an_undo_is_refused_from_the_moment_it_left(outbox: UploadJournal) -> None:
    outbox.put([waiting(1)])
    (seq,) = outbox.seqs(1)
    assert not outbox.journal.has_left(seq)
    (item,) = sent(outbox, 1)
    assert outbox.journal.has_left(seq)
    outbox.mark([item._replace(state=S.WAITING)])
    assert not outbox.journal.has_left(seq)


def test_the_figures_are_of_a_shift_and_of_what_is_not_settled(outbox: UploadJournal) -> None:
    journal = outbox.journal
    outbox.put(waiting(number) for number in range(4))
    done, blocked, handled, _ = sent(outbox, 0, 1, 2, 3)
    outbox.mark(
        [
            done._replace(state=S.CONFIRMED),
            blocked._replace(state=S.BLOCKED, answer=DENIED),
            handled._replace(state=S.HANDLED),
        ]
    )
    shift = journal.open_shift(replace(STAMP, shift=None))
    outbox.put([waiting(4), waiting(5)])
    outbox.mark([item._replace(state=S.CONFIRMED) for item in sent(outbox, 4)])
    assert journal.upload_counts(shift) == [ProductStatus(PK, waiting=1, sent=1, confirmed=1, blocked=1)]
    alone = ProductStatus(PK, waiting=1, confirmed=1)
    assert journal.upload_counts(shift, alone=True) == [alone]
    whole = ProductStatus(PK, waiting=1, sent=1, confirmed=2, blocked=1, handled=1)
    assert journal.upload_counts(None) == [whole]
    assert (whole.total, whole.gone) == (6, 5)
    assert journal.upload_blocks() == [(PK, DENIED)]


TAMPERINGS = [
    "UPDATE upload SET state = 'confirmed' WHERE seq = 3",
    "UPDATE upload SET batch = 99 WHERE seq = 3",
    "UPDATE upload SET held = 'x' WHERE seq = 3",
    "DELETE FROM upload WHERE seq = 3",
    "INSERT INTO upload VALUES (2, 'p', 'sent', 1, NULL, NULL, 0, 500, NULL, 0, 0, 1)",
]


@pytest.mark.parametrize("tampering", TAMPERINGS)
def test_a_row_that_does_not_follow_from_the_events_is_found_and_put_right(
    tmp_path: Path, path: Path, tampering: str
) -> None:
    with upload_journal(path) as outbox:
        outbox.put([waiting(1), waiting(2), waiting(3)])
        outbox.mark([sent(outbox, 2, 3)[0]._replace(state=S.CONFLICT, held=Held("1"))])
        before = rows_of(path)
        with closing(sqlite3.connect(path, isolation_level=None)) as intruder:
            intruder.execute(tampering)
        check = outbox.journal.verify()
        assert (check.finding, check.first_bad) == ("bindings", 2 if "VALUES (2" in tampering else 3)
        assert outbox.journal.rebuild(STAMP).differences == 1
        assert rows_of(path) == before


@pytest.mark.parametrize("change", [{"state": "nowhere"}, {"bindings": 7}, {"refused_among": None}])
def test_an_event_that_moves_nothing_to_a_state_of_ours_is_found(
    path: Path, change: dict[str, object]
) -> None:
    create_journal(path, STAMP)
    with closing(SqliteJournal(path)) as journal:
        outbox = UploadJournal(journal)
        outbox.put([waiting(1)])
        entry = entry_of_departure([outbox.item(1)])
    forge(path, replace(entry, detail=json.dumps(json.loads(entry.detail or "") | change)))
    with closing(SqliteJournal(path)) as journal:
        check = journal.verify()
        assert (check.finding, check.first_bad) == ("bindings", journal.head()[0])


def test_each_kind_of_event_has_its_place_in_the_index(outbox: UploadJournal) -> None:
    with outbox.journal._file.use() as connection:
        (sql,) = connection.execute("SELECT sql FROM sqlite_schema WHERE name = 'event_upload'").fetchone()
    assert [kind for kind in EventKind if f"'{kind}'" in sql and kind != "bound"] == list(UPLOAD_KINDS)


def test_items_that_move_together_are_one_event() -> None:
    items = [waiting(number)._replace(state=S.CONFIRMED, batch=7) for number in range(3)]
    (entry,) = entries_of(items)
    assert (entry.kind, entry.pk, entry.sn) == (EventKind.UPLOADED, PK, None)
    assert json.loads(entry.detail or "")["bindings"] == [0, 1, 2]
