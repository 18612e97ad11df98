"""What the station says of an answer: word, headline and steps for the window, sentences for the rest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import reduce
from typing import TypeVar

from app.core.errors import Fact, Reason, Why
from app.core.record import BoundRecord
from app.core.unit import Answer, Dropped, Mode, Unit
from app.core.verdicts import Kind, Verdict
from app.wording.headlines import HEADLINES
from app.wording.language import mark, tr
from app.wording.moments import moment
from app.wording.people import person
from app.wording.reasons import filled, sentence
from app.wording.steps import STEPS

_WORDS = {
    Kind.PASS: mark("PASS"),
    Kind.NEUTRAL: mark("SAME PAIR"),
    Kind.UNIT_FAULT: mark("STOP"),
    Kind.SCAN_FAULT: mark("SCAN AGAIN"),
    Kind.STATION_FAULT: mark("CALL HELP"),
}
_WORDS_OF_PROGRESS = {
    Verdict.UNDONE: mark("UNDONE"),
    Verdict.NOTHING_TO_UNDO: mark("NOT UNDONE"),
    Verdict.SIGNED_IN: mark("SIGNED IN"),
    Verdict.SIGNED_OUT: mark("SIGNED OUT"),
    Verdict.NO_OPERATOR: mark("NOBODY"),
    Verdict.HALF: mark("WAITING"),
    Verdict.CANCELLED: mark("CANCELLED"),
    Verdict.REPEATED: mark("SAME SCAN"),
    Verdict.IGNORED: mark("IGNORED"),
    Verdict.CONTINUED: mark("READY"),
    Verdict.SHIFT_END: mark("SHIFT END"),
    Verdict.MODE: mark("MODE"),
    Verdict.MATCHES: mark("MATCHES"),
    Verdict.NOT_BOUND: mark("NOT BOUND"),
    Verdict.DIFFERS: mark("DIFFERS"),
}

_SHORT = {
    Verdict.BOUND: mark("Passed"),
    Verdict.ALREADY_BOUND: mark("Same pair"),
    Verdict.SN_TAKEN: mark("SN already bound"),
    Verdict.IMEI_TAKEN: mark("Module already bound"),
    Verdict.CROSSED: mark("Both bound elsewhere"),
    Verdict.IMEI_MISMATCH: mark("Label ≠ module"),
    Verdict.IMEI_INVALID: mark("IMEI wrong"),
    Verdict.UNKNOWN_CODE: mark("Unknown code"),
    Verdict.MODULE_FAULT: mark("Module not read"),
    Verdict.JOURNAL_FAULT: mark("Not saved"),
    Verdict.WRONG_PRODUCT: mark("Wrong product"),
    Verdict.TAC_NOT_ALLOWED: mark("Module type wrong"),
    Verdict.SN_NOT_ISSUED: mark("SN not issued"),
    Verdict.RETIRED: mark("Scrapped"),
    Verdict.UNDONE: mark("Undone"),
    Verdict.NOTHING_TO_UNDO: mark("Not undone"),
    Verdict.SIGNED_IN: mark("Signed in"),
    Verdict.SIGNED_OUT: mark("Signed out"),
    Verdict.NO_OPERATOR: mark("Nobody signed in"),
    Verdict.HALF: mark("Half a unit"),
    Verdict.CANCELLED: mark("Cancelled"),
    Verdict.REPEATED: mark("Same scan"),
    Verdict.IGNORED: mark("Scan ignored"),
    Verdict.CONTINUED: mark("Continued"),
    Verdict.SHIFT_END: mark("Shift end"),
    Verdict.MODE: mark("Mode changed"),
    Verdict.MATCHES: mark("Matches"),
    Verdict.NOT_BOUND: mark("Not bound"),
    Verdict.DIFFERS: mark("Differs"),
}

_SAID = {
    Verdict.BOUND: mark("{word}: saved to the journal as #{seq}."),
    Verdict.CANCELLED: mark("Cancelled; nothing was bound."),
    Verdict.UNDONE: mark("{word}: the last unit is unbound again, record #{seq}."),
    Verdict.SIGNED_IN: mark("Signed in."),
    Verdict.SIGNED_OUT: mark("Signed out."),
    Verdict.REPEATED: mark("The same code came twice in a row; it counts once."),
    Verdict.IGNORED: mark("This scan was ignored, because a fault is shown. Scan CONTINUE first."),
    Verdict.CONTINUED: mark("The station is ready for the next scan."),
    Verdict.SHIFT_END: mark("The shift is to be closed: see the shift page, or `shift close`."),
    Verdict.NOT_BOUND: mark("{word}: the journal holds no live pair with this; nothing was changed."),
}
_SAID_OF_MODES = {
    Mode.BIND: mark("Bind mode: units are bound again."),
    Mode.VERIFY: mark("Verify mode: units are compared with the journal, nothing is bound."),
}
_SAID_OF_EARLIER = {
    Verdict.ALREADY_BOUND: mark(
        "{word}: SN {sn} and IMEI {imei} are already bound, {record}; nothing was changed. "
        "Go on with the next unit."
    ),
    Verdict.MATCHES: mark("{word}: SN {sn} and IMEI {imei} belong together, {record}."),
    Verdict.SN_TAKEN: mark("{word}: this SN is already bound to IMEI {imei}, {record}; nothing was changed."),
    Verdict.IMEI_TAKEN: mark(
        "{word}: this module is already bound to SN {sn} (PK {pk}), {record}; nothing was changed."
    ),
}
_SAID_OF_CROSSED = mark(
    "{word}: this SN is bound to IMEI {imei}, {record}, and this module is bound to SN {other_sn} "
    "(PK {other_pk}), {other_record}; nothing was changed."
)
_SAID_OF_DIFFERING = {
    True: mark("{word}: this SN is bound to IMEI {imei}, {record}; nothing was changed."),
    False: mark("{word}: this module is bound to SN {sn} (PK {pk}), {record}; nothing was changed."),
}
"""By whether the record is the SN's."""
_SAID_OTHERWISE = mark("{word}: {sentence}")

