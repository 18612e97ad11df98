"""The command line is a contract: names, JSON and exit codes."""

import csv
import json
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from app.core.cards import Card, card_text
from tests.e2e.command import Scan, environment, run
from tests.e2e.units import imei, qr, sn

IMEI = "863950069494278"
QR = "pk=p11sf2&sn=123456789123456789&v=1"
CASES = json.loads((Path(__file__).parents[1] / "data" / "scan_texts.json").read_text("utf-8"))


def test_recognise_names_what_a_text_is() -> None:
    device = run("recognise", QR, "--json")
    assert device.code == 0
    assert device.json == {
        "kind": "device",
        "pk": "p11sf2",
        "sn": "123456789123456789",
        "v": "1",
        "format": "pk={pk}&sn={sn}&v={v}",
    }
    module = run("--json", "recognise", f"{IMEI};ABC")
    assert (module.code, module.json) == (0, {"kind": "module", "imei": IMEI, "fields": [IMEI, "ABC"]})
    unknown = run("recognise", "6901234567892", "--json")
    assert unknown.code == 1
    assert (unknown.json["kind"], unknown.json["looks_like"]) == ("unknown", "ean-13")
    assert unknown.json["why"]
    assert run("recognise", card_text(Card.CONTINUE), "--json").json["kind"] == "card"


def test_recognise_takes_raw_bytes_and_refuses_what_is_not_utf8_with_a_sentence() -> None:
    assert run("recognise", "-", "--json", stdin=f"]Q1{QR}\r\n".encode()).json["pk"] == "p11sf2"
    refused = run("recognise", "-", "--json", stdin=b"pk=\xff\xfe")
    assert refused.code == 1
    assert refused.json["kind"] == "unknown"
    assert "Traceback" not in refused.err


def test_recognise_reads_a_format_of_ones_own_and_refuses_an_ambiguous_one() -> None:
    found = run("recognise", "ABCPK=xxxxx+SN=xxxxABC", "--format", "ABCPK={pk}+SN={sn}ABC", "--json")
    assert (found.json["pk"], found.json["sn"]) == ("xxxxx", "xxxx")
    refused = run("recognise", QR, "--format", "{pk}{sn}", "--json")
    assert refused.code == 1
    assert "Traceback" not in refused.err


def test_scan_gives_the_verdict_that_the_collected_texts_ask_for(tmp_path: Path) -> None:
    """Every collected text, through the station itself."""
    plain = [case for case in CASES if "format" not in case and case["text"].strip("\r\n")]
    with Scan(tmp_path, "--no-latch") as scan:
        for case in plain:
            scan.say(card_text(Card.CANCEL))
            answer = scan.say(case["text"].replace("\n", "").encode("utf-8"))
            if case["kind"] == "unknown":
                assert answer["verdict"] in ("unknown-code", "imei-invalid"), case["name"]
            else:
                assert answer["verdict"] == "half", case["name"]
                assert answer["imei"] == case.get("imei")
                assert answer["sn"] == case.get("sn")
        assert scan.end() == 0


def test_a_wrong_command_is_wrong_usage() -> None:
    assert run("nonsense").code == 2
    assert run("recognise").code == 2
    assert run("scan", "--imei-from", "both").code == 2


def test_init_makes_a_station_once(tmp_path: Path) -> None:
    folder = tmp_path / "station"
    made = run("init", "--data", folder, "--station", "Line 4", "--no-sign-in", "--json")
    assert made.code == 0
    assert made.json["station"] == "Line 4"
    again = run("--data", folder, "init", "--json")
    assert again.code == 1
    assert again.err.strip()
    shown = run("--data", folder, "journal", "show", "1", "--json").json
    assert (shown["kind"], shown["station"]) == ("journal-made", "Line 4")


