"""`labels` as other programs run it: processes, signals, a printer, and an SN that never comes twice."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from app.adapters.code_reader import codes_in_png
from app.adapters.sqlite_reader import SqliteJournalReader
from tests.e2e.command import COMMAND, Scan, environment, run
from tests.e2e.units import imei, qr, sn

PK = ("--pk", "p11sf2")
MANY = 10_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    run("--data", tmp_path / "station", "init", "--no-sign-in")
    return tmp_path / "station"


@contextmanager
def making(folder: Path, out: Path) -> Iterator[subprocess.Popen[str]]:
    """So many labels that other processes help, counted on from the same first SN. A group of its own, as on
    a terminal, so that Ctrl+C reaches every one."""
    wanted = ("--first", "500000", "--count", str(MANY), "--as", "zip", "--layout", "roll-50x30")
    process = subprocess.Popen(
        [*COMMAND, "--data", str(folder), "labels", *PK, *wanted, "--out", str(out)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
        start_new_session=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate(timeout=60)


def issued(folder: Path) -> list[str]:
    with closing(SqliteJournalReader(folder / "journal.db")) as journal:
        events = [journal.event(seq) for seq in range(1, journal.head()[0] + 1)]
    return [
        event.entry.sn for event in events if event and event.entry.kind == "label-made" and event.entry.sn
    ]


def until_helpers_work(group: int) -> None:
    """Three processes or more: the command's own, and those that make labels."""
    deadline = time.monotonic() + 30
    while len(members(group)) < 3 and time.monotonic() < deadline:
        time.sleep(0.01)


def members(group: int) -> list[int]:
    """The living processes of this group."""
    listed = subprocess.run(
        ["ps", "-eo", "pid=,pgid=,stat="], capture_output=True, text=True, check=True
    ).stdout
    rows = [line.split() for line in listed.splitlines()]
    return [int(pid) for pid, of, state in rows if int(of) == group and not state.startswith("Z")]


def until_nobody_is_left(group: int) -> None:
    """Whoever looks after the processes that make labels ends a moment after the command."""
    deadline = time.monotonic() + 20
    while members(group) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert members(group) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends Ctrl+C to a console, not to a group")
def test_ctrl_c_calls_everything_off(folder: Path, tmp_path: Path) -> None:
    with making(folder, tmp_path / "codes.zip") as process:
        until_helpers_work(process.pid)
        os.killpg(process.pid, signal.SIGINT)
        said, told = process.communicate(timeout=60)
    assert (process.returncode, said) == (1, "")
    assert (
        told
        == "The labels were called off; nothing was made, and no SN was used. Begin again when you like.\n"
    )
    until_nobody_is_left(process.pid)
    assert issued(folder) == []
    assert [path.name for path in tmp_path.iterdir()] == ["station"]


@pytest.mark.skipif(sys.platform == "win32", reason="looks at processes as POSIX tells of them")
@pytest.mark.parametrize("wait", [0.3, 1.5, 3.0])
def test_killed_at_any_time_it_leaves_all_or_nothing_and_no_process(
    folder: Path, tmp_path: Path, wait: float
) -> None:
    out = tmp_path / "codes.zip"
    with making(folder, out) as process:
        until_helpers_work(process.pid)
        time.sleep(wait)
        process.kill()
        process.wait(timeout=60)
        until_nobody_is_left(process.pid)
    recorded = issued(folder)
    assert len(recorded) in (0, MANY)
    if out.exists():
        assert len(recorded) == MANY
        with zipfile.ZipFile(out) as package:
            assert package.testzip() is None
    once_more = run("--data", folder, "labels", *PK, "--first", "500000", "--out", tmp_path / "1.pdf")
    assert once_more.code == (1 if recorded else 0)
    assert run("--data", folder, "journal", "verify").code == 0


