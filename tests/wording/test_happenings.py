"""Every kind of event, every state and every correction has its words, in every language."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.core.correcting import Correction, Named
from app.core.people import BY_ITSELF, NO_SIGN_IN, NOBODY
from app.core.record import ChainCheck, Entry, EventKind, StoredEvent
from app.core.unit_list import Happening, UnitState
from app.core.upload_item import UploadState
from app.core.verdicts import Verdict
from app.wording.columns import columns_of
from app.wording.correcting import correction_meaning, correction_verb, named_word
from app.wording.happenings import event_title, told, who
from app.wording.language import LANGUAGES
from app.wording.people import person
from app.wording.proofs import proof_detail, proof_title
from app.wording.unit_states import state_name
from app.wording.uploads import upload_state
from tests.adapters.journals import STAMP
from tests.wording.languages import english_in, speaking

CORRECTING = (
    EventKind.UNBOUND,
    EventKind.SCRAPPED,
    EventKind.REINSTATED,
    EventKind.SPOILED,
    EventKind.RELEASED,
)
in_every_language = pytest.mark.parametrize("code", sorted(LANGUAGES))


def stored(entry: Entry) -> StoredEvent:
    return StoredEvent(7, STAMP, entry, "a" * 64, "b" * 64)


@in_every_language
def test_every_word_of_the_journal_s_page_is_there(code: str) -> None:
    with speaking(code):
        words = [event_title(kind) for kind in EventKind]
        words += [upload_state(state) for state in UploadState]
        words += [state_name(state) for state in UnitState] + [named_word(named) for named in Named]
        words += [correction_verb(Correction(kind)) for kind in CORRECTING]
        words += [correction_meaning(Correction(kind)) for kind in CORRECTING]
        words += [
            person(NO_SIGN_IN),
            person(NOBODY),
            person(BY_ITSELF),
            event_title(EventKind.BOUND, is_again=True),
        ]
    assert all(words)
    if code == "zh_CN":
        assert [word for word in words if english_in(word)] == []


@pytest.mark.parametrize(
    ("entry", "line"),
    [
        (Entry(EventKind.UNBOUND, reason="wrong housing"), "wrong housing"),
        (Entry(EventKind.FAULTED, Verdict.SN_TAKEN), "SN already bound"),
        (Entry(EventKind.EXPORTED, detail='{"file": "a.csv"}'), "a.csv, row 3"),
        (Entry(EventKind.EXPORTED, detail="no JSON"), ", row 3"),
        (Entry(EventKind.SETTING_CHANGED, before="a", after="b", detail='{"setting": "port"}'), "port a → b"),
        (Entry(EventKind.PERSON_ADDED, detail='{"name": "Li Wei"}'), "Li Wei"),
        (Entry(EventKind.BOUND), ""),
    ],
)
def test_the_second_line_says_what_the_numbers_do_not(entry: Entry, line: str) -> None:
    with speaking("en"):
        assert told(Happening(stored(entry), row=3)) == line


def test_whoever_allowed_it_is_named_before_whoever_did_it() -> None:
    event = stored(Entry(EventKind.UNBOUND))
    assert who(event) == STAMP.operator
    assert who(replace(event, stamp=replace(STAMP, approver="Sue"))) == "Sue"


def test_a_record_has_every_column_of_the_journal() -> None:
    entry = Entry(EventKind.BOUND, Verdict.BOUND, "p", "s", "1", "2", reason="r", detail="{}")
    with speaking("en"):
        values = {key: value for key, _, value in columns_of(stored(entry))}
    assert (values["seq"], values["sn"], values["chip_imei"], values["hash"]) == ("#7", "s", "2", "b" * 64)
    assert values["before"] == ""
    assert len(values) == 25


@pytest.mark.parametrize(
    ("finding", "title"),
    [
        (None, "Journal verified up to #10,482"),
        ("bindings", "Live tables wrong at #9,204"),
        ("changed", "Chain broken at #9,204"),
        ("unreadable", "Chain broken at #9,204"),
    ],
)
def test_the_badge_says_up_to_where_it_holds_or_where_it_breaks(finding: str | None, title: str) -> None:
    check = ChainCheck(10_482, None if finding is None else 9_204, finding, "b" * 64)
    with speaking("en"):
        assert proof_title(check) == title
        assert "11:38" in proof_detail(check, "11:38")
