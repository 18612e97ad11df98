"""The journal's page in the states that people meet, as the mock-up has them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from app.core.codes import DeviceCode, Imei, ProductKey, SerialNumber
from app.core.correcting import corrections_of_codes
from app.core.people import Person, Role
from app.core.record import BoundRecord, Capture, ChainCheck, Entry, EventKind, Stamp, Standing, StoredEvent
from app.core.state import State
from app.core.unit_list import Happening, UnitLine, UnitQuery, UnitState, UnitStory
from app.core.verdicts import Verdict
from app.station.reading_room import Counted, LinesRead, OperatorsRead, RecordRead, StoryRead
from app.station.view import StationView
from app.ui.journal_filters import Search
from app.ui.journal_page import JournalPage
from app.ui.main_window import MainWindow
from app.ui.pages import PageName
from app.ui.proof_badge import ProofFace, ProofState
from app.ui.theme import Palette
from app.wording.findings import finding
from app.wording.proofs import proof_detail, proof_title
from tests.ui.scenes import LONG_SN, NOW, PK, RULES, at, view

OLD_IMEI, NEW_IMEI = "863950069491274", "863950069495523"
SN = "123456782213456702"
REASON = "Antenna connector damaged, new module"
LONG_REASON = "The antenna connector broke off while the housing was closed; the module was replaced, " * 3
PART = "456702"
PEOPLE = ("Chen Jing", "Li Wei", "Wang Fang", "Zhao Min")


def line(seq: int, sn: str | None, imei: str | None, state: UnitState, minutes: float, who: str) -> UnitLine:
    pk = PK if sn else None
    return UnitLine(seq, pk, sn, imei, state, at(minutes), who, state is UnitState.UNBOUND)


LINES = (
    line(9207, SN, NEW_IMEI, UnitState.VERIFIED, 1110, "Li Wei"),
    line(9188, "123456780045670233", "863950069422170", UnitState.BOUND, 1110, "Chen Jing"),
    line(9187, "123456780045670241", "863950069422204", UnitState.VERIFIED, 1110, "Chen Jing"),
    line(9186, "123456780045670258", "863950069423046", UnitState.BOUND, 130, "Li Wei"),
    line(9185, LONG_SN, "863950069423111", UnitState.SCRAPPED, 129, "Zhao Min"),
    line(9184, "123456780045670274", "863950069456702", UnitState.UNBOUND, 1415, "Zhao Min"),
    line(9183, "123456780045670282", None, UnitState.SPOILED, 127, "Zhao Min"),
    line(9182, "123456780045670290", "863950069423511", UnitState.ON_HOLD, 45, "Chen Jing"),
    line(9181, None, "863950069430085", UnitState.RELEASED, 30, "(no sign-in)"),
    line(9180, "123456781145670225", "863950069430116", UnitState.BOUND, 29, "Chen Jing"),
)


def stamp(minutes: float, operator: str, approver: str | None = None) -> Stamp:
    return Stamp(at(minutes), 120, 86_400_000, "3", "1.0.0", operator, approver, shift=12)


def stored(seq: int, minutes: float, operator: str, entry: Entry, approver: str | None = None) -> StoredEvent:
    return StoredEvent(seq, stamp(minutes, operator, approver), entry, "a" * 64, "b" * 64)


def bound(imei: str) -> Entry:
    raw = f"pk={PK}&sn={SN}&v=1"
    return Entry(EventKind.BOUND, Verdict.BOUND, PK, SN, label_imei=imei, capture=Capture.LABEL, raw=raw)


def exported(file: str) -> Entry:
    return Entry(EventKind.EXPORTED, detail=f'{{"file": "{file}"}}')


def about(kind: EventKind, reason: str, imei: str | None = OLD_IMEI) -> Entry:
    return Entry(kind, pk=PK, sn=SN, label_imei=imei, reason=reason, before="bound #8911", after="free")


def story(unit: UnitLine = LINES[0], reason: str = REASON) -> UnitStory:
    events = (
        Happening(stored(8911, 2710, "Chen Jing", bound(OLD_IMEI))),
        Happening(stored(9020, 2590, "Zhao Min", exported("24-1093-A.csv")), row=318),
        Happening(stored(9204, 1570, "Zhao Min", about(EventKind.UNBOUND, reason), "Zhao Min")),
        Happening(stored(9207, 1560, "Li Wei", bound(NEW_IMEI)), is_again=True),
        Happening(stored(9611, 1115, "Zhao Min", exported("24-1093-B.csv")), row=77),
        Happening(stored(9700, 60, "Li Wei", replace(bound(NEW_IMEI), kind=EventKind.RESCANNED))),
    )
    record = BoundRecord(9207, Imei.released(NEW_IMEI), PK, SerialNumber(SN), at(1560), "3", "Li Wei")
    return UnitStory(unit, events, Standing(record, record))


def held() -> UnitStory:
    """Everything that can be put right about a unit that is not bound."""
    unit = LINES[7]
    fault = Entry(EventKind.FAULTED, Verdict.IMEI_INVALID, PK, unit.sn, unit.imei, capture=Capture.LABEL)
    return UnitStory(unit, (Happening(stored(9182, 45, "Chen Jing", fault)),), Standing())


def signed_in(role: Role, name: str) -> StationView:
    rules = replace(RULES, people=(Person("Zhao Min", Role.SUPERVISOR),))
    return replace(view(State(rules=rules, operator=Person(name, role))), operator=name)


QA, SUPERVISOR = signed_in(Role.QA, "Wang Fang"), signed_in(Role.SUPERVISOR, "Zhao Min")


def proof(check: ChainCheck) -> ProofFace:
    holds = check.finding is None
    return ProofFace(
        ProofState.HOLDS if holds else ProofState.BROKEN,
        proof_title(check),
        proof_detail(check, "11:38"),
        finding(check),
        rebuilds=check.finding == "bindings",
    )


HOLDS = ChainCheck(10_482, None, None, "b" * 64)
BROKEN = ChainCheck(9_203, 9_204, "changed", "b" * 64)
DERIVED = ChainCheck(10_482, 9_207, "bindings", "b" * 64)


def add_journal_page(window: MainWindow) -> JournalPage:
    def make(palette: Palette, parent: QWidget) -> JournalPage:
        return JournalPage(palette, lambda: NOW, parent)

    return window.add_page(PageName.JOURNAL, make)


def show_found(page: JournalPage, part: str = PART) -> None:
    """What the reading room tells, one thing after the other."""
    page.filters.field.put(part)
    page.show_told(OperatorsRead(PEOPLE))
    page.begin(Search(UnitQuery(part)))
    page.show_told(Counted(1, 37, 0.2))
    rows = page.list.table.rows
    page.show_told(LinesRead(1, 0, LINES[:rows]))
    page.show_told(Counted(1, 37, 1.0))
    page.show_told(StoryRead(story()))


def journal_stages(window: MainWindow, page: JournalPage) -> Iterator[str]:
    """Brings the page from one state to the next and gives the name of each."""
    window.show_view(QA)
    window.show_page(PageName.JOURNAL)
    page.badge.show_face(proof(HOLDS))
    show_found(page)
    yield "journal"
    page.show_told(RecordRead(1, 9204, story().happenings[2].event, LINES[0]))
    yield "journal-record"
    page.unit.record.back.click()
    page.badge.show_face(proof(BROKEN))
    page.show_told(StoryRead(story(reason=LONG_REASON)))
    page.show_told(Counted(1, 37, 0.34))
    yield "journal-broken"
    window.show_view(SUPERVISOR)
    page.badge.show_face(proof(DERIVED))
    show_found(page)
    yield "journal-supervisor"
    page.unit.form.open_form(page.unit.bar.corrections[1])
    page.unit.arrange()
    yield "journal-scrap"
    page.unit.show_done("On record as #10,483.")
    page.badge.show_face(ProofFace(ProofState.RUNNING, "Verifying", share=0.4))
    yield "journal-done"
    page.unit.show_story(held())
    page.badge.show_face(ProofFace())
    yield "journal-hold"
    page.filters.dates.toggle()
    yield "journal-dates"
    page.filters.dates.toggle()
    page.begin(Search(UnitQuery("999")))
    page.look_for("9990001", corrections_of_codes(DeviceCode(ProductKey(PK), SerialNumber("9990001")), None))
    page.show_told(Counted(1, 0, 1.0))
    yield "journal-nothing"
