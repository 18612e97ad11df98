"""A start that failed, for those who see no console."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.core.errors import Why
from app.ui.theme import Palette
from app.ui.trouble_window import TroubleWindow
from app.wording import language
from app.wording.reasons import sentence
from tests.ui.written import misfits, words
from tests.wording.facts import reason

AT_START = [
    Why.STATION_IN_USE,
    Why.JOURNAL_DAMAGED,
    Why.JOURNAL_NEWER,
    Why.JOURNAL_GONE,
    Why.JOURNAL_NOT_OURS,
    Why.JOURNAL_UNUSABLE,
    Why.DISK_FULL,
    Why.FOLDER_UNUSABLE,
    Why.SETTINGS_UNREADABLE,
    Why.BACKUP_FAILED,
    Why.UNEXPECTED,
]


@pytest.mark.parametrize("code", sorted(language.LANGUAGES))
@pytest.mark.parametrize("why", AT_START)
def test_the_whole_sentence_has_its_room(
    qtbot: QtBot, palette: Palette, english: None, why: Why, code: str
) -> None:
    language.use(code)
    window = TroubleWindow(palette, sentence(reason(why)))
    qtbot.addWidget(window)
    window.show()
    assert misfits(window) == []
    assert words(window.body).replace(" ", "").count(sentence(reason(why)).replace(" ", "")) == 1
    assert window.body.accessibleDescription() == sentence(reason(why))


def test_it_is_closed_or_tried_again_by_keyboard(qtbot: QtBot, palette: Palette, english: None) -> None:
    for keys, again in (([Qt.Key.Key_Space], False), ([Qt.Key.Key_Tab, Qt.Key.Key_Space], True)):
        window = TroubleWindow(palette, "The disk is full; nothing was saved. Free some space.")
        qtbot.addWidget(window)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        for key in keys:
            QTest.keyClick(window.windowHandle(), key)
        assert window.again is again
        assert not window.isVisible()
