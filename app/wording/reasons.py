"""One sentence or two for each `Why`: what happened, what was not done, what to do next."""

from __future__ import annotations

import re
from collections.abc import Mapping

from app.core.errors import Fact, Reason, Why
from app.core.looks import LooksLike
from app.wording.language import is_chinese, mark, ntr, tr
from app.wording.looks import words
from app.wording.moments import moment
from app.wording.people import word_of
from app.wording.sentences_of_backups import BACKUPS
from app.wording.sentences_of_codes import CODES
from app.wording.sentences_of_files import FILES
from app.wording.sentences_of_labels import LABELS
from app.wording.sentences_of_orders import ORDERS
from app.wording.sentences_of_people import PEOPLE
from app.wording.sentences_of_platform import PLATFORM
from app.wording.sentences_of_station import STATION
from app.wording.sentences_of_typing import TYPING

_SENTENCES = {**CODES, **STATION, **PEOPLE, **BACKUPS, **ORDERS, **FILES, **TYPING, **PLATFORM, **LABELS}

_OTHER_LAYOUT = mark(
    "Unknown code: it looks like {looks_like}; nothing was taken. "
    "Tell the supervisor: check the scanner in the settings."
)

_WITH_BACKUP: dict[Why, str] = {
    Why.JOURNAL_DAMAGED: mark(
        "The journal {path} is damaged; nothing was saved. Do not delete it: close this program, then "
        "`binding-station restore {backup}` (of {when}, up to #{seq})."
    ),
    Why.JOURNAL_GONE: mark(
        "The journal {path} is not there; nothing was saved. Put it back, or plug its drive in; "
        "else `binding-station restore {backup}` (of {when}, up to #{seq})."
    ),
}
"""What is said where there is a good backup."""

_GAPS: dict[str, str] = {
    "port": mark("the port"),
    "detail": mark("cause unknown"),
    "looks_like": mark("another code"),
    "shift": mark("none was opened yet"),
    "tries": mark("several tries"),
}
"""What stands in a sentence for a fact that the reason does not give."""

_SETTINGS: dict[str, str] = {
    "baud": mark("speed of the port"),
    "half_seconds": mark("time for the other half in seconds"),
    "read_seconds": mark("time for reading the module in seconds"),
    "scan_gap_ms": mark("gap between two keys of a scanner in milliseconds"),
    "volume": mark("volume"),
    "backups_kept": mark("number of backups kept"),
    "idle_minutes": mark("time until sign-out in minutes"),
}

_STANDINGS: dict[str, str] = {
    "issued": mark("its label was made"),
    "bound": mark("bound"),
    "retired": mark("scrapped or spoiled"),
}

_SHOWN_WHOLE = 200
"""The longest text that a sentence shows whole; of a longer one the ends."""


def sentence(reason: Reason) -> str:
    """What a person reads about this reason. A fact that is missing leaves a gap, never an error."""
    return filled(_text(reason), reason.facts)


def _text(reason: Reason) -> str:
    if reason.facts.get("looks_like") == LooksLike.LAYOUT:
        return _OTHER_LAYOUT
    if "backup" in reason.facts and reason.why in _WITH_BACKUP:
        return _WITH_BACKUP[reason.why]
    return _SENTENCES[reason.why]


def filled(text: str, facts: Mapping[str, Fact]) -> str:
    """The marked text in people's language, with the facts in it."""
    known = {name: _word(name, facts) for name in facts if facts[name] != ""}
    return _GAP.sub(_closed_up, tr(text).format_map(_Words(known)))


_GAP = re.compile(" ?\0([^\0]*)\0 ?")


def _closed_up(gap: re.Match[str]) -> str:
    """Chinese has no spaces: the one that parts a fact from it goes where a word stands for the fact."""
    return gap[1] if is_chinese(gap[1]) else gap[0].replace("\0", "")


class _Words(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return f"\0{tr(_GAPS[name])}\0" if name in _GAPS else "…"


def _word(name: str, facts: Mapping[str, Fact]) -> str:
    value = _shown(str(facts[name]))
    match name:
        case "looks_like":
            return words(value)
        case "setting":
            return tr(_SETTINGS.get(value, value))
        case "role" | "act":
            return word_of(value)
        case "code":
            return f"{value} {facts.get('name', '')}".strip()
        case "tries" if value.isdecimal():
            return ntr("{count} try", "{count} tries", int(value)).format(count=value)
        case "standing":
            return tr(_STANDINGS.get(value, value))
        case "since" | "before" | "when":
            return _moment(value)
        case _:
            return value


def _moment(text: str) -> str:
    try:
        return moment(text)
    except ValueError:
        return text


def _shown(text: str) -> str:
    printed = "".join(one if one.isprintable() else one.encode("unicode_escape").decode() for one in text)
    half = _SHOWN_WHOLE // 2
    return printed if len(printed) <= _SHOWN_WHOLE else f"{printed[:half]}…{printed[-half:]}"
