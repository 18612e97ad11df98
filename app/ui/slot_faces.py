"""What the two slots say about a view."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.core.codes import DeviceCode
from app.core.errors import Why
from app.core.record import Capture
from app.core.typed_entry import wanted
from app.core.unit import Answer, Half, ImeiSource, Rules, Unit
from app.core.verdicts import Verdict
from app.station.view import StationView
from app.ui.digits import differing
from app.ui.icons import Icon
from app.ui.marks import Mark
from app.ui.scene import Scene, Stage, is_reading, port_name, scene_of
from app.ui.theme import BODY, CODE, Style
from app.wording.language import tr


class Look(StrEnum):
    """How a slot is dressed."""

    WAITING = "waiting"
    ACTIVE = "active"
    PASS = "pass"
    SAME = "same"
    MARKED = "marked"
    QUIET = "quiet"
    """In a fault that this slot has no part in."""


@dataclass(frozen=True, slots=True)
class SlotFact:
    """A small fact in the last row of a slot; a bar stands for an empty one. Without a name it tells of the
    fact before it."""

    name: str
    value: str
    style: Style = BODY


@dataclass(frozen=True, slots=True)
class SlotFace:
    """Everything that a slot shows."""

    title: str
    icon: Icon
    value_name: str
    look: Look
    sign: Mark | Icon
    word: str
    """Empty where there is nothing to say, then the pill is left out."""
    value: str
    groups: tuple[int, ...]
    """Lengths of the groups of digits that stand as bars where the value will come."""
    facts: tuple[SlotFact, ...]
    marked: frozenset[int] = frozenset()
    hint: str = ""
    """The other way to fill it, where there is one now."""


_LOOKS = {Stage.PASS: Look.PASS, Stage.SAME: Look.SAME, Stage.FAULT: Look.QUIET}
_MARKS_DEVICE = (
    Verdict.SN_TAKEN,
    Verdict.CROSSED,
    Verdict.WRONG_PRODUCT,
    Verdict.SN_NOT_ISSUED,
    Why.SN_RETIRED,
)
_MARKS_MODULE = (
    Verdict.IMEI_TAKEN,
    Verdict.CROSSED,
    Verdict.IMEI_MISMATCH,
    Verdict.IMEI_INVALID,
    Verdict.TAC_NOT_ALLOWED,
    Verdict.MODULE_FAULT,
    Why.IMEI_RETIRED,
)


def device_face(view: StationView) -> SlotFace:
    scene = scene_of(view.state)
    device = scene.unit.device
    look = _look(scene, bool(device), _MARKS_DEVICE)
    filled = tr("Typed") if Half.SN in scene.unit.typed else tr("Captured")
    sign, word = _sign(look, filled if device else "", _device_fault_word(scene))
    return SlotFace(
        title=tr("Device QR"),
        icon=Icon.QR,
        value_name=tr("SN"),
        look=look,
        sign=sign,
        word=word,
        value=device.sn if device else "",
        groups=(5, 5, 5, 3),
        facts=_device_facts(view, device),
        hint="" if device else _typing_hint(view, Half.SN),
    )


def _typing_hint(view: StationView, half: Half) -> str:
    asked = wanted(view.state)
    return tr("F6: type it in") if asked is not None and asked.half is half else ""


def _device_facts(view: StationView, device: DeviceCode | None) -> tuple[SlotFact, ...]:
    """The product key, and its product's name where it was given one."""
    key = SlotFact(tr("PK"), device.pk if device else "", CODE)
    product = view.state.rules.product(device.pk) if device else None
    return (key, SlotFact("", product.name)) if product and product.name else (key,)


def module_face(view: StationView) -> SlotFace:
    scene = scene_of(view.state)
    value, marked = _number(scene)
    look = _look(scene, bool(value), _MARKS_MODULE)
    sign, word = _sign(look, _read_word(scene.unit) if value else "", _module_fault_word(scene))
    if scene.stage is Stage.HALF and not value:
        look, sign, word = _awaited(view)
    return SlotFace(
        title=tr("Module"),
        icon=Icon.CHIP,
        value_name=tr("IMEI"),
        look=look,
        sign=sign,
        word=word,
        value=value,
        groups=(5, 5, 5),
        facts=_module_facts(view, scene),
        marked=marked,
        hint="" if value else _typing_hint(view, Half.IMEI),
    )


_MarkedBy = Verdict | Why


def _mark_of(fault: Answer) -> _MarkedBy:
    """What was scrapped is told by the reason: the verdict is one for both."""
    return fault.reason.why if fault.verdict is Verdict.RETIRED and fault.reason else fault.verdict


