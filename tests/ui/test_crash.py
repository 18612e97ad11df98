"""An error that nobody expected: it is logged, told on the whole page, and the program lives on."""

from __future__ import annotations

import subprocess
import sys

import pytest
from pytestqt.qtbot import QtBot

from app.ui.canvas import Canvas
from app.ui.crash import CrashGuard
from app.ui.painted import Painted
from app.ui.theme import load_palette

PROGRAM = """
import logging
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from app.ui.canvas import Canvas
from app.ui.crash import CrashGuard
from app.ui.painted import Painted
from app.ui.theme import load_palette
from app.ui.main_window import MainWindow
from app.ui.theme import load_palette

logging.basicConfig(format="%(levelname)s %(message)s")
application = QApplication([])
window = MainWindow(load_palette(), "1.0.0")
guard = CrashGuard()
guard.install()
guard.crashed.connect(window.show_crash)
window.show()


def fails():
    raise ValueError("a part is broken")


def looks():
    print(window.crash_page.isVisible(), window.crash_page.accessibleDescription())
    application.quit()


QTimer.singleShot(0, fails)
QTimer.singleShot(50, looks)
application.exec()
"""


def test_an_error_in_the_window_is_shown_and_logged() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "True ValueError: a part is broken"
    assert "CRITICAL unexpected error" in done.stderr
    assert "Traceback" in done.stderr


def test_the_guard_tells_what_was_raised(qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    guard = CrashGuard()
    with qtbot.waitSignal(guard.crashed) as crashed:
        error = KeyError("gone")
        guard.take(KeyError, error, None)
    assert crashed.args == ["KeyError: 'gone'"]
    assert "unexpected error" in caplog.text


def test_ctrl_c_on_the_terminal_is_no_crash(qtbot: QtBot, capsys: pytest.CaptureFixture[str]) -> None:
    guard = CrashGuard()
    with qtbot.assertNotEmitted(guard.crashed):
        guard.take(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert "KeyboardInterrupt" in capsys.readouterr().err


def test_a_part_that_cannot_be_painted_does_not_take_the_process_with_it(qtbot: QtBot) -> None:
    class Broken(Painted):
        def draw(self, canvas: Canvas) -> None:
            raise StopIteration

    part = Broken(load_palette())
    qtbot.addWidget(part)
    with pytest.raises(StopIteration):
        part.grab()
    part.draw = lambda canvas: None  # type: ignore[method-assign]
    part.grab()
