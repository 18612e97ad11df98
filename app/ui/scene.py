"""What the binding page is to show of a state: which stage of work, which unit, which answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from app.core.binding import State
from app.core.unit import EMPTY_UNIT, Answer, Dropped, ImeiSource, Rules, Unit
from app.core.verdicts import Kind
from app.station.view import StationView


class Stage(StrEnum):
    """The five faces of the page."""

    WAITING = "waiting"
    HALF = "half"
    PASS = "pass"
    SAME = "same"
    FAULT = "fault"


_STAGES = {
    Kind.PASS: Stage.PASS,
    Kind.NEUTRAL: Stage.SAME,
    Kind.UNIT_FAULT: Stage.FAULT,
    Kind.SCAN_FAULT: Stage.FAULT,
    Kind.STATION_FAULT: Stage.FAULT,
}


@dataclass(frozen=True, slots=True)
class Scene:
    """The stage with its unit, and the answer where one is shown."""

    stage: Stage
    unit: Unit
    answer: Answer | None = None

    @property
    def fault(self) -> Answer | None:
        return self.answer if self.stage is Stage.FAULT else None


def scene_of(state: State) -> Scene:
    answer = state.latch.answer if state.latch else state.shown
    stage = _STAGES.get(answer.verdict.kind) if answer else None
    if answer is not None and stage is not None:
        return Scene(stage, answer.unit, answer)
    return Scene(Stage.WAITING if state.unit == EMPTY_UNIT else Stage.HALF, state.unit, answer)


def without_old_answer(view: StationView) -> StationView:
    """While binding waits the answer about the last unit must not be taken for that of the next one. What is
    latched is not taken for a pass, and stays."""
    if not view.at_desk or view.state.latch is not None:
        return view
    return replace(view, state=replace(view.state, shown=None))


def dropped_of(state: State) -> Dropped | None:
    """The half that was dropped last, until another unit is answered."""
    return state.dropped or (state.shown.dropped if state.shown else None)


def is_reading(state: State) -> bool:
    """The station asks the module, because a device code is in hand."""
    return state.asking is not None and state.unit.device is not None


def needs_port(rules: Rules) -> bool:
    """Units cannot be bound before there is a port."""
    return rules.imei_from in (ImeiSource.SERIAL, ImeiSource.BOTH) and not rules.has_port


def port_name(view: StationView) -> str:
    """The port as people call it: `COM5`, `ttyUSB2`, `10.0.0.7:4001`."""
    return short_port(view.link.port)


def short_port(port: str) -> str:
    return port.rpartition("://")[2].removeprefix("/dev/")
