"""What is scanned while something else is done on the station's thread."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

from app.ui.bind_page import BindPage
from tests.adapters.journals import pair
from tests.main.conftest import Desk
from tests.main.shifts import make_shift
from tests.ui.written import words

Open = Callable[..., Desk]


def _page(desk: Desk) -> BindPage:
    return desk.shown.window.bind_page


def _scan(desk: Desk, number: int) -> None:
    desk.scan(f"pk=p11sf2&sn={pair(number).device.sn}&v=1")
    desk.scan(str(pair(number).imei))


def test_scans_during_long_work_are_counted_in_the_place_of_the_old_pass_and_answered_after_it(
    open_desk: Open,
) -> None:
    desk, over = open_desk(make_shift), Event()
    _scan(desk, 4)
    desk.until(lambda: "PASS" in words(_page(desk)))
    work = desk.shown.station.at_desk(lambda at_desk: over.wait(20))
    try:
        desk.until(lambda: "Binding waits" in words(_page(desk)))
        assert "PASS" not in words(_page(desk))
        _scan(desk, 5)
        desk.until(lambda: "2 scans wait" in words(_page(desk)))
        assert desk.shown.window.view.tally.bound == 4
    finally:
        over.set()
    assert work.result(5)
    desk.until(lambda: desk.shown.window.view.tally.bound == 5)
    assert "PASS" in words(_page(desk))
    assert desk.shown.station.waiting == 0


def test_work_that_is_over_at_once_is_not_told(open_desk: Open) -> None:
    desk = open_desk(make_shift)
    _scan(desk, 4)
    desk.until(lambda: "PASS" in words(_page(desk)))
    desk.shown.station.at_desk(lambda at_desk: None).result(5)
    desk.qtbot.wait(150)
    assert "PASS" in words(_page(desk))
