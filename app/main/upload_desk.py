"""The upload, wired to the window: how it stands, and the buttons that begin and pause it."""

from __future__ import annotations

from collections.abc import Callable

from app.core.errors import Reason
from app.core.people import Act
from app.core.upload_status import UploadStatus
from app.main.desk_work import DeskWork
from app.main.place import Place
from app.main.upload_acts_desk import UploadActsDesk
from app.station.station import Station
from app.station.view import StationView
from app.ui.bridge import Bridge
from app.ui.main_window import MainWindow
from app.ui.pages import PageName
from app.ui.relay import Relay
from app.ui.shift_page import ShiftPage
from app.wording.reasons import sentence


class UploadDesk:
    """Lives as long as the window. The network is waited for on the uploader's own thread, never here."""

    def __init__(
        self, window: MainWindow, station: Station, bridge: Bridge, place: Place, shift: ShiftPage
    ) -> None:
        self._window, self._shift = window, shift
        self._work = DeskWork(station, bridge)
        self._relay = Relay()
        self._is_over = False
        self._seen: object = None
        self._counted: object = None
        self.uploader = place.uploader(station, self._send)
        self.acts = UploadActsDesk(window, self._work, place, self.uploader, shift.show_left_behind)
        self._wire(bridge)

    def _wire(self, bridge: Bridge) -> None:
        card = self._shift.upload
        self._relay.arrived.connect(self._show_status)
        bridge.published.connect(self._show_view)
        self._window.page_shown.connect(self._show_page)
        card.upload_wanted.connect(lambda: self._if_allowed(self.uploader.upload_now))
        card.pause_wanted.connect(lambda: self._if_allowed(self.uploader.pause))
        card.set_up_wanted.connect(self._show_settings)
        card.troubles_wanted.connect(self.acts.show_product)
        self._shift.problems.upload_wanted.connect(self.acts.show_product)

    def open(self) -> None:
        """When the station has started."""
        self.uploader.start()

    def close(self) -> None:
        """Before the station ends. What left and has no answer is asked for at the next start."""
        self._is_over = True
        self.uploader.stop()
        self.acts.close()

    def _send(self, status: UploadStatus) -> None:
        """On the uploader's thread, which may outlive the window."""
        if not self._is_over:
            self._relay.send(status)

    def _show_status(self, status: UploadStatus) -> None:
        self._window.show_upload(status)
        self._shift.show_upload(status)
        counted = [(one.pk, one.conflicts, one.blocked, one.changing, one.handled) for one in status.products]
        if counted != self._counted:
            self._counted = counted
            self.acts.read_if_shown()

    def _show_view(self, view: StationView) -> None:
        """Units were bound, unbound, or a shift began."""
        seen = (view.shift, view.tally, view.recent)
        if seen != self._seen:
            self._seen = seen
            self.uploader.look()

    def _show_page(self, name: str) -> None:
        if name == PageName.SHIFT:
            self.uploader.look()

    def _show_settings(self) -> None:
        self._window.show_page(PageName.SETTINGS)
        self._window.settings_page.show_upload_part()

    def _if_allowed(self, then: Callable[[], None]) -> None:
        def refused(reason: Reason) -> None:
            self._shift.show_message(sentence(reason), is_trouble=True)

        self._work.do(lambda desk: True, Act.MANAGE, lambda _: then(), refused)