_SN_BOUND = mark("This SN is already bound to IMEI {imei}, {record}.")
_MODULE_BOUND = mark("This module is already bound to SN {sn} (PK {pk}), {record}.")

_DROPPED = {
    Why.DROPPED_CANCELLED: mark("Dropped: cancelled"),
    Why.DROPPED_REPLACED: mark("Dropped: another code came"),
    Why.DROPPED_MODULE_GONE: mark("Dropped: the unit was lifted off"),
    Why.DROPPED_BADGE: mark("Dropped: somebody signed in"),
    Why.DROPPED_SIGNED_OUT: mark("Dropped: signed out"),
    Why.DROPPED_MODE: mark("Dropped: another mode"),
    Why.DROPPED_FAULT: mark("Dropped: a wrong code was scanned"),
    Why.DROPPED_TYPED: mark("Dropped: it may not be typed any more"),
}

Choice = TypeVar("Choice")


def word(verdict: Verdict, reason: Reason | None = None) -> str:
    """The largest word on the panel."""
    if reason is not None and reason.why is Why.NOT_ALLOWED:
        return tr("NOT ALLOWED")
    return tr(_WORDS_OF_PROGRESS.get(verdict) or _WORDS[verdict.kind])


def short(verdict: Verdict) -> str:
    """The verdict in a list of units."""
    return tr(_SHORT[verdict])


def headline(answer: Answer) -> tuple[str, str]:
    """The lines beside the word: bold, and regular (may be empty)."""
    facts = dict(answer.reason.facts) if answer.reason else {}
    text = _by_reason(HEADLINES[answer.verdict], answer.reason)
    bold, _, regular = filled(text, {**facts, "seq": _number(answer.seq)}).partition("\n")
    return bold, regular


def steps(answer: Answer) -> tuple[str, ...]:
    """What to do before CONTINUE, at most two steps; none where nothing is wrong."""
    if answer.verdict not in STEPS:
        return ()
    return tuple(tr(step) for step in _by_reason(STEPS[answer.verdict], answer.reason))


def _by_reason(choices: Mapping[Why | None, Choice], reason: Reason | None) -> Choice:
    why = reason.why if reason else None
    return choices[why] if why in choices else choices[None]


