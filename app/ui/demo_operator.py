"""Who works at the window in the demonstration: puts modules on, scans codes, and looks at the verdicts."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from app.core.binding import State
from app.core.cards import Card, card_text
from app.core.unit import Answer
from app.core.verdicts import Verdict
from app.station.demo_shift import DemoUnit
from app.station.view import StationView
from app.ui.bridge import Bridge
from app.ui.main_window import MainWindow
from app.ui.simulated_scanner import SimulatedScanner

_LOOK_MS = 350
"""How long each verdict stays, so that a person can follow."""

_AT_THE_END_MS = 2500


class DemoOperator(QObject):
    """Brings one unit after the other to a window that is shown, takes a picture, and closes the window."""

    def __init__(
        self,
        window: MainWindow,
        bridge: Bridge,
        units: Sequence[DemoUnit],
        put_on: Callable[[str], None],
        tell: Callable[[Answer], None],
        picture: Path,
    ) -> None:
        super().__init__(window)
        self._window, self._put_on, self._tell, self._picture = window, put_on, tell, picture
        self._units = deque(units)
        self._scans: deque[str] = deque()
        self._told: Answer | None = None
        self._scanner = SimulatedScanner(window.windowHandle(), self)
        bridge.published.connect(self._look)
        QTimer.singleShot(_LOOK_MS, self._next_unit)

    def _next_unit(self) -> None:
        if not self._units:
            self._window.grab().save(str(self._picture))
            QTimer.singleShot(_AT_THE_END_MS, self._window.close)
            return
        unit = self._units.popleft()
        self._put_on(unit.module)
        self._scans = deque(unit.scans)
        self._next_scan()

    def _next_scan(self) -> None:
        if self._scans:
            self._scanner.scan(self._scans.popleft())

    def _look(self, view: StationView) -> None:
        answer = _answer_of(view.state)
        if answer is None or answer == self._told:
            return
        self._told = answer
        self._tell(answer)
        if self._scans and answer.verdict is Verdict.HALF and answer.unit.label:
            QTimer.singleShot(_LOOK_MS, self._next_scan)
        elif answer.verdict is not Verdict.HALF:
            QTimer.singleShot(_LOOK_MS, self._go_on)

    def _go_on(self) -> None:
        if self._told is not None and self._told.verdict.latches:
            self._scanner.scan(card_text(Card.CONTINUE))
            QTimer.singleShot(_LOOK_MS, self._next_unit)
        else:
            self._next_unit()


def _answer_of(state: State) -> Answer | None:
    return state.latch.answer if state.latch else state.shown
