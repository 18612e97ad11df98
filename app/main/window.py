"""The window, put together with its station."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from app import __version__
from app.adapters.serial_ports import list_ports
from app.adapters.sound import SoundPlayer
from app.core.errors import Reason, Why, because
from app.core.people import Act
from app.core.unit import Answer, ImeiSource, Mode
from app.main.desk_work import DeskWork
from app.main.journal_desk import JournalDesk
from app.main.labels_desk import LabelsDesk
from app.main.orders_desk import OrdersDesk
from app.main.page_scans import ScanTaker
from app.main.pass_labels import PassLabels
from app.main.people_desk import PeopleDesk
from app.main.place import Place
from app.main.settings_keeping import keep_changes
from app.main.shift_desk import ShiftDesk
from app.main.typing_desk import TypingDesk
from app.main.upload_desk import UploadDesk
from app.main.upload_settings import UploadSettings
from app.paths import resource
from app.ui.after_pass_card import AfterPass
from app.ui.bridge import Bridge
from app.ui.crash import CrashGuard
from app.ui.desk_watch import DeskWatch
from app.ui.last_folder import keep_last_folder_in
from app.ui.main_window import MainWindow
from app.ui.pages import PageName
from app.ui.port_list import PortRow
from app.ui.sounds import Sounds
from app.ui.system_printer import printer_names
from app.ui.theme import load_fonts, load_palette
from app.ui.wedge import Wedge
from app.wording import language


class StationWindow:
    """A window and the station behind it, from `open` to `close`. Needs a QApplication."""

    def __init__(self, place: Place, port: str) -> None:
        load_fonts()
        keep_last_folder_in(place.folder / "window.ini")
        self._place = place
        self.window = MainWindow(load_palette(), __version__)
        self.bridge = Bridge()
        self.wedge = Wedge(gap_ms=place.settings.scan_gap_ms)
        self.guard = CrashGuard()
        self._player = SoundPlayer(resource("sounds"))
        self._sounds = Sounds(self._player.play if self._player.works else None, place.settings.volume)
        self.station = place.station(place.settings.rules(), port, self.bridge.publish, self._answered)
        self._work = DeskWork(self.station, self.bridge)
        self.people = PeopleDesk(self.window, self.station, self.bridge, place)
        self._has_crashed = self._is_over = False
        self.journal_desk = JournalDesk(self.window, self.station, self.bridge, place)
        look_for = self.journal_desk.look_for
        self.shift_desk = ShiftDesk(
            self.window,
            self.station,
            self.bridge,
            place,
            look_for,
            lambda: self.upload_desk.uploader.shift_closed(),
        )
        page = self.shift_desk.page
        self.upload_desk = UploadDesk(self.window, self.station, self.bridge, place, page)
        self.upload_settings = UploadSettings(self.window, self._work, place, self.upload_desk.uploader)
        self.orders_desk = OrdersDesk(self.window, self.station, self.bridge, place)
        self.typing_desk = TypingDesk(self.window, self.station)
        self.labels_desk = LabelsDesk(self.window, self.station, self.bridge, place)
        self.pass_labels = PassLabels(self.window, self.station, place, self.labels_desk.jobs)
        self._wire_station()
        self._wire_settings()

    def _wire_station(self) -> None:
        station, window = self.station, self.window
        self._watch = DeskWatch(window.show_view, lambda: station.waiting)
        self.bridge.published.connect(self._watch.show_view)
        self.bridge.published.connect(self._sounds.show_view)
        self.wedge.scanned.connect(self._scanned)
        self.wedge.not_rebuilt.connect(self._not_rebuilt)
        window.continue_pressed.connect(station.continue_pressed)
        window.cancel_pressed.connect(station.cancel_pressed)
        window.mode_pressed.connect(self._change_mode)
        window.page_shown.connect(self._show_page)
        self.guard.crashed.connect(self._crashed)

    def _wire_settings(self) -> None:
        page = self.window.settings_page
        page.look_again_pressed.connect(self._show_settings)
        page.port_chosen.connect(self._choose_port)
        page.source_chosen.connect(self._choose_source)
        page.language_chosen.connect(self._choose_language)
        page.volume_chosen.connect(self._choose_volume)
        page.after_pass_chosen.connect(self._choose_after_pass)
        self.people.first.language_chosen.connect(self._choose_language)

    def open(self) -> None:
        """
        Raises:
            Faulted: the journal cannot be opened; nothing is shown.
        """
        self.station.start()
        self.window.show_first(self.window.screen().availableGeometry())
        self.wedge.watch(self.window.windowHandle())
        self.people.open()
        self.shift_desk.backup.catch_up()
        self.pass_labels.open()
        self.upload_desk.open()
        self._show_page(self.window.page)

    def close(self) -> None:
        self.window.hide()
        if not self._is_over:
            self._is_over = True
            self.wedge.deleteLater()  # no key is the scanner's any more
        self.journal_desk.close()
        self.shift_desk.close()
        self.orders_desk.close()
        self.labels_desk.close()
        self.pass_labels.close()
        self.upload_settings.close()
        self.upload_desk.close()
        self.station.stop()
        self._player.close()

    def _answered(self, answer: Answer) -> None:
        """On the station's thread."""
        self.pass_labels.note(answer)

    # --- scans

    def _show_page(self, name: str) -> None:
        """On Binding every key is the scanner's. Through a signal the name comes as a bare text."""
        if self._is_over:
            return
        self.wedge.swallow_all = name == PageName.BINDING
        if name == PageName.SETTINGS:
            self.window.settings_page.show_refusal(None)
            self._show_settings()
            self.upload_settings.keys.look_for_them()

    @property
    def _scan_takers(self) -> tuple[ScanTaker, ...]:
        upload = self.upload_desk.acts, self.upload_settings.keys
        pages = self.shift_desk.hand_over, self.journal_desk, self.orders_desk, self.labels_desk
        return self.people, *pages, *upload

    def _scanned(self, text: str) -> None:
        """Where no page has use for it a scan is to bind a unit: the binding page comes to the front."""
        if any(desk.takes_scan(text) for desk in self._scan_takers):
            return
        self.window.show_binding()
        self.station.scanned(text)
        self._watch.tell()

    def _not_rebuilt(self, text: str) -> None:
        reason = because(Why.NOT_REBUILT)
        if any(desk.takes_misread(reason) for desk in self._scan_takers):
            return
        self.window.show_binding()
        self.station.scan_refused(because(Why.NOT_REBUILT), text)
        self._watch.tell()

    def _crashed(self, detail: str) -> None:
        """What the page says is so: nothing is bound any more."""
        self.window.show_crash(detail)
        if not self._has_crashed:
            self._has_crashed = True
            self.bridge.published.disconnect(self._sounds.show_view)
            self.station.stop()

    def _change_mode(self) -> None:
        verifies = self.window.view.state.mode is Mode.VERIFY
        self.station.mode_chosen(Mode.BIND if verifies else Mode.VERIFY)

    # --- settings

    def _show_settings(self) -> None:
        page, settings = self.window.settings_page, self._place.settings
        rows = [PortRow(one.device, one.description, one.likely_at) for one in list_ports()]
        page.show_ports(rows, settings.port)
        page.show_choices(settings.imei_from, language.current(), settings.volume)
        page.after_pass.show_lists(self.labels_desk.layouts(), printer_names())
        chosen = AfterPass(settings.label_after_pass, settings.label_layout, settings.label_printer)
        page.after_pass.show_choice(chosen)
        self.upload_settings.show()

    def _choose_port(self, port: str) -> None:
        self._change(lambda: self._use_port(port), port=port)

    def _use_port(self, port: str) -> None:
        self.station.use_fixture(self._place.fixture(port) if port else None)

    def _choose_source(self, source: str) -> None:
        self._change(
            lambda: self.station.change_rules(self._place.settings.rules()), imei_from=ImeiSource(source)
        )

    def _choose_language(self, code: str) -> None:
        self._change(lambda: self._speak(code), language=code)

    def _speak(self, code: str) -> None:
        language.use(code)
        self.window.retranslate()

    def _choose_volume(self, percent: int) -> None:
        self._change(lambda: self._sounds.set_volume(percent), volume=percent)

    def _choose_after_pass(self, chosen: AfterPass) -> None:
        self._change(
            lambda: self.window.show_label_trouble(None),
            label_after_pass=chosen.wanted,
            label_layout=chosen.layout,
            label_printer=chosen.printer,
        )

    def _change(self, then: Callable[[], None], **change: Any) -> None:
        """Keeps the settings and has on record what was changed; `then` comes where that was done."""

        def done(changed: bool) -> None:
            if changed:
                then()
            self.window.settings_page.show_refusal(None)
            self._show_settings()

        def refused(reason: Reason) -> None:
            """The page shows what holds, and why."""
            self._show_settings()
            self.window.settings_page.show_refusal(reason)
            self.people.first.show_refusal(reason)

        self._work.do(partial(keep_changes, self._place, change), Act.MANAGE, done, refused)
