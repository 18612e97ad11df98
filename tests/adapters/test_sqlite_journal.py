"""The journal's answers and reads, on real files."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from app.adapters.event_row import COLUMNS
from app.adapters.schema import VERSION
from app.adapters.sqlite_journal import SqliteJournal, SqliteJournalReader, create_journal
from app.core.codes import DeviceCode, Pair, ProductKey
from app.core.errors import Faulted, Refused, Why
from app.core.record import (
    BoundRecord,
    Capture,
    Committed,
    Entry,
    EventKind,
    OpenShift,
    Standing,
    Taken,
    Tally,
)
from app.core.selection import Selection
from app.core.verdicts import Verdict
from tests.adapters.corrected import correction
from tests.adapters.journals import PK, STAMP, bound, live_rows, pair, rescanned
from tests.benchmarks.bulk import make_journal

UNITS = 4000


@pytest.fixture
def path(tmp_path: Path) -> Path:
    create_journal(tmp_path / "journal.db", STAMP)
    return tmp_path / "journal.db"


@pytest.fixture
def journal(path: Path) -> Iterator[SqliteJournal]:
    with closing(SqliteJournal(path, patience=0.05)) as journal:
        yield journal


def bind(journal: SqliteJournal, unit: Pair, shift: int | None = 1) -> Committed | Taken:
    return journal.bind(replace(STAMP, shift=shift), bound(unit), unit)


def forged(how: str, seq: int | str) -> str:
    """A copy of event 2, which is a link of the chain, but not the next one."""
    columns = ", ".join(COLUMNS[1:-2])
    return f"INSERT {how} INTO event SELECT {seq}, {columns}, hash, hash FROM event WHERE seq = 2"


def test_a_new_journal_holds_the_event_that_it_was_made(path: Path) -> None:
    with closing(SqliteJournalReader(path)) as reader:
        made = reader.event(1)
        assert made is not None
        assert (made.stamp, made.entry) == (STAMP, Entry(EventKind.JOURNAL_MADE))
        assert reader.head() == (1, made.hash)
        assert list(path.parent.glob("*.new*")) == []


def test_a_journal_is_not_made_over_another_file(tmp_path: Path) -> None:
    (tmp_path / "journal.db").write_text("the only copy of something")
    with pytest.raises(Refused) as refused:
        create_journal(tmp_path / "journal.db", STAMP)
    assert refused.value.reason.why is Why.FILE_EXISTS
    assert (tmp_path / "journal.db").read_text() == "the only copy of something"


def test_what_an_interrupted_making_left_is_no_hindrance(journal: SqliteJournal, path: Path) -> None:
    bind(journal, pair(1))
    folder = path.with_name("another")
    folder.mkdir()
    for ending in ("", "-wal", "-shm"):
        shutil.copy(f"{path}{ending}", folder / f"journal.db.new{ending}")
    create_journal(folder / "journal.db", STAMP)
    assert [file.name for file in folder.iterdir()] == ["journal.db"]
    with closing(SqliteJournalReader(folder / "journal.db")) as reader:
        assert reader.head()[0] == 1


def test_a_journal_cannot_be_made_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Faulted) as fault:
        create_journal(tmp_path / "absent" / "journal.db", STAMP)
    assert fault.value.reason.why is Why.FOLDER_UNUSABLE


def test_a_bound_pair_stands_for_its_device_and_for_its_imei(journal: SqliteJournal) -> None:
    unit = pair(1)
    assert bind(journal, unit) == Committed(2)
    standing = journal.standing(unit.device, unit.imei)
    assert standing.of_device == standing.of_imei
    assert standing.of_device is not None
    assert (standing.of_device.seq, standing.of_device.when) == (2, STAMP.at)
    assert (standing.of_device.station, standing.of_device.operator) == (STAMP.station, STAMP.operator)
    assert Pair(DeviceCode(standing.of_device.pk, standing.of_device.sn), standing.of_device.imei) == unit
    assert journal.standing(unit.device, None).of_imei is None
    assert journal.standing(None, unit.imei).of_device is None
    assert journal.standing(pair(2).device, pair(2).imei) == Standing()


@pytest.mark.parametrize(
    ("second", "device_seq", "imei_seq"),
    [
        (pair(1), 2, 2),
        (pair(1, imei_of=3), 2, None),
        (pair(3, imei_of=1), None, 2),
        (pair(1, imei_of=2), 2, 3),
    ],
    ids=["the same pair", "SN taken", "IMEI taken", "crossed"],
)
def test_the_database_refuses_what_is_bound_and_names_the_records_in_the_way(
    journal: SqliteJournal, second: Pair, device_seq: int | None, imei_seq: int | None
) -> None:
    bind(journal, pair(1))
    bind(journal, pair(2))
    head = journal.head()
    answer = bind(journal, second)
    assert isinstance(answer, Taken)
    of_device, of_imei = answer.standing.of_device, answer.standing.of_imei
    assert (of_device and of_device.seq, of_imei and of_imei.seq) == (device_seq, imei_seq)
    assert journal.head() == head
    assert bind(journal, pair(4)) == Committed(4)


def test_the_same_sn_under_another_product_is_another_device(journal: SqliteJournal) -> None:
    first, other = pair(1), pair(2)
    bind(journal, first)
    twin = Pair(DeviceCode(ProductKey("p08kx1"), first.device.sn), other.imei)
    assert isinstance(bind(journal, twin), Committed)


def test_an_entry_that_says_another_pair_is_a_bug_and_writes_nothing(journal: SqliteJournal) -> None:
    unit = pair(1)
    for wrong in (
        replace(bound(unit), chip_imei=pair(2).imei),
        replace(bound(unit), label_imei=pair(2).imei),
        replace(bound(unit), chip_imei=None),
        replace(bound(unit), sn=pair(2).device.sn),
    ):
        with pytest.raises(ValueError, match="the entry says"):
            journal.bind(STAMP, wrong, unit)
    assert journal.head()[0] == 1


def test_an_event_that_the_table_refuses_is_a_bug_and_not_an_answer(journal: SqliteJournal) -> None:
    unit, nowhere = pair(1), replace(STAMP, station=None)  # type: ignore[arg-type]  # a bug, as bugs are
    with pytest.raises(sqlite3.IntegrityError, match="station"):
        journal.bind(nowhere, bound(unit), unit)
    assert journal.head()[0] == 1


def test_the_log_stays_short(journal: SqliteJournal, path: Path) -> None:
    for number in range(300):
        bind(journal, pair(number))
    assert path.with_name("journal.db-wal").stat().st_size < 3_000_000


def test_a_commit_waits_for_the_disk(journal: SqliteJournal) -> None:
    full = 2
    with journal._file.use() as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA synchronous").fetchone() == (full,)


def test_an_event_comes_back_as_it_was_written(journal: SqliteJournal, path: Path) -> None:
    stamp = replace(STAMP, approver="李雷", work_order="WO-7", zone_minutes=-210, shift=None)
    entry = Entry(
        EventKind.FAULTED,
        Verdict.IMEI_MISMATCH,
        *("p11sf2", "123", pair(1).imei, pair(2).imei, Capture.BOTH),
        *("raw 'quoted' \\x1d", "before", "after", "原因", '{"a": 1}'),
    )
    seq = journal.record(stamp, entry).seq
    with closing(SqliteJournalReader(path)) as reader:
        event = reader.event(seq)
        assert event is not None
        assert (event.stamp, event.entry) == (stamp, entry)
        assert (event.seq, event.hash) == reader.head()
        assert reader.event(seq + 1) is None
        assert reader.event(10**30) is None


def test_control_characters_and_lone_surrogates_are_kept_as_escapes(journal: SqliteJournal) -> None:
    seq = journal.record(STAMP, Entry(EventKind.FAULTED, raw="a\x00b\x1dc\nd\x7fe\ud800f ü\u3000€😀")).seq
    event = journal.event(seq)
    assert event is not None
    assert event.entry.raw == r"a\x00b\x1dc\nd\x7fe\ud800f ü" + "\u3000€😀"
    assert journal.verify().finding is None


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET operator = 'somebody else' WHERE seq = 2",
        "UPDATE OR REPLACE event SET seq = 1 WHERE seq = 2",
        "DELETE FROM event WHERE seq = 2",
        "DELETE FROM event",
        "INSERT OR REPLACE INTO event SELECT * FROM event WHERE seq = 2",
        "INSERT INTO event SELECT * FROM event WHERE seq = 2 ON CONFLICT DO UPDATE SET operator = 'x'",
        forged("", seq=5),
        forged("OR IGNORE", seq=5),
        forged("OR REPLACE", seq=1),
        forged("", seq=0),
        forged("", seq=-7),
        forged("", seq="NULL"),
        forged("", seq=4),
    ],
)
def test_events_are_never_changed_removed_or_put_in_between(
    journal: SqliteJournal, path: Path, statement: str
) -> None:
    bind(journal, pair(1))
    bind(journal, pair(2))
    with closing(sqlite3.connect(path, isolation_level=None)) as intruder:
        before = intruder.execute("SELECT * FROM event").fetchall()
        with pytest.raises(sqlite3.IntegrityError, match="event"):
            intruder.execute(statement)
        assert intruder.execute("SELECT * FROM event").fetchall() == before
    assert journal.verify().finding is None


def test_a_shift_is_opened_counted_and_closed(journal: SqliteJournal) -> None:
    assert (journal.current_shift(), journal.shift()) == (None, None)
    first = journal.open_shift(replace(STAMP, shift=None))
    assert first == OpenShift(1, 2, STAMP.at, operator=STAMP.operator)
    assert journal.current_shift() == journal.shift() == journal.shift(1) == first
    opened = journal.event(2)
    assert opened is not None
    assert (opened.stamp.shift, opened.entry.kind) == (1, EventKind.SHIFT_OPENED)
    closed = journal.close_shift(STAMP, Entry(EventKind.SHIFT_CLOSED, reason="end of the day"))
    assert journal.current_shift() is None
    assert journal.shift() == replace(first, closed_seq=closed.seq)
    assert journal.open_shift(STAMP).id == 2
    assert journal.shift(3) is None
    assert journal.verify().finding is None


def test_only_one_shift_is_open_and_only_an_open_one_is_closed(journal: SqliteJournal) -> None:
    journal.open_shift(STAMP)
    head = journal.head()
    with pytest.raises(sqlite3.IntegrityError):
        journal.open_shift(STAMP)
    with pytest.raises(ValueError, match="shift 2 is not open"):
        journal.close_shift(replace(STAMP, shift=2), Entry(EventKind.SHIFT_CLOSED))
    assert journal.head() == head


def test_what_is_asked_of_a_shift_is_of_that_shift(journal: SqliteJournal) -> None:
    first = journal.open_shift(STAMP)
    bind(journal, pair(1))
    journal.record(STAMP, rescanned(pair(1)))
    closed = journal.close_shift(STAMP, Entry(EventKind.SHIFT_CLOSED))
    first = replace(first, closed_seq=closed.seq)
    bind(journal, pair(2), shift=None)
    second = journal.open_shift(STAMP)
    later = replace(STAMP, at="2026-01-02T00:00:00.000Z", shift=second.id)
    journal.bind(later, bound(pair(3)), pair(3))
    bind(journal, pair(4), shift=None)
    journal.record(later, Entry(EventKind.FAULTED, Verdict.UNKNOWN_CODE))
    assert journal.tally(first) == Tally(bound=1, rescanned=1)
    assert journal.tally(second) == Tally(bound=1, faults=1)
    assert journal.bound_times(second) == journal.bound_times(second, later.at) == [later.at]
    assert journal.bound_times(second, "2026-01-02T00:00:00.001Z") == []
    for shift, numbers in ((first, [1]), (second, [3]), (None, [1, 2, 3, 4])):
        assert [row[1] for row in live_rows(journal, shift)] == [pair(number).imei for number in numbers]
    assert [journal.relationship_count(shift) for shift in (first, second, None)] == [1, 1, 4]


def test_the_recent_units_are_the_newest_events_about_units(journal: SqliteJournal) -> None:
    bind(journal, pair(1))
    journal.record(STAMP, Entry(EventKind.CONTINUED))
    journal.record(STAMP, rescanned(pair(1)))
    journal.record(STAMP, Entry(EventKind.FAULTED, Verdict.UNKNOWN_CODE, raw="?"))
    recent = journal.recent_units(10)
    assert [unit.verdict for unit in recent] == [Verdict.UNKNOWN_CODE, Verdict.ALREADY_BOUND, Verdict.BOUND]
    assert [unit.imei for unit in recent] == [None, pair(1).imei, pair(1).imei]
    assert (recent[2].pk, recent[2].sn, recent[2].when) == (PK, pair(1).device.sn, STAMP.at)
    assert journal.recent_units(2) == recent[:2]


def test_a_pass_that_was_taken_back_is_none_among_the_recent_units(journal: SqliteJournal) -> None:
    bind(journal, pair(1))
    bind(journal, pair(2))
    for number in (1, 2):
        journal.record(STAMP, correction(EventKind.UNBOUND, pair(number)))
    bind(journal, pair(2))
    recent = [(unit.verdict, unit.sn) for unit in journal.recent_units(10)]
    assert recent == [(Verdict.BOUND, pair(2).device.sn), (Verdict.UNDONE, pair(1).device.sn)]


def test_an_sn_or_an_imei_leads_to_every_event_that_names_it(journal: SqliteJournal) -> None:
    unit, other = pair(1), pair(2)
    bind(journal, unit)
    journal.record(STAMP, rescanned(unit))
    journal.record(STAMP, replace(rescanned(other), chip_imei=unit.imei, kind=EventKind.FAULTED))
    bind(journal, other)
    assert [event.seq for event in journal.events_of(unit.device.sn)] == [2, 3]
    assert [event.seq for event in journal.events_of(unit.imei)] == [2, 3, 4]
    assert [event.seq for event in journal.events_of(other.imei)] == [4, 5]
    assert journal.events_of("nothing\ud800") == []


def test_a_reader_cannot_write_and_does_not_hinder_the_writer(journal: SqliteJournal, path: Path) -> None:
    for number in range(5):
        bind(journal, pair(number))
    with closing(SqliteJournalReader(path)) as reader:
        end = reader.head()[0]
        bind(journal, pair(9))
        assert [row[0] for row in reader.live_rows(Selection(), (1, end), end)] == [2, 3, 4, 5, 6]
        assert reader.relationship_count(None) == 6
        with reader._file.use() as connection, pytest.raises(sqlite3.OperationalError):
            connection.execute("UPDATE head SET seq = 0")


@pytest.mark.parametrize("opening", [SqliteJournal, SqliteJournalReader])
@pytest.mark.parametrize(
    ("content", "why"),
    [
        (None, Why.JOURNAL_GONE),
        ("", Why.JOURNAL_NOT_OURS),
        ("PRAGMA user_version = 1; CREATE TABLE event (seq)", Why.JOURNAL_NOT_OURS),
        (b"this is a letter to the supervisor\n" * 100, Why.JOURNAL_NOT_OURS),
    ],
    ids=["no file", "an empty one", "another database", "a text"],
)
def test_what_is_no_journal_of_ours_is_left_alone(
    tmp_path: Path, opening: Callable[[Path], SqliteJournal], content: str | bytes | None, why: Why
) -> None:
    path = tmp_path / "journal.db"
    if isinstance(content, bytes):
        path.write_bytes(content)
    elif content is not None:
        with closing(sqlite3.connect(path)) as connection:
            connection.executescript(content)
        path.touch()
    before = path.read_bytes() if content is not None else None
    with pytest.raises(Faulted) as fault:
        opening(path)
    assert fault.value.reason.why is why
    assert fault.value.reason.facts["path"] == str(path)
    assert (path.read_bytes() if path.exists() else None) == before


def test_a_journal_of_a_newer_version_is_refused(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    with pytest.raises(Faulted) as fault:
        SqliteJournal(path)
    assert fault.value.reason.why is Why.JOURNAL_NEWER
    assert (fault.value.reason.facts["version"], fault.value.reason.facts["known"]) == (VERSION + 1, VERSION)


def seventh(journal: SqliteJournal) -> BoundRecord:
    record = journal.standing(pair(7).device, None).of_device
    assert record is not None
    return record


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("large") / "journal.db"
    make_journal(path, UNITS)
    with closing(SqliteJournal(path)) as journal:
        for number in range(UNITS // 10):
            journal.record(STAMP, rescanned(pair(number)))
    return path


@pytest.mark.parametrize(
    "question",
    [
        lambda journal: journal.standing(pair(7).device, pair(8).imei),
        lambda journal: bind(journal, pair(7)),
        lambda journal: bind(journal, pair(10**6)),
        lambda journal: journal.exported_since(seventh(journal)),
        lambda journal: journal.record(STAMP, correction(EventKind.UNBOUND, pair(7))),
        lambda journal: journal.recent_units(10),
        lambda journal: journal.shift(),
        lambda journal: journal.head(),
        lambda journal: journal.event(1000),
        lambda journal: journal.events_of(pair(7).imei),
        lambda journal: journal.events_of(pair(7).device.sn),
        lambda journal: journal.tally(OpenShift(2, UNITS * 11 // 10 - 10, "")),
        lambda journal: journal.bound_times(OpenShift(2, UNITS * 11 // 10 - 10, "")),
        lambda journal: journal.relationship_count(OpenShift(2, UNITS * 11 // 10 - 10, "")),
        lambda journal: journal.bound_by_order(),
        lambda journal: journal.retired_codes(pair(7).device.sn),
        lambda journal: journal.row_ranges(Selection(since=STAMP.at, until=STAMP.at), UNITS),
        lambda journal: journal.live_rows(Selection(product=PK), (1000, 1010), UNITS),
        lambda journal: (journal.exports(), journal.ended_bindings(UNITS), journal.released_bindings(UNITS)),
        lambda journal: journal.bindings_of(pair(7).imei),
    ],
)
def test_no_question_of_a_working_station_reads_the_whole_journal(
    large: Path, tmp_path: Path, question: Callable[[SqliteJournal], object]
) -> None:
    """Nor even those events that are not `bound`, a tenth of it. Counted in steps of SQLite's machine: each
    row takes more than two, and writing an event some three hundred."""
    steps = 0

    def count() -> bool:
        nonlocal steps
        steps += 10
        return False

    with closing(SqliteJournal(Path(shutil.copy(large, tmp_path)))) as journal:
        with journal._file.use() as connection:
            connection.set_progress_handler(count, 10)
        question(journal)
        assert steps < 2 * UNITS / 10
        journal.relationship_count(None)
        assert steps > UNITS


def test_a_clock_that_runs_backwards_is_on_record_before_what_comes_after_it(
    path: Path, journal: SqliteJournal
) -> None:
    shift = journal.open_shift(STAMP)
    bind(journal, pair(1))
    assert journal.set_back is None
    earlier = replace(STAMP, at="2026-01-01T07:15:30.250Z")
    done = journal.bind(earlier, bound(pair(2)), pair(2))
    bind(journal, pair(3))
    assert isinstance(done, Committed)
    jump = journal.event(done.seq - 1)
    assert jump is not None
    assert (jump.entry.kind, jump.entry.before, jump.entry.after) == (
        EventKind.CLOCK_JUMPED,
        STAMP.at,
        earlier.at,
    )
    assert jump.entry.detail == '{"seconds": 3600.0}'
    assert journal.set_back is not None
    assert journal.set_back.seconds == 3600
    with closing(SqliteJournalReader(path)) as reader:
        assert reader.tally(shift).bound == 3
        assert reader.verify().finding is None


def test_a_clock_that_is_corrected_by_less_than_a_second_is_no_jump(journal: SqliteJournal) -> None:
    bind(journal, pair(1))
    journal.bind(replace(STAMP, at="2026-01-01T08:15:29.300Z"), bound(pair(2)), pair(2))
    assert journal.set_back is None
