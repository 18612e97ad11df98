"""A small program around the wedge, `python -m tests.e2e.wedge_program SCENE`: one JSON line for each event.

Scenes: `binding` takes every key; `busy` too, and its GUI is blocked most of the time; `field` and `prose`
have the focus in a text field, `box` in a message box, `popup` in the open list of a combo box.
"""

from __future__ import annotations

import json
import sys
import time

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QMessageBox, QVBoxLayout, QWidget

from app.ui.input_method import PROSE
from app.ui.wedge import Wedge


def tell(what: str, value: object) -> None:
    print(json.dumps({what: value}), flush=True)


def main(scene: str) -> None:
    application = QApplication([])
    wedge = Wedge()
    wedge.swallow_all = scene in {"binding", "busy"}
    wedge.scanned.connect(lambda text: tell("frame", text))
    wedge.not_rebuilt.connect(lambda text: tell("not_rebuilt", text))
    wedge.arrived.connect(lambda arrival: tell("host_text", arrival.text))
    window = _window(scene)
    window.show()
    window.activateWindow()
    if scene == "busy":
        pause = QTimer(application, interval=30)
        pause.timeout.connect(lambda: time.sleep(0.25))
        pause.start()
    if scene == "box":
        _message_box(window).open()
    QTimer.singleShot(200, lambda: tell("ready", int(window.winId())))
    application.exec()


def _window(scene: str) -> QWidget:
    window = QWidget()
    window.resize(400, 200)
    box = QVBoxLayout(window)
    if scene in {"field", "prose"}:
        field = QLineEdit()
        field.setProperty(PROSE, scene == "prose")
        field.textChanged.connect(lambda text: tell("typed", text))
        box.addWidget(field)
    if scene == "popup":
        choice = QComboBox()
        choice.addItems(["p11sf2", "k90000", "8639"])
        choice.setCurrentIndex(1)
        choice.currentTextChanged.connect(lambda text: tell("chosen", text))
        box.addWidget(choice)
        QTimer.singleShot(100, choice.showPopup)
    return window


def _message_box(window: QWidget) -> QMessageBox:
    box = QMessageBox(QMessageBox.Icon.Question, "", "Overwrite?", parent=window)
    box.setStandardButtons(QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.No)
    box.finished.connect(lambda answer: tell("answered", answer))
    return box


if __name__ == "__main__":
    main(sys.argv[1])
