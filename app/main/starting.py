"""The window from the start of the program to its end; a start that fails is told in a window too."""

from __future__ import annotations

import logging
from collections.abc import Callable

from app.core.errors import Reason, StationError, Why, because
from app.main.place import Place
from app.main.window import StationWindow
from app.ui.application import Application
from app.ui.second_start import SecondStarts, call_first
from app.ui.theme import load_fonts, load_palette
from app.ui.trouble_window import TroubleWindow
from app.wording import language
from app.wording.reasons import sentence


def run_window(place_of: Callable[[], Place]) -> int:
    """Shows the window until it is closed; the exit code.

    Raises:
        Faulted: the station did not start; that was told in a window, unless the first came to the front.
    """
    application = Application()
    load_fonts()
    while True:
        place: Place | None = None
        try:
            place = place_of()
            return _run(application, place)
        except Exception as error:
            reason = _reason(error)
            if place is not None and reason.why is Why.STATION_IN_USE and call_first(place.folder):
                raise
            if not _tell(application, reason):
                raise


def _run(application: Application, place: Place) -> int:
    if place.settings.language:
        language.use(place.settings.language)
    with place.alone():
        _log_to(place)
        station_window = StationWindow(place, place.settings.port)
        station_window.guard.install()
        try:
            station_window.open()
            second_starts = SecondStarts(place.folder, station_window.window)
            try:
                return application.run()
            finally:
                second_starts.close()
        finally:
            station_window.close()


def _reason(error: Exception) -> Reason:
    if isinstance(error, StationError):
        return error.reason
    return because(Why.UNEXPECTED, detail=f"{type(error).__name__}: {error}")


def _tell(application: Application, reason: Reason) -> bool:
    """Whether it shall be tried again."""
    window = TroubleWindow(load_palette(), sentence(reason))
    window.show()
    window.activateWindow()
    application.run()
    window.close()
    return window.again


def _log_to(place: Place) -> None:
    logging.basicConfig(
        filename=place.log,
        encoding="utf-8",
        level=logging.INFO,
        format="%(asctime)s %(levelname)s %(name)s %(message)s",
    )
