"""What is done beside binding: by whoever is signed in, and on record in their name."""

from __future__ import annotations

from concurrent.futures import CancelledError, Future
from pathlib import Path

import pytest

from app.adapters.backups import Backups
from app.adapters.sqlite_journal import SqliteJournal, create_journal
from app.adapters.station_folder import StationFolder
from app.core.cards import Card, card_text
from app.core.codes import DeviceCode, ProductKey, SerialNumber
from app.core.errors import Faulted, StationError, Why, because
from app.core.people import NO_SIGN_IN, Act, Person, Role
from app.core.record import Committed, Entry, EventKind, StoredEvent
from app.core.unit import Answer
from app.core.verdicts import Verdict
from app.station.backups import record
from app.station.corrections import Corrections
from app.station.desk import Desk
from app.station.station import Station
from tests.adapters.corrected import imported
from tests.adapters.journals import pair
from tests.e2e.units import imei, qr, sn
from tests.station.test_station import STAMP, Seen, bind, running

SUPERVISOR = Person("Zhao Min", Role.SUPERVISOR)
OPERATOR = Person("Chen Jing", Role.OPERATOR)


def unbind_first(desk: Desk) -> Committed:
    device = DeviceCode(ProductKey("p11sf2"), SerialNumber(sn(1)))
    return Corrections(desk.journal, desk.stamp, desk.person).unbind(device, "antenna damaged")


def why(future: Future[Committed]) -> Why:
    with pytest.raises(StationError) as raised:
        future.result(timeout=20)
    return raised.value.reason.why


def folder_with(folder: Path, *people: Person) -> Path:
    path = folder / "journal.db"
    create_journal(path, STAMP)
    journal = SqliteJournal(path)
    for person in people:
        journal.add_person(STAMP, person, "hash")
    journal.close()
    return folder


def newest(folder: Path) -> StoredEvent:
    journal = SqliteJournal(folder / "journal.db")
    event = journal.event(journal.head()[0])
    journal.close()
    assert event is not None
    return event


def signed_in(station: Station, seen: Seen, person: Person) -> Answer:
    station.signed_in(person)
    return seen.answer()


def test_a_supervisor_puts_right_what_was_bound_and_is_named(tmp_path: Path) -> None:
    with running(folder_with(tmp_path, SUPERVISOR)) as (station, seen):
        assert signed_in(station, seen, SUPERVISOR).verdict is Verdict.SIGNED_IN
        assert bind(station, seen, 1).verdict is Verdict.BOUND
        done = station.at_desk(unbind_first, Act.CORRECT).result(timeout=20)
        assert bind(station, seen, 1).verdict is Verdict.BOUND
    journal = SqliteJournal(tmp_path / "journal.db")
    event = journal.event(done.seq)
    journal.close()
    assert event is not None
    assert (event.entry.kind, event.stamp.operator, event.stamp.approver) == (
        EventKind.UNBOUND,
        "Zhao Min",
        "Zhao Min",
    )


@pytest.mark.parametrize(("person", "expected"), [(None, Why.SIGN_IN_FIRST), (OPERATOR, Why.NOT_ALLOWED)])
def test_the_station_refuses_whoever_may_not_whatever_the_window_shows(
    tmp_path: Path, person: Person | None, expected: Why
) -> None:
    with running(folder_with(tmp_path, SUPERVISOR, OPERATOR)) as (station, seen):
        if person is not None:
            signed_in(station, seen, person)
        assert why(station.at_desk(unbind_first, Act.CORRECT)) is expected
    assert newest(tmp_path).entry.kind is not EventKind.UNBOUND


def test_where_nobody_signs_in_anybody_may_and_the_record_says_so(tmp_path: Path) -> None:
    with running(tmp_path) as (station, seen):
        bind(station, seen, 1)
        station.at_desk(unbind_first, Act.CORRECT).result(timeout=20)
    event = newest(tmp_path)
    assert (event.entry.kind, event.stamp.operator, event.stamp.approver) == (
        EventKind.UNBOUND,
        NO_SIGN_IN,
        None,
    )


def test_a_refusal_of_the_journal_reaches_who_asked_and_binding_goes_on(tmp_path: Path) -> None:
    with running(tmp_path) as (station, seen):
        assert why(station.at_desk(unbind_first, Act.CORRECT)) is Why.NOT_BOUND
        assert bind(station, seen, 1).verdict is Verdict.BOUND


def test_a_fault_at_the_desk_is_shown_as_the_journals_trouble(tmp_path: Path) -> None:
    def fail(_desk: Desk) -> Committed:
        raise Faulted(because(Why.DISK_FULL, path="journal.db"))

    with running(tmp_path) as (station, seen):
        assert why(station.at_desk(fail)) is Why.DISK_FULL
        assert seen.until(lambda view: view.journal_trouble is not None)
        assert bind(station, seen, 1).verdict is Verdict.BOUND
        assert seen.until(lambda view: view.tally.bound == 1).journal_trouble is None


