"""The upload on its pages, in the strip and in the settings: by mouse and keyboard."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from app.core.errors import Reason, Why, because
from app.core.upload_status import Phase, UploadStatus
from app.ui.main_window import MainWindow
from app.ui.pages import PageName
from app.ui.shift_page import ShiftPage
from app.ui.status_strip import Level
from app.ui.upload_act_form import UploadAct
from app.ui.upload_face import upload_face
from app.ui.upload_page import UploadPage
from app.ui.upload_settings_card import MINUTES
from app.wording.upload_progress import way_there
from tests.ui.journal_scenes import QA, SUPERVISOR
from tests.ui.shift_scenes import PICTURE, add_shift_page
from tests.ui.upload_scenes import (
    DONE,
    GATEWAY,
    METER,
    OFFLINE,
    REFUSED,
    RUNNING,
    TRACKER,
    add_upload_page,
    troubles,
)
from tests.ui.written import words

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def shift(window: MainWindow) -> ShiftPage:
    made = add_shift_page(window)
    window.show_view(SUPERVISOR)
    window.show_page(PageName.SHIFT)
    made.show_picture(PICTURE)
    made.show_upload(RUNNING)
    return made


@pytest.fixture
def page(window: MainWindow, shift: ShiftPage) -> UploadPage:
    made = add_upload_page(window)
    window.show_view(SUPERVISOR)
    window.show_page(PageName.UPLOAD)
    made.show_troubles(troubles())
    return made


@pytest.fixture
def heard(page: UploadPage) -> list[Any]:
    made: list[Any] = []
    page.card.again_wanted.connect(lambda trouble: made.append(trouble.seqs))
    page.card.form.confirmed.connect(lambda act, trouble, why: made.append((act, trouble.seqs, why)))
    return made


def test_each_product_says_how_far_it_is_with_icon_words_and_colour(shift: ShiftPage) -> None:
    tracker, gateway, meter = (words(row) for row in shift.upload.rows)
    assert "500 of 1,204 sent" in tracker
    assert "498 confirmed" in tracker
    assert "2 conflicts" in tracker
    assert "318 of 318 sent" in gateway
    assert "Confirmed" in gateway
    assert "0 of 96 sent" in meter
    assert "no permission" in meter
    assert "Blocked" in meter


def test_a_product_in_trouble_leads_to_its_page_and_one_without_does_not(shift: ShiftPage) -> None:
    wanted: list[str] = []
    shift.upload.troubles_wanted.connect(wanted.append)
    for row in shift.upload.rows:
        QTest.mouseClick(row, LEFT)
    assert wanted == [TRACKER.pk, METER.pk]


def test_conflicts_and_what_is_blocked_are_open_problems(shift: ShiftPage) -> None:
    shift.show_left_behind(2)
    wanted: list[str] = []
    shift.problems.upload_wanted.connect(wanted.append)
    rows = [row for row in shift.problems.rows if row.problem.pk is not None]
    told = [row.text() for row in rows]
    assert told[0] == "2 conflicts at Developer Center p11sf2"
    assert told[1] == "96 blocked at Developer Center p23mm7"
    assert told[2].startswith("2 unbound, still uploaded")
    for row in rows:
        row.click()
    assert wanted == [TRACKER.pk, METER.pk, ""]


@pytest.mark.parametrize(
    ("phase", "word", "signal"),
    [
        (Phase.IDLE, "Upload now", "upload"),
        (Phase.RUNNING, "Pause upload", "pause"),
        (Phase.PAUSED, "Resume", "upload"),
        (Phase.NOT_SET_UP, "Set up", "set up"),
    ],
)
def test_the_button_says_what_it_does_now(shift: ShiftPage, phase: Phase, word: str, signal: str) -> None:
    pressed: list[str] = []
    shift.upload.upload_wanted.connect(lambda: pressed.append("upload"))
    shift.upload.pause_wanted.connect(lambda: pressed.append("pause"))
    shift.upload.set_up_wanted.connect(lambda: pressed.append("set up"))
    shift.show_upload(replace(RUNNING, phase=phase))
    assert shift.upload.button.text() == word
    QTest.mouseClick(shift.upload.button, LEFT)
    assert pressed == [signal]


def test_trouble_with_the_whole_upload_stands_above_the_products(shift: ShiftPage) -> None:
    shift.show_upload(RUNNING)
    calm = shift.upload.rows[0].y()
    shift.show_upload(REFUSED)
    assert "allow list" in words(shift.upload)
    assert shift.upload.rows[0].y() > calm
    assert shift.upload.height() >= shift.upload.height_in(shift.upload.area.width())


def test_three_products_have_room_without_scrolling(shift: ShiftPage, window: MainWindow) -> None:
    last = shift.upload.rows[-1]
    bottom = last.mapTo(window, last.rect().bottomLeft()).y()
    assert bottom <= window.status.mapTo(window, window.status.rect().topLeft()).y()


@pytest.mark.parametrize(
    ("status", "text", "level"),
    [
        (RUNNING, "800 to upload", Level.QUIET),
        (replace(RUNNING, phase=Phase.PAUSED), "800 to upload, paused", Level.QUIET),
        (OFFLINE, "800 to upload, offline", Level.QUIET),
        (REFUSED, "800 to upload, blocked", Level.AMBER),
        (DONE, "0 to upload", Level.QUIET),
    ],
)
def test_the_strip_counts_what_waits_and_says_what_holds_it_up(
    english: None, status: UploadStatus, text: str, level: Level
) -> None:
    face = upload_face(status)
    assert face is not None
    assert (face.text, face.level) == (text, level)


def test_a_station_that_uploads_nothing_says_nothing_of_it(window: MainWindow) -> None:
    window.show_upload(UploadStatus(Phase.NOT_SET_UP))
    assert window.status.upload.isHidden()
    window.show_upload(RUNNING)
    assert not window.status.upload.isHidden()


def test_where_there_is_no_room_in_the_strip_what_is_well_goes_first(window: MainWindow) -> None:
    window.show_upload(REFUSED)
    window.status.place(QRectF(0, 0, 700, 40), 1.0)
    strip = window.status
    assert strip.scanner.isHidden()
    assert not strip.upload.isHidden()
    shown = [item for item in (strip.module, strip.journal, strip.backup, strip.upload) if item.isVisible()]
    assert max(item.geometry().right() for item in shown) < 700


@pytest.mark.parametrize(
    ("trouble", "way"),
    [
        (None, "Europe, connected"),
        (because(Why.PLATFORM_SLOW, host="x"), "Europe, not reached"),
        (because(Why.PLATFORM_CERTIFICATE, host="x", detail="y"), "Europe, blocked"),
    ],
)
def test_the_title_says_where_it_goes_and_whether_it_gets_there(
    english: None, trouble: Reason | None, way: str
) -> None:
    assert way_there(replace(RUNNING, phase=Phase.IDLE, trouble=trouble)) == way


def test_the_two_records_of_a_conflict_stand_side_by_side(page: UploadPage) -> None:
    text = words(page.card.records)
    assert "12345 67891 23456 7 89" in text
    assert "12345 67891 23456 7 98" in text
    for fact in ("Chen Jing", "Record #10,288", "station 2", "Not activated yet"):
        assert fact in text


def test_the_page_opens_at_what_was_clicked(page: UploadPage) -> None:
    chosen = []
    for pk in (METER.pk, "", TRACKER.pk):
        page.choose_product(pk)
        trouble = page.card.trouble
        assert trouble is not None
        chosen.append((trouble.item.pk, trouble.is_left_behind))
    assert chosen == [(METER.pk, False), (TRACKER.pk, True), (TRACKER.pk, False)]


def test_units_that_one_answer_blocked_are_told_and_tried_again_together(
    page: UploadPage, heard: list[Any]
) -> None:
    choose(page, 2)
    assert "96 units of p23mm7" in words(page.card.records)
    assert "Have the owner of the Developer Center account grant it" in words(page.card)
    QTest.mouseClick(page.card.again, LEFT)
    assert heard == [tuple(range(96))]


def test_each_trouble_offers_what_makes_sense(page: UploadPage) -> None:
    offered = []
    for number in range(4):
        choose(page, number)
        buttons = [page.card.again, *page.card.acts.values()]
        offered.append([button.text() for button in buttons if not button.isHidden()])
    assert offered == [
        ["Try again", "Write our SN", "Mark as handled"],
        ["Try again", "Mark as handled"],
        ["Try again", "Mark as handled"],
        ["Take off the platform"],
    ]


def test_nothing_is_done_without_a_reason_and_nothing_by_enter_or_space(
    page: UploadPage, heard: list[Any]
) -> None:
    form = page.card.form
    page.card.acts[UploadAct.HANDLE].click()
    QTest.mouseClick(form.confirm, LEFT)
    QTest.keyClicks(form.reason.edit, "seen to")
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        QTest.keyClick(form.reason.edit, key)
    form.confirm.setFocus()
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space):
        QTest.keyClick(form.confirm, key)
    assert heard == []
    QTest.keyClick(form.reason.edit, Qt.Key.Key_Return, CTRL)
    assert heard == [(UploadAct.HANDLE, (10288,), "seen to")]


def test_a_form_stays_while_the_list_comes_anew_and_goes_with_its_unit(page: UploadPage) -> None:
    page.card.acts[UploadAct.HANDLE].click()
    page.card.form.reason.put("half a rea")
    page.show_troubles(troubles())
    assert not page.card.form.isHidden()
    assert page.card.form.reason.text == "half a rea"
    page.show_troubles(troubles()[1:])
    assert page.card.form.isHidden()


def test_who_may_not_manage_sees_everything_and_can_do_nothing(page: UploadPage, window: MainWindow) -> None:
    page.card.acts[UploadAct.HANDLE].click()
    window.show_view(QA)
    assert page.card.form.isHidden()
    buttons: list[QAbstractButton] = [page.card.again, *page.card.acts.values()]
    assert all(button.isHidden() for button in buttons)
    assert "12345 67891" in words(page.card.records)


def test_minutes_in_between_show_the_nearest_choice(window: MainWindow) -> None:
    card = window.settings_page.upload_card
    shown = []
    for at_close, minutes in ((False, 0), (True, 0), (True, 7), (False, 40), (True, 1440)):
        card.show_choice(at_close, minutes)
        shown.append(MINUTES[card.when.number] if card.when.number > 1 else card.when.number)
    assert shown == [0, 1, 5, 60, 60]


def test_what_somebody_types_stays_while_the_window_shows_what_holds(window: MainWindow) -> None:
    form = window.settings_page.platform_form
    window.show_view(SUPERVISOR)
    form.centre.segments[3].click()
    form.address.put("https://iot.exa")
    form.address.typed.emit("")
    form.show_choice(form._saved)
    window.show_view(replace(SUPERVISOR, per_hour=7))
    assert form.address.text == "https://iot.exa"
    assert not form.confirm.isHidden()
    form.cancel.click()
    assert form.address.text == ""
    assert form.confirm.isHidden()


def test_a_settled_product_tells_what_somebody_has_seen_to(shift: ShiftPage) -> None:
    shift.show_upload(replace(DONE, products=(replace(GATEWAY, handled=2),)))
    assert "2 handled" in words(shift.upload.rows[0])


def choose(page: UploadPage, number: int) -> None:
    page.list.setCurrentIndex(page.list.model().index(number, 0))
