"""A whole shift with a simulated module on a loopback socket and a simulated scanner."""

from __future__ import annotations

import os
import queue
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from app import __version__
from app.adapters.simulated_module import LoopbackPort, SimulatedModule
from app.cli.tools import DemoResult
from app.core.errors import Why, because
from app.core.record import Entry, EventKind
from app.core.selection import Selection
from app.core.unit import Answer, ImeiSource, Rules
from app.core.verdicts import Verdict
from app.main.place import Place
from app.station.demo_shift import DemoUnit, demo_units
from app.station.export import Exporter, FileWanted
from app.station.station import Station
from app.station.view import StationView
from app.wording.language import tr
from app.wording.reasons import sentence

_PICTURE = "screenshot.png"
_PROGRESS = (Verdict.HALF, Verdict.CONTINUED)


def run_demo(units: int, out: Path, headless: bool, progress: Callable[[Answer], None]) -> DemoResult:
    """In a station's folder that is gone afterwards; the files stay in `out`.

    Raises:
        Faulted: a file cannot be written.
    """
    place_out = _made(out)
    verdicts: Counter[str] = Counter()

    def note(answer: Answer) -> None:
        if answer.verdict not in _PROGRESS:
            verdicts[answer.verdict] += 1
        progress(answer)

    with tempfile.TemporaryDirectory(prefix="binding-station-") as folder:
        place = Place(Path(folder))
        place.settings = replace(
            place.settings, station=tr("Demo"), imei_from=ImeiSource.SERIAL, sign_in=False
        )
        module = SimulatedModule()
        with LoopbackPort(module) as port, place.alone():
            shift = DemoShift(place, module, port.url, list(demo_units(units)), note)
            screenshot, why = shift.run_in_window(place_out) if not headless else shift.run(place_out)
            file = _close_shift(place, place_out)
    return DemoResult(file, screenshot, why, dict(verdicts), shift_closed=True)


def _made(out: Path) -> Path:
    from app.adapters.station_folder import StationFolder

    StationFolder(out).make()
    return out


def _close_shift(place: Place, out: Path) -> Path:
    file = out / "relationship.csv"
    with place.journal() as journal:
        shift = journal.current_shift()
        if shift is None:
            raise RuntimeError("the demo bound nothing")
        journal.close_shift(place.stamp(shift.id), Entry(EventKind.SHIFT_CLOSED))
        stamp, writer = place.stamp(shift.id), place.relationship_writer()
        exporter = Exporter(journal, lambda entry: journal.record(stamp, entry), writer, stamp)
        exporter.export(FileWanted(file, Selection(shift=shift.id), replace=True))
    return file


class DemoShift:
    """The units of the demo, brought to a station one after the other."""

    def __init__(
        self,
        place: Place,
        module: SimulatedModule,
        port: str,
        units: list[DemoUnit],
        progress: Callable[[Answer], None],
    ) -> None:
        self._place, self._module, self._port = place, module, port
        self._units, self._progress = units, progress
        self._answers: queue.SimpleQueue[Answer] = queue.SimpleQueue()
        self._view = StationView()

    def run(self, out: Path) -> tuple[Path | None, str | None]:
        """Without a window; the screenshot shows what it would have shown."""
        rules = replace(self._rules(), final_answers=True, latching=False)
        station = self._place.station(rules, self._port, self._keep, self._answers.put)
        station.start()
        try:
            for unit in self._units:
                self._bring(station, unit)
        finally:
            station.stop()
        return _picture(self._view, out)

    def run_in_window(self, out: Path) -> tuple[Path | None, str | None]:
        """The same, typed into the real window."""
        from app.main.window import StationWindow
        from app.ui.application import Application
        from app.ui.demo_operator import DemoOperator

        application, picture = Application(), out / _PICTURE
        shown = StationWindow(self._place, self._port)
        try:
            shown.open()
            DemoOperator(shown.window, shown.bridge, self._units, self._put_on, self._progress, picture)
            application.run()
        finally:
            shown.close()
        return picture, None

    def _bring(self, station: Station, unit: DemoUnit) -> None:
        self._put_on(unit.module)
        for text in unit.scans:
            station.scanned(text)
            self._progress(self._answers.get())

    def _put_on(self, imei: str) -> None:
        self._module.imei = imei

    def _keep(self, view: StationView) -> None:
        self._view = view

    def _rules(self) -> Rules:
        return replace(self._place.settings.rules(), has_port=True)


def _picture(view: StationView, out: Path) -> tuple[Path | None, str | None]:
    """What the window would show now; where Qt's libraries are missing, a sentence that names them."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    try:
        from app.ui.picture import save_picture
    except ImportError as error:
        return None, sentence(because(Why.WINDOW_UNAVAILABLE, detail=str(error)))
    path = out / _PICTURE
    save_picture(view, __version__, path)
    return path, None
