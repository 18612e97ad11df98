"""The choices that open under a button."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

Choice = tuple[str, Callable[[], object]]
"""What is offered, and what happens where it is chosen."""


def open_menu(under: QWidget, choices: Sequence[Choice]) -> QMenu:
    menu = QMenu(under)
    menu.triggered.connect(menu.deleteLater)
    menu.aboutToHide.connect(menu.deleteLater)
    for text, then in choices:
        menu.addAction(text.replace("&", "&&")).triggered.connect(lambda _=False, one=then: one())
    menu.setMinimumWidth(under.width())
    menu.popup(under.mapToGlobal(QPoint(0, under.height())))
    return menu
