"""First start, sign-in and people: the real pages at a real station."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.adapters.settings_file import load_settings
from app.core.people import Role
from app.core.settings import Settings
from app.ui.pages import PageName
from tests.e2e.units import imei, qr
from tests.main.shop import PIN, Open, Shop
from tests.ui.wedge.keyboard import ENTER, Keyboard

FREE = Settings(sign_in=False)


def fill(shop: Shop, name: str, pin: str, again: str) -> None:
    form = shop.people.first.form
    form.name.setText(name)
    form.pin.setText(pin)
    form.again.setText(again)
    shop.people.first.begin_button.click()


def bind(shop: Shop, number: int) -> None:
    shop.scanner.scan(qr(number))
    shop.until(lambda: shop.window.view.state.unit.device)
    shop.scanner.scan(imei(number))
    shop.until(lambda: shop.kinds().count("bound") >= 1)


# --- first start


def test_the_first_start_makes_a_supervisor_and_nothing_is_bound_before(shop: Open) -> None:
    it = shop()
    it.page(PageName.FIRST_START)
    it.scanner.scan(qr(1))
    notice = it.people.first.notice
    it.until(lambda: "means something else" in notice.text)
    it.press(Qt.Key.Key_Escape)
    it.press(Qt.Key.Key_F2)
    assert it.window.page is PageName.FIRST_START
    assert it.kinds() == ["journal-made"]

    fill(it, " ", "", "")
    it.until(lambda: "There is no name yet" in notice.text)
    fill(it, "Zhao Min", PIN, "9753")
    it.until(lambda: "not the same" in notice.text)
    fill(it, "Zhao Min", "1111", "1111")
    it.until(lambda: "cannot be a PIN" in notice.text)
    it.scanner.scan("BADGE-ZHAO")
    it.until(lambda: it.people.first.form.draft.badge == "BADGE-ZHAO")
    fill(it, "Zhao Min", PIN, PIN)
    it.page(PageName.BINDING)
    it.until(lambda: it.window.view.operator == "Zhao Min")
    assert it.kinds()[1] == "person-added"
    bind(it, 1)


def test_a_workshop_may_do_without_sign_in_and_that_is_on_record(shop: Open) -> None:
    it = shop()
    it.page(PageName.FIRST_START)
    it.people.first.without.click()
    it.page(PageName.BINDING)
    assert "setting-changed" in it.kinds()
    assert load_settings(it.folder / "settings.json").sign_in is False
    bind(it, 1)
    it.press(Qt.Key.Key_F2)
    assert it.window.page is PageName.BINDING


def test_the_language_can_be_chosen_at_the_first_start(shop: Open) -> None:
    it = shop()
    it.page(PageName.FIRST_START)
    it.people.first.language.segments[1].click()
    it.until(lambda: it.people.first.begin_button.text() == "以组长身份开始")
    assert it.window.page is PageName.FIRST_START


# --- sign-in


def test_name_and_pin_sign_in_and_a_wrong_pin_says_so_in_its_place(shop: Open) -> None:
    it = shop(people=True)
    it.sign_in("Li Wei", "9999")
    it.until(lambda: "do not fit" in it.people.sign_in.card.notice.text)
    assert it.window.page is PageName.SIGN_IN
    it.sign_in("Li Wei", "1357")
    it.page(PageName.BINDING)
    it.until(lambda: it.window.view.operator == "Li Wei")
    assert it.kinds().count("pin-refused") == 1


def test_a_pause_counts_down_and_whoever_has_no_pin_is_not_listed(shop: Open) -> None:
    it = shop(people=True)
    for _ in range(4):
        it.sign_in("Li Wei", "9999")
        it.until(lambda: it.people.sign_in.card.notice.text)
        it.press(Qt.Key.Key_Escape)
        it.page(PageName.BINDING)
    it.sign_in("Li Wei", "1357")
    notice = it.people.sign_in.card.notice
    it.until(lambda: "Too many" in notice.text)
    first = notice.text
    it.until(lambda: notice.text != first)
    assert "Too many" in notice.text
    assert [row.key for row in it.people.sign_in.members.buttons] == ["Li Wei", "Zhao Min"]


def test_digits_are_the_pins_wherever_they_are_typed_and_enter_enters(shop: Open) -> None:
    it = shop(people=True)
    it.press(Qt.Key.Key_F2)
    it.until(lambda: it.people.sign_in.members.buttons)
    it.people.sign_in.members.buttons[0].click()
    hand = Keyboard(it.window.windowHandle())
    hand.type("1357", gap=150)
    hand.now += 150
    hand.key(ENTER, text="\r")
    it.until(lambda: it.window.view.operator == "Li Wei")
    it.page(PageName.BINDING)


def test_a_badge_scanned_on_the_sign_in_page_signs_in(shop: Open) -> None:
    it = shop(people=True)
    it.press(Qt.Key.Key_F2)
    it.page(PageName.SIGN_IN)
    it.scanner.scan("BADGE-CHEN")
    it.until(lambda: it.window.view.operator == "Chen Jing")
    assert it.window.page is PageName.BINDING
    assert "pin-refused" not in it.kinds()


def test_a_unit_scanned_on_the_sign_in_page_is_no_pin(shop: Open) -> None:
    it = shop(people=True)
    it.sign_in("Zhao Min", "")
    it.scanner.scan(imei(1))
    it.page(PageName.BINDING)
    assert it.people.sign_in.card.pin.text() == ""
    assert "pin-refused" not in it.kinds()
    assert "bound" not in it.kinds()


def test_the_header_leads_to_the_page_where_one_signs_out(shop: Open) -> None:
    it = shop(people=True)
    it.scanner.scan("BADGE-ZHAO")
    it.until(lambda: it.window.view.operator)
    QTest.mouseClick(it.window.header.person, Qt.MouseButton.LeftButton)
    it.page(PageName.SIGN_IN)
    assert it.people.sign_in.sign_out.text() == "Sign out Zhao Min"
    it.people.sign_in.sign_out.click()
    it.page(PageName.BINDING)
    it.until(lambda: it.window.view.operator is None)
    it.until(lambda: it.window.header.face and it.window.header.face.operator == "Sign in: F2")


# --- people


@pytest.fixture
def supervised(shop: Open) -> Shop:
    it = shop(people=True)
    it.scanner.scan("BADGE-ZHAO")
    it.until(lambda: it.window.view.operator)
    it.window.show_page(PageName.PEOPLE)
    it.until(lambda: len(it.people.people.card.members.buttons) == 3)
    return it


def choose(it: Shop, name: str) -> None:
    next(row for row in it.people.people.card.members.buttons if row.key == name).click()


def test_somebody_is_added_with_a_badge_that_is_taught_by_scanning_it(supervised: Shop) -> None:
    it, editor = supervised, supervised.people.people.editor
    it.people.people.card.add.click()
    editor.form.name.setText("Wu Di")
    editor.save.click()
    it.until(lambda: "needs a PIN" in editor.notice.text)
    it.scanner.scan("BADGE-CHEN")
    it.until(lambda: "belongs to Chen Jing" in editor.notice.text)
    assert editor.form.draft.badge is None
    it.scanner.scan("BADGE-WU")
    it.until(lambda: editor.form.draft.badge == "BADGE-WU")
    assert it.window.page is PageName.PEOPLE
    editor.save.click()
    it.until(lambda: len(it.people.people.card.members.buttons) == 4)
    assert editor.notice.text == "Wu Di may sign in as Operator."
    it.scanner.scan("BADGE-WU")
    it.until(lambda: it.window.view.operator == "Wu Di")
    it.page(PageName.BINDING)


def test_a_refused_person_keeps_the_focus_in_the_form_and_what_was_entered(supervised: Shop) -> None:
    it, page = supervised, supervised.people.people
    editor, form = page.editor, page.editor.form
    page.card.add.click()
    form.name.setText("Wu Di")
    editor.save.setFocus()
    QTest.keyClick(editor.save, Qt.Key.Key_Space)
    it.until(lambda: "needs a PIN" in editor.notice.text)
    assert it.window.focusWidget() is form.name
    page.card.add.click()
    assert (form.name.text(), editor.notice.text) == (
        "Wu Di",
        "Save first what was entered here, or press Cancel.",
    )
    choose(it, "Li Wei")
    assert form.name.text() == "Wu Di"
    assert not any(row.isChecked() for row in page.card.members.buttons)
    form.pin.setText("8642")
    form.again.setText("8642")
    QTest.keyClick(it.window.windowHandle(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    it.until(lambda: len(page.card.members.buttons) == 4)
    assert it.kinds().count("person-added") == 4


def test_role_pin_and_badge_are_changed(supervised: Shop) -> None:
    it, editor = supervised, supervised.people.people.editor
    choose(it, "Chen Jing")
    assert editor.form.role is not None
    editor.form.role.segments[2].click()
    editor.form.take_away.click()
    editor.form.pin.setText("8642")
    editor.form.again.setText("8642")
    editor.save.click()
    it.until(lambda: "holds from now on" in editor.notice.text)
    it.until(lambda: it.people.people.card.members.buttons[0].member.role is Role.QA)
    changed = it.people.people.card.members.member("Chen Jing")
    assert changed is not None
    assert (changed.has_badge, changed.has_pin) == (False, True)


def test_retiring_is_confirmed_in_its_place_and_the_last_supervisor_stays(supervised: Shop) -> None:
    it, editor = supervised, supervised.people.people.editor
    choose(it, "Li Wei")
    editor.retire.click()
    editor.keep.click()
    assert "person-retired" not in it.kinds()
    editor.retire.click()
    editor.confirm.click()
    it.until(lambda: len(it.people.people.card.members.buttons) == 2)
    choose(it, "Zhao Min")
    editor.retire.click()
    editor.confirm.click()
    it.until(lambda: "must be a supervisor" in editor.notice.text)
    assert it.kinds().count("person-retired") == 1


def test_operators_and_nobody_do_not_reach_the_people(shop: Open) -> None:
    it = shop(people=True)
    it.window.show_page(PageName.PEOPLE)
    assert it.window.page is PageName.BINDING
    it.scanner.scan("BADGE-CHEN")
    it.until(lambda: it.window.view.operator)
    it.window.show_page(PageName.PEOPLE)
    assert it.window.page is PageName.BINDING


def test_sign_in_is_switched_off_and_on_again(supervised: Shop) -> None:
    it = supervised
    it.people.people.card.sign_in.segments[1].click()
    it.until(lambda: not it.window.view.state.rules.sign_in)
    assert it.window.page is PageName.PEOPLE
    bind(it, 1)
    it.window.show_page(PageName.PEOPLE)
    it.people.people.card.sign_in.segments[0].click()
    it.until(lambda: it.window.view.state.rules.sign_in)
    it.page(PageName.BINDING)
    assert it.kinds().count("setting-changed") == 2


def test_sign_in_that_is_switched_on_where_nobody_is_asks_for_the_first(shop: Open) -> None:
    it = shop(FREE)
    it.window.show_page(PageName.PEOPLE)
    it.people.people.card.sign_in.segments[0].click()
    it.page(PageName.FIRST_START)


# --- idle


def test_whoever_is_idle_is_signed_out_and_binding_comes_back(supervised: Shop) -> None:
    it = supervised
    it.people.people.card.idle.segments[1].click()
    it.until(lambda: it.window.view.state.rules.idle_seconds == 300)
    assert load_settings(it.folder / "settings.json").idle_minutes == 5
    it.window.show_page(PageName.PEOPLE)
    acted = it.window.view.state.last_act
    it.people.idle.touched.emit()
    it.until(lambda: it.window.view.state.last_act > acted)
    it.shown.station.sign_out_pressed()
    it.page(PageName.BINDING)


def test_without_sign_in_binding_comes_back_by_itself(shop: Open) -> None:
    it = shop(FREE)
    it.window.show_page(PageName.SETTINGS)
    it.people.idle.set_seconds(0.3)
    it.page(PageName.BINDING)


# --- settings


def test_a_setting_that_cannot_be_kept_says_so_on_the_page(shop: Open) -> None:
    it = shop(FREE)
    it.window.show_page(PageName.SETTINGS)
    (it.folder / "settings.json").mkdir()
    page = it.window.settings_page
    page.station_card.volume.segments[0].click()
    it.until(lambda: "cannot be written" in page.notice.text)
    assert page.station_card.volume.segments[2].isChecked()
    assert it.window.view.journal_trouble is None
    (it.folder / "settings.json").rmdir()
    page.station_card.volume.segments[0].click()
    it.until(lambda: page.notice.isHidden())
    assert it.kinds().count("setting-changed") == 1
