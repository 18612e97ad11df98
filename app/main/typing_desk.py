"""What is typed in by hand, wired to the station."""

from __future__ import annotations

from app.station.station import Station
from app.ui.main_window import MainWindow
from app.ui.pages import PageName
from app.ui.typing_page import TypingPage


class TypingDesk:
    """From F6 on Binding until something was taken, or the unit needs something else."""

    def __init__(self, window: MainWindow, station: Station) -> None:
        self._window, self._station = window, station
        self.page = window.add_page(PageName.TYPING, TypingPage)
        form = self.page.form
        form.sn_entered.connect(self._take_sn)
        form.imei_entered.connect(self._take_imei)
        form.closed.connect(window.show_binding)
        self.page.outdated.connect(window.show_binding)
        window.page_shown.connect(self._show_page)

    def _show_page(self, name: str) -> None:
        if name == PageName.TYPING:
            self.page.begin()

    def _take_sn(self, pk: str, sn: str, again: str) -> None:
        self._window.show_binding()
        self._station.sn_typed(pk, sn, again)

    def _take_imei(self, imei: str, again: str) -> None:
        self._window.show_binding()
        self._station.imei_typed(imei, again)
