"""The keyboard wedge: a scanner that types is taken for a scanner, wherever the focus is."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QPointerEvent, QWindow

from app.ui.bursts import Arrival, Bursts, Judged, Stroke, apart
from app.ui.held_keys import HeldKey, HeldKeys, identity
from app.ui.host_keys import HostKeys, Press, host_keys
from app.ui.input_method import InputMethodRefusal
from app.ui.scan_codes import ENDS, US, Layout, place_of

_COMMAND = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)
_MODIFIERS = frozenset(
    {
        Qt.Key.Key_Shift,
        Qt.Key.Key_Control,
        Qt.Key.Key_Alt,
        Qt.Key.Key_AltGr,
        Qt.Key.Key_Meta,
        Qt.Key.Key_CapsLock,
        Qt.Key.Key_NumLock,
    }
)
_FOCUS_NEWS_MS = 120
"""Qt for X11 says only 100 ms later that the focus went to another program, and a code's end with it."""
_CLICKS = frozenset({QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin})


class Wedge(QObject):
    """Finds bursts of keys (see `Bursts`) in every window of the program and keeps them from the widgets.

    With `swallow_all` every key but function keys and Ctrl, Alt and Meta combinations belongs to the reader.
    Without, a key is held until `gap_ms` (20 to 150) shows whether more follow; what is no burst is replayed
    as it came. A shortcut made of a bare character, Enter or Tab does not work on a watched window.
    """

    scanned = Signal(str)
    """A whole frame, rebuilt from the keys' places."""
    not_rebuilt = Signal(str)
    """A burst that could not be rebuilt, as the host's layout made it; never to be bound from."""
    arrived = Signal(object)
    """The `Arrival` of every burst, ahead of the two above."""

    def __init__(
        self,
        gap_ms: int = 50,
        silence_ms: int = 100,
        minimum: int = 6,
        layout: Layout = US,
        host: HostKeys | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._gap = gap_ms
        self._layout = layout
        self._bursts = Bursts(gap_ms, silence_ms, minimum)
        self._host = host or host_keys()
        self._held = HeldKeys()
        self._down: dict[tuple[int, int], int] = {}
        self._away = False
        self._back = QElapsedTimer()
        self._drains = 0
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._time_out)
        self._swallow_all = False
        self._refusal = InputMethodRefusal(self)
        application = cast("QGuiApplication", QGuiApplication.instance())
        application.focusWindowChanged.connect(self._focus_moved)
        if (window := application.focusWindow()) is not None:
            self.watch(window)

    @property
    def swallow_all(self) -> bool:
        return self._swallow_all

    @swallow_all.setter
    def swallow_all(self, value: bool) -> None:
        self._swallow_all = self._refusal.strict = value

    def watch(self, window: QWindow) -> None:
        """A window that gets the focus is watched by itself; Qt keeps one filter, however often it is set."""
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and not isinstance(event, HeldKey):
            for press in self._host.correct(event):
                self._type_lost(press)
            window = cast("QWindow", watched)
            if event.type() == QEvent.Type.KeyRelease:
                return self._released(window, event)
            return self._pressed(window, event)
        if isinstance(event, QPointerEvent) and event.type() in _CLICKS and not self._bursts.certain:
            # What was typed before a click must be in its field when the click arrives.
            self._conclude(self._bursts.advance(self._host.time_of(event)))
        return False

    # --- one key

    def _pressed(self, window: QWindow, event: QKeyEvent) -> bool:
        """Also asked by the event that Qt sends ahead of a press to find out whether it is a shortcut."""
        self._conclude(self._bursts.advance(event.timestamp()))
        repeated = self._is_repeat(event)
        if not repeated:
            self._down[identity(event)] = event.timestamp()
        stroke = self._stroke(event)
        if stroke is None and not repeated and not self._means_nothing(event):
            self._bursts.interrupt()
        taken = stroke is not None or (not _is_command(event) if self._swallow_all else bool(self._held))
        if event.type() == QEvent.Type.ShortcutOverride:
            event.setAccepted(taken)
        elif repeated:
            return self._held.follow(window, event) or (taken and self._swallow_all)
        elif taken:
            self._take(window, event, stroke)
        return taken

    def _released(self, window: QWindow, event: QKeyEvent) -> bool:
        key = identity(event)
        if not event.isAutoRepeat():
            place = place_of(event.nativeScanCode())
            if key not in self._down and self._layout.character(place) is not None:
                # An input method ate the press: one character is missing.
                self._conclude(self._bursts.advance(event.timestamp()))
                self._type(Stroke(event.timestamp(), None, ""))
            self._down.pop(key, None)
        return self._held.follow(window, event)

    def _is_repeat(self, event: QKeyEvent) -> bool:
        since = self._down.get(identity(event))
        return self._host.is_repeat(event, None if since is None else apart(event.timestamp(), since))

    def _means_nothing(self, event: QKeyEvent) -> bool:
        return event.key() in _MODIFIERS or self._host.is_echo(event)

    def _stroke(self, event: QKeyEvent) -> Stroke | None:
        """What a scanner would mean by this key; None for a key that no scanner types."""
        if self._host.is_echo(event):
            return None
        command = event.modifiers() & _COMMAND
        control = command == Qt.KeyboardModifier.ControlModifier and self._bursts.begun
        if command and not control:
            return None
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        text = event.text()
        character = self._layout.character(place_of(event.nativeScanCode()), shift=shift, control=control)
        if character is None and text in ENDS:
            character = text
        if character is None and not (text and text.isprintable()):
            return None
        return Stroke(event.timestamp(), character, text)

    def _take(self, window: QWindow, event: QKeyEvent, stroke: Stroke | None) -> None:
        if self._swallow_all:
            self._held.swallow(event)
        else:
            self._held.hold(window, event)
        if stroke is not None:
            self._type(stroke)

    def _type_lost(self, press: Press) -> None:
        self._conclude(self._bursts.advance(press.at))
        character = self._layout.character(place_of(press.scan_code), shift=press.shift)
        self._type(Stroke(press.at, character, ""))

    def _type(self, stroke: Stroke) -> None:
        judged = self._bursts.add(stroke)
        if self._back.isValid() and self._back.elapsed() <= self._gap:
            # The code's beginning may have gone to another program's window, even have closed it.
            self._bursts.interrupt()
        if judged is Judged.OPEN:
            self._wait()
        else:
            self._conclude(judged)

    # --- what becomes of the held keys

    def _conclude(self, judged: Arrival | Judged) -> None:
        if judged is Judged.OPEN:
            return
        self._timer.stop()
        if judged is Judged.HAND:
            self._held.let_go()
            return
        self._held.drop()
        if isinstance(judged, Arrival):
            self.arrived.emit(judged)
            if judged.rebuilt is None:
                self.not_rebuilt.emit(judged.text)
            else:
                self.scanned.emit(judged.rebuilt)

    # --- time and focus

    def _wait(self) -> None:
        self._drains = 2
        undecided = bool(self._held) and not self._bursts.certain
        quiet = max(self._bursts.silence, self._gap + _FOCUS_NEWS_MS)
        self._timer.start(self._gap if undecided else quiet)

    def _time_out(self) -> None:
        """After a blocked GUI the timer can come before keys that are long there: let them in first."""
        if self._drains:
            self._drains -= 1
            self._timer.start(0)
        else:
            self._conclude(self._bursts.settle())

    def _focus_moved(self, window: QWindow | None) -> None:
        if window is None:
            self._away = True
            self._bursts.interrupt()
            self._down.clear()
            self._held.expect_no_release()
            return
        if self._away:
            self._away = False
            self._back.start()
        self.watch(window)


def _is_command(event: QKeyEvent) -> bool:
    return bool(event.modifiers() & _COMMAND) or Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35