def test_ten_thousand_are_recorded_and_never_issued_again(folder: Path, tmp_path: Path) -> None:
    made = [
        run(
            "--data",
            folder,
            "labels",
            *PK,
            "--count",
            "3000",
            "--pattern",
            "A{r:4}",
            "--as",
            "zip",
            "--out",
            tmp_path / f"{number}.zip",
            "--json",
        ).json
        for number in range(3)
    ]
    assert [one["proven"] for one in made] == [3000] * 3
    serials = issued(folder)
    assert len(serials) == len(set(serials)) == 9000
    left = run("--data", folder, "labels", *PK, "--count", "1001", "--pattern", "A{n:4}", "--start", "0",
               "--as", "zip", "--out", tmp_path / "4.zip", "--json")  # fmt: skip
    assert left.json["error"] == "serials-run-out"
    rebuilt = run("--data", folder, "journal", "rebuild", "--json")
    assert (rebuilt.code, rebuilt.json["differences"]) == (0, 0)
    assert run("--data", folder, "journal", "verify").code == 0


def test_labels_of_a_shift_are_printed_again_and_their_story_says_so(folder: Path, tmp_path: Path) -> None:
    with Scan(folder, "--imei-from", "label") as scan:
        scan.say(qr(1))
        assert scan.say(imei(1))["verdict"] == "bound"
        scan.end()
    again = ("--of-shift", "1", "--reprint", "smeared", "--as", "png", "--out", tmp_path / "codes")
    assert run("--data", folder, "labels", *PK, *again).code == 0
    assert codes_in_png((tmp_path / "codes" / "QR" / f"{sn(1)}.png").read_bytes()) == (qr(1),)
    story = run("--data", folder, "journal", "show", sn(1), "--json").lines
    assert [(event["kind"], event["reason"]) for event in story] == [
        ("bound", None),
        ("label-reprinted", "smeared"),
    ]


def test_a_printer_that_is_cut_off_costs_labels_and_no_sn_twice(folder: Path, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            looked, _ = server.accept()
            looked.close()
            taken, _ = server.accept()
            taken.recv(100)
            taken.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
            taken.close()

        printer = threading.Thread(target=serve)
        printer.start()
        address = f"tcp://127.0.0.1:{server.getsockname()[1]}"
        wanted = ("--first", "700", "--count", "300", "--as", "zpl", "--layout", "roll-50x30")
        cut = run("--data", folder, "labels", *PK, *wanted, "--out", address, "--json")
        printer.join(20)
    assert (cut.code, cut.json["error"]) == (3, "printer-cut")
    assert len(issued(folder)) == 300
    anew = run("--data", folder, "labels", *PK, *wanted, "--out", tmp_path / "1.zpl", "--json")
    assert anew.json["error"] == "serial-used"
    again = run("--data", folder, "labels", *PK, *wanted, "--reprint", "cut off", "--out", tmp_path / "1.zpl")
    assert again.code == 0


def test_where_people_sign_in_a_supervisor_makes_labels(tmp_path: Path) -> None:
    folder, out = tmp_path / "station", tmp_path / "1.pdf"
    run("init", "--data", folder, "--supervisor", "Zhao Min", BINDING_STATION_NEW_PIN="4711")
    run("--data", folder, "user", "add", "Li Wei", "--role", "operator", "--as-user", "Zhao Min",
        BINDING_STATION_PIN="4711", BINDING_STATION_NEW_PIN="1234")  # fmt: skip
    wanted = ("--data", folder, "labels", *PK, "--first", "7", "--out", out, "--json")
    assert run(*wanted).json["error"] == "as-user-needed"
    operator = run(*wanted, "--as-user", "Li Wei", BINDING_STATION_PIN="1234")
    assert operator.json["error"] == "not-allowed"
    assert not out.exists()
    assert run(*wanted, "--as-user", "Zhao Min", BINDING_STATION_PIN="4711").code == 0
    (made,) = run("--data", folder, "journal", "show", "7", "--json").lines[-1:]
    assert (made["kind"], made["operator"], made["approver"]) == ("label-made", "Zhao Min", "Zhao Min")


def test_it_speaks_chinese(folder: Path, tmp_path: Path) -> None:
    made = run(
        "--data", folder, "labels", *PK, "--first", "7", "--out", tmp_path / "1.pdf", LANG="zh_CN.UTF-8"
    )
    assert "1 个标签" in made.out
    used = run(
        "--data", folder, "labels", *PK, "--first", "7", "--out", tmp_path / "2.pdf", LANG="zh_CN.UTF-8"
    )
    assert "--reprint" in used.err
    assert not used.err.isascii()