def _look(scene: Scene, filled: bool, marking: tuple[_MarkedBy, ...]) -> Look:
    if scene.fault is not None and _mark_of(scene.fault) in marking:
        return Look.MARKED
    if scene.stage in _LOOKS:
        return _LOOKS[scene.stage]
    return Look.ACTIVE if filled else Look.WAITING


def _sign(look: Look, filled_word: str, fault_word: str) -> tuple[Mark | Icon, str]:
    if look is Look.MARKED:
        return Mark.FAULT, fault_word
    if look is Look.WAITING:
        return Mark.WAITING, tr("Waiting")
    return (Mark.SAME if look is Look.SAME else Mark.PASS), filled_word


def _awaited(view: StationView) -> tuple[Look, Mark | Icon, str]:
    """A device code is in hand, and the module is not."""
    if view.state.lifting:
        return Look.ACTIVE, Mark.WARNING, tr("Last unit")
    if is_reading(view.state):
        return Look.ACTIVE, Icon.CLOCK, tr("Reading")
    return Look.WAITING, Mark.WAITING, tr("Waiting")


def _read_word(unit: Unit) -> str:
    if Half.IMEI in unit.typed:
        return tr("Typed")
    return tr("Read") if unit.chip else tr("Scanned")


def _device_fault_word(scene: Scene) -> str:
    words = {
        Verdict.RETIRED: tr("Scrapped"),
        Verdict.SN_NOT_ISSUED: tr("Not issued"),
        Verdict.WRONG_PRODUCT: tr("Wrong product"),
    }
    return words.get(scene.fault.verdict, tr("Bound elsewhere")) if scene.fault else ""


def _module_fault_word(scene: Scene) -> str:
    words = {
        Verdict.RETIRED: tr("Scrapped"),
        Verdict.IMEI_MISMATCH: tr("Label differs"),
        Verdict.IMEI_INVALID: tr("Not valid"),
        Verdict.TAC_NOT_ALLOWED: tr("Wrong type"),
        Verdict.MODULE_FAULT: tr("No answer"),
    }
    return words.get(scene.fault.verdict, tr("Bound elsewhere")) if scene.fault else ""


def _number(scene: Scene) -> tuple[str, frozenset[int]]:
    """What stands in the module's slot, and which of its digits are wrong."""
    fault = scene.fault
    if fault is not None and fault.verdict is Verdict.IMEI_INVALID and fault.imei_text:
        return fault.imei_text, wrong_digits(fault)
    if fault is not None and fault.verdict is Verdict.IMEI_MISMATCH:
        return str(scene.unit.chip), differing(str(scene.unit.chip), str(scene.unit.label))
    if fault is not None and fault.verdict is Verdict.TAC_NOT_ALLOWED:
        return str(scene.unit.imei or ""), TYPE_DIGITS
    return str(scene.unit.imei or ""), frozenset()


TYPE_DIGITS = frozenset(range(8))
"""Where the type stands in an IMEI."""


def wrong_digits(fault: Answer) -> frozenset[int]:
    """The check digit, where it is what is wrong with an IMEI."""
    if fault.imei_text and fault.reason and fault.reason.why is Why.IMEI_CHECK_DIGIT:
        return frozenset({len(fault.imei_text) - 1})
    return frozenset()


def _module_facts(view: StationView, scene: Scene) -> tuple[SlotFact, ...]:
    rules, unit = view.state.rules.for_unit(scene.unit.device), scene.unit
    if scene.stage is Stage.HALF and rules.wants_label and unit.label is None:
        return (SlotFact(tr("Label"), tr("waiting")),)
    source = SlotFact(tr("Source"), _source(rules, unit, scene.fault))
    port = port_name(view)
    return (source, SlotFact(tr("Port"), port, CODE.sized(18))) if rules.may_ask and port else (source,)


def _source(rules: Rules, unit: Unit, fault: Answer | None) -> str:
    captured = fault.imei_text_from if fault and fault.imei_text_from else unit.imei_capture
    wanted = _WANTED[rules.imei_from] if rules.may_ask else Capture.LABEL
    words = {
        Capture.SERIAL: tr("Serial"),
        Capture.LABEL: tr("Label"),
        Capture.BOTH: tr("Serial and label"),
        Capture.TYPED: tr("Typed"),
    }
    found = captured or wanted
    return words[found] if found else tr("Serial or label")


_WANTED = {
    ImeiSource.SERIAL: Capture.SERIAL,
    ImeiSource.LABEL: Capture.LABEL,
    ImeiSource.BOTH: Capture.BOTH,
    ImeiSource.EITHER: None,
}
