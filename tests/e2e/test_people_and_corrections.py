"""Who may do what, and how what was bound is put right: through the commands, as other programs use them."""

from pathlib import Path
from typing import Any

import pytest

from app.core.cards import Card, badge_text, card_text
from tests.e2e.command import Outcome, Scan, run
from tests.e2e.units import imei, qr, sn

WRONG_IMEI = "863950069494270"


@pytest.fixture
def free(tmp_path: Path) -> Path:
    """A workshop without sign-in."""
    folder = tmp_path / "free"
    assert run("init", "--data", folder, "--no-sign-in").code == 0
    return folder


@pytest.fixture
def guarded(tmp_path: Path) -> Path:
    """A station with a supervisor, an operator with a badge, and QA."""
    folder = tmp_path / "guarded"
    made = run("init", "--data", folder, "--supervisor", "Zhao Min", BINDING_STATION_NEW_PIN="2468")
    assert made.code == 0, made.err
    assert (
        as_zhao(folder, "user", "add", "Chen Jing", "--role", "operator", "--badge", badge_text("A1")).code
        == 0
    )
    assert (
        as_zhao(folder, "user", "add", "Wang Fang", "--role", "qa", BINDING_STATION_NEW_PIN="1357").code == 0
    )
    return folder


def as_zhao(folder: Path, *arguments: str, **more: Any) -> Outcome:
    return run(
        "--data", folder, *arguments, "--as-user", "Zhao Min", "--json", BINDING_STATION_PIN="2468", **more
    )


def bind(folder: Path, number: int) -> None:
    done = run("--data", folder, "scan", stdin=f"{qr(number)}\n{imei(number)}\n".encode())
    assert [line["verdict"] for line in done.lines] == ["half", "bound"]


def device(number: int) -> tuple[str, ...]:
    return ("--pk", "p11sf2", "--sn", sn(number))


def kinds(folder: Path, what: str) -> list[str]:
    return [event["kind"] for event in run("--data", folder, "journal", "show", what, "--json").lines]


def test_unbinding_frees_both_and_stays_in_the_story(free: Path) -> None:
    bind(free, 1)
    assert run("--data", free, "unbind", *device(1), "--reason", "antenna broken", "--json").code == 0
    bind(free, 1)
    assert kinds(free, sn(1)) == ["bound", "unbound", "bound"]
    story = run("--data", free, "journal", "show", sn(1), "--json").lines
    assert story[1]["reason"] == "antenna broken"
    assert imei(1) in story[1]["before"]
    assert story[0]["operator"] == "(no sign-in)"
    assert run("--data", free, "journal", "verify", "--json").json["ok"] is True


def test_a_correction_that_makes_no_sense_changes_nothing(free: Path) -> None:
    for arguments in (
        ("unbind", *device(1), "--reason", "x"),
        ("unbind", *device(1), "--reason", "  "),
        ("reinstate", *device(1), "--reason", "x"),
        ("scrap", "--reason", "x"),
        ("release", "--imei", imei(1), "--reason", "x"),
        ("release", "--imei", "000000000000000", "--reason", "x"),
    ):
        done = run("--data", free, *arguments, "--json")
        assert done.code == 1, arguments
        assert done.err.strip()
        assert "Traceback" not in done.err
    assert run("--data", free, "scrap", "--sn", "1", "--reason", "x").code == 2


def test_what_was_scrapped_is_retired_until_it_is_reinstated(free: Path) -> None:
    bind(free, 1)
    assert run("--data", free, "scrap", "--imei", imei(1), "--reason", "burnt", "--json").code == 0
    with Scan(free, "--no-latch") as scan:
        assert scan.say(qr(1))["verdict"] == "half"
        assert scan.say(imei(1))["verdict"] == "retired"
        assert scan.say(qr(2))["verdict"] == "half"
        assert scan.say(imei(1))["verdict"] == "retired"
    assert run("--data", free, "reinstate", "--imei", imei(1), "--reason", "a mistake").code == 0
    bind(free, 1)


def test_a_spoiled_label_is_refused(free: Path) -> None:
    assert run("--data", free, "spoil", *device(1), "--reason", "torn").code == 0
    with Scan(free, "--no-latch") as scan:
        assert scan.say(qr(1))["verdict"] == "sn-not-issued"
    bind(free, 2)
    assert run("--data", free, "spoil", *device(2), "--reason", "torn").code == 1


def test_a_release_lets_exactly_this_imei_pass_once(free: Path) -> None:
    assert run("--data", free, "release", "--imei", WRONG_IMEI, "--reason", "maker's letter").code == 0
    with Scan(free, "--no-latch") as scan:
        scan.say(qr(1))
        assert scan.say("863950069494271")["verdict"] == "imei-invalid"
        scan.say(qr(2))
        bound = scan.say(WRONG_IMEI)
        assert (bound["verdict"], bound["imei"]) == ("bound", WRONG_IMEI)
    with Scan(free, "--no-latch") as scan:
        scan.say(qr(2))
        assert scan.say(WRONG_IMEI)["verdict"] == "already-bound"
    assert run("--data", free, "unbind", *device(2), "--reason", "again").code == 0
    with Scan(free, "--no-latch") as scan:
        scan.say(qr(2))
        assert scan.say(WRONG_IMEI)["verdict"] == "imei-invalid"


