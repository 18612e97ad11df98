"""A second start for the same folder calls the first window."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from PySide6.QtNetwork import QLocalServer
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.second_start import SecondStarts, call_first, server_name

CALLS = """
import sys
from pathlib import Path
from app.ui.second_start import call_first
sys.exit(0 if call_first(Path(sys.argv[1])) else 9)
"""


def called(qtbot: QtBot, folder: Path) -> bool:
    """Another process asks, while the window lives on."""
    caller = subprocess.Popen([sys.executable, "-c", CALLS, str(folder)])
    qtbot.waitUntil(lambda: caller.poll() is not None, timeout=20_000)
    assert caller.returncode in (0, 9)
    return caller.returncode == 0


def test_the_first_window_comes_to_the_front(qtbot: QtBot, tmp_path: Path) -> None:
    window, other = QWidget(), QWidget()
    for one in (window, other):
        qtbot.addWidget(one)
        one.show()
    starts = SecondStarts(tmp_path, window)
    window.showMinimized()
    other.activateWindow()
    qtbot.waitUntil(other.isActiveWindow)
    assert called(qtbot, tmp_path)
    assert window.isActiveWindow()
    assert not window.isMinimized()
    starts.close()
    assert not called(qtbot, tmp_path)


def test_a_window_of_another_folder_is_left_alone(qtbot: QtBot, tmp_path: Path) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    starts = SecondStarts(tmp_path / "a", window)
    assert not called(qtbot, tmp_path / "b")
    assert not window.isVisible()
    starts.close()


def test_one_folder_has_one_name_however_it_is_written(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "c").symlink_to(tmp_path / "b")
    assert server_name(tmp_path / "b" / ".." / "b") == server_name(tmp_path / "b")
    assert server_name(tmp_path / "c") == server_name(tmp_path / "b")
    assert server_name(tmp_path / "a") != server_name(tmp_path / "b")


DIES = """
import os, sys
from pathlib import Path
from PySide6.QtNetwork import QLocalServer
from PySide6.QtWidgets import QApplication, QWidget
from app.ui.second_start import SecondStarts
application = QApplication([])
starts = SecondStarts(Path(sys.argv[1]), QWidget())
os._exit(9)
"""


def test_a_socket_that_a_dead_process_left_is_in_nobodys_way(qtbot: QtBot, tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", DIES, str(tmp_path)], check=False, timeout=60)
    assert done.returncode == 9
    assert not call_first(tmp_path)
    window = QWidget()
    qtbot.addWidget(window)
    starts = SecondStarts(tmp_path, window)
    assert called(qtbot, tmp_path)
    starts.close()
    assert QLocalServer.removeServer(server_name(tmp_path))
