"""`import` brings pairs in whole or not at all, and says by row what it cannot take."""

import csv
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.command import Outcome, run
from tests.e2e.units import imei, sn

SAMPLES = Path(__file__).parents[1] / "data" / "samples"
HEADER = "*DeviceKey,*ProductKey,Device SN,Device Name,Certificate Fingerprint"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "station"
    assert run("init", "--data", folder, "--no-sign-in").code == 0
    return folder


def imported(folder: Path, file: Path, *options: str, **more: Any) -> Outcome:
    return run("import", file, "--data", folder, *options, "--json", **more)


def exported(folder: Path, out: Path, *options: str) -> bytes:
    assert run("export", "--data", folder, "--all", "--out", out, "--replace", *options).code == 0
    return out.read_bytes()


def verified(folder: Path) -> Any:
    return run("journal", "verify", "--data", folder, "--json").json


def relationship_file(path: Path, numbers: range) -> Path:
    rows = [f"{imei(number)},p11sf2,{sn(number)},," for number in numbers]
    path.write_bytes("".join(f"{line}\r\n" for line in [HEADER, *rows]).encode())
    return path


def test_a_dry_run_lists_every_problem_and_writes_nothing(tmp_path: Path) -> None:
    done = imported(tmp_path / "new", SAMPLES / "spreadsheet_damaged.csv", "--dry-run")
    assert done.code == 1
    told = done.json
    assert (told["rows"], told["taken"], told["takeable"], told["dry_run"]) == (10, 0, 6, True)
    assert [(one["line"], one["column"], one["value"]) for one in told["problems"]] == [
        (4, "*DeviceKey", "8.63950E+14"),
        (7, "*DeviceKey", "8.63950E+14"),
        (9, "Device SN", "123456789123456000"),
        (10, "Device SN", "1.23457E+17"),
    ]
    assert all(one["why"].endswith(".") for one in told["problems"])
    assert verified(tmp_path / "new")["events"] == 1


def test_one_refused_row_refuses_the_file(folder: Path) -> None:
    done = imported(folder, SAMPLES / "device_info.db")
    assert (done.code, done.json["rows"], done.json["taken"]) == (1, 42, 0)
    assert [one["line"] for one in done.json["problems"]] == [41, 42]
    assert "nothing was taken" in done.err
    assert verified(folder)["events"] == 1
    assert not (SAMPLES / "device_info.db.refused.csv").exists()


def test_with_skip_refused_the_good_rows_come_in_and_the_others_into_a_file(
    tmp_path: Path, folder: Path
) -> None:
    file = tmp_path / "damaged.csv"
    file.write_bytes((SAMPLES / "spreadsheet_damaged.csv").read_bytes())
    done = imported(folder, file, "--skip-refused")
    assert (done.code, done.json["taken"], len(done.json["problems"])) == (0, 6, 4)
    beside = Path(done.json["refused_file"])
    assert beside == tmp_path / "damaged.csv.refused.csv"
    with beside.open(encoding="utf-8-sig", newline="") as text:
        header, *rows = csv.reader(text)
    assert header == [*HEADER.split(","), "Line", "Why"]
    assert [row[-2] for row in rows] == ["4", "7", "9", "10"]
    assert all(row[-1].endswith(".") for row in rows)
    assert exported(folder, tmp_path / "out.csv").count(b"\n") == 7
    assert verified(folder)["ok"]
    again = imported(folder, file, "--skip-refused")
    assert (again.code, again.json["taken"], again.json["already_there"]) == (0, 0, 6)


def test_what_was_put_right_in_the_file_of_refused_rows_comes_in(tmp_path: Path, folder: Path) -> None:
    file = tmp_path / "damaged.csv"
    file.write_bytes((SAMPLES / "spreadsheet_damaged.csv").read_bytes())
    beside = Path(imported(folder, file, "--skip-refused").json["refused_file"])
    lines = beside.read_text("utf-8-sig").splitlines()[:2]
    lines[1] = lines[1].replace("8.63950E+14", "863950069494294")
    beside.write_text("\n".join(lines), "utf-8-sig")
    done = imported(folder, beside)
    assert (done.code, done.json["taken"]) == (0, 1), done.out


def test_another_file_in_the_place_of_the_refused_rows_is_not_overwritten(
    tmp_path: Path, folder: Path
) -> None:
    file = tmp_path / "damaged.csv"
    file.write_bytes((SAMPLES / "spreadsheet_damaged.csv").read_bytes())
    other = tmp_path / "damaged.csv.refused.csv"
    other.write_text("somebody's own", "utf-8")
    done = imported(folder, file, "--skip-refused")
    assert (done.code, done.json["error"]) == (1, "file-exists")
    assert other.read_text("utf-8") == "somebody's own"
    assert verified(folder)["events"] == 1


