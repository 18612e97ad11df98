"""The window, put together: what changes with the page in front."""

from __future__ import annotations

from collections.abc import Callable

from app.adapters.sqlite_journal import create_journal
from app.core.settings import DEFAULT_SINGLE
from app.ui.pages import PageName
from tests.adapters.journals import STAMP
from tests.main.conftest import Desk


def test_every_key_is_the_scanners_on_binding_and_nowhere_else(open_desk: Callable[..., Desk]) -> None:
    shown = open_desk(lambda path: create_journal(path, STAMP)).shown
    assert shown.wedge.swallow_all
    for name in (PageName.JOURNAL, PageName.LABELS, PageName.SETTINGS):
        shown.window.show_page(name)
        assert not shown.wedge.swallow_all
        shown.window.show_binding()
        assert shown.wedge.swallow_all


def test_the_settings_show_what_holds_when_they_come_to_the_front(open_desk: Callable[..., Desk]) -> None:
    shown = open_desk(lambda path: create_journal(path, STAMP)).shown
    shown.window.show_page(PageName.SETTINGS)
    assert shown.window.settings_page.after_pass.choice.layout == DEFAULT_SINGLE
    assert shown.window.settings_page.station_card.volume.number == 2