def test_undo_unbinds_the_last_unit_once_and_not_after_it_has_gone_out(free: Path, tmp_path: Path) -> None:
    undo = card_text(Card.UNDO)
    bind(free, 1)
    with Scan(free) as scan:
        undone = scan.say(undo)
        assert (undone["verdict"], undone["sn"], undone["imei"]) == ("undone", sn(1), imei(1))
        assert scan.say(qr(2))["verdict"] == "half"
        assert scan.say(undo)["verdict"] == "nothing-to-undo"
        assert scan.say(qr(2))["verdict"] == "half"
        assert scan.say(imei(2))["verdict"] == "bound"
    assert run("--data", free, "export", "--out", tmp_path / "out.csv").code == 0
    with Scan(free) as scan:
        assert scan.say(undo)["verdict"] == "nothing-to-undo"
    assert kinds(free, sn(1)) == ["bound", "unbound"]


def test_the_tables_can_be_made_again_from_the_events_alone(free: Path) -> None:
    bind(free, 1)
    rebuilt = run("--data", free, "journal", "rebuild", "--json")
    assert (rebuilt.code, rebuilt.json["differences"]) == (0, 0)
    assert run("--data", free, "journal", "verify").code == 0


def test_nobody_binds_before_a_badge_is_scanned_and_the_record_says_who(guarded: Path) -> None:
    with Scan(guarded) as scan:
        assert scan.say(qr(1))["verdict"] == "no-operator"
        assert scan.say(badge_text("A1"))["verdict"] == "signed-in"
        assert scan.say(qr(1))["verdict"] == "half"
        assert scan.say(imei(1))["verdict"] == "bound"
        assert scan.say(card_text(Card.SIGN_OUT))["verdict"] == "signed-out"
        assert scan.say(qr(2))["verdict"] == "no-operator"
        assert scan.end() == 0
    story = run("--data", guarded, "journal", "show", sn(1), "--json").lines
    assert [event["operator"] for event in story] == ["Chen Jing"]


def test_a_correction_needs_a_supervisor_and_the_record_names_who_approved(guarded: Path) -> None:
    with Scan(guarded) as scan:
        scan.say(badge_text("A1"))
        scan.say(qr(1))
        scan.say(imei(1))
    unbind = ("unbind", *device(1), "--reason", "rework")
    assert run("--data", guarded, *unbind, "--json").code == 1
    qa = run("--data", guarded, *unbind, "--as-user", "Wang Fang", "--json", BINDING_STATION_PIN="1357")
    assert (qa.code, qa.json["error"]) == (1, "not-allowed")
    wrong = run("--data", guarded, *unbind, "--as-user", "Zhao Min", "--json", BINDING_STATION_PIN="9999")
    assert (wrong.code, wrong.json["error"]) == (1, "pin-wrong")
    assert as_zhao(guarded, *unbind).code == 0
    story = run("--data", guarded, "journal", "show", sn(1), "--json").lines
    assert (story[-1]["kind"], story[-1]["approver"]) == ("unbound", "Zhao Min")


def test_wrong_pins_make_the_next_one_wait_and_no_pin_is_written_anywhere(guarded: Path) -> None:
    for _ in range(3):
        run(
            "--data",
            guarded,
            "unbind",
            *device(1),
            "--reason",
            "x",
            "--as-user",
            "Zhao Min",
            BINDING_STATION_PIN="9731",
        )
    paused = as_zhao(guarded, "unbind", *device(1), "--reason", "x")
    assert (paused.code, paused.json["error"]) == (1, "pin-pause")
    written = b"".join(path.read_bytes() for path in guarded.iterdir() if path.is_file())
    for secret in (b"2468", b"9731", badge_text("A1").encode()):
        assert secret not in written or secret.isdigit()
    assert badge_text("A1").encode() not in written


def test_the_first_person_and_the_last_one_are_supervisors(guarded: Path, tmp_path: Path) -> None:
    first = run(
        "--data",
        tmp_path / "new",
        "user",
        "add",
        "X",
        "--role",
        "operator",
        "--json",
        BINDING_STATION_NEW_PIN="2468",
    )
    assert (first.code, first.json["error"]) == (1, "last-supervisor")
    last = as_zhao(guarded, "user", "retire", "Zhao Min")
    assert (last.code, last.json["error"]) == (1, "last-supervisor")
    people = run("--data", guarded, "user", "list", "--json").json["people"]
    assert {one["name"]: one["role"] for one in people} == {
        "Chen Jing": "operator",
        "Wang Fang": "qa",
        "Zhao Min": "supervisor",
    }


@pytest.mark.parametrize("badge", ["abc", qr(1), imei(1), card_text(Card.CONTINUE), "x" * 129])
def test_a_badge_that_means_something_else_is_refused(guarded: Path, badge: str) -> None:
    done = as_zhao(guarded, "user", "add", "New", "--role", "operator", "--badge", badge)
    assert done.code == 1
    assert done.err.strip()
