"""`backup` and `restore` as people and other programs use them."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.command import Outcome, Scan, run
from tests.e2e.units import imei, qr, sn


@pytest.fixture
def station(tmp_path: Path) -> Path:
    """A workshop without sign-in."""
    folder = tmp_path / "station"
    assert run("init", "--data", folder, "--no-sign-in").code == 0
    return folder


def bind(folder: Path, *numbers: int) -> None:
    frames = "".join(f"{qr(number)}\n{imei(number)}\n" for number in numbers)
    done = run("--data", folder, "scan", stdin=frames.encode())
    assert [line["verdict"] for line in done.lines] == ["half", "bound"] * len(numbers)


def bound(folder: Path) -> list[str]:
    """SNs that are bound, in the order of binding."""
    out = folder.parent / "all.csv"
    assert run("--data", folder, "export", "--all", "--out", out, "--replace").code == 0
    return [line.split(",")[2] for line in out.read_text("ascii").splitlines()[1:]]


def back_up(folder: Path, *options: str | Path) -> Any:
    done = run("--data", folder, "backup", "--json", *options)
    assert done.code == 0, done.err
    return done.json


def event(folder: Path, seq: int) -> Any:
    shown = run("--data", folder, "journal", "show", str(seq), "--json").json
    return {**shown, "detail": json.loads(shown["detail"])}


def ruin(journal: Path) -> None:
    content = journal.read_bytes()
    journal.write_bytes(content[:4096] + b"\x55" * (len(content) - 4096))


def test_what_was_bound_after_the_backup_is_told_and_kept(station: Path) -> None:
    bind(station, 1, 2)
    made = back_up(station)
    assert Path(made["path"]).parent == station / "backups"
    assert (made["seq"], made["up_to"], made["second_path"], made["pruned"]) == (5, 4, None, [])
    recorded = event(station, 5)
    assert (recorded["kind"], recorded["detail"]["sha256"]) == ("backed-up", made["sha256"])
    bind(station, 3)
    done = run("--data", station, "restore", Path(made["path"]).name, "--json")
    assert done.code == 0, done.err
    assert done.json["lost"] == {"first": 5, "last": 6, "records": 2, "units": 1}
    assert (done.json["up_to"], done.json["old_seq"], done.json["same_history"]) == (4, 6, True)
    assert event(station, done.json["seq"])["kind"] == "restored"
    assert bound(station) == [sn(1), sn(2)]
    assert run("--data", station, "journal", "verify", "--json").json["ok"] is True
    with closing(sqlite3.connect(done.json["kept"])) as kept:
        assert kept.execute("SELECT sn FROM binding").fetchall() == [(sn(1),), (sn(2),), (sn(3),)]


def test_a_person_reads_what_was_done(station: Path, tmp_path: Path) -> None:
    bind(station, 1)
    out = tmp_path / "out.db"
    assert run("--data", station, "backup", "--out", out).out == f"The journal up to #3 is saved as {out}.\n"
    assert not (station / "backups").exists() or list((station / "backups").glob("*.db")) == []
    told = run("--data", station, "restore", out).out
    assert told.startswith(
        "The journal is restored up to #3; record #4 says so. Lost: records #4 to #4, with 0 bound units."
    )


def test_a_damaged_journal_is_told_with_the_way_back_which_works(station: Path) -> None:
    bind(station, 1)
    made = back_up(station)
    ruin(station / "journal.db")
    told = run("--data", station, "scan", stdin=qr(2).encode())
    assert told.code == 3
    name = Path(made["path"]).name
    assert f"`binding-station restore {name}`" in told.err
    assert "up to #3" in told.err
    done = run("--data", station, "restore", name)
    assert "What came after #3 is lost" in done.out
    bind(station, 2)
    assert bound(station) == [sn(1), sn(2)]


def test_a_journal_that_is_gone_is_not_made_anew_but_restored(station: Path) -> None:
    bind(station, 1)
    made = back_up(station)
    (station / "journal.db").unlink()
    for command in (["scan"], ["journal", "verify"], ["backup"]):
        told = run("--data", station, *command)
        assert (told.code, Path(made["path"]).name in told.err) == (3, True)
    assert run("--data", station, "restore", made["path"]).code == 0
    assert bound(station) == [sn(1)]


def test_what_is_no_backup_is_refused_and_nothing_changes(station: Path, tmp_path: Path) -> None:
    bind(station, 1)
    letter = tmp_path / "letter"
    letter.write_text("dear supervisor")
    for file, error in (
        (tmp_path / "nothing", "backup-unreadable"),
        (tmp_path, "backup-unreadable"),
        (letter, "journal-not-ours"),
        (station / "journal.db", "file-is-ours"),
    ):
        done = run("--data", station, "restore", file, "--json")
        assert (done.code, done.json["error"]) == (1, error)
    for out in (letter, station / "settings.json", station / "journal.db"):
        assert run("--data", station, "backup", "--out", out).code == 1
    assert letter.read_text() == "dear supervisor"
    assert run("--data", station, "backup", "--out", tmp_path / "no" / "folder.db").code == 3
    assert run("--data", station, "restore").code == 2
    assert bound(station) == [sn(1)]


def test_the_settings_say_how_many_stay_and_where_each_goes_too(station: Path, tmp_path: Path) -> None:
    settings = json.loads((station / "settings.json").read_text("utf-8"))
    settings |= {"backups_kept": 2, "second_backup_folder": str(tmp_path / "second"), "station": "Line 7"}
    (station / "settings.json").write_text(json.dumps(settings), "utf-8")
    made = [back_up(station) for _ in range(4)]
    assert len(list((station / "backups").glob("*.db"))) == 2
    assert made[3]["pruned"] == [Path(made[1]["path"]).name]
    assert {Path(one["second_path"]) for one in made} == set((tmp_path / "second").glob("station-Line_7/*"))
    (tmp_path / "file").write_text("")
    settings["second_backup_folder"] = str(tmp_path / "file")
    (station / "settings.json").write_text(json.dumps(settings), "utf-8")
    done = run("--data", station, "backup", "--json")
    assert (done.code, done.json["second_path"]) == (0, None)
    assert done.json["second_why"] in done.err
    detail = event(station, done.json["seq"])["detail"]
    assert detail["second_trouble"]["why"] == "second-backup-failed"


def test_a_running_station_is_not_backed_up_or_restored_behind_its_back(station: Path) -> None:
    made = back_up(station)
    with Scan(station) as scan:
        assert scan.say(qr(1))["verdict"] == "half"
        for command in (["backup"], ["restore", made["path"]]):
            done = run("--data", station, *command, "--json")
            assert (done.code, done.json["error"]) == (3, "station-in-use")
        assert scan.say(imei(1))["verdict"] == "bound"
        assert scan.end() == 0


def as_user(folder: Path, name: str, pin: str, *arguments: str | Path) -> Outcome:
    return run("--data", folder, *arguments, "--as-user", name, "--json", BINDING_STATION_PIN=pin)


@pytest.fixture
def guarded(tmp_path: Path) -> Path:
    """A station with a supervisor and QA."""
    folder = tmp_path / "guarded"
    made = run("init", "--data", folder, "--supervisor", "Zhao Min", BINDING_STATION_NEW_PIN="2468")
    assert made.code == 0, made.err
    add = ("user", "add", "Wang Fang", "--role", "qa", "--as-user", "Zhao Min")
    pins = {"BINDING_STATION_PIN": "2468", "BINDING_STATION_NEW_PIN": "1357"}
    added = run("--data", folder, *add, stdin=b"", **pins)
    assert added.code == 0, added.err
    return folder


def test_only_a_supervisor_may_make_a_backup(guarded: Path) -> None:
    assert run("--data", guarded, "backup", "--json").json["error"] == "as-user-needed"
    assert as_user(guarded, "Wang Fang", "1357", "backup").json["error"] == "not-allowed"
    assert not (guarded / "backups").exists()
    made = as_user(guarded, "Zhao Min", "2468", "backup").json
    shown = run("--data", guarded, "journal", "show", str(made["seq"]), "--json").json
    assert (shown["kind"], shown["approver"]) == ("backed-up", "Zhao Min")


@pytest.mark.parametrize("damaged", [False, True])
def test_only_a_supervisor_may_restore_also_where_the_backup_alone_knows_them(
    guarded: Path, damaged: bool
) -> None:
    backup = as_user(guarded, "Zhao Min", "2468", "backup").json["path"]
    if damaged:
        ruin(guarded / "journal.db")
    for name, pin, error in (
        ("Wang Fang", "1357", "not-allowed"),
        ("Zhao Min", "1111", "pin-wrong"),
        ("Nobody", "2468", "pin-wrong"),
    ):
        refused = as_user(guarded, name, pin, "restore", backup)
        assert (refused.code, refused.json["error"]) == (1, error)
    assert list(guarded.glob("*replaced*")) == []
    done = as_user(guarded, "Zhao Min", "2468", "restore", backup)
    assert done.code == 0, done.err
    shown = run("--data", guarded, "journal", "show", str(done.json["seq"]), "--json").json
    assert (shown["kind"], shown["approver"]) == ("restored", "Zhao Min")


def test_the_backup_of_a_workshop_does_not_switch_sign_in_off(station: Path, tmp_path: Path) -> None:
    made = back_up(station, "--out", tmp_path / "workshop.db")
    guarded = tmp_path / "guarded"
    assert run("init", "--data", guarded, "--supervisor", "Ann", BINDING_STATION_NEW_PIN="2468").code == 0
    restore = ("--data", guarded, "restore", made["path"], "--as-user", "Ann", "--json")
    done = run(*restore, BINDING_STATION_PIN="2468")
    assert (done.code, done.json["error"]) == (1, "backup-without-people")
    assert run("--data", guarded, "spoil", "--pk", "p11sf2", "--sn", "1", "--reason", "x").code == 1
