"""A file is looked at as a whole, and then comes into the journal as a whole or not at all."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from subprocess import PIPE

import pytest

from app.adapters.import_stage import ImportStage
from app.adapters.sqlite_journal import SqliteJournal, SqliteJournalReader, create_journal
from app.adapters.table_reader import open_table
from app.core.codes import DeviceCode, Imei, Pair, ProductKey, SerialNumber
from app.core.errors import Refused, Why
from app.core.people import Person, Role
from app.core.record import Entry, EventKind
from app.core.remarks import About
from app.ports.relationship import Cancelled
from app.station.importing import Examined, examine, take
from tests.adapters.journals import STAMP, bound, live_rows
from tests.adapters.workbooks import write_workbook
from tests.e2e.units import imei, sn

SAMPLES = Path(__file__).parents[1] / "data" / "samples"
HEADER = ("*DeviceKey", "*ProductKey", "Device SN", "Device Name", "Certificate Fingerprint")
NOBODYS = replace(STAMP, shift=None)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[SqliteJournal]:
    create_journal(tmp_path / "journal.db", STAMP)
    with closing(SqliteJournal(tmp_path / "journal.db")) as journal:
        yield journal


@pytest.fixture
def stage() -> Iterator[ImportStage]:
    with ImportStage() as stage:
        yield stage


def row(number: int, pk: str = "p11sf2", name: str = "", imei_of: int | None = None) -> tuple[str, ...]:
    return imei(number if imei_of is None else imei_of), pk, sn(number), name, ""


def unit(number: int) -> Pair:
    return Pair(DeviceCode(ProductKey("p11sf2"), SerialNumber(sn(number))), Imei(imei(number)))


def written(path: Path, rows: Sequence[Sequence[str]], header: Sequence[str] = HEADER) -> Path:
    text = io.StringIO()
    csv.writer(text).writerows([header, *rows])
    path.write_bytes(text.getvalue().encode("utf-8"))
    return path


def looked_at(path: Path, stage: ImportStage, journal: SqliteJournal) -> Examined:
    with open_table(path) as table:
        return examine(table, path.name, stage, journal)


def problems(stage: ImportStage) -> list[tuple[int, Why]]:
    return [(one.line, one.reason.why) for one in stage.findings(refuses=True)]


def live(journal: SqliteJournal) -> list[tuple[str, str, str, str]]:
    return [(imei, sn, name, fingerprint) for _, imei, _, sn, name, fingerprint in live_rows(journal)]


@pytest.mark.parametrize(
    ("sample", "rows", "refused", "remarks"),
    [
        ("incumbent_1.0.0_export.csv", 40, {}, []),
        ("incumbent_1.2.0_export.csv", 40, {}, [About.HEADER_MISLABELLED]),
        ("device_info.db", 42, {41: Why.IMEI_CHECK_DIGIT, 42: Why.IMEI_LENGTH}, []),
        (
            "spreadsheet_damaged.csv",
            10,
            {4: Why.NUMBER_DAMAGED, 7: Why.NUMBER_DAMAGED, 9: Why.SN_ROUNDED, 10: Why.NUMBER_DAMAGED},
            [],
        ),
        ("template_zh_gbk.csv", 0, {}, [About.ENCODING]),
        ("template_zh_bom.csv", 0, {}, []),
    ],
)
def test_the_samples_come_out_as_people_would_expect(
    sample: str,
    rows: int,
    refused: dict[int, Why],
    remarks: list[About],
    stage: ImportStage,
    journal: SqliteJournal,
) -> None:
    examined = looked_at(SAMPLES / sample, stage, journal)
    assert problems(stage) == list(refused.items())
    assert (examined.rows, examined.refused, examined.takeable) == (rows, len(refused), rows - len(refused))
    assert [one.about for one in examined.remarks] == remarks


def test_each_pair_is_an_event_with_its_origin_in_the_order_of_the_file(
    tmp_path: Path, stage: ImportStage, journal: SqliteJournal
) -> None:
    fingerprint = "0123456789abcdef" * 2 + "01234567"
    rows = [row(5, name="'=1+1"), (*row(2)[:3], "设备", fingerprint), row(9)]
    path = written(tmp_path / "old.csv", rows)
    examined = looked_at(path, stage, journal)
    assert take(examined, stage, journal, NOBODYS, Person("Zhao Min", Role.SUPERVISOR)) == 3
    assert live(journal) == [
        (imei(5), sn(5), "=1+1", ""),
        (imei(2), sn(2), "设备", fingerprint),
        (imei(9), sn(9), "", ""),
    ]
    (event,) = journal.events_of(sn(2))
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    assert event.entry.kind is EventKind.IMPORTED
    assert (event.stamp.approver, event.stamp.shift) == ("Zhao Min", None)
    told = json.loads(event.entry.detail or "")
    assert told == {
        "file": "old.csv",
        "line": 3,
        "sha256": sha256,
        "name": "设备",
        "fingerprint": fingerprint,
    }
    last = journal.event(journal.head()[0])
    assert last is not None
    assert last.entry.kind is EventKind.FILE_IMPORTED
    counts = {"rows": 3, "taken": 3, "refused": 0, "already_there": 0}
    assert json.loads(last.entry.detail or "") == {"file": "old.csv", "sha256": sha256, **counts}
    assert journal.verify().finding is None
    assert journal.rebuild(STAMP).differences == 0


def test_what_stands_in_the_journal_is_told_by_row(
    tmp_path: Path, stage: ImportStage, journal: SqliteJournal
) -> None:
    for number in (1, 2, 3):
        journal.bind(STAMP, bound(unit(number)), unit(number))
    scrapped, spoiled = unit(4), unit(5)
    journal.record(STAMP, Entry(EventKind.SCRAPPED, label_imei=scrapped.imei, reason="x"))
    journal.record(STAMP, Entry(EventKind.SCRAPPED, pk="p11sf2", sn=sn(6), reason="x"))
    journal.record(STAMP, Entry(EventKind.SPOILED, pk="p11sf2", sn=spoiled.device.sn, reason="x"))
    rows = [
        row(1),
        row(2, imei_of=20),
        row(21, imei_of=3),
        row(22, imei_of=4),
        row(6),
        row(5),
        row(7),
        row(1, pk="other1", imei_of=8),
    ]
    examined = looked_at(written(tmp_path / "a.csv", rows), stage, journal)
    assert problems(stage) == [
        (3, Why.SN_BOUND_IN_JOURNAL),
        (4, Why.IMEI_BOUND_IN_JOURNAL),
        (5, Why.IMEI_RETIRED),
        (6, Why.SN_RETIRED),
        (7, Why.SN_SPOILED),
    ]
    assert (examined.already_there, examined.takeable) == (1, 2)
    assert [one.about for one in examined.remarks] == [About.ALREADY_THERE]
    facts = [dict(one.reason.facts) for one in stage.findings(refuses=True)]
    assert facts[0] == {"sn": sn(2), "imei": imei(2), "seq": 3}
    assert facts[1] == {"imei": imei(3), "pk": "p11sf2", "sn": sn(3), "seq": 4}


def test_rows_that_cross_two_bindings_name_both(
    tmp_path: Path, stage: ImportStage, journal: SqliteJournal
) -> None:
    for number in (1, 2):
        journal.bind(STAMP, bound(unit(number)), unit(number))
    looked_at(written(tmp_path / "a.csv", [row(1, imei_of=2)]), stage, journal)
    assert problems(stage) == [(2, Why.SN_BOUND_IN_JOURNAL), (2, Why.IMEI_BOUND_IN_JOURNAL)]


def test_a_file_that_came_in_before_changes_nothing(tmp_path: Path, journal: SqliteJournal) -> None:
    path = written(tmp_path / "a.csv", [row(number) for number in range(1, 1200)])
    with ImportStage() as stage:
        assert take(looked_at(path, stage, journal), stage, journal, NOBODYS, None) == 1199
    with ImportStage() as stage:
        again = looked_at(path, stage, journal)
        assert (again.refused, again.already_there, again.takeable) == (0, 1199, 0)
        assert list(stage.left()) == []


def test_duplicates_inside_a_file_name_both_lines(
    tmp_path: Path, stage: ImportStage, journal: SqliteJournal
) -> None:
    rows = [row(1), row(2), row(1), row(3, imei_of=2), row(4), row(4, imei_of=5)]
    examined = looked_at(written(tmp_path / "a.csv", rows), stage, journal)
    told = [(one.line, one.reason.why, one.reason.facts["line"]) for one in stage.findings(refuses=True)]
    assert told == [
        (3, Why.IMEI_TWICE, 5),
        (4, Why.ROW_TWICE, 2),
        (5, Why.IMEI_TWICE, 3),
        (6, Why.SN_TWICE, 7),
        (7, Why.SN_TWICE, 6),
    ]
    assert (examined.refused, [pair.line for pair in stage.left()]) == (5, [2])


def test_an_sn_that_the_journal_has_with_this_imei_is_beyond_doubt(
    tmp_path: Path, stage: ImportStage, journal: SqliteJournal
) -> None:
    ends_in_zeros = Pair(DeviceCode(ProductKey("p11sf2"), SerialNumber("123456789123456000")), unit(1).imei)
    journal.bind(STAMP, bound(ends_in_zeros), ends_in_zeros)
    rows = [(imei(1), "p11sf2", "123456789123456000", "", ""), ("8.6395E+14", "p11sf2", sn(2), "", "")]
    examined = looked_at(written(tmp_path / "a.csv", rows), stage, journal)
    assert problems(stage) == [(3, Why.NUMBER_DAMAGED)]
    assert examined.already_there == 1


def test_a_mislabelled_workbook_of_number_cells_is_put_right(
    tmp_path: Path, stage: ImportStage, journal: SqliteJournal
) -> None:
    path = tmp_path / "a.xlsx"
    write_workbook(path, [("*产品ProductKey", "*设备DeviceKey", "*设备SN"), (int(imei(1)), "p11sf2", sn(1))])
    examined = looked_at(path, stage, journal)
    assert (examined.takeable, examined.remarks[0].about) == (1, About.HEADER_MISLABELLED)


def test_a_released_imei_comes_in_once(tmp_path: Path, journal: SqliteJournal) -> None:
    wrong = imei(1)[:-1] + str((int(imei(1)[-1]) + 1) % 10)
    path = written(tmp_path / "a.csv", [(wrong, "p11sf2", sn(1), "", "")])
    with ImportStage() as stage:
        assert looked_at(path, stage, journal).refused == 1
    journal.record(STAMP, Entry(EventKind.RELEASED, label_imei=wrong, reason="x"))
    with ImportStage() as stage:
        assert take(looked_at(path, stage, journal), stage, journal, NOBODYS, None) == 1
    assert journal.released_imeis() == frozenset()
    assert journal.verify().finding is None


def test_a_workbook_with_number_cells_says_so(
    tmp_path: Path, stage: ImportStage, journal: SqliteJournal
) -> None:
    path = tmp_path / "a.xlsx"
    write_workbook(path, [HEADER[:3], (int(imei(1)), "p11sf2", 123456), (imei(2), "p11sf2", "123457")])
    examined = looked_at(path, stage, journal)
    assert examined.takeable == 2
    said = [(one.about, dict(one.facts)) for one in examined.remarks]
    assert said == [
        (About.NUMBER_CELLS, {"column": "DeviceKey", "count": 1}),
        (About.NUMBER_CELLS, {"column": "SN", "count": 1}),
    ]


def test_refused_rows_keep_their_cells_and_all_their_reasons(
    tmp_path: Path, stage: ImportStage, journal: SqliteJournal
) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(",".join(HEADER).encode() + b"\n1,p11sf2,x y,caf\xe9,\n" + ",".join(row(1)).encode())
    looked_at(path, stage, journal)
    (refused,) = stage.refused()
    assert refused.line == 2
    assert refused.cells == ["1", "p11sf2", "x y", "caf?", ""]
    assert [one.why for one in refused.reasons] == [Why.IMEI_LENGTH, Why.SN_CHARACTERS, Why.ENCODING_DAMAGED]


def test_a_column_that_nobody_knows_is_left_out_and_said_aloud(
    tmp_path: Path, stage: ImportStage, journal: SqliteJournal
) -> None:
    path = written(tmp_path / "a.csv", [("note", *row(1)[:3])], ("Remark", *HEADER[:3]))
    examined = looked_at(path, stage, journal)
    assert examined.takeable == 1
    assert [(one.about, dict(one.facts)) for one in examined.remarks] == [
        (About.COLUMN_UNKNOWN, {"column": "Remark"})
    ]


@pytest.mark.parametrize("stop_at", [1, 450, 700])
def test_an_import_says_how_far_it_is_and_can_be_cancelled(
    tmp_path: Path, journal: SqliteJournal, stop_at: int
) -> None:
    path = written(tmp_path / "a.csv", [row(number) for number in range(1, 9000)])
    before, said = journal.head(), list[tuple[int, int]]()

    def progress(done: int, total: int) -> bool:
        said.append((done, total))
        return done < stop_at

    with ImportStage() as stage, pytest.raises(Cancelled), open_table(path) as table:
        take(examine(table, "a.csv", stage, journal, progress), stage, journal, NOBODYS, None, progress)
    assert journal.head() == before
    assert live(journal) == []
    assert [done for done, _ in said] == sorted(done for done, _ in said)
    assert {total for _, total in said} == {1000}
    with ImportStage() as stage:
        assert take(looked_at(path, stage, journal), stage, journal, NOBODYS, None) == 8999
    assert journal.verify().finding is None


def test_what_came_into_the_journal_meanwhile_refuses_all(
    tmp_path: Path, stage: ImportStage, journal: SqliteJournal
) -> None:
    examined = looked_at(written(tmp_path / "a.csv", [row(1), row(2), row(3)]), stage, journal)
    other = Pair(unit(2).device, unit(7).imei)
    journal.bind(STAMP, bound(other), other)
    before = journal.head()
    with pytest.raises(Refused) as refused:
        take(examined, stage, journal, NOBODYS, None)
    assert refused.value.reason.why is Why.IMPORT_OVERTAKEN
    assert journal.head() == before


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.QA])
def test_only_a_supervisor_imports(
    tmp_path: Path, stage: ImportStage, journal: SqliteJournal, role: Role
) -> None:
    examined = looked_at(written(tmp_path / "a.csv", [row(1)]), stage, journal)
    with pytest.raises(Refused) as refused:
        take(examined, stage, journal, NOBODYS, Person("Li Lei", role))
    assert refused.value.reason.why is Why.NOT_ALLOWED
    assert live(journal) == []


def test_the_order_in_which_rows_stand_does_not_matter_to_what_is_found(
    tmp_path: Path, journal: SqliteJournal
) -> None:
    rows = [row(number) for number in range(1, 600)] + [row(1), row(2, imei_of=900)]
    for turned in (rows, rows[::-1]):
        with ImportStage() as stage:
            examined = looked_at(written(tmp_path / "a.csv", turned), stage, journal)
            assert examined.refused == 3


def _go_on_until(importer: subprocess.Popen[str], done: int) -> None:
    assert importer.stdin is not None
    assert importer.stdout is not None
    while int(importer.stdout.readline()) < done:
        importer.stdin.write("\n")
        importer.stdin.flush()


@pytest.mark.parametrize("kill_at", [520, 750, 920])
def test_a_reader_works_while_a_file_comes_in_and_a_kill_leaves_nothing(tmp_path: Path, kill_at: int) -> None:
    path = tmp_path / "journal.db"
    create_journal(path, STAMP)
    with closing(SqliteJournal(path)) as journal:
        journal.bind(STAMP, bound(unit(1)), unit(1))
    file = written(tmp_path / "a.csv", [row(number) for number in range(2, 20_000)])
    command = [sys.executable, "-m", "tests.station.importer", str(path), str(file)]
    with subprocess.Popen(command, stdin=PIPE, stdout=PIPE, text=True) as importer:
        _go_on_until(importer, kill_at)
        with closing(SqliteJournalReader(path)) as reader:
            assert reader.relationship_count(None) == 1
            assert reader.standing(unit(2).device, None).of_device is None
        importer.kill()
    with closing(SqliteJournal(path)) as journal:
        assert live(journal) == [(imei(1), sn(1), "", "")]
        assert journal.verify().finding is None
        with ImportStage() as stage:
            assert take(looked_at(file, stage, journal), stage, journal, NOBODYS, None) == 19_998
        assert journal.verify().finding is None
