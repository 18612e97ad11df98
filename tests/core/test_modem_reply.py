from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.modem_reply import Reply, Seen, read_reply

IMEI = "868735049787957"
ANOTHER_IMEI = "862107043586551"
IMSI = "214074300571798"
"""Passes the check digit of an IMEI."""

TRANSCRIPTS = json.loads((Path(__file__).parents[1] / "data/at_transcripts.json").read_text("utf-8"))
BEGINS_WITH_AN_OLD_ANSWER = ("syn_imsi_stale_then_own_answer", "syn_ok_of_previous_then_nothing")

ASKS = st.sampled_from(["AT+GSN", "AT+CGSN", "AT+CGSN=1", "AT+GSN?", "AT+GSV;+GSN"])
UNSOLICITED = st.sampled_from(
    [
        "RDY",
        "APP RDY",
        "+CFUN: 1",
        "+CPIN: READY",
        "+CPIN: NOT INSERTED",
        "+QUSIM: 1",
        "+QIND: SMS DONE",
        "^RSSI:9",
        "^BOOT:26417135,0,0,0,20",
        '+CEREG: 2,"2D0D","2549F0B",7',
        "Call Ready",
        "F1: 0000 0000",
        "+CIMI: 405864140242618",
        "+QCCID: 89860117838009168765",
        "8687350497879570",
        "86873504978795",
        "***masked***",
    ]
)
LINE_ENDS = st.sampled_from(["\r\n", "\r", "\r\r\n", "\n"])
IMEI_LINES = st.sampled_from(
    ["{}", '"{}"', "+CGSN: {}", "+CGSN:{}", '+CGSN: "{}"', '+GSN: "{}"', "{},QL4A5C73PR", "+CGSN: IMEI{}"]
)


def read(command: str, text: str, echoes: bool = False) -> Reply:
    return read_reply(command, text.encode("latin-1"), echoes)


@pytest.mark.parametrize("known", TRANSCRIPTS, ids=lambda known: known["name"])
def test_real_replies_give_the_imei_that_a_person_reads_in_them(known: dict[str, Any]) -> None:
    assert read(known["command"], known["reply"]).imei == known["imei"]


@pytest.mark.parametrize("known", TRANSCRIPTS, ids=lambda known: known["name"])
def test_a_reply_that_is_still_arriving_never_gives_another_imei(known: dict[str, Any]) -> None:
    echoes = known["name"] in BEGINS_WITH_AN_OLD_ANSWER
    whole = read(known["command"], known["reply"], echoes)
    for length in range(len(known["reply"])):
        part = read(known["command"], known["reply"][:length], echoes)
        assert part.imei in (None, known["imei"])
        assert part.final in (None, whole.final)


@given(
    command=ASKS,
    imei_line=IMEI_LINES,
    end=LINE_ENDS,
    echo=st.booleans(),
    ok=st.sampled_from(["OK", "0"]),
    noise=st.lists(UNSOLICITED, max_size=4),
    later=st.lists(UNSOLICITED, max_size=2),
    rubbish=st.lists(st.sampled_from(["\x00", "\xff"]), max_size=5),
    data=st.data(),
)
def test_neither_noise_nor_echo_nor_line_ends_change_the_answer(
    command: str,
    imei_line: str,
    end: str,
    echo: bool,
    ok: str,
    noise: list[str],
    later: list[str],
    rubbish: list[str],
    data: st.DataObject,
) -> None:
    at = data.draw(st.integers(0, len(noise)))
    lines = [*noise[:at], imei_line.format(IMEI), *noise[at:], ok, *later]
    reply = "".join(rubbish) + (command + "\r" if echo else "") + end + end.join(lines) + end
    found = read(command, reply)
    assert (found.imei, found.final, found.echoed, found.seen) == (IMEI, ok, echo, Seen.IMEI)


@given(
    noise=st.lists(st.binary(max_size=12) | st.just(b"OK") | st.just(b"AT+GSN"), max_size=12), end=LINE_ENDS
)
def test_noise_never_gives_an_imei_that_did_not_stand_there_as_a_line(noise: list[bytes], end: str) -> None:
    assert read_reply("AT+GSN", end.encode().join([*noise, b""])).imei is None


@given(st.binary())
def test_whatever_bytes_arrive_they_are_read(reply: bytes) -> None:
    found = read_reply("AT+GSN", reply)
    assert (found.seen is Seen.NOTHING) == (reply == b"")


@given(before=st.text("0123456789ABCDEF:+,. ", min_size=1), after=st.text("0123456789ABCDEF:+. ", min_size=1))
def test_digits_within_a_longer_line_are_no_imei(before: str, after: str) -> None:
    for line in (before + "7" + IMEI, IMEI + "7" + after, before + ": " + IMEI + " :"):
        assert read("AT+GSN", f"\r\n{line}\r\n\r\nOK\r\n").imei is None


@pytest.mark.parametrize(
    "command",
    ["AT+CIMI", "AT+CCID", "AT", "AT+CGSN=0", "AT+CGSN=2", "AT+CGSN=3", "AT+CGSN=?", "AT+GSN;+CIMI", "ATI"],
)
def test_a_bare_number_counts_only_where_an_imei_was_asked_for(command: str) -> None:
    assert read(command, f"\r\n{IMEI}\r\n\r\nOK\r\n").imei is None


