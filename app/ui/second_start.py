"""A second start for the same folder asks the first window to come to the front."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

_IN_FRONT, _BEHIND = b"front", b"behind"
_CONNECTED_WITHIN_MS, _ANSWERED_WITHIN_MS = 500, 2000
_IN_FRONT_WITHIN_MS = 400
_ANYBODY = -1


def server_name(folder: Path) -> str:
    """The same for every way to write the folder's name; short enough for a socket's path."""
    place = os.path.normcase(folder.resolve())
    return f"binding-station-{hashlib.sha256(place.encode('utf-8', 'surrogatepass')).hexdigest()[:24]}"


class SecondStarts(QObject):
    """Hears of second starts while the window is open. Only for whoever holds the folder's lock."""

    def __init__(self, folder: Path, window: QWidget) -> None:
        super().__init__()
        self._window = window
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._called)
        name = server_name(folder)
        # a socket that is there was left by a process that died: the lock is ours
        QLocalServer.removeServer(name)
        self._server.listen(name)

    def close(self) -> None:
        self._server.close()

    def _called(self) -> None:
        while (caller := self._server.nextPendingConnection()) is not None:
            caller.disconnected.connect(caller.deleteLater)
            self._come_to_front()
            self._answer_soon(caller)

    def _come_to_front(self) -> None:
        window = self._window
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()

    def _answer_soon(self, caller: QLocalSocket) -> None:
        """Not every system lets a window come to the front by itself: what came of it is said."""

        def answer() -> None:
            if isValid(caller):
                caller.write(_IN_FRONT if self._window.isActiveWindow() else _BEHIND)
                caller.flush()
                caller.disconnectFromServer()

        QTimer.singleShot(_IN_FRONT_WITHIN_MS, self, answer)


def call_first(folder: Path) -> bool:
    """Whether a window that has this folder came to the front."""
    _let_others_come_to_front()
    caller = QLocalSocket()
    caller.connectToServer(server_name(folder))
    if not caller.waitForConnected(_CONNECTED_WITHIN_MS):
        return False
    heard = caller.waitForReadyRead(_ANSWERED_WITHIN_MS)
    return heard and bytes(caller.readAll().data()) == _IN_FRONT


def _let_others_come_to_front() -> None:
    """Windows allows it to nobody but the process that the person just started, and to whom that one lets."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(_ANYBODY)