def test_who_was_retired_is_not_signed_in_any_more(tmp_path: Path) -> None:
    with running(folder_with(tmp_path, SUPERVISOR, OPERATOR)) as (station, seen):
        signed_in(station, seen, OPERATOR)
        station.at_desk(lambda desk: desk.journal.retire_person(desk.stamp, OPERATOR.name)).result(timeout=20)
        assert seen.answer().verdict is Verdict.SIGNED_OUT
        station.scanned(qr(1))
        assert seen.answer().verdict is Verdict.NO_OPERATOR


def test_a_new_role_counts_at_once(tmp_path: Path) -> None:
    promoted = Person(OPERATOR.name, Role.SUPERVISOR)
    with running(folder_with(tmp_path, SUPERVISOR, OPERATOR)) as (station, seen):
        signed_in(station, seen, OPERATOR)
        station.at_desk(lambda desk: desk.journal.change_person(desk.stamp, promoted)).result(timeout=20)
        assert why(station.at_desk(unbind_first, Act.CORRECT)) is Why.NOT_BOUND


def test_the_first_supervisor_makes_everybody_sign_in_unless_nobody_shall(tmp_path: Path) -> None:
    with running(tmp_path) as (station, seen):
        add = station.at_desk(lambda desk: desk.journal.add_person(desk.stamp, SUPERVISOR, "hash"))
        add.result(timeout=20)
        station.scanned(qr(1))
        assert seen.answer().verdict is Verdict.NO_OPERATOR
        station.use_sign_in(False)
        station.scanned(qr(2))
        assert seen.answer().verdict is Verdict.HALF


def test_what_waits_for_its_turn_when_the_station_ends_is_called_off(tmp_path: Path) -> None:
    with running(tmp_path) as (station, _):
        pass
    with pytest.raises(CancelledError):
        station.at_desk(unbind_first).result(timeout=5)


def test_the_unit_in_hand_is_not_touched_by_what_is_done_beside_it(tmp_path: Path) -> None:
    with running(tmp_path) as (station, seen):
        station.scanned(qr(7))
        assert seen.answer().verdict is Verdict.HALF
        station.at_desk(lambda desk: desk.journal.head()).result(timeout=20)
        station.scanned(imei(7))
        assert seen.answer().verdict is Verdict.BOUND


def test_a_backup_that_was_made_beside_the_station_is_shown_once_it_is_on_record(tmp_path: Path) -> None:
    backups = Backups(StationFolder(tmp_path), "Line 1", kept=3)
    with running(tmp_path, newest_backup=backups.newest) as (station, seen):
        bind(station, seen, 1)
        assert seen.until(lambda view: view.tally.bound == 1).backup is None
        made = backups.make()
        station.at_desk(lambda desk: record(desk.journal, desk.stamp, made), Act.MANAGE).result(timeout=20)
        shown = seen.until(lambda view: view.backup is not None).backup
    assert shown is not None
    assert (shown.path, shown.seq) == (made.path, made.seq)
    assert newest(tmp_path).entry.kind is EventKind.BACKED_UP


def test_signing_in_opens_no_shift_and_the_first_unit_does(tmp_path: Path) -> None:
    with running(folder_with(tmp_path, SUPERVISOR)) as (station, seen):
        signed_in(station, seen, SUPERVISOR)
        assert seen.until(lambda view: view.operator is not None).shift is None
        assert bind(station, seen, 1).verdict is Verdict.BOUND
        shift = seen.until(lambda view: view.tally.bound == 1).shift
    assert shift is not None
    assert shift.operator == SUPERVISOR.name


def test_the_unit_of_an_operator_is_found_behind_a_large_import(tmp_path: Path) -> None:
    pairs = (imported(pair(number)) for number in range(100, 21_000))
    of_file = Entry(EventKind.FILE_IMPORTED)
    with running(tmp_path) as (station, seen):
        bound = bind(station, seen, 1)
        done = station.at_desk(
            lambda desk: desk.journal.import_pairs(desk.stamp, pairs, of_file, lambda count: True)
        )
        assert done.result(timeout=60) is not None
        station.scanned(card_text(Card.UNDO))
        undone = seen.answer()
    assert (undone.verdict, undone.earlier and undone.earlier.seq) == (Verdict.UNDONE, bound.seq)


def test_who_is_sent_home_signs_out_in_their_own_name(tmp_path: Path) -> None:
    with running(folder_with(tmp_path, SUPERVISOR)) as (station, seen):
        signed_in(station, seen, SUPERVISOR)
        station.use_sign_in(False)
        assert seen.answer().verdict is Verdict.SIGNED_OUT
    event = newest(tmp_path)
    assert (event.entry.kind, event.stamp.operator) == (EventKind.SIGNED_OUT, SUPERVISOR.name)