@pytest.mark.parametrize(
    ("command", "line"),
    [
        ("AT+CIMI", f"+CIMI: {IMEI}"),
        ("AT+GSN", f"+CIMI: {IMEI}"),
        ("AT+CGSN=2", f"+CGSN: {IMEI}"),
        ("AT+GSN", f'+EGMR: "{IMEI}"'),
        ("AT+EGMR=0,0", f'+EGMR: "{IMEI}"'),
        ("ATI", f"+CGSN: {IMEI}"),
        ("ATI", f"IMEI SV: {IMEI}"),
        ("AT+GSN", f"{IMEI},{ANOTHER_IMEI}"),
        ("AT+GSN", f'"{IMEI}'),
        ("AT+GSN", IMEI[:-1] + "\N{SUPERSCRIPT TWO}"),
    ],
)
def test_a_line_that_answers_something_else_is_no_imei(command: str, line: str) -> None:
    assert read(command, f"\r\n{line}\r\n\r\nOK\r\n").imei is None


def test_two_different_imeis_in_one_answer_are_none() -> None:
    assert read("AT+GSN", f"\r\n{IMEI}\r\n{ANOTHER_IMEI}\r\n\r\nOK\r\n").imei is None


def test_two_different_answers_to_one_question_are_none() -> None:
    answers = "".join(f"AT+GSN\r\r\n{imei}\r\n\r\nOK\r\n" for imei in (IMEI, ANOTHER_IMEI))
    assert read("AT+GSN", answers).imei is None


@pytest.mark.parametrize(
    "final",
    [
        "ERROR",
        "+CME ERROR: 10",
        "+CME ERROR: ",
        "+CMS ERROR: 500",
        "COMMAND NOT SUPPORT",
        "NO CARRIER",
        "NA",
        "4",
    ],
)
def test_digits_before_an_error_are_none(final: str) -> None:
    found = read("AT+GSN", f"\r\n{IMEI}\r\n{final}\r\n")
    assert (found.imei, found.final, found.seen) == (None, final.strip(), Seen.ANSWER)


def test_digits_without_a_final_result_are_none_but_are_noticed() -> None:
    found = read("AT+GSN", f"AT+GSN\r\r\n{IMEI}\r\n")
    assert (found.imei, found.complete, found.unfinished) == (None, False, True)


def test_after_another_commands_echo_nothing_counts_until_our_own() -> None:
    stale = f"AT+CIMI\r\r\n{IMSI}\r\n\r\nOK\r\n\r\n{IMSI}\r\n\r\nOK\r\n"
    assert not read("AT+GSN", stale).complete
    assert read("AT+GSN", f"{stale}AT+GSN\r\r\n{IMEI}\r\n\r\nOK\r\n").imei == IMEI


def test_after_the_end_of_our_answer_nothing_counts() -> None:
    ours = f"AT+GSN\r\r\n{IMEI}\r\n\r\nOK\r\n"
    assert read("AT+GSN", f"{ours}\r\n{IMSI}\r\n\r\nOK\r\n").imei == IMEI


def test_without_any_echo_the_last_answer_decides() -> None:
    stale = f"\r\n{IMSI}\r\n\r\nOK\r\n"
    assert read("AT+GSN", f"{stale}\r\n{IMEI}\r\n\r\nOK\r\n").imei == IMEI
    assert read("AT+GSN", f"{stale}\r\nERROR\r\n").imei is None


def test_of_a_module_that_echoes_an_answer_without_echo_is_not_ours() -> None:
    stale = f"\r\n{IMSI}\r\n\r\nOK\r\n"
    assert not read("AT+GSN", stale, echoes=True).complete
    assert read("AT+GSN", f"{stale}AT+GSN\r\r\n{IMEI}\r\n\r\nOK\r\n", echoes=True).imei == IMEI


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("", Seen.NOTHING),
        ("AT+GSN\r", Seen.ECHO),
        ("AT+GSN\rAT+GSN\r", Seen.ECHO),
        ("\x80\xf8\x00\x80x\xfe", Seen.GARBAGE),
        ("\r\nRDY\r\n\r\nAPP RDY\r\n", Seen.TEXT),
        ("\r\nOK\r\n", Seen.ANSWER),
        ('\r\n+CGSN: ""\r\n\r\nOK\r\n', Seen.NEVER_WRITTEN),
        (f"\r\n{IMEI}\r\n\r\nOK\r\n", Seen.IMEI),
    ],
)
def test_what_was_seen_is_told_apart(text: str, seen: Seen) -> None:
    assert read("AT+GSN", text).seen is seen


@pytest.mark.parametrize(
    ("final", "busy"), [("+CME ERROR: 14", True), ("+CME ERROR: SIM busy", True), ("+CME ERROR: 10", False)]
)
def test_a_busy_module_is_told_apart_from_one_that_refuses(final: str, busy: bool) -> None:
    assert read("AT+GSN", f"\r\n{final}\r\n").busy is busy


@given(command=ASKS)
def test_an_answer_is_complete_with_the_end_of_its_final_result_and_not_before(command: str) -> None:
    reply = f"{command}\r\r\n{IMEI}\r\n\r\nOK\r".encode()
    assert not any(read_reply(command, reply[:length]).complete for length in range(len(reply)))
    assert read_reply(command, reply).imei == IMEI
