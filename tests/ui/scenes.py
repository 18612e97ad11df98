"""Views of the station as the page meets them, for the tests and the gallery."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.core.codes import DeviceCode, Imei, ProductKey, SerialNumber
from app.core.errors import Reason, Why, because
from app.core.looks import LooksLike
from app.core.people import Act, Person, Role
from app.core.record import BoundRecord, Capture, OpenShift, Tally, UnitRow
from app.core.state import Latch, State
from app.core.unit import Answer, Dropped, Fixture, ImeiSource, Mode, Presence, Rules, Unit
from app.core.verdicts import Verdict
from app.ports.backups import BackupFound
from app.ports.fixture import LinkState, LinkStatus
from app.station.view import StationView

NOW = datetime(2026, 3, 9, 10, 32, 20).astimezone()
"""What the clock of the window says in all scenes, wherever they are looked at."""

PK = ProductKey("p11sf2")
IMEI = Imei("863950069494278")
OTHER_IMEI = Imei("863950069491084")
SN = "123456789123456789"
LONG_SN = "Q1W2E3R4T5" * 6 + "Z9X8"


def device(sn: str = SN) -> DeviceCode:
    return DeviceCode(PK, SerialNumber(sn))


def at(minutes_ago: float) -> str:
    then = NOW.astimezone(UTC) - timedelta(minutes=minutes_ago)
    return then.strftime("%Y-%m-%dT%H:%M:%S.000Z")


def record(imei: Imei = OTHER_IMEI, sn: str = SN, seq: int = 10288) -> BoundRecord:
    return BoundRecord(seq, imei, PK, SerialNumber(sn), at(135), "3", "Li Wei")


RECENT = tuple(
    UnitRow(10411 - number, at(minutes), verdict, PK, f"123456789123456{tail}", IMEI)
    for number, (minutes, verdict, tail) in enumerate(
        [
            (1, Verdict.BOUND, "788"),
            (2, Verdict.BOUND, "787"),
            (3, Verdict.ALREADY_BOUND, "741"),
            (3, Verdict.BOUND, "786"),
            (4, Verdict.BOUND, "785"),
            (5, Verdict.BOUND, "784"),
            (7, Verdict.IMEI_MISMATCH, "702"),
            (10, Verdict.BOUND, "783"),
        ]
    )
)
CURVE = (32, 42, 48, 55, 51, 40, 53, 61, 57, 52, 56, 60)
RULES = Rules(imei_from=ImeiSource.EITHER, has_port=True, read_seconds=5.0)
PORT = LinkStatus(LinkState.ANSWERING, "COM5")


def view(state: State | None = None, link: LinkStatus = PORT) -> StationView:
    return StationView(
        state=state or State(rules=RULES),
        station="2",
        operator="Chen Jing",
        shift=OpenShift(12, 10100, at(152)),
        tally=Tally(bound=137, rescanned=4, faults=1),
        recent=RECENT,
        per_ten_minutes=CURVE,
        per_hour=CURVE[-1],
        backup=BackupFound(Path("journal-20260309T060000Z-0010100.db"), at(272), 10100),
        link=link,
        now=1000.0,
    )


def with_rules(imei_from: ImeiSource, has_port: bool = True) -> Rules:
    return replace(RULES, imei_from=imei_from, has_port=has_port)


def half(unit: Unit, rules: Rules = RULES, **more: object) -> StationView:
    return view(replace(State(rules=rules, unit=unit), **more))  # type: ignore[arg-type]


def reading(seconds: float = 1.3, rules: Rules = RULES) -> StationView:
    fixture = Fixture(Presence.MODULE, IMEI)
    return half(Unit(device()), rules, asking=1, asked_at=1000.0 - seconds, fixture=fixture)


def newest(shown: StationView, answer: Answer, **tally: int) -> StationView:
    """The view after this answer: its unit leads the list."""
    unit = answer.unit
    sn, pk = (unit.device.sn, unit.device.pk) if unit.device else (None, None)
    row = UnitRow(answer.seq or 0, at(0), answer.verdict, pk, sn, unit.imei)
    counted = replace(shown.tally, **tally)
    return replace(shown, recent=(row, *RECENT[:7]), tally=counted)


def passed(sn: str = SN, number: int = 138) -> StationView:
    unit = Unit(device(sn), chip=IMEI)
    answer = Answer(Verdict.BOUND, unit, seq=10274 + number)
    return newest(view(State(rules=RULES, shown=answer)), answer, bound=number)


def same_pair() -> StationView:
    unit = Unit(device(), chip=IMEI)
    earlier = record(IMEI, seq=10391)
    answer = Answer(Verdict.ALREADY_BOUND, unit, because(Why.SAME_PAIR), seq=10413, earlier=earlier)
    return newest(view(State(rules=RULES, shown=answer)), answer, rescanned=5)


def shift_end_refused() -> StationView:
    person = Person("Chen Jing", Role.OPERATOR)
    reason = because(Why.NOT_ALLOWED, name=person.name, role=person.role, act=Act.MANAGE)
    return view(State(rules=RULES, operator=person, shown=Answer(Verdict.NO_OPERATOR, reason=reason)))


def fault(answer: Answer, ignored: int = 0, link: LinkStatus = PORT) -> StationView:
    state = State(rules=RULES, shown=answer, latch=Latch(answer, ignored))
    return newest(view(state, link), answer, faults=2)


def sn_taken(ignored: int = 2) -> StationView:
    unit = Unit(device(), chip=IMEI)
    reason = because(Why.SN_BOUND_ELSEWHERE)
    return fault(Answer(Verdict.SN_TAKEN, unit, reason, seq=10414, earlier=record()), ignored)


def imei_taken() -> StationView:
    earlier = record(IMEI, "123456789123450042")
    reason = because(Why.IMEI_BOUND_ELSEWHERE)
    return fault(Answer(Verdict.IMEI_TAKEN, Unit(device(), chip=IMEI), reason, seq=10414, earlier=earlier))


def crossed() -> StationView:
    answer = Answer(
        Verdict.CROSSED,
        Unit(device(), chip=IMEI),
        because(Why.BOTH_BOUND_ELSEWHERE),
        seq=10414,
        earlier=record(),
        earlier_imei=record(IMEI, "123456789123450042", 9874),
    )
    return fault(answer, 1)


def mismatch() -> StationView:
    reason = because(Why.LABEL_AND_CHIP_DIFFER, label=OTHER_IMEI, chip=IMEI)
    return fault(Answer(Verdict.IMEI_MISMATCH, Unit(device(), OTHER_IMEI, IMEI), reason, seq=10414))


def invalid() -> StationView:
    text = "863950069494275"
    reason = because(Why.IMEI_CHECK_DIGIT, imei=text, found="5", expected="8")
    answer = Answer(
        Verdict.IMEI_INVALID,
        Unit(device()),
        reason,
        seq=10414,
        imei_text=text,
        imei_text_from=Capture.SERIAL,
    )
    return fault(answer)


def unknown_code(
    raw: str = "https://www.example.com/support?product=tracker", ignored: int = 0
) -> StationView:
    reason = because(Why.LOOKS_LIKE, looks_like=LooksLike.WEB_ADDRESS)
    return fault(Answer(Verdict.UNKNOWN_CODE, reason=reason, seq=10414, raw=raw), ignored)


def module_fault() -> StationView:
    reason = because(Why.MODULE_SILENT, port="COM5", tries=3, seconds=25)
    link = LinkStatus(LinkState.SILENT, "COM5")
    return fault(Answer(Verdict.MODULE_FAULT, Unit(device()), reason, seq=10414), 3, link)


def journal_fault() -> StationView:
    reason = because(Why.DISK_FULL, path="C:/ProgramData/Binding Station/journal.db")
    shown = fault(Answer(Verdict.JOURNAL_FAULT, Unit(device(), chip=IMEI), reason))
    return replace(shown, journal_trouble=reason, recent=RECENT)


def dropped() -> StationView:
    reason = because(Why.DROPPED_TIME_OUT, seconds=60)
    return view(State(rules=RULES, dropped=Dropped(Unit(device()), reason)))


def first_start() -> StationView:
    return StationView(station="2", link=LinkStatus(LinkState.NONE))


def port_trouble(why: Why = Why.PORT_BUSY) -> StationView:
    reason: Reason = because(why, port="COM5")
    return view(link=LinkStatus(LinkState.TROUBLE, "COM5", reason))


def backup_old() -> StationView:
    old = BackupFound(Path("journal-20260304T060000Z-0009100.db"), at(5 * 1440 + 30), 9100)
    return replace(view(), backup=old)


def with_people() -> Rules:
    return replace(RULES, people=(Person("Zhao Min", Role.SUPERVISOR),))


def undone() -> StationView:
    answer = Answer(Verdict.UNDONE, Unit(device(), label=IMEI), seq=10413, earlier=record(IMEI, seq=10412))
    return view(State(rules=RULES, shown=answer))


def binding_waits(waiting: int = 0) -> StationView:
    """Rows of a file come in, after a unit that passed."""
    return replace(passed(), at_desk=True, waiting=waiting)


def supervisors_only() -> StationView:
    reason = because(Why.NOT_ALLOWED, name="Chen Jing", role=Role.OPERATOR, act=Act.MANAGE)
    return view(State(rules=RULES, shown=Answer(Verdict.NO_OPERATOR, reason=reason)))


def scrapped() -> StationView:
    answer = Answer(
        Verdict.RETIRED, Unit(device(), chip=IMEI), because(Why.IMEI_RETIRED, seq=10288), seq=10413
    )
    return view(State(rules=RULES, shown=answer, latch=Latch(answer)))


def spoiled() -> StationView:
    answer = Answer(Verdict.SN_NOT_ISSUED, Unit(device()), because(Why.SN_SPOILED, seq=10288), seq=10413)
    return view(State(rules=RULES, shown=answer, latch=Latch(answer)))


def refused(answer: Answer) -> StationView:
    return view(State(rules=RULES, shown=answer, latch=Latch(answer)))


def wrong_product() -> StationView:
    other = DeviceCode(ProductKey("p08kx1"), SerialNumber(SN))
    reason = because(Why.PRODUCT_NOT_ORDERED, pk="p08kx1", wanted="p11sf2")
    return refused(Answer(Verdict.WRONG_PRODUCT, Unit(other), reason, seq=10413))


def not_issued() -> StationView:
    reason = because(Why.SN_NOT_ON_LIST, sn=SN, order="24-1107")
    return refused(Answer(Verdict.SN_NOT_ISSUED, Unit(device()), reason, seq=10413))


def wrong_type() -> StationView:
    reason = because(Why.TAC_NOT_ALLOWED, tac=IMEI.tac, wanted="86948706, 86948707, 86948708, …")
    return refused(Answer(Verdict.TAC_NOT_ALLOWED, Unit(device(), chip=IMEI), reason, seq=10413))


def verified(verdict: Verdict, mode: Mode = Mode.VERIFY) -> StationView:
    earlier = (
        None if verdict is Verdict.NOT_BOUND else record(IMEI if verdict is Verdict.MATCHES else OTHER_IMEI)
    )
    answer = Answer(verdict, Unit(device(), chip=IMEI), seq=10413, earlier=earlier)
    return view(State(rules=RULES, shown=answer, mode=mode))


def scenes() -> dict[str, StationView]:
    """Every state of the binding page by its name."""
    label, both = with_rules(ImeiSource.LABEL), with_rules(ImeiSource.BOTH)
    lying = Fixture(Presence.MODULE, IMEI, judged=IMEI, judged_with=device("123456789123456788"))
    earlier = Answer(Verdict.HALF, Unit(device()), earlier=record())
    return {
        "waiting": view(),
        "waiting-label": view(State(rules=with_rules(ImeiSource.LABEL, False)), LinkStatus(LinkState.NONE)),
        "waiting-both": view(State(rules=both)),
        "waiting-first": first_start(),
        "waiting-no-port": view(
            State(rules=with_rules(ImeiSource.SERIAL, False)), LinkStatus(LinkState.NONE)
        ),
        "waiting-dropped": dropped(),
        "waiting-at-desk": binding_waits(),
        "waiting-at-desk-scans": binding_waits(3),
        "waiting-supervisors": supervisors_only(),
        "half-no-port": half(Unit(device()), with_rules(ImeiSource.SERIAL, has_port=False)),
        "half-label": half(Unit(device()), label),
        "half-either": half(Unit(device())),
        "half-both": half(Unit(device(), chip=IMEI), both),
        "half-qr": half(Unit(chip=IMEI)),
        "half-qr-both": half(Unit(chip=IMEI), both),
        "half-qr-from-label": half(Unit(label=IMEI), label),
        "half-earlier": half(Unit(device()), label, shown=earlier),
        "put-on": half(Unit(device()), asking=1, asked_at=999.0),
        "reading": reading(),
        "reading-both": reading(3.0, both),
        "lifting": half(Unit(device()), lifting=True, fixture=lying),
        "pass": passed(),
        "pass-long-sn": passed(LONG_SN),
        "pass-shift-of-years": passed(number=1_234_567),
        "same": same_pair(),
        "waiting-shift-end": shift_end_refused(),
        "undone": undone(),
        "badge-first": view(State(rules=with_people())),
        "badge-qa": view(State(rules=with_people(), operator=Person("Wang Fang", Role.QA))),
        "fault-scrapped": scrapped(),
        "fault-spoiled": spoiled(),
        "fault-wrong-product": wrong_product(),
        "fault-not-issued": not_issued(),
        "fault-wrong-type": wrong_type(),
        "verify-matches": verified(Verdict.MATCHES),
        "verify-not-bound": verified(Verdict.NOT_BOUND),
        "verify-differs": verified(Verdict.DIFFERS),
        "fault-sn-taken": sn_taken(),
        "fault-imei-taken": imei_taken(),
        "fault-crossed": crossed(),
        "fault-mismatch": mismatch(),
        "fault-invalid": invalid(),
        "fault-unknown": unknown_code(),
        "fault-unknown-long": unknown_code("MT:" + "Y.K9042C00KA0648G00" * 12, 12),
        "fault-module": module_fault(),
        "fault-journal": journal_fault(),
        "port-busy": port_trouble(),
        "backup-old": backup_old(),
    }
