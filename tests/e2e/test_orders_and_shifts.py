"""Products, work orders, shifts and verify mode: through the commands, as other programs use them."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from app.core.cards import Card, card_text
from tests.e2e.command import Outcome, Scan, run
from tests.e2e.units import imei, qr, sn

OTHER_TYPE = "869487066634998"
WHOLE_LIST = range(1, 11)


@pytest.fixture
def station(tmp_path: Path) -> Path:
    """A workshop without sign-in, with an order of ten issued labels."""
    folder = tmp_path / "station"
    assert run("init", "--data", folder, "--no-sign-in").code == 0
    assert to(folder, "product", "set", "p11sf2", "--name", "Tracker T1", "--tac", imei(1)[:8]).code == 0
    assert (
        to(folder, "order", "add", "24-1107", "--product", "p11sf2", "--issued", issued(tmp_path)).code == 0
    )
    return folder


def issued(folder: Path) -> Path:
    path = folder / "issued.csv"
    path.write_text("SN\n" + "".join(f"{sn(number)}\n" for number in WHOLE_LIST), encoding="utf-8")
    return path


def to(folder: Path, *arguments: str | Path, **more: Any) -> Outcome:
    return run("--data", folder, *arguments, "--json", **more)


def bind(folder: Path, *numbers: int) -> list[str]:
    frames = "".join(f"{qr(number)}\n{imei(number)}\n" for number in numbers)
    answers = run("--data", folder, "scan", "--no-latch", stdin=frames.encode()).lines
    return [line["verdict"] for line in answers]


def test_an_order_decides_what_is_bound(station: Path) -> None:
    assert bind(station, 1) == ["half", "bound"]
    with Scan(station, "--no-latch") as scan:
        assert scan.say(qr(11))["verdict"] == "sn-not-issued"
        assert scan.say(qr(2, "p08kx1"))["verdict"] == "wrong-product"
        scan.say(qr(2))
        refused = scan.say(OTHER_TYPE)
        assert (refused["verdict"], refused["order"]) == ("tac-not-allowed", "24-1107")
    (order,) = to(station, "order", "list").json["orders"]
    assert (order["number"], order["bound"], order["issued"], order["open"]) == ("24-1107", 1, 10, True)
    event = to(station, "journal", "show", sn(1)).lines[0]
    assert (event["kind"], event["work_order"]) == ("bound", "24-1107")
    assert to(station, "order", "close", "24-1107").code == 0
    assert bind(station, 11) == ["half", "bound"]
    assert to(station, "order", "close", "24-1107").json["error"] == "order-not-open"
    assert to(station, "journal", "verify").json["ok"] is True


def test_a_shift_closes_when_every_label_is_accounted_for(station: Path, tmp_path: Path) -> None:
    opened = to(station, "shift", "open", "--order", "24-1107", "--operator", "Chen Jing").json
    assert (opened["shift"], opened["order"], opened["operator"]) == (1, "24-1107", "Chen Jing")
    bind(station, 1, 2, 3)
    assert to(station, "spoil", "--pk", "p11sf2", "--sn", sn(4), "--reason", "torn").code == 0
    refused = to(station, "shift", "close", "--left", "5")
    assert (refused.code, refused.json["missing"], refused.json["error"]) == (1, 1, "labels-missing")
    assert to(station, "shift", "list").json["shifts"][0]["open"] is True
    out = tmp_path / "files"
    closed = to(station, "shift", "close", "--left", "6", "--out", out)
    told = closed.json
    assert closed.code == 0
    assert [told[name] for name in ("issued", "bound", "spoiled", "left", "missing")] == [10, 3, 1, 6, 0]
    assert Path(told["file"]).parent == out
    with Path(told["file"]).open(encoding="utf-8", newline="") as file:
        assert [row["Device SN"] for row in csv.DictReader(file)] == [sn(1), sn(2), sn(3)]
    side = json.loads(Path(told["side_file"]).read_text("utf-8"))
    assert (side["shift"], side["count"], side["end_seq"]) == (1, 3, told["seq"])
    assert (Path(told["backup"]).exists(), told["backup_why"]) == (True, None)
    assert to(station, "journal", "show", str(told["seq"] + 2)).json["kind"] == "backed-up"
    assert to(station, "shift", "close").json["error"] == "shift-not-open"
    assert to(station, "journal", "verify").json["ok"] is True


def test_the_next_shift_has_what_the_one_before_left(station: Path) -> None:
    bind(station, 1, 2)
    assert to(station, "shift", "close", "--left", "8").code == 0
    bind(station, 3)
    refused = to(station, "shift", "close", "--left", "6").json
    assert [refused[name] for name in ("issued", "bound", "missing")] == [8, 1, 1]
    explained = to(station, "shift", "close", "--left", "6", "--explain", "fell into the machine").json
    assert (explained["missing"], explained["explanation"]) == (1, "fell into the machine")
    assert len({one["shift"] for one in to(station, "shift", "list").json["shifts"]}) == 2
    assert len(list((station / "files").glob("*.csv"))) == 2


def test_what_is_on_hold_is_told_with_the_faults_by_kind(station: Path) -> None:
    bind(station, 1)
    with Scan(station, "--no-latch") as scan:
        scan.say(qr(2))
        scan.say(imei(1))
        scan.say(qr(11))
    closed = to(station, "shift", "close", "--left", "9").json
    assert closed["faults"] == {"imei-taken": 1, "sn-not-issued": 1}
    assert [(unit["verdict"], unit["sn"]) for unit in closed["on_hold"]] == [
        ("sn-not-issued", sn(11)),
        ("imei-taken", sn(2)),
    ]
    printed = run("--data", station, "shift", "list").out
    assert "1\t" in printed


def test_a_close_that_cannot_write_its_file_leaves_the_shift_open(station: Path, tmp_path: Path) -> None:
    bind(station, 1)
    (tmp_path / "taken").write_text("a file")
    head = to(station, "journal", "verify").json["head_hash"]
    failed = to(station, "shift", "close", "--left", "9", "--out", tmp_path / "taken" / "below")
    assert (failed.code, failed.json["error"]) == (3, "shift-not-closed")
    assert "The shift is still open" in failed.err
    assert to(station, "journal", "verify").json["head_hash"] == head
    assert to(station, "shift", "close", "--left", "9").code == 0


def test_a_backup_that_fails_does_not_reopen_the_shift(station: Path) -> None:
    bind(station, 1)
    (station / "backups").write_text("in the way", encoding="utf-8")
    closed = to(station, "shift", "close", "--left", "9")
    assert (closed.code, closed.json["backup"]) == (0, None)
    assert "could not be made" in closed.json["backup_why"]
    assert "could not be made" in closed.err
    assert to(station, "shift", "close").json["error"] == "shift-not-open"


def test_a_killed_station_recovers_its_shift(station: Path) -> None:
    with Scan(station) as scan:
        scan.say(qr(1))
        scan.say(imei(1))
        scan.kill()
    bind(station, 2)
    (shift,) = to(station, "shift", "list").json["shifts"]
    assert (shift["shift"], shift["open"], shift["bound"]) == (1, True, 2)


def test_a_list_with_duplicates_is_taken_once_and_says_so(station: Path, tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text("A1\nA2\nA1\n")
    added = to(station, "order", "add", "X", "--product", "p08kx1", "--issued", tmp_path / "list.txt")
    assert (added.code, added.json["issued"], added.json["duplicates"]) == (0, 2, ["A1"])
    assert "A1" in added.err
    again = to(station, "order", "add", "Y", "--product", "p08kx1", "--issued", tmp_path / "list.txt")
    assert (again.code, again.json["error"]) == (1, "issued-twice")
    (tmp_path / "list.txt").write_text("A1\nno-sn\n")
    assert to(station, "order", "add", "Z", "--product", "p", "--issued", tmp_path / "list.txt").code == 1
    missing = to(station, "order", "add", "Z", "--product", "p", "--issued", tmp_path / "none")
    assert (missing.code, missing.json["error"]) == (1, "file-unreadable")
    assert to(station, "import", tmp_path / "none").json["error"] == "file-unreadable"


def test_a_list_of_another_product_is_not_taken_and_says_which(station: Path, tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text(f"ProductKey,SN\np08kx1,{sn(1)}\n", encoding="utf-8")
    refused = to(station, "order", "add", "X", "--product", "p11sf2", "--issued", path)
    assert (refused.code, refused.json["error"]) == (1, "issued-of-others")
    assert "of p08kx1 alone" in refused.err
    assert "p11sf2" in refused.err
    assert len(to(station, "order", "list").json["orders"]) == 1


def test_what_was_undone_is_not_bound_when_a_shift_without_a_list_closes(station: Path) -> None:
    assert to(station, "order", "close", "24-1107").code == 0
    bind(station, 1, 2)
    assert to(station, "unbind", "--pk", "p11sf2", "--sn", sn(1), "--reason", "wrong").code == 0
    closed = to(station, "shift", "close").json
    assert (closed["passes"], closed["bound"], closed["issued"]) == (2, 1, None)
    events = to(station, "journal", "show", sn(1)).lines
    assert [event["shift"] for event in events if event["kind"] == "unbound"] == [1]


def test_labels_that_were_imported_count_in_their_order(station: Path, tmp_path: Path) -> None:
    path = tmp_path / "old.csv"
    rows = "".join(f"{imei(number)},p11sf2,{sn(number)}\n" for number in (1, 2, 20))
    path.write_text(f"DeviceKey,ProductKey,SN\n{rows}", encoding="utf-8")
    bind(station, 3)
    assert to(station, "import", path).code == 0
    (order,) = to(station, "order", "list").json["orders"]
    refused = to(station, "shift", "close", "--left", "0").json
    assert refused["bound"] == order["bound"] == 3
    out = tmp_path / "order.csv"
    assert to(station, "export", "--order", "24-1107", "--out", out).json["count"] == 3


def test_a_closing_that_was_cut_off_before_its_backup_is_told_at_the_next_start(station: Path) -> None:
    bind(station, 1)
    assert to(station, "shift", "close", "--left", "9").code == 0
    assert "backup" not in run("--data", station, "scan").err
    for backup in (station / "backups").iterdir():
        backup.unlink()
    assert "Shift 1 was closed, but no backup was made" in run("--data", station, "scan").err
    assert "Shift 1 was closed, but no backup was made" in to(station, "shift", "open").err
    assert to(station, "backup").code == 0
    assert "backup" not in run("--data", station, "scan").err


def test_a_product_that_wants_its_module_read_says_that_a_port_is_needed(station: Path) -> None:
    assert to(station, "product", "set", "p11sf2", "--imei-from", "serial").code == 0
    done = run("--data", station, "scan", "--no-latch", stdin=f"{qr(1)}\n{imei(1)}\n".encode())
    device, label = done.lines
    assert (device["verdict"], label["verdict"]) == ("half", "half")
    assert "`--port`" in device["say"]
    assert "`--port`" in label["say"]
    assert "The product p11sf2 wants its IMEI read from the module" in done.err
    assert to(station, "product", "set", "p11sf2", "--imei-from", "label").code == 0
    assert bind(station, 1) == ["half", "bound"]


def test_a_product_keeps_what_is_not_given(station: Path) -> None:
    to(
        station,
        "product",
        "set",
        "p11sf2",
        "--imei-from",
        "both",
        "--target",
        "62",
        "--device-name",
        "T-{sn}",
    )
    changed = to(station, "product", "set", "p11sf2", "--tac", "", "--format", "P={pk}+S={sn}").json
    assert changed == {
        "seq": changed["seq"],
        "pk": "p11sf2",
        "name": "Tracker T1",
        "imei_from": "both",
        "tacs": [],
        "format": "P={pk}+S={sn}",
        "typed": False,
        "device_name": "T-{sn}",
        "target": 62,
    }
    (listed,) = to(station, "product", "list").json["products"]
    assert listed == {name: value for name, value in changed.items() if name != "seq"}
    with Scan(station) as scan:
        assert scan.say(f"P=p11sf2+S={sn(1)}")["verdict"] == "half"
    assert to(station, "product", "set", "p11sf2", "--format", "{pk}{sn}").code == 1
    assert to(station, "product", "set", "p11-f2").code == 1
    assert to(station, "product", "set", "p11sf2", "--tac", "123").code == 1


def test_orders_and_shifts_are_the_supervisors(tmp_path: Path) -> None:
    folder = tmp_path / "guarded"
    run("init", "--data", folder, "--supervisor", "Zhao Min", BINDING_STATION_NEW_PIN="2468")
    zhao = {"BINDING_STATION_PIN": "2468"}
    new_pin = {"BINDING_STATION_NEW_PIN": "1357", **zhao}
    to(folder, "user", "add", "Chen Jing", "--role", "operator", "--as-user", "Zhao Min", **new_pin)
    for arguments in (
        ("product", "set", "p11sf2"),
        ("order", "add", "A", "--product", "p11sf2"),
        ("shift", "open"),
        ("shift", "close"),
    ):
        assert to(folder, *arguments).json["error"] == "as-user-needed"
        chen = to(folder, *arguments, "--as-user", "Chen Jing", BINDING_STATION_PIN="1357")
        assert (chen.code, chen.json["error"]) == (1, "not-allowed"), arguments
    opened = to(folder, "shift", "open", "--operator", "Chen Jing", "--as-user", "Zhao Min", **zhao)
    assert opened.json["operator"] == "Chen Jing"
    over = to(folder, "shift", "hand-over", "--operator", "Zhao Min", "--as-user", "Zhao Min", **zhao)
    assert over.json["operator"] == "Zhao Min"
    assert to(folder, "shift", "hand-over", "--as-user", "Zhao Min", **zhao).code == 2
    closed = to(folder, "shift", "close", "--as-user", "Zhao Min", **zhao)
    assert closed.code == 0
    assert json.loads(Path(closed.json["side_file"]).read_text("utf-8"))["made_by"] == "Zhao Min"


def test_a_supervisor_prints_badges_for_those_who_have_none(tmp_path: Path) -> None:
    folder, out = tmp_path / "guarded", tmp_path / "badges.pdf"
    run("init", "--data", folder, "--supervisor", "Zhao Min", BINDING_STATION_NEW_PIN="2468")
    as_zhao = ("--as-user", "Zhao Min")
    zhao = {"BINDING_STATION_PIN": "2468"}
    made = to(folder, "cards", "--badges", "--out", out, *as_zhao, **zhao)
    (badge,) = made.json["badges"]
    assert (made.code, badge["name"], badge["role"]) == (0, "Zhao Min", "supervisor")
    assert out.read_bytes().startswith(b"%PDF")
    with Scan(folder) as scan:
        assert scan.say(badge["text"])["verdict"] == "signed-in"
        assert scan.say(card_text(Card.SHIFT_END))["verdict"] == "shift-end"
    none_left = to(folder, "cards", "--badges", "--out", out, *as_zhao, **zhao)
    assert (none_left.code, none_left.json["error"]) == (1, "everybody-has-a-badge")
    new = to(folder, "cards", "--badges", "--for", "Zhao Min", "--out", out, *as_zhao, **zhao).json["badges"]
    nowhere = tmp_path / "missing" / "badges.pdf"
    failed = to(folder, "cards", "--badges", "--for", "Zhao Min", "--out", nowhere, *as_zhao, **zhao)
    assert failed.code == 3
    with Scan(folder) as scan:
        assert scan.say(new[0]["text"])["verdict"] == "signed-in"
        assert scan.say(badge["text"])["verdict"] == "unknown-code"
    written = b"".join(path.read_bytes() for path in folder.iterdir() if path.is_file())
    assert new[0]["text"].encode() not in written


def test_verify_mode_compares_with_the_journal_and_binds_nothing(station: Path) -> None:
    bind(station, 1, 2)
    with Scan(station) as scan:
        mode = scan.say(card_text(Card.VERIFY_MODE))
        assert (mode["verdict"], mode["mode"]) == ("mode", "verify")
        half = scan.say(qr(1))
        assert (half["verdict"], half["earlier"]["imei"]) == ("half", imei(1))
        assert scan.say(imei(1))["verdict"] == "matches"
        scan.say(qr(1))
        differs = scan.say(imei(2))
        assert differs["verdict"] == "differs"
        assert (differs["earlier"]["imei"], differs["earlier_imei"]["sn"]) == (imei(1), sn(2))
        assert scan.say(qr(3))["verdict"] == "not-bound"
        assert scan.say(imei(3))["verdict"] == "not-bound"
        assert scan.say(card_text(Card.BIND_MODE))["mode"] == "bind"
        assert scan.say(qr(3))["verdict"] == "half"
    kinds = [event["kind"] for event in to(station, "journal", "show", imei(1)).lines]
    assert kinds == ["bound", "verified"]


@pytest.mark.parametrize("text", [qr(1), sn(1), imei(1)])
def test_check_is_verify_mode_for_one_text(station: Path, text: str) -> None:
    bind(station, 1)
    checked = to(station, "check", text)
    told = checked.json
    assert (checked.code, told["verdict"]) == (0, "matches")
    assert (told["earlier"]["sn"], told["earlier"]["imei"]) == (sn(1), imei(1))
    event = to(station, "journal", "show", str(told["seq"])).lines[0]
    assert (event["kind"], event["verdict"], event["raw"]) == ("verified", "matches", text)


def test_check_tells_what_is_not_bound_and_what_is_no_code(station: Path) -> None:
    for text in (qr(5), sn(5), imei(5)):
        checked = to(station, "check", text)
        assert (checked.code, checked.json["verdict"]) == (1, "not-bound"), text
    unknown = to(station, "check", "https://example.com/x")
    assert (unknown.code, unknown.json["error"]) == (1, "looks-like")
    to(station, "order", "close", "24-1107")
    bind(station, 5)
    run("--data", station, "scan", stdin=f"{qr(5, 'p08kx1')}\n{imei(6)}\n".encode())
    several = to(station, "check", sn(5))
    assert (several.code, several.json["error"]) == (1, "sn-of-several")
    assert to(station, "check", qr(5, "p08kx1")).json["earlier"]["imei"] == imei(6)


def test_check_and_verify_mode_say_what_was_scrapped_or_spoiled(station: Path) -> None:
    bind(station, 1, 2)
    of_2 = ("--pk", "p11sf2", "--sn", sn(2))
    scrapped = to(station, "scrap", "--imei", imei(1), "--reason", "burnt").json["seq"]
    both = to(station, "scrap", "--imei", imei(2), *of_2, "--reason", "burnt").json["seq"]
    spoiled = to(station, "spoil", "--pk", "p11sf2", "--sn", sn(3), "--reason", "torn").json["seq"]
    for text, why, seq in (
        (imei(1), "imei-retired", scrapped),
        (imei(2), "imei-retired", both),
        (sn(2), "sn-retired", both),
        (qr(2), "sn-retired", both),
        (sn(3), "sn-spoiled", spoiled),
        (qr(3), "sn-spoiled", spoiled),
    ):
        checked = to(station, "check", text)
        assert (checked.code, checked.json["verdict"]) == (1, "not-bound"), text
        assert checked.json["retired"] == {"why": why, "seq": seq}, text
        assert f"record #{seq}" in checked.json["say"]
    assert "retired" not in to(station, "check", sn(1)).json
    with Scan(station) as scan:
        scan.say(card_text(Card.VERIFY_MODE))
        assert scan.say(qr(2))["retired"] == {"why": "sn-retired", "seq": both}


def test_the_cards_for_modes_and_shift_end_are_printed_too(tmp_path: Path) -> None:
    told = run("cards", "--out", tmp_path / "cards.pdf", "--json").json
    assert {card["card"] for card in told["cards"]} >= {"VERIFY-MODE", "BIND-MODE", "SHIFT-END"}