def test_scan_answers_with_the_words_of_the_contract(tmp_path: Path) -> None:
    with Scan(tmp_path, "--no-latch") as scan:
        half = scan.say(qr(1))
        assert (half["verdict"], half["seq"], half["sn"], half["imei"]) == ("half", None, sn(1), None)
        bound = scan.say(imei(1))
        assert bound["verdict"] == "bound"
        assert isinstance(bound["seq"], int)
        assert (bound["pk"], bound["sn"], bound["imei"]) == ("p11sf2", sn(1), imei(1))
        assert scan.say(qr(1))["earlier"]["imei"] == imei(1)
        assert scan.say(imei(1))["verdict"] == "already-bound"
        assert scan.say(qr(2))["verdict"] == "half"
        taken = scan.say(imei(1))
        assert taken["verdict"] == "imei-taken"
        assert set(taken["earlier"]) == {"seq", "imei", "pk", "sn", "when", "station", "operator"}
        scan.say(qr(1))
        assert scan.say(imei(3))["verdict"] == "sn-taken"
        scan.say(qr(2))
        assert scan.say(imei(2))["verdict"] == "bound"
        scan.say(qr(1))
        crossed = scan.say(imei(2))
        assert crossed["verdict"] == "crossed"
        assert (crossed["earlier"]["sn"], crossed["earlier_imei"]["sn"]) == (sn(1), sn(2))
        assert scan.say("863950069494270")["verdict"] == "imei-invalid"
        assert scan.say("hello")["verdict"] == "unknown-code"
        assert scan.say(b"\xff\xfe\xfd")["verdict"] == "unknown-code"
        scan.say(qr(7))
        replaced = scan.say(qr(8))
        assert (replaced["verdict"], replaced["dropped"]["sn"]) == ("half", sn(7))
        assert scan.say(qr(8))["verdict"] == "repeated"
        assert scan.say(card_text(Card.CANCEL))["verdict"] == "cancelled"
        assert scan.end() == 0


def test_a_fault_latches_until_the_continue_card(tmp_path: Path) -> None:
    with Scan(tmp_path) as scan:
        assert scan.say("hello")["verdict"] == "unknown-code"
        assert scan.say(qr(1))["verdict"] == "ignored"
        assert scan.say(card_text(Card.CONTINUE))["verdict"] == "continued"
        assert scan.say(qr(1))["verdict"] == "half"
        assert scan.end() == 0


def test_an_empty_line_gets_no_answer(tmp_path: Path) -> None:
    done = run("--data", tmp_path, "scan", stdin=f"\n\r\n{qr(1)}\r\n\n{imei(1)}".encode())
    assert [line["verdict"] for line in done.lines] == ["half", "bound"]
    assert done.code == 0


def test_a_shift_of_200_units_gives_exactly_the_right_file(tmp_path: Path) -> None:
    frames = "".join(f"{qr(n)}\n{imei(n)}\n" if n % 2 else f"{imei(n)}\n{qr(n)}\n" for n in range(200))
    done = run("--data", tmp_path, "scan", stdin=frames.encode())
    assert [line["verdict"] for line in done.lines] == ["half", "bound"] * 200
    out = tmp_path / "relationship.csv"
    exported = run("--data", tmp_path, "export", "--out", out, "--as", "csv", "--json")
    assert exported.code == 0
    expected = [f"{imei(n)},p11sf2,{sn(n)},," for n in range(200)]
    header = "*DeviceKey,*ProductKey,Device SN,Device Name,Certificate Fingerprint"
    assert out.read_bytes() == "".join(f"{line}\r\n" for line in (header, *expected)).encode("ascii")
    side = json.loads((tmp_path / "relationship.csv.json").read_text("utf-8"))
    assert side["count"] == 200
    assert run("--data", tmp_path, "journal", "verify", "--json").json["ok"] is True


def test_an_existing_file_is_not_overwritten_without_being_asked(tmp_path: Path) -> None:
    run("--data", tmp_path, "scan", stdin=f"{qr(1)}\n{imei(1)}\n".encode())
    out = tmp_path / "file.csv"
    out.write_text("mine", "utf-8")
    refused = run("--data", tmp_path, "export", "--out", out)
    assert refused.code == 1
    assert out.read_text("utf-8") == "mine"
    assert run("--data", tmp_path, "export", "--out", out, "--replace", "--template", "zh").code == 0
    rows = list(csv.reader(out.read_text("utf-8").splitlines()))
    assert rows[0][0] == "*设备DeviceKey"
    assert rows[1][0] == imei(1)