def say(answer: Answer) -> str:
    """The answer in whole sentences, for programs that show them and for screen readers."""
    said = [_half(answer)] if answer.verdict is Verdict.HALF else [_verdict(answer)]
    if answer.verdict is Verdict.NOT_BOUND and answer.reason is not None:
        said.append(sentence(answer.reason))
    if answer.verdict.kind is Kind.UNIT_FAULT:
        said += steps(answer)
    if answer.dropped and answer.dropped.reason.why is not Why.DROPPED_CANCELLED:
        said.append(tr("{line}.").format(line=dropped_line(answer.dropped)))
    return _paragraph(said)


def dropped_line(dropped: Dropped) -> str:
    """One line on the panel about a half that was dropped."""
    why = dropped.reason.why
    text = _missing(dropped.unit) if why is Why.DROPPED_TIME_OUT else _DROPPED[why]
    return filled(text, dropped.reason.facts)


def _missing(unit: Unit) -> str:
    if unit.device is None:
        return mark("Dropped: no device QR within {seconds} s")
    if unit.chip is None:
        return mark("Dropped: no module within {seconds} s")
    return mark("Dropped: no module label within {seconds} s")


def _verdict(answer: Answer) -> str:
    facts: dict[str, Fact] = {"word": word(answer.verdict, answer.reason), "seq": _number(answer.seq)}
    if answer.earlier and answer.earlier_imei:
        other = answer.earlier_imei
        facts |= {"other_sn": other.sn, "other_pk": other.pk, "other_record": _record(other)}
        return filled(_SAID_OF_CROSSED, {**facts, **_facts(answer.earlier)})
    if answer.earlier and answer.verdict is Verdict.DIFFERS:
        text = _SAID_OF_DIFFERING[_is_of_device(answer, answer.earlier)]
        return filled(text, {**facts, **_facts(answer.earlier)})
    if answer.mode is not None:
        return tr(_SAID_OF_MODES[answer.mode])
    if answer.earlier and answer.verdict in _SAID_OF_EARLIER:
        return filled(_SAID_OF_EARLIER[answer.verdict], {**facts, **_facts(answer.earlier)})
    if answer.verdict in _SAID:
        return filled(_SAID[answer.verdict], facts)
    told = sentence(answer.reason) if answer.reason else _paragraph(headline(answer))
    return tr(_SAID_OTHERWISE).format(sentence=told, **facts)


def _half(answer: Answer) -> str:
    taken = sentence(answer.reason) if answer.reason else tr(_taken(answer.unit))
    earlier = answer.earlier
    if earlier is None:
        return taken
    told = _SN_BOUND if _is_of_device(answer, earlier) else _MODULE_BOUND
    return _paragraph([taken, filled(told, _facts(earlier))])


def _is_of_device(answer: Answer, record: BoundRecord) -> bool:
    device = answer.unit.device
    return device is not None and (device.pk, device.sn) == (record.pk, record.sn)


def _taken(unit: Unit) -> str:
    if unit.device is None and unit.chip is None:
        return mark("Module label taken. Scan the device's QR now.")
    if unit.device is None:
        return mark("Module taken. Scan the device's QR now.")
    if unit.imei is None:
        return mark("Device code taken. Scan the module's label now, or put the unit on the fixture.")
    if unit.chip is None:
        return mark("Device code and module label taken. Put the unit on the fixture now.")
    return mark("Device code and module taken. Scan the module's label now.")


def _facts(record: BoundRecord) -> dict[str, Fact]:
    return {"imei": record.imei, "pk": record.pk, "sn": record.sn, "record": _record(record)}


def _record(record: BoundRecord) -> str:
    with_operator = tr("since {when} by {operator} at station {station} (record #{seq})")
    text = with_operator if record.operator else tr("since {when} at station {station} (record #{seq})")
    return text.format(
        when=moment(record.when),
        operator=person(record.operator),
        station=record.station,
        seq=_number(record.seq),
    )


def _number(seq: int | None) -> str:
    return "" if seq is None else f"{seq:,}"


def _paragraph(sentences: Iterable[str]) -> str:
    return reduce(lambda first, second: tr("{first} {second}").format(first=first, second=second), sentences)
