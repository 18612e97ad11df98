"""PySide6 6.12.0 on Python 3.11 loses a reference to None in every void call, and aborts after a while."""

import sys

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal there: no reference can be lost")
def test_void_qt_calls_keep_the_references_to_none(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for _ in range(1000):
        label.setText("PASS")
    assert abs(sys.getrefcount(None) - before) < 500
