"""Key events that wait until it is known whether a scanner or a hand typed them."""

from __future__ import annotations

from collections import deque

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QInputEvent, QKeyEvent, QWindow
from shiboken6 import isValid


def identity(event: QKeyEvent) -> tuple[int, int]:
    """The same for a press, its repeats and its release, whatever happens to Shift in between."""
    scan_code, key = event.nativeScanCode(), event.key()
    return scan_code, -1 if scan_code and key else key


class HeldKey(QKeyEvent):
    """A key event kept for the window that it was meant for. A wedge knows it again by its type."""

    def __init__(self, window: QWindow, event: QKeyEvent) -> None:
        super().__init__(
            event.type(),
            event.key(),
            QInputEvent.modifiers(event),  # of the Shift key itself QKeyEvent tells the opposite
            event.nativeScanCode(),
            event.nativeVirtualKey(),
            event.nativeModifiers(),
            event.text(),
            event.isAutoRepeat(),
            event.count(),
        )
        self.setTimestamp(event.timestamp())
        self._window = window

    def is_press(self) -> bool:
        return self.type() == QEvent.Type.KeyPress and not self.isAutoRepeat()

    def replay(self) -> None:
        if isValid(self._window):
            QCoreApplication.sendEvent(self._window, self)


class HeldKeys:
    """Held events in their order, and the keys that were swallowed and whose release is still to come."""

    def __init__(self) -> None:
        self._held: deque[HeldKey] = deque()
        self._swallowed: set[tuple[int, int]] = set()

    def __bool__(self) -> bool:
        return bool(self._held)

    def hold(self, window: QWindow, event: QKeyEvent) -> None:
        self._held.append(HeldKey(window, event))

    def swallow(self, event: QKeyEvent) -> None:
        self._swallowed.add(identity(event))

    def follow(self, window: QWindow, event: QKeyEvent) -> bool:
        """Releases and repeats share the fate of their press; whether this one is kept from its widget."""
        if self._is_swallowed(event):
            return True
        if self._held:
            self.hold(window, event)
        return bool(self._held)

    def let_go(self) -> None:
        """To their windows, in order. What comes in meanwhile is held, and goes last."""
        while self._held:
            self._held.popleft().replay()

    def drop(self) -> None:
        """They were a scanner's; only a release whose press went on before still belongs to a widget."""
        held, self._held = self._held, deque()
        for event in held:
            if event.is_press():
                self.swallow(event)
            elif not self._is_swallowed(event):
                event.replay()

    def expect_no_release(self) -> None:
        self._swallowed.clear()

    def _is_swallowed(self, event: QKeyEvent) -> bool:
        key = identity(event)
        swallowed = key in self._swallowed
        if event.type() == QEvent.Type.KeyRelease and not event.isAutoRepeat():
            self._swallowed.discard(key)
        return swallowed
