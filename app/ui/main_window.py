"""The window: header, one page, status strip. It passes on what was pressed and shows what it is given."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QRect, QRectF, QSize, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QMainWindow, QWidget

from app.core.errors import Reason
from app.core.upload_status import Phase, UploadStatus
from app.station.view import StationView
from app.ui.bind_page import FULL_WIDTH, BindPage
from app.ui.crash import CrashPage
from app.ui.header import Header, header_face
from app.ui.pages import TABS, Page, PageName, may_show, tab_of, tabs_for
from app.ui.second_press import SecondPress
from app.ui.settings_page import SettingsPage
from app.ui.status_strip import StatusStrip, status_faces
from app.ui.tabs_header import TabsHeader
from app.ui.theme import Palette, style_sheet
from app.ui.upload_face import upload_face
from app.wording.language import tr
from app.wording.reasons import sentence

SMALLEST = (1024, 700)
_FULL_HEIGHT = 768.0
_HEADER, _STATUS = 80.0, 40.0
_ZOOMS = (1.5, 1.25)

PageWidget = TypeVar("PageWidget", bound=Page)


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
    mode_pressed = Signal()
    """The other mode is wanted: to verify, or to bind again."""
    page_shown = Signal(str)
    """A `PageName`. On Binding every key belongs to the scanner."""

    def __init__(self, palette: Palette, version: str, now: Callable[[], datetime] = this_moment) -> None:
        super().__init__()
        self._palette, self._now = palette, now
        self._view, self._upload = StationView(), UploadStatus(Phase.NOT_SET_UP)
        self._body = _Body()
        self.header, self.tabs = Header(palette, self._body), TabsHeader(palette, self._body)
        self.bind_page = BindPage(palette, now, self._body)
        self.settings_page = SettingsPage(palette, self._body)
        self.crash_page = CrashPage(palette, self._body)
        self.status = StatusStrip(palette, version, self._body)
        self.setCentralWidget(self._body)
        self._second_press = SecondPress(self._body)
        self.setMinimumSize(*SMALLEST)
        self._pages: dict[PageName, Page] = {
            PageName.BINDING: self.bind_page,
            PageName.SETTINGS: self.settings_page,
            PageName.CRASH: self.crash_page,
        }
        self._page = self._last_tab = PageName.BINDING
        self._escapes: dict[PageName, Callable[[], object]] = {}
        self._zoom = 0.0
        self._label_trouble: Reason | None = None
        self._connect()
        self._bring_to_front(PageName.BINDING)
        self.retranslate()

    def add_page(self, name: PageName, make: Callable[[Palette, QWidget], PageWidget]) -> PageWidget:
        """Makes the page within this window; its tab is there for those who may see it."""
        page = make(self._palette, self._body)
        page.setVisible(False)
        self._pages[name] = page
        self.settings_page.station_card.show_pages(self._pages)
        self.retranslate()
        self._arrange()
        return page

    def _connect(self) -> None:
        self._body.resized.connect(self._arrange)
        self.status.module_pressed.connect(lambda: self.show_page(PageName.SETTINGS))
        self.status.labels_pressed.connect(lambda: self.show_page(PageName.SETTINGS))
        self.status.upload_pressed.connect(lambda: self.show_page(PageName.SHIFT))
        self.tabs.chosen.connect(self.show_page)
        for header in (self.header, self.tabs):
            header.person_pressed.connect(self.show_sign_in)
        self.header.pages_pressed.connect(self._show_last_tab)
        self._on_key("F9", lambda: self._on_binding(self.continue_pressed))
        self._on_key("F8", lambda: self._on_binding(self.cancel_pressed))
        self._on_key("F2", self.show_sign_in)
        self._on_key("F4", lambda: self._on_binding(self.mode_pressed))
        self.bind_page.band.clicked.connect(lambda: self._on_binding(self.mode_pressed))
        self._on_key("F6", self._show_typing)
        self._on_key("F11", self._toggle_full_screen)
        for number, name in enumerate(TABS, start=1):
            self._on_key(f"Ctrl+{number}", partial(self.show_page, name))
        self._on_key("Escape", self._escape)
        clock = QTimer(self)
        clock.timeout.connect(self._show_time)
        clock.start(1000)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._second_press.watch(self.windowHandle())

    def _on_key(self, key: str, then: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(then)

    def show_first(self, screen: QRect) -> None:
        """As large as it is drawn for; a smaller screen is filled. `screen` is what of it is free."""
        size = QSize(round(FULL_WIDTH), round(_FULL_HEIGHT))
        self.resize(size.boundedTo(screen.size()))
        if screen.width() > size.width() and screen.height() > size.height():
            self.show()
        else:
            self.move(screen.topLeft())
            self.showMaximized()

    # --- what is shown

    @property
    def view(self) -> StationView:
        """What is shown now."""
        return self._view

    def show_view(self, view: StationView) -> None:
        self._view = view
        for page in self._pages.values():
            page.show_view(view)
        self.status.show_faces(status_faces(view, self._now()))
        self.status.show_upload(upload_face(self._upload))
        self._show_header()
        if view.nobody_yet and PageName.FIRST_START in self._pages:
            self.show_page(PageName.FIRST_START)
        elif not self._may_show(self._page):
            self.show_binding()

    def show_upload(self, status: UploadStatus) -> None:
        """In the strip, whatever page is in front."""
        self._upload = status
        self.status.show_upload(upload_face(status))

    def _show_header(self) -> None:
        face = header_face(self._view, self._now())
        self.header.show_face(face, has_tabs=len(self._tabs_of_view) > 1)
        self.tabs.show_face(face, self._tabs_of_view, tab_of(self._page))

    @property
    def _tabs_of_view(self) -> tuple[PageName, ...]:
        """Binding is everybody's."""
        tabs = tabs_for(self._view)
        return tuple(name for name in TABS if name in self._pages and (name in tabs or name is TABS[0]))

    def _show_time(self) -> None:
        """A new minute; at midnight the times of yesterday get their date."""
        face = header_face(self._view, self._now())
        if face != self.header.face:
            self.show_view(self._view)

    def retranslate(self) -> None:
        """Reads all texts again, after the language has changed."""
        self.setWindowTitle(tr("Binding Station"))
        for page in self._pages.values():
            page.retranslate()
        self.show_view(self._view)
        self.show_label_trouble(self._label_trouble)
        for part in (self.header, self.tabs, self.status):
            part.update()
        for page in self._pages.values():
            page.update()

    def show_label_trouble(self, reason: Reason | None) -> None:
        """Why the label of a unit that passed was not printed; None once one was."""
        self._label_trouble = reason
        self.status.show_label_trouble(reason)
        self.settings_page.after_pass.show_trouble(sentence(reason) if reason else "")

    def show_labels_waiting(self, count: int) -> None:
        """How many labels of units that passed wait for the printer."""
        self.status.show_labels_waiting(count)

    # --- pages

    @property
    def page(self) -> PageName:
        """The page in front."""
        return self._page

    def show_binding(self) -> None:
        self.show_page(PageName.BINDING)

    def show_page(self, name: PageName) -> None:
        """Does nothing where the page is not there, or not for whoever is at the station."""
        if self._page is PageName.CRASH or name not in self._pages or name is self._page:
            return
        if self._may_show(name):
            self._bring_to_front(name)

    def on_escape(self, name: PageName, then: Callable[[], object]) -> None:
        """What Escape does while this page is in front; elsewhere it leads to Binding."""
        self._escapes[name] = then

    def _escape(self) -> None:
        self._escapes.get(self._page, self.show_binding)()

    def show_sign_in(self) -> None:
        """Where people change, if they sign in at this station."""
        self.show_page(PageName.SIGN_IN)

    def _show_typing(self) -> None:
        """From Binding alone, where something may be typed now."""
        if self._page is PageName.BINDING:
            self.show_page(PageName.TYPING)

    def _may_show(self, name: PageName) -> bool:
        return may_show(name, self._view, self._tabs_of_view, PageName.FIRST_START in self._pages)

    def show_crash(self, detail: str) -> None:
        """Binding has stopped for good; no other page can be reached any more."""
        self.crash_page.show_crash(detail)
        self.show_page(PageName.CRASH)

    def _show_last_tab(self) -> None:
        others = [name for name in self._tabs_of_view if name is not PageName.BINDING]
        if others:
            self.show_page(self._last_tab if self._last_tab in others else others[0])

    def _bring_to_front(self, name: PageName) -> None:
        self._page = name
        tab = tab_of(name)
        with_tabs = tab in TABS and tab is not PageName.BINDING
        if with_tabs:
            self._last_tab = tab
        for one, page in self._pages.items():
            page.setVisible(one is name)
        self.header.setVisible(not with_tabs)
        self.tabs.setVisible(with_tabs)
        self._show_header()
        self._rest_focus()
        self.page_shown.emit(name)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Qt asks for the next widget also where the one with the focus has gone or is off. Whatever comes
        next is nothing that anybody chose: then no button has the focus, and Space presses nothing."""
        focused = self.focusWidget()
        if focused is None or (focused.isVisible() and focused.isEnabled()):
            return super().focusNextPrevChild(forward)
        self._rest_focus()
        return True

    def _rest_focus(self) -> None:
        """On the page itself, so that the Tab key begins there. On Binding nothing has the focus."""
        focused = self.focusWidget()
        if self._page is not PageName.BINDING:
            self._pages[self._page].setFocus()
        elif focused is not None:
            focused.clearFocus()

    def _on_binding(self, pressed: SignalInstance) -> None:
        if self._page is PageName.BINDING:
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
        for page in self._pages.values():
            page.place(QRectF(0, _HEADER, width, height - _HEADER - _STATUS), zoom)
        self.status.place(QRectF(0, height - _STATUS, width, _STATUS), zoom)