def test_export_without_any_shift_says_so(tmp_path: Path) -> None:
    refused = run("--data", tmp_path, "export", "--out", tmp_path / "file.csv", "--json")
    assert refused.code == 1
    assert refused.json["error"] == "no-shift"
    assert not (tmp_path / "file.csv").exists()


def test_the_journal_shows_an_event_by_number_sn_or_imei(tmp_path: Path) -> None:
    run("--data", tmp_path, "scan", stdin=f"{qr(1)}\n{imei(1)}\n".encode())
    by_sn = run("--data", tmp_path, "journal", "show", sn(1), "--json").lines
    assert [event["kind"] for event in by_sn] == ["bound"]
    by_imei = run("--data", tmp_path, "journal", "show", imei(1), "--json").lines
    assert by_imei == by_sn
    seq = by_sn[0]["seq"]
    assert run("--data", tmp_path, "journal", "show", str(seq), "--json").lines == by_sn
    assert run("--data", tmp_path, "journal", "show", "nobody", "--json").code == 1


def test_the_journal_can_be_searched_and_counted(tmp_path: Path) -> None:
    run("--data", tmp_path, "scan", stdin=f"{qr(1)}\n{imei(1)}\n{qr(2)}\n{imei(2)}\n".encode())
    found = run("--data", tmp_path, "journal", "search", sn(2)[-4:], "--json").lines
    assert [(unit["sn"], unit["imei"], unit["live"]) for unit in found] == [(sn(2), imei(2), True)]
    assert len(run("--data", tmp_path, "journal", "search", "8639", "--limit", "1", "--json").lines) == 1
    assert run("--data", tmp_path, "journal", "search", "nobody", "--json").code == 1
    stats = run("--data", tmp_path, "journal", "stats", "--json").json
    assert (stats["live_bindings"], stats["by_kind"]["bound"]) == (2, 2)


def test_the_cards_can_be_read_as_they_are_printed(tmp_path: Path) -> None:
    out = tmp_path / "cards.pdf"
    made = run("cards", "--out", out, "--json")
    assert made.code == 0
    assert out.read_bytes().startswith(b"%PDF")
    for card in made.json["cards"]:
        assert run("recognise", card["text"], "--json").json == {"kind": "card", "card": card["card"]}


def test_a_second_process_is_told_who_holds_the_station_and_readers_work_beside_it(tmp_path: Path) -> None:
    with Scan(tmp_path) as scan:
        scan.say(qr(1))
        second = run("--data", tmp_path, "scan", "--json", stdin=b"")
        assert second.code == 3
        assert str(scan.process.pid) in second.err
        assert run("--data", tmp_path, "journal", "verify").code == 0
        assert scan.say(imei(1))["verdict"] == "bound"
        assert scan.end() == 0


@pytest.mark.parametrize("text", ["", "\r", "  "])
def test_nothing_scanned_is_unknown_with_a_sentence(text: str) -> None:
    answer = run("recognise", "-", "--json", stdin=text.encode())
    assert (answer.code, answer.json["kind"]) == (1, "unknown")


def test_answers_come_at_once_while_the_input_stays_open(tmp_path: Path) -> None:
    with Scan(tmp_path) as scan:
        timer = threading.Timer(30, scan.kill)
        timer.start()
        try:
            assert scan.say(qr(1))["verdict"] == "half"
            assert scan.say(imei(1))["verdict"] == "bound"
        finally:
            timer.cancel()
            timer.join()


