"""No text is cut, leaves its place or lies on another one, in any state, size or language."""

from __future__ import annotations

import gettext

import pytest
from PySide6.QtWidgets import QApplication

from app.ui.main_window import MainWindow
from app.wording import language
from tests.ui.gallery import stages
from tests.ui.written import misfits

SIZES = [(1024, 700), (1024, 768), (1366, 768), (1920, 1080)]


class Longer(gettext.NullTranslations):
    """A language whose texts are longer than the English ones."""

    def gettext(self, message: str) -> str:
        head, line_break, tail = message.partition("\n")
        return self._longer(head) + line_break + (self._longer(tail) if tail else "")

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self._longer(msgid1 if n == 1 else msgid2)

    def _longer(self, text: str) -> str:
        same = text.startswith("{") or text in ("SN", "IMEI", "PK")
        return text if same else text + "m" * int(0.15 * len(text))


def everything_that_does_not_fit(window: MainWindow) -> list[str]:
    found = []
    for name in stages(window):
        QApplication.sendPostedEvents()
        found += [f"{name}: {misfit}" for misfit in misfits(window)]
    return found


@pytest.mark.parametrize("code", sorted(language.LANGUAGES))
@pytest.mark.parametrize("size", SIZES, ids=lambda size: "x".join(map(str, size)))
def test_every_text_has_its_room(window: MainWindow, size: tuple[int, int], code: str) -> None:
    language.use(code)
    assert language.current() == code
    window.retranslate()
    window.resize(*size)
    assert everything_that_does_not_fit(window) == []


def test_a_longer_language_finds_room_too(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "_current", Longer())
    window.retranslate()
    assert everything_that_does_not_fit(window) == []
