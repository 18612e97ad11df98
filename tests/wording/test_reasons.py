"""Every reason has a sentence, in every language, whatever facts come with it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import app
from app.core.errors import Reason, Why, because
from app.core.looks import LooksLike
from app.wording.language import LANGUAGES
from app.wording.moments import moment
from app.wording.reasons import sentence
from tests.wording.facts import FACTS, UNSAID, reason
from tests.wording.languages import english_in, speaking

SOURCES = sorted(Path(app.__file__).parent.rglob("*.py"))
SAYS_WHAT_WAS_NOT_DONE = re.compile(
    "[Nn]othing (was|there was|about)|[Ii]t was not (taken|changed)|neither was taken|no module was read"
    "|window can(not)? be shown"
    "|(was|were) left alone|is unchanged|nobody was (added|signed in)|none was made"
    "|(scan|it|one) was not (taken|read|looked at)"
)

every_reason = pytest.mark.parametrize("why", Why)
every_language = pytest.mark.parametrize("code", LANGUAGES)


def calls_of_because() -> Iterator[ast.Call]:
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "because":
                yield node


@every_reason
def test_every_reason_says_what_was_not_done_and_what_to_do(why: Why) -> None:
    told = sentence(reason(why))
    _, _, advice = told.rpartition("; " if told.count(".") == 1 else ". ")
    assert SAYS_WHAT_WAS_NOT_DONE.search(told)
    assert re.fullmatch("[A-Zc].+[.]", advice)


@every_reason
@every_language
def test_a_sentence_holds_every_fact_but_those_it_leaves_to_the_log(why: Why, code: str) -> None:
    with speaking(code):
        told = sentence(reason(why))
    plain = {name: str(value) for name, value in FACTS.get(why, {}).items()}
    spoken = {
        name: value
        for name, value in plain.items()
        if name not in ("looks_like", "setting", "standing", "role", "act")
    }
    unsaid = {name for name, value in spoken.items() if value not in told}
    assert unsaid == UNSAID.get(why, frozenset())


def test_the_facts_of_these_tests_are_the_facts_in_the_code() -> None:
    """Where a reason is spelled out beside its facts."""
    spelled = {
        (Why[call.args[0].attr], keyword.arg)
        for call in calls_of_because()
        if isinstance(call.args[0], ast.Attribute)
        for keyword in call.keywords
        if keyword.arg is not None
    }
    assert len(spelled) > 50
    assert [(why, name) for why, name in sorted(spelled) if name not in _names(why)] == []


def test_every_fact_that_any_code_gives_is_known_to_these_tests() -> None:
    given_names = {keyword.arg for call in calls_of_because() for keyword in call.keywords if keyword.arg}
    assert given_names - {name for why in Why for name in _names(why)} == set()


def _names(why: Why) -> set[str]:
    """The system's words come under either name."""
    names = set(FACTS.get(why, {}))
    return names | {"detail", "error"} if names & {"detail", "error"} else names


@every_reason
def test_no_english_is_left_in_chinese(why: Why) -> None:
    with speaking("zh_CN"):
        told = sentence(reason(why))
    assert english_in(told, FACTS.get(why, {}).values()) == []
    assert told.endswith("。")


@pytest.mark.parametrize("guess", LooksLike)
def test_what_a_code_looks_like_is_said_in_words(guess: LooksLike) -> None:
    told = sentence(because(Why.LOOKS_LIKE, looks_like=guess))
    with speaking("zh_CN"):
        chinese = sentence(because(Why.LOOKS_LIKE, looks_like=str(guess)))
    assert re.search(r"it looks like (an?|two) [^;]+; nothing was taken", told)
    assert english_in(chinese, ["US"]) == []


def test_another_keyboard_layout_is_not_answered_with_scan_again() -> None:
    told = sentence(because(Why.LOOKS_LIKE, looks_like=LooksLike.LAYOUT))
    assert "a keyboard layout other than US" in told
    assert "Tell the supervisor" in told


texts = st.text(st.characters(codec=None), max_size=20) | st.sampled_from(["{", "}", "{0}", "{a.b}", "{!x}"])
some_facts = st.dictionaries(
    st.sampled_from(sorted({name for why in Why for name in _names(why)} | {"new"})),
    texts | st.integers() | st.floats(),
)


@given(st.sampled_from(Why), some_facts, st.sampled_from(list(LANGUAGES)))
def test_no_facts_can_break_a_sentence(why: Why, facts: dict[str, str | int | float], code: str) -> None:
    with speaking(code):
        told = sentence(Reason(why, facts))
    assert told.isprintable()


@every_reason
def test_a_sentence_without_its_facts_is_still_one(why: Why) -> None:
    told = sentence(because(why))
    assert "{" not in told.replace("]{15}", "")
    assert told[0] in "“…" or told[0].isupper()


def test_a_long_text_is_shown_by_its_ends() -> None:
    told = sentence(because(Why.AMBIGUOUS_CODE, text="a" * 500 + "b" * 500))
    assert "a" * 100 + "…" + "b" * 100 + "”" in told
    assert len(told) < 400


def test_a_character_that_cannot_be_printed_is_written_out() -> None:
    assert "“\\t\\x1b\\ud800”" in sentence(because(Why.TEMPLATE_CHARACTER, character="\t\x1b\ud800"))


def test_the_words_of_sentences_that_people_meet_most() -> None:
    assert sentence(reason(Why.IMEI_CHECK_DIGIT)) == (
        "The IMEI 863950069494275 is wrong: last digit 5, expected 8. "
        "It was not taken; compare it with the module's label."
    )
    assert sentence(because(Why.MODULE_SILENT, port="COM5", tries=1, seconds=2.0)).startswith(
        "The module does not answer on COM5 (1 try, 2.0 s); nothing was bound."
    )
    assert sentence(because(Why.PORT_ABSENT, port="")).startswith("Cannot find the port; no module was read.")
    assert sentence(because(Why.SETTING_REFUSED, setting="volume", low=0, high=100)).startswith(
        "The volume must be from 0 to 100;"
    )
    held = because(Why.STATION_IN_USE, pid="7", computer="LINE-7", since="2025-11-22T00:17:00+00:00")
    assert f"(process 7, since {moment('2025-11-22T00:17:00Z')})" in sentence(held)
    assert sentence(because(Why.NO_SHIFT, shift="")).startswith("Shift not found: none was opened yet.")
