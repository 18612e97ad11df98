"""The window: header, one page, status strip. It passes on what was pressed and shows what it is given."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QRectF, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QMainWindow, QWidget

from app.station.view import StationView
from app.ui.bind_page import FULL_WIDTH, BindPage
from app.ui.crash import CrashPage
from app.ui.header import Header, header_face
from app.ui.settings_page import SettingsPage
from app.ui.status_strip import StatusStrip, status_faces
from app.ui.tabs_header import TabsHeader
from app.ui.theme import Palette, style_sheet
from app.wording.language import tr

SMALLEST = (1024, 700)
_FULL_HEIGHT = 768.0
_HEADER, _STATUS = 80.0, 40.0
_ZOOMS = (1.5, 1.25)


def zoom_for(width: float, height: float) -> float:
    """By how much the whole is enlarged in a window of this size."""
    return next((z for z in _ZOOMS if width >= FULL_WIDTH * z and height >= _FULL_HEIGHT * z), 1.0)


def this_moment() -> datetime:
    return datetime.now().astimezone()


class _Body(QWidget):
    """Tells when its size has changed."""

    resized = Signal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()


class MainWindow(QMainWindow):
    """`show_view` shows the station; everything that people did comes out as a signal."""

    continue_pressed = Signal()
    cancel_pressed = Signal()
    settings_opened = Signal()
    binding_shown = Signal(bool)
    """Whether the page on which every key belongs to the scanner is in front."""

    def __init__(self, palette: Palette, version: str, now: Callable[[], datetime] = this_moment) -> None:
        super().__init__()
        self._palette, self._now = palette, now
        self._view = StationView()
        self._body = _Body()
        self.header, self.tabs = Header(palette, self._body), TabsHeader(palette, self._body)
        self.bind_page = BindPage(palette, now, self._body)
        self.settings_page = SettingsPage(palette, self._body)
        self.crash_page = CrashPage(palette, self._body)
        self.status = StatusStrip(palette, version, self._body)
        self.setCentralWidget(self._body)
        self.setMinimumSize(*SMALLEST)
        self._page: QWidget = self.bind_page
        self._zoom = 0.0
        self._connect()
        self._show_page(self.bind_page)
        self.retranslate()

    def _connect(self) -> None:
        self._body.resized.connect(self._arrange)
        self.status.module_pressed.connect(self.show_settings)
        self.tabs.binding_chosen.connect(self.show_binding)
        self._on_key("F9", lambda: self._on_binding(self.continue_pressed))
        self._on_key("F8", lambda: self._on_binding(self.cancel_pressed))
        self._on_key("F11", self._toggle_full_screen)
        self._on_key("Ctrl+1", self.show_binding)
        self._on_key("Ctrl+5", self.show_settings)
        self._on_key("Escape", self.show_binding)
        clock = QTimer(self)
        clock.timeout.connect(self._show_time)
        clock.start(1000)

    def _on_key(self, key: str, then: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(then)

    # --- what is shown

    @property
    def view(self) -> StationView:
        """What is shown now."""
        return self._view

    def show_view(self, view: StationView) -> None:
        self._view = view
        self.bind_page.show_view(view)
        self.settings_page.show_view(view)
        self.status.show_faces(status_faces(view))
        self._show_header()

    def _show_header(self) -> None:
        face = header_face(self._view, self._now())
        self.header.show_face(face)
        self.tabs.show_face(face)

    def _show_time(self) -> None:
        """A new minute; at midnight the times of yesterday get their date."""
        face = header_face(self._view, self._now())
        if face != self.header.face:
            self.show_view(self._view)

    def retranslate(self) -> None:
        """Reads all texts again, after the language has changed."""
        self.setWindowTitle(tr("Binding Station"))
        self.tabs.retranslate()
        self.settings_page.retranslate()
        self.show_view(self._view)
        for part in (self.header, self.tabs, self.bind_page, self.settings_page, self.status):
            part.update()

    # --- pages

    def show_binding(self) -> None:
        self._show_page(self.bind_page)

    def show_settings(self) -> None:
        before = self._page
        self._show_page(self.settings_page)
        if self._page is not before:
            self.settings_opened.emit()

    def show_crash(self, detail: str) -> None:
        """Binding has stopped for good; no other page can be reached any more."""
        self.crash_page.show_crash(detail)
        self._show_page(self.crash_page)

    def _show_page(self, page: QWidget) -> None:
        if self._page is self.crash_page:
            return
        self._page = page
        for one in (self.bind_page, self.settings_page, self.crash_page):
            one.setVisible(one is page)
        self.header.setVisible(page is not self.settings_page)
        self.tabs.setVisible(page is self.settings_page)
        focused = self.focusWidget()
        if focused is not None:
            focused.clearFocus()
        self.binding_shown.emit(page is self.bind_page)

    def _on_binding(self, pressed: SignalInstance) -> None:
        if self._page is self.bind_page:
            pressed.emit()

    def _toggle_full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _arrange(self) -> None:
        zoom = zoom_for(self._body.width(), self._body.height())
        width, height = self._body.width() / zoom, self._body.height() / zoom
        if zoom != self._zoom:
            self._zoom = zoom
            self.setStyleSheet(style_sheet(self._palette, zoom))
        for header in (self.header, self.tabs):
            header.place(QRectF(0, 0, width, _HEADER), zoom)
        for page in (self.bind_page, self.settings_page, self.crash_page):
            page.place(QRectF(0, _HEADER, width, height - _HEADER - _STATUS), zoom)
        self.status.place(QRectF(0, height - _STATUS, width, _STATUS), zoom)
