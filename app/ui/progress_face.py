"""What the panel says while a unit is awaited or in hand: the one thing to do next."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.core.errors import Why
from app.core.people import Act
from app.core.unit import Answer, Half, ImeiSource, Mode, Presence, Rules, Unit
from app.station.view import StationView
from app.ui.drawings import Picture
from app.ui.numbers import count
from app.ui.scene import Scene, Stage, dropped_of, is_reading, needs_port, port_name
from app.wording.language import ntr, tr
from app.wording.verdicts import dropped_line


class Tone(StrEnum):
    """The colours of the note."""

    READY = "ready"
    DONE = "done"
    ATTENTION = "attention"


@dataclass(frozen=True, slots=True)
class Note:
    """The pill above the instruction."""

    tone: Tone
    word: str


@dataclass(frozen=True, slots=True)
class ReadBar:
    """How long the module has been read, in seconds at the moment of the view, and how long it may take."""

    elapsed: float
    total: float
    port: str


@dataclass(frozen=True, slots=True)
class ProgressFace:
    """Everything that the panel shows."""

    note: Note
    title: str
    lines: tuple[str, ...]
    picture: Picture
    active: bool
    bar: ReadBar | None = None

    @property
    def spoken(self) -> str:
        return " ".join((self.title, *self.lines, self.note.word))


def progress_face(view: StationView, scene: Scene) -> ProgressFace:
    if view.at_desk:
        return _binding_waits(view)
    active = scene.stage is Stage.HALF
    title, lines, picture = _instruction(view, scene.unit) if active else _waiting(view)
    return ProgressFace(_note(view, scene), title, lines, picture, active, _bar(view))


def _binding_waits(view: StationView) -> ProgressFace:
    word = tr("Please wait")
    if view.waiting:
        word = ntr("{count} scan waits", "{count} scans wait", view.waiting)
    lines = (tr("Something else is being put on record."), tr("Scans are answered afterwards."))
    note = Note(Tone.ATTENTION, word.format(count=count(view.waiting)))
    return ProgressFace(note, tr("Binding waits"), lines, Picture.WAIT, False)


def _bar(view: StationView) -> ReadBar | None:
    state = view.state
    if not is_reading(state):
        return None
    elapsed = max(0.0, view.now - state.asked_at)
    return ReadBar(elapsed, state.rules.read_seconds, port_name(view))


# --- what to do -------------------------------------------------------------------------------------------

Instruction = tuple[str, tuple[str, ...], Picture]


def _waiting(view: StationView) -> Instruction:
    rules = view.state.at_hand
    if not view.state.may_work:
        return tr("Scan your badge"), _who_may_not(view), Picture.SCAN_LABEL
    if view.state.mode is Mode.VERIFY:
        return _verifying(rules)
    done = view.order.bound if view.order else view.tally.bound
    title = tr("Next unit: {number}").format(number=count(done + 1))
    if rules.may_ask:
        scan = tr("Scan its QR code and its label.") if rules.wants_label else tr("Scan its QR code.")
        return title, (tr("Put it on the fixture."), scan), Picture.PUT_ON
    if needs_port(rules):
        return title, (tr("The module port is missing:"), tr("see the settings.")), Picture.PUT_ON
    return title, (tr("Scan its QR code."), tr("Scan the label of its module.")), Picture.SCAN_QR


def _verifying(rules: Rules) -> Instruction:
    scan = tr("Scan its QR code or its label.")
    title, nothing = tr("Compare a unit"), tr("Nothing is bound.")
    return title, (scan, nothing), Picture.PUT_ON if rules.may_ask else Picture.SCAN_QR


def _who_may_not(view: StationView) -> tuple[str, ...]:
    if view.state.operator is None:
        return tr("Nobody is signed in."), tr("Without a badge: press F2.")
    return (tr("{name} may not bind units.").format(name=view.state.operator.name),)


def _instruction(view: StationView, unit: Unit) -> Instruction:
    rules = view.state.at_hand
    if view.state.lifting:
        return tr("Take the last unit off"), (tr("Then put this one on the fixture."),), Picture.TAKE_OFF
    if unit.device is None:
        return tr("Scan the QR code"), _where_the_qr_is(rules, unit), Picture.SCAN_QR
    if is_reading(view.state):
        return _reading(view, unit)
    if needs_port(rules) and unit.chip is None:
        return tr("No module port"), (tr("The module cannot be read:"), tr("see the settings.")), Picture.READ
    return tr("Scan the label"), _where_the_label_is(rules), Picture.SCAN_LABEL


def _where_the_qr_is(rules: Rules, unit: Unit) -> tuple[str, ...]:
    if rules.wants_label and unit.label is None:
        return tr("on the housing of this unit,"), tr("and the label of its module.")
    return (tr("on the housing of this unit."),)


def _where_the_label_is(rules: Rules) -> tuple[str, ...]:
    if rules.may_ask and rules.imei_from is ImeiSource.EITHER:
        return tr("of the module in this unit,"), tr("or put it on the fixture.")
    return (tr("of the module in this unit."),)


def _reading(view: StationView, unit: Unit) -> Instruction:
    label_missing = view.state.at_hand.wants_label and unit.label is None
    if view.state.fixture.presence is not Presence.MODULE:
        line = tr("And scan its label.") if label_missing else tr("The module is read by itself.")
        return tr("Put it on the fixture"), (line,), Picture.PUT_ON
    line = tr("Leave it there and scan its label.") if label_missing else tr("Leave the unit on the fixture.")
    return tr("Reading the module"), (line,), Picture.READ


# --- what stands above it ---------------------------------------------------------------------------------


def _note(view: StationView, scene: Scene) -> Note:
    if scene.answer is not None and scene.answer.earlier is not None:
        text = tr("Bound already, record #{number}").format(number=count(scene.answer.earlier.seq))
        return Note(Tone.ATTENTION, text)
    if scene.answer is not None and _is_for_supervisors(scene.answer):
        return Note(Tone.ATTENTION, tr("A supervisor closes the shift."))
    dropped = dropped_of(view.state)
    if dropped is not None:
        return Note(Tone.ATTENTION, dropped_line(dropped))
    if scene.stage is Stage.HALF:
        return Note(Tone.DONE, _captured(scene.unit))
    return Note(Tone.READY, tr("Ready"))


def _is_for_supervisors(answer: Answer) -> bool:
    """The card SHIFT END of somebody who may not close it."""
    reason = answer.reason
    return reason is not None and reason.why is Why.NOT_ALLOWED and reason.facts.get("act") == Act.MANAGE


def _captured(unit: Unit) -> str:
    if Half.SN in unit.typed and not unit.label:
        return tr("SN typed in")
    if unit.device is not None:
        return tr("QR code and label captured") if unit.label else tr("QR code captured")
    return tr("Module read") if unit.chip else tr("Label captured")