def test_both_versions_of_the_incumbent_and_its_database_hold_the_same(tmp_path: Path) -> None:
    files = []
    for sample in ("incumbent_1.0.0_export.csv", "incumbent_1.2.0_export.csv", "device_info.db"):
        folder, copy = tmp_path / f"of {sample}", tmp_path / sample
        copy.write_bytes((SAMPLES / sample).read_bytes())
        done = imported(folder, copy, "--skip-refused")
        assert (done.code, done.json["taken"]) == (0, 40), done.out
        assert bool(done.json["notes"]) == ("1.2.0" in sample)
        files.append(exported(folder, tmp_path / f"{sample}.out.csv"))
    assert files[0] == files[1] == files[2]


@pytest.mark.parametrize("template", ["en", "zh"])
def test_what_was_exported_and_imported_is_exported_the_same(
    tmp_path: Path, folder: Path, template: str
) -> None:
    names = ["'=1+1", "'-x", "O'Brien", "设备, 7", ""]
    rows = [
        f'{imei(number)},p11sf2,{sn(number)},"{name}",{"ab" * 20 if number % 2 else ""}\r\n'
        for number, name in zip((7, 3, 9, 1, 5), names, strict=True)
    ]
    first = tmp_path / "first.csv"
    first.write_bytes("".join([f"{HEADER}\r\n", *rows]).encode())
    assert imported(folder, first).code == 0
    out = exported(folder, tmp_path / "a.csv", "--template", template)
    assert imported(tmp_path / "empty", tmp_path / "a.csv").code == 0
    assert exported(tmp_path / "empty", tmp_path / "b.csv", "--template", template) == out


def test_an_imported_unit_is_known_to_the_station(tmp_path: Path, folder: Path) -> None:
    assert imported(folder, relationship_file(tmp_path / "a.csv", range(1, 4))).code == 0
    frames = f"pk=p11sf2&sn={sn(1)}&v=1\n{imei(1)}\npk=p11sf2&sn={sn(9)}&v=1\n{imei(2)}\n"
    scanned = run("scan", "--no-latch", "--data", folder, stdin=frames.encode())
    assert [line["verdict"] for line in scanned.lines] == ["half", "already-bound", "half", "imei-taken"]
    shown = run("journal", "show", sn(1), "--data", folder, "--json").lines
    assert [event["kind"] for event in shown] == ["imported", "re-scanned"]
    assert run("unbind", "--pk", "p11sf2", "--sn", sn(2), "--reason", "x", "--data", folder).code == 0
    assert verified(folder)["ok"]


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", "file-empty"),
        (b"hello\n", "columns-missing"),
        (b"DeviceKey,ProductKey\n1,2\n", "columns-missing"),
        (b"\x89PNG\r\n\x1a\n", "file-of-no-kind"),
        (b"\xd0\xcf\x11\xe0 xls", "file-in-old-form"),
        (b"\xff\xff,\xff\n", "file-encoding"),
    ],
)
def test_a_file_that_is_no_relationship_file_is_refused_with_a_sentence(
    tmp_path: Path, folder: Path, content: bytes, error: str
) -> None:
    file = tmp_path / "file.csv"
    file.write_bytes(content)
    for options in ((), ("--dry-run",), ("--skip-refused",)):
        done = imported(folder, file, *options)
        assert (done.code, done.json["error"], done.json["taken"]) == (1, error, 0)
        assert len(done.json["problems"]) == 1
        assert done.err.strip()
        assert "Traceback" not in done.err


def test_a_file_that_is_not_there_is_refused_with_a_sentence(tmp_path: Path, folder: Path) -> None:
    done = imported(folder, tmp_path / "absent.csv")
    assert (done.code, done.json["error"]) == (1, "file-unreadable")


def test_people_read_the_problems_line_by_line(folder: Path) -> None:
    done = run("import", SAMPLES / "device_info.db", "--dry-run", "--data", folder)
    assert done.code == 1
    first, second, last = done.out.splitlines()
    assert first.startswith("Line 41, dk: The IMEI 863950069494279 is wrong")
    assert second.startswith("Line 42, dk: “12345678” is not an IMEI")
    assert last == (
        "Looked at only, nothing was written. Rows: 42; could be taken: 40; bound already: 0; refused: 2."
    )


def test_importing_needs_a_supervisor_where_people_sign_in(tmp_path: Path) -> None:
    folder = tmp_path / "guarded"
    pins: dict[str, Any] = {"BINDING_STATION_NEW_PIN": "2468", "BINDING_STATION_PIN": "2468"}
    assert run("init", "--data", folder, "--supervisor", "Zhao Min", **pins).code == 0
    file = relationship_file(tmp_path / "a.csv", range(1, 3))
    assert imported(folder, file).json["error"] == "as-user-needed"
    assert imported(folder, file, "--dry-run").code == 0
    as_zhao = ("--as-user", "Zhao Min")
    add = ("user", "add", "Li Lei", "--role", "operator", "--data", folder, *as_zhao)
    assert run(*add, **pins).code == 0
    assert imported(folder, file, "--as-user", "Li Lei", **pins).json["error"] == "not-allowed"
    assert imported(folder, file, *as_zhao, **pins).json["taken"] == 2
    (event,) = run("journal", "show", sn(1), "--data", folder, "--json").lines
    assert event["approver"] == "Zhao Min"
