"""Relationship files out of a real journal: what each holds and takes back, and that none is half done."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.adapters.relationship_files import RelationshipFiles
from app.adapters.sqlite_journal import SqliteJournal, SqliteJournalReader, create_journal
from app.core.codes import DeviceCode, Pair, ProductKey
from app.core.errors import Faulted, Refused, Why, because
from app.core.record import Committed, Entry, EventKind
from app.core.relationship import FileKind
from app.core.selection import Selection
from app.station.export import Exporter, FileWanted, count_rows
from app.station.side_file import SideFile
from tests.adapters.corrected import correction
from tests.adapters.journals import STAMP, bound, pair
from tests.adapters.tables import by_csv, names, read

NEW = Selection(new=True)
OTHER_PK, TWIN_PK = ProductKey("p08kx1"), ProductKey("P11SF2")


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[SqliteJournal]:
    create_journal(tmp_path / "journal.db", STAMP)
    with closing(SqliteJournal(tmp_path / "journal.db")) as journal:
        yield journal
        assert journal.verify().finding is None


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / "out").mkdir()
    return tmp_path / "out"


def bind(journal: SqliteJournal, *numbers: int, pk: ProductKey | None = None, shift: int | None = 1) -> None:
    for number in numbers:
        unit = pair(number)
        unit = unit if pk is None else Pair(DeviceCode(pk, unit.device.sn), unit.imei)
        journal.record(replace(STAMP, shift=shift), bound(unit))


def unbind(journal: SqliteJournal, number: int) -> int:
    return journal.record(STAMP, correction(EventKind.UNBOUND, pair(number))).seq


def exporter(journal: SqliteJournal, **more: Any) -> Exporter:
    return Exporter(journal, lambda entry: journal.record(STAMP, entry), RelationshipFiles(), STAMP, **more)


def export(journal: SqliteJournal, path: Path, selection: Selection = NEW, **more: Any) -> SideFile:
    return exporter(journal).export(FileWanted(path, selection, **more))


def imeis(path: Path) -> list[str]:
    return [row[0] for row in by_csv(path)[1:]]


def of(*numbers: int) -> list[str]:
    return [pair(number).imei for number in numbers]


def newest(journal: SqliteJournal) -> Entry:
    event = journal.event(journal.head()[0])
    assert event is not None
    return event.entry


@pytest.mark.parametrize("kind", FileKind)
def test_side_file_event_and_file_say_the_same(journal: SqliteJournal, out: Path, kind: FileKind) -> None:
    bind(journal, 1, 2, 3)
    seq, hash = journal.head()
    path = out / f"a.{kind}"
    side = export(journal, path, Selection(), kind=kind)
    facts = json.loads((out / f"{path.name}.json").read_text("utf-8"))
    entry = newest(journal)
    assert entry.kind is EventKind.EXPORTED
    assert json.loads(entry.detail or "") == facts == json.loads(side.text())
    assert facts["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (facts["count"], facts["first_seq"], facts["last_seq"]) == (3, 2, 4)
    assert (facts["end_seq"], facts["end_hash"]) == (seq, hash)
    assert (facts["file"], facts["kind"], facts["shift"], facts["template"]) == (path.name, kind, None, "en")
    assert (facts["made_by"], facts["made_at"], facts["station"]) == (STAMP.operator, STAMP.at, STAMP.station)
    assert [row[0] for row in read(path, kind)[1:]] == of(1, 2, 3)
    assert names(out) == sorted([path.name, f"{path.name}.json"])


def test_each_unit_is_new_once(journal: SqliteJournal, out: Path) -> None:
    bind(journal, 1, 2)
    export(journal, out / "1.csv", Selection())
    bind(journal, 3)
    bind(journal, 4, pk=OTHER_PK)
    assert export(journal, out / "2.csv", replace(NEW, product=OTHER_PK)).count == 1
    export(journal, out / "3.csv")
    assert [imeis(out / f"{number}.csv") for number in (1, 2, 3)] == [of(1, 2), of(4), of(3)]
    with pytest.raises(Refused) as refused:
        export(journal, out / "4.csv")
    assert refused.value.reason.why is Why.NOTHING_TO_EXPORT
    assert not (out / "4.csv").exists()


def test_what_was_unbound_after_it_went_out_is_taken_back_once(journal: SqliteJournal, out: Path) -> None:
    bind(journal, 1, 2)
    export(journal, out / "1.csv")
    unbind(journal, 1)
    bind(journal, 3)
    unbind(journal, 3)
    bind(journal, 4)
    side = export(journal, out / "2.csv")
    assert [(one.imei, one.seq, one.ended_seq) for one in side.withdrawn] == [(pair(1).imei, 2, 5)]
    assert (out / "2.withdrawn.csv").read_text("ascii").splitlines() == [
        "DeviceKey,ProductKey,SN,Bound,Unbound",
        f"{pair(1).imei},p11sf2,{pair(1).device.sn},2,5",
    ]
    assert imeis(out / "2.csv") == of(4)
    unbind(journal, 2)
    assert [one.imei for one in export(journal, out / "3.csv").withdrawn] == of(2)
    assert export(journal, out / "4.csv", Selection()).withdrawn == ()
    assert not (out / "4.withdrawn.csv").exists()


def test_a_pair_that_was_bound_again_is_new_and_not_taken_back(journal: SqliteJournal, out: Path) -> None:
    bind(journal, 1, 2)
    export(journal, out / "1.csv")
    unbind(journal, 1)
    bind(journal, 1)
    assert export(journal, out / "2.csv").withdrawn == ()
    assert imeis(out / "2.csv") == of(1)
    assert not (out / "2.withdrawn.csv").exists()
    unbind(journal, 1)
    assert [one.seq for one in export(journal, out / "3.csv").withdrawn] == [6]


def test_a_file_that_is_made_again_takes_back_what_it_did(journal: SqliteJournal, out: Path) -> None:
    bind(journal, 1, 2)
    export(journal, out / "1.csv", Selection())
    unbind(journal, 1)
    assert export(journal, out / "2.csv", Selection()).withdrawn != ()
    assert [one.imei for one in export(journal, out / "2.csv", Selection(), replace=True).withdrawn] == of(1)
    assert export(journal, out / "3.csv", Selection()).withdrawn == ()
    export(journal, out / "2.csv", Selection(shift=1), replace=True, may_be_empty=True)
    assert names(out) == ["1.csv", "1.csv.json", "2.csv", "2.csv.json", "3.csv", "3.csv.json"]


def test_what_a_release_let_pass_is_named(journal: SqliteJournal, out: Path) -> None:
    bind(journal, 1)
    journal.record(STAMP, correction(EventKind.RELEASED, pair(2), device=False))
    bind(journal, 2)
    side = export(journal, out / "1.csv")
    assert [(one.imei, one.seq) for one in side.released] == [(pair(2).imei, 4)]
    assert "ended_seq" not in side.facts()["released"][0]
    bind(journal, 3)
    assert export(journal, out / "2.csv").released == ()


def test_each_product_gets_a_file_of_its_own(journal: SqliteJournal, out: Path) -> None:
    bind(journal, 1)
    bind(journal, 2, pk=OTHER_PK)
    bind(journal, 3, pk=TWIN_PK)
    sides = exporter(journal).export_each(FileWanted(out / "day.csv"))
    assert [side.file for side in sides] == ["day-P11SF2.csv", "day-p08kx1.csv", "day-p11sf2-2.csv"]
    assert [imeis(out / side.file) for side in sides] == [of(3), of(2), of(1)]
    unbind(journal, 1)
    (side,) = exporter(journal).export_each(FileWanted(out / "next.csv", NEW))
    assert (side.file, side.count, [one.imei for one in side.withdrawn]) == ("next-p11sf2.csv", 0, of(1))
    with pytest.raises(Refused) as refused:
        exporter(journal).export_each(FileWanted(out / "last.csv", NEW))
    assert refused.value.reason.why is Why.NOTHING_TO_EXPORT


def test_of_several_files_none_is_made_where_one_may_not_be(journal: SqliteJournal, out: Path) -> None:
    bind(journal, 1)
    bind(journal, 2, pk=OTHER_PK)
    (out / "day-p11sf2.csv").write_text("mine", "utf-8")
    with pytest.raises(Refused):
        exporter(journal).export_each(FileWanted(out / "day.csv"))
    assert names(out) == ["day-p11sf2.csv"]


@pytest.mark.parametrize("pass_", [0, 1], ids=["while it writes", "while it compares"])
def test_a_cancelled_export_leaves_nothing(journal: SqliteJournal, out: Path, pass_: int) -> None:
    bind(journal, 1)
    (out / "1.csv").write_text("old", "utf-8")
    head = journal.head()
    told: list[int] = []

    def progress(done: int, total: int) -> bool:
        told.append(done)
        return len(told) <= 2 * pass_

    with pytest.raises(Refused) as refused:
        exporter(journal, progress=progress).export(FileWanted(out / "1.csv", replace=True))
    assert refused.value.reason.why is Why.EXPORT_CANCELLED
    assert told == [0, 2, 2][: 2 * pass_ + 1]
    assert journal.head() == head
    assert names(out) == ["1.csv"]
    assert (out / "1.csv").read_text("utf-8") == "old"


def test_progress_ends_at_its_total(journal: SqliteJournal, out: Path) -> None:
    bind(journal, 1, 2, 3)
    told: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> bool:
        told.append((done, total))
        return True

    exporter(journal, progress=progress).export(FileWanted(out / "1.csv"))
    assert told == [(0, 8), (4, 8), (4, 8), (8, 8)]


def test_a_file_that_no_event_knows_of_does_not_stay(journal: SqliteJournal, out: Path) -> None:
    bind(journal, 1, 2)
    export(journal, out / "1.csv", Selection())
    unbind(journal, 1)
    before = {path.name: path.read_bytes() for path in out.iterdir()}

    def record(entry: Entry) -> Committed:
        assert imeis(out / "1.csv") == of(2)
        raise Faulted(because(Why.DISK_FULL))

    making = exporter(journal)
    making.record = record
    with pytest.raises(Faulted):
        making.export(FileWanted(out / "1.csv", replace=True))
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


def test_the_line_works_on_while_a_file_is_made(journal: SqliteJournal, out: Path, tmp_path: Path) -> None:
    """Units are bound and unbound between the two passes; the file is that of the moment it was begun."""
    bind(journal, 1, 2)

    def work(done: int, total: int) -> bool:
        if done == 0:
            bind(journal, 3)
            unbind(journal, 1)
        return True

    with closing(SqliteJournalReader(tmp_path / "journal.db")) as reader:
        making = Exporter(
            reader, lambda entry: journal.record(STAMP, entry), RelationshipFiles(), STAMP, progress=work
        )
        side = making.export(FileWanted(out / "1.csv"))
    assert imeis(out / "1.csv") == of(1, 2)
    assert (side.end_seq, side.withdrawn) == (3, ())
    assert [one.imei for one in export(journal, out / "2.csv").withdrawn] == of(1)
    assert imeis(out / "2.csv") == of(3)


def test_two_exports_at_once_are_one_too_many(journal: SqliteJournal, out: Path) -> None:
    bind(journal, 1)

    def overtake(done: int, total: int) -> bool:
        if done == total:
            export(journal, out / "other.csv", Selection())
        return True

    with pytest.raises(Refused) as refused:
        exporter(journal, progress=overtake).export(FileWanted(out / "1.csv"))
    assert refused.value.reason.why is Why.EXPORT_OVERTAKEN
    assert names(out) == ["other.csv", "other.csv.json"]


def test_so_many_units_are_counted_as_the_file_will_hold(journal: SqliteJournal, out: Path) -> None:
    bind(journal, 1, 2, 3)
    bind(journal, 4, pk=ProductKey("p08kx1"), shift=None)
    unbind(journal, 2)
    everything, other = Selection(), Selection(product="p08kx1")
    for selection, count in ((NEW, 3), (everything, 3), (other, 1)):
        assert count_rows(journal, selection) == count
        assert export(journal, out / f"{count}-{selection.new}.csv", selection).count == count
    assert count_rows(journal, NEW) == 0
    bind(journal, 5)
    assert [count_rows(journal, one) for one in (NEW, everything, other)] == [1, 4, 1]
