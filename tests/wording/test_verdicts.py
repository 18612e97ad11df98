"""What the station says of each answer, in both languages."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import Why, because
from app.core.unit import Answer, Dropped, Unit
from app.core.verdicts import Kind, Verdict
from app.wording.language import LANGUAGES
from app.wording.moments import moment
from app.wording.verdicts import dropped_line, headline, say, short, steps, word
from tests.wording.answers import (
    ANSWERS,
    BOUND,
    CROSSED,
    DEVICE,
    DEVICE_HALF,
    IMEI,
    IMEI_TAKEN,
    LABEL_HALF,
    MISMATCH,
    OF_DEVICE,
    OF_MODULE,
    SAME_PAIR,
    SN_TAKEN,
    TIMED_OUT,
    WEB_ADDRESS,
    imei_invalid,
    journal_fault,
    module_fault,
    unknown_code,
    values_of,
)
from tests.wording.facts import reason
from tests.wording.languages import english_in, speaking

every_answer = pytest.mark.parametrize(
    "answer", ANSWERS, ids=lambda answer: f"{answer.verdict}-{answer.reason.why if answer.reason else ''}"
)
every_verdict = pytest.mark.parametrize("verdict", Verdict)

SILENT = module_fault(Why.MODULE_SILENT)
CHECK_DIGIT = imei_invalid(Why.IMEI_CHECK_DIGIT)
LOCKED = journal_fault(Why.JOURNAL_LOCKED)

THE_DESIGN_SAYS = [
    (BOUND, "PASS", ("Saved to journal #10,412", ""), "合格", ("已写入日志 #10,412", "")),
    (SAME_PAIR, "SAME PAIR", ("Already bound, nothing changed.", "Next unit."), "重复", None),
    (SN_TAKEN, "STOP", ("SN already bound", "to another module"), "停止", "SN 已绑定其他模组"),
    (IMEI_TAKEN, "STOP", ("Module already bound", "to another SN"), "停止", "模组已绑定其他 SN"),
    (CROSSED, "STOP", ("SN and module", "belong to two other units"), "停止", "SN 与模组交叉绑定"),
    (MISMATCH, "STOP", ("Label and module differ", "nothing was bound"), "停止", "标签与模组不符"),
    (CHECK_DIGIT, "STOP", ("IMEI wrong", "last digit 5, expected 8"), "停止", "IMEI 校验位错误"),
    (WEB_ADDRESS, "SCAN AGAIN", ("Unknown code", "looks like a web address"), "扫错码", None),
    (SILENT, "CALL HELP", ("Module does not answer", "COM5, 3 tries"), "请求支援", "模组无应答"),
    (LOCKED, "CALL HELP", ("Not saved", "nothing was bound: journal in use"), "请求支援", "未保存，未绑定"),
]


@pytest.mark.parametrize(
    ("answer", "english", "lines", "chinese", "chinese_lines"),
    THE_DESIGN_SAYS,
    ids=lambda value: str(value.verdict) if isinstance(value, Answer) else "",
)
def test_the_panel_says_what_the_design_says(
    answer: Answer,
    english: str,
    lines: tuple[str, str],
    chinese: str,
    chinese_lines: str | tuple[str, str] | None,
) -> None:
    assert (word(answer.verdict), headline(answer)) == (english, lines)
    with speaking("zh_CN"):
        assert word(answer.verdict) == chinese
        if chinese_lines is not None:
            assert chinese_lines in (headline(answer), headline(answer)[0])


def test_pass_is_the_word_of_a_saved_pair_alone() -> None:
    for code in LANGUAGES:
        with speaking(code):
            passing = word(Verdict.BOUND)
            assert [verdict for verdict in Verdict if word(verdict) == passing] == [Verdict.BOUND]
            assert [verdict for verdict in Verdict if short(verdict) == short(Verdict.BOUND)] == [
                Verdict.BOUND
            ]
            assert [
                one for one in ANSWERS if passing in "".join((say(one), *headline(one), *steps(one)))
            ] == [BOUND]


def test_the_list_of_recent_units_says_what_the_design_says() -> None:
    verdicts = (Verdict.SN_TAKEN, Verdict.ALREADY_BOUND, Verdict.IMEI_MISMATCH)
    assert [short(one) for one in verdicts] == ["SN already bound", "Same pair", "Label ≠ module"]
    with speaking("zh_CN"):
        assert [short(one) for one in verdicts] == ["SN 已绑定其他模组", "重复，已绑定", "标签与模组不符"]


@every_verdict
def test_every_verdict_has_its_word_and_its_place_in_lists_in_both_languages(verdict: Verdict) -> None:
    said = word(verdict), short(verdict)
    with speaking("zh_CN"):
        chinese = word(verdict), short(verdict)
    assert said[0].isupper()
    assert len(said[1]) <= 20
    assert not set(said) & set(chinese)
    assert english_in("，".join(chinese)) == []


@every_answer
def test_no_english_is_left_in_chinese(answer: Answer) -> None:
    with speaking("zh_CN"):
        said = (*headline(answer), *steps(answer), say(answer))
    assert [english_in(text, values_of(answer)) for text in said] == [[]] * len(said)
    assert " ，" not in say(answer)


@every_answer
def test_headline_and_steps_fit_their_place_on_the_panel(answer: Answer) -> None:
    """At 42, 36 and 28 pixels a line holds about so many characters (the cards of 487, the panel of 540)."""
    bold, regular = headline(answer)
    assert 0 < len(bold) <= 31
    assert len(regular) <= 35
    assert max((len(step) for step in steps(answer)), default=0) <= 33


@every_answer
def test_a_fault_has_one_or_two_steps_and_nothing_else_has_any(answer: Answer) -> None:
    assert (1 <= len(steps(answer)) <= 2) == answer.verdict.latches
    assert len(steps(answer)) <= 2


def test_the_steps_of_a_fault_say_whose_matter_it_is() -> None:
    aside = ("Put this unit in the HOLD tray.", "Tell the supervisor.")
    unit_faults = [one for one in ANSWERS if one.verdict.kind is Kind.UNIT_FAULT]
    assert {steps(one) for one in unit_faults} == {aside}
    assert steps(SILENT) == ("Check the cable and the fixture.", "Call help.")
    assert steps(WEB_ADDRESS)[0] == "Find the QR on the housing."
    assert steps(unknown_code(Why.DAMAGED_CARD))[0] == "Scan the card again."
    assert steps(module_fault(Why.MODULE_NOT_LIFTED))[0] == "Take the last unit off."
    assert steps(LOCKED) == ("Keep this unit: it is not bound.", "Call help: journal in use.")


def test_an_answer_is_told_in_whole_sentences() -> None:
    since, other_since = moment(OF_DEVICE.when), moment(OF_MODULE.when)
    record = f"since {since} by Li Wei at station LINE-3 (record #10,288)"
    other_record = f"since {other_since} at station LINE-4 (record #10,391)"
    aside = "Put this unit in the HOLD tray. Tell the supervisor."
    assert say(BOUND) == "PASS: saved to the journal as #10,412."
    assert say(SN_TAKEN) == (
        f"STOP: this SN is already bound to IMEI 869487066634998, {record}; nothing was changed. {aside}"
    )
    assert say(IMEI_TAKEN) == (
        f"STOP: this module is already bound to SN 999999999999999741 (PK p08kx1), {other_record}; "
        f"nothing was changed. {aside}"
    )
    assert say(CROSSED) == (
        f"STOP: this SN is bound to IMEI 869487066634998, {record}, and this module is bound to "
        f"SN 999999999999999741 (PK p08kx1), {other_record}; nothing was changed. {aside}"
    )
    assert say(SAME_PAIR) == (
        f"SAME PAIR: SN 123456789123456798 and IMEI 863950069494278 are already bound, {record}; "
        "nothing was changed. Go on with the next unit."
    )
    assert say(CHECK_DIGIT) == (
        "STOP: The IMEI 863950069494275 is wrong: last digit 5, expected 8. "
        f"It was not taken; compare it with the module's label. {aside}"
    )
    assert say(LOCKED).startswith("CALL HELP: Another program holds the journal D:/station/journal.db;")


def test_an_answer_is_told_in_whole_chinese_sentences() -> None:
    with speaking("zh_CN"):
        assert say(BOUND) == "合格：已写入日志 #10,412。"
        assert say(SN_TAKEN) == (
            f"停止：该 SN 已绑定其他模组 IMEI 869487066634998（{moment(OF_DEVICE.when)}，Li Wei，"
            "工位 LINE-3，记录 #10,288），未作更改。把这台设备放入待处理盘。通知组长。"
        )


@pytest.mark.parametrize(
    ("unit", "said"),
    [
        (DEVICE_HALF, "Device code taken. Scan the module's label now, or put the unit on the fixture."),
        (LABEL_HALF, "Module label taken. Scan the device's QR now."),
        (Unit(chip=IMEI), "Module taken. Scan the device's QR now."),
        (Unit(DEVICE, label=IMEI), "Device code and module label taken. Put the unit on the fixture now."),
        (Unit(DEVICE, chip=IMEI), "Device code and module taken. Scan the module's label now."),
    ],
)
def test_a_half_says_what_is_missing(unit: Unit, said: str) -> None:
    assert say(Answer(Verdict.HALF, unit)) == said


def test_a_half_that_is_bound_already_says_so() -> None:
    of_device = say(Answer(Verdict.HALF, DEVICE_HALF, earlier=OF_DEVICE))
    of_module = say(Answer(Verdict.HALF, Unit(DEVICE, chip=IMEI), earlier=OF_MODULE))
    assert ". This SN is already bound to IMEI 869487066634998, since " in of_device
    assert ". This module is already bound to SN 999999999999999741 (PK p08kx1), since " in of_module


def test_a_half_that_can_never_be_whole_says_why() -> None:
    said = say(Answer(Verdict.HALF, DEVICE_HALF, reason(Why.NO_PORT_GIVEN), earlier=OF_DEVICE))
    assert said.startswith("The product p11sf2 wants its IMEI read from the module")
    assert "`--port`. This SN is already bound" in said


def test_who_may_not_do_this_is_not_called_nobody() -> None:
    refused = Answer(Verdict.NO_OPERATOR, reason=reason(Why.NOT_ALLOWED))
    assert say(refused).startswith("NOT ALLOWED: Chen Jing (Operator) may not do this")
    assert headline(refused) == ("Not allowed", "Chen Jing may not do this")
    nobody = Answer(Verdict.NO_OPERATOR, reason=reason(Why.NOT_SIGNED_IN))
    assert say(nobody).startswith("NOBODY: Nobody is signed in")
    assert headline(nobody) == ("Nobody signed in", "")


def test_what_is_not_bound_because_it_was_scrapped_says_so() -> None:
    scrapped = Answer(Verdict.NOT_BOUND, DEVICE_HALF, reason(Why.SN_RETIRED), 10423)
    assert "This device's SN was scrapped (record #12)" in say(scrapped)
    assert headline(scrapped)[0] == "Device was scrapped."


def test_a_half_that_was_dropped_is_told_with_the_next_answer() -> None:
    assert say(Answer(Verdict.HALF, LABEL_HALF, dropped=TIMED_OUT)).endswith(
        " Dropped: no module within 60 s."
    )
    cancelled = Dropped(DEVICE_HALF, because(Why.DROPPED_CANCELLED))
    assert say(Answer(Verdict.CANCELLED, dropped=cancelled)) == "Cancelled; nothing was bound."


@pytest.mark.parametrize(
    ("unit", "line"),
    [
        (DEVICE_HALF, "Dropped: no module within 60 s"),
        (LABEL_HALF, "Dropped: no device QR within 60 s"),
        (Unit(chip=IMEI), "Dropped: no device QR within 60 s"),
        (Unit(DEVICE, chip=IMEI), "Dropped: no module label within 60 s"),
        (Unit(DEVICE, label=IMEI), "Dropped: no module within 60 s"),
    ],
)
def test_a_time_out_names_what_did_not_come(unit: Unit, line: str) -> None:
    assert dropped_line(Dropped(unit, because(Why.DROPPED_TIME_OUT, seconds=60))) == line


@pytest.mark.parametrize("why", [why for why in Why if why.name.startswith("DROPPED_")])
def test_every_way_to_drop_a_half_has_its_line(why: Why) -> None:
    line = dropped_line(Dropped(DEVICE_HALF, reason(why)))
    with speaking("zh_CN"):
        chinese = dropped_line(Dropped(DEVICE_HALF, reason(why)))
    assert re.fullmatch(r"Dropped: [^.]+", line)
    assert re.fullmatch(r"已清除：[^。]+", chinese)
    assert english_in(chinese) == []


def test_times_are_told_by_the_clock_of_this_computer() -> None:
    here = datetime(2025, 11, 22, 8, 17, 59).astimezone()
    assert moment(here.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")) == "2025-11-22 08:17"


units = st.builds(
    Unit,
    st.none() | st.just(DEVICE),
    st.none() | st.just(IMEI),
    st.none() | st.just(IMEI),
)
any_answer = st.builds(
    Answer,
    st.sampled_from(Verdict),
    units,
    st.none() | st.sampled_from(Why).map(reason) | st.sampled_from(Why).map(because),
    st.none() | st.integers(min_value=1),
    st.none() | st.sampled_from([OF_DEVICE, OF_MODULE]),
    st.none() | st.just(OF_MODULE),
    st.none() | st.just(TIMED_OUT),
)


@given(any_answer, st.sampled_from(list(LANGUAGES)))
def test_whatever_is_answered_something_can_be_said(answer: Answer, code: str) -> None:
    with speaking(code):
        said = (headline(answer)[0], say(answer), *steps(answer))
    assert all(text.strip() and "{" not in re.sub(r"\{pk\}|\{sn\}|\]\{\d+\}", "", text) for text in said)