@pytest.mark.parametrize(
    "name", ["journal.db", "settings.json", "station.lock", "settings", "journal.db-wal"]
)
def test_no_export_overwrites_what_the_station_lives_by(tmp_path: Path, name: str) -> None:
    run("--data", tmp_path, "scan", stdin=f"{qr(1)}\n{imei(1)}\n".encode())
    before = (tmp_path / "journal.db").read_bytes()[:16]
    refused = run("--data", tmp_path, "export", "--all", "--out", tmp_path / name, "--replace", "--json")
    assert (refused.code, refused.json["error"]) == (1, "file-is-ours")
    assert run("cards", "--out", tmp_path / "journal.db").code == 1
    assert (tmp_path / "journal.db").read_bytes()[:16] == before
    assert run("--data", tmp_path, "journal", "verify").code == 0


def test_a_side_file_of_others_is_not_overwritten_either(tmp_path: Path) -> None:
    run("--data", tmp_path, "scan", stdin=f"{qr(1)}\n{imei(1)}\n".encode())
    (tmp_path / "out.csv.json").write_text("mine", "utf-8")
    assert run("--data", tmp_path, "export", "--out", tmp_path / "out.csv").code == 1
    assert not (tmp_path / "out.csv").exists()
    assert (tmp_path / "out.csv.json").read_text("utf-8") == "mine"


def test_a_code_and_a_label_run_together_never_bind(tmp_path: Path) -> None:
    with Scan(tmp_path, "--no-latch") as scan:
        assert scan.say(qr(1))["verdict"] == "half"
        assert scan.say(f"{qr(2)};{imei(2)}")["verdict"] == "unknown-code"
        assert scan.say(imei(1))["verdict"] == "half"


def test_a_frame_that_is_no_text_stands_between_two_others(tmp_path: Path) -> None:
    with Scan(tmp_path, "--no-latch") as scan:
        assert scan.say(qr(1))["verdict"] == "half"
        assert scan.say(b"\xff")["verdict"] == "unknown-code"
        assert scan.say(b"\xff")["verdict"] == "repeated"
        assert scan.say(qr(1))["verdict"] == "half"


def test_one_line_however_long_gets_one_answer_and_its_tail_is_no_code(tmp_path: Path) -> None:
    with Scan(tmp_path, "--no-latch") as scan:
        assert scan.say("A" * 200_000 + imei(1))["verdict"] == "unknown-code"
        assert scan.say(qr(1))["verdict"] == "half"
        assert scan.end() == 0


def test_a_journal_that_has_gone_is_missed(tmp_path: Path) -> None:
    run("--data", tmp_path, "scan", stdin=f"{qr(1)}\n{imei(1)}\n".encode())
    for path in tmp_path.glob("journal.db*"):
        path.unlink()
    for command in (("journal", "verify"), ("scan",)):
        gone = run("--data", tmp_path, *command, "--json")
        assert (gone.code, gone.json["error"]) == (3, "journal-gone")


@pytest.mark.parametrize("stream", ["<&-", ">&-", ">/dev/full"])
def test_closed_and_full_streams_get_a_sentence(tmp_path: Path, stream: str) -> None:
    command = f"printf 'hello\\n' | {sys.executable} -m app --data {tmp_path} scan --no-latch {stream}"
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"],
        capture_output=True,
        text=True,
        env=environment(),
        check=False,
    )
    assert done.returncode == 3
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [("scan", "--port", ""), ("read-imei", "--port", "x", "--timeout", "nan"), ("init", "--station", "")],
)
def test_what_cannot_be_meant_is_wrong_usage(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    assert run("--data", tmp_path, *arguments).code == 2


def test_a_short_number_shows_the_event_and_the_sn(tmp_path: Path) -> None:
    frames = f"pk=p11sf2&sn=2&v=1\n{imei(1)}\npk=p11sf2&sn=0002&v=1\n{imei(2)}\n"
    run("--data", tmp_path, "scan", stdin=frames.encode())
    both = run("--data", tmp_path, "journal", "show", "2", "--json").lines
    assert [(event["kind"], event["sn"]) for event in both] == [("shift-opened", None), ("bound", "2")]
    zeros = run("--data", tmp_path, "journal", "show", "0002", "--json").lines
    assert [event["sn"] for event in zeros] == ["0002"]
