"""Every state of the window as a picture.

python -m tests.ui.gallery OUTDIR [--language zh_CN] [--size 1366x768]
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.core.binding import State
from app.core.errors import Why, because
from app.core.people import Person, Role
from app.core.settings import AUTOMATIC_PORT
from app.core.unit import Fixture, ImeiSource, Presence
from app.ports.fixture import LinkState, LinkStatus
from app.station.sign_in import Member
from app.station.view import StationView
from app.ui.after_pass_card import AfterPass
from app.ui.first_start_page import FirstStartPage
from app.ui.main_window import MainWindow
from app.ui.pages import PageName
from app.ui.people_page import PeoplePage
from app.ui.port_list import PortRow
from app.ui.sign_in_page import SignInPage
from app.ui.theme import load_fonts, load_palette
from app.wording import language
from app.wording.language import tr
from app.wording.reasons import sentence
from tests.ui.import_scenes import import_stages
from tests.ui.journal_scenes import add_journal_page, journal_stages
from tests.ui.label_scenes import label_stages, layouts
from tests.ui.order_scenes import add_orders_page, order_scenes, order_stages
from tests.ui.scenes import IMEI, NOW, RULES, scenes, view
from tests.ui.shift_scenes import add_shift_page, shift_stages
from tests.ui.typing_scenes import typing_stages
from tests.ui.upload_scenes import shift_upload_stages, upload_settings_stages, upload_stages

PORTS = (
    PortRow("COM5", "Quectel USB AT Port", likely_at=True),
    PortRow("COM4", "Quectel USB DM Port"),
    PortRow("COM6", "Quectel USB NMEA Port"),
    PortRow("COM3", "USB serial CH340"),
)


def settings_views() -> dict[str, tuple[StationView, str]]:
    """Views of the settings, and the port that is chosen there."""
    lying = view(State(rules=RULES, fixture=Fixture(Presence.MODULE, IMEI)))
    wrong = view(State(rules=RULES, fixture=Fixture(Presence.MODULE, IMEI[:-1] + "5")))
    busy = LinkStatus(LinkState.TROUBLE, "COM5", because(Why.PORT_BUSY, port="COM5"))
    return {
        "settings": (lying, "COM5"),
        "settings-wrong-imei": (wrong, AUTOMATIC_PORT),
        "settings-silent": (view(link=LinkStatus(LinkState.SILENT, "COM3")), "COM3"),
        "settings-busy": (view(link=busy), "COM9"),
        "settings-none": (replace(lying, state=State(), link=LinkStatus(LinkState.NONE)), ""),
    }


MEMBERS = (
    Member("Chen Jing", Role.OPERATOR, has_badge=True, has_pin=False),
    Member("Li Wei", Role.OPERATOR, has_badge=True, has_pin=True),
    Member("Wang Fang", Role.QA, has_badge=False, has_pin=True),
    Member("Zhao Min", Role.SUPERVISOR, has_badge=True, has_pin=True),
)


def people_stages(window: MainWindow) -> Iterator[str]:
    """The pages on which people are entered, chosen and changed."""
    first = window.add_page(PageName.FIRST_START, FirstStartPage)
    sign_in = window.add_page(PageName.SIGN_IN, SignInPage)
    people = window.add_page(PageName.PEOPLE, PeoplePage)
    window.show_view(replace(view(), nobody_yet=True, operator=None))
    yield "first-start"
    first.form.name.setText("Zhao Min")
    first.form.take_scan("BADGE-0001")
    first.notice.show_text(sentence(because(Why.PIN_UNUSABLE, fewest=4, most=12)))
    yield "first-start-refused"
    zhao = Person("Zhao Min", Role.SUPERVISOR)
    guarded = replace(RULES, people=(zhao,))
    window.show_view(replace(view(State(rules=guarded)), operator=None))
    window.show_sign_in()
    sign_in.begin()
    sign_in.show_members(MEMBERS)
    yield "sign-in"
    sign_in.members.buttons[0].click()
    for digit in "1357":
        sign_in.card.pad.digits[digit].click()
    yield "sign-in-pin"
    sign_in.show_refusal(because(Why.PIN_PAUSE, name="Li Wei", seconds=30))
    yield "sign-in-pause"
    window.show_view(view(State(rules=guarded, operator=zhao)))
    yield "sign-in-change"
    window.show_page(PageName.PEOPLE)
    people.begin()
    people.show_members(())
    people.show_choices(sign_in=False, idle_minutes=0)
    yield "people-nobody"
    people.show_members(MEMBERS)
    people.show_choices(sign_in=True, idle_minutes=15)
    yield "people"
    people.card.add.click()
    people.show_refusal(because(Why.NAME_TAKEN, name="Zhao Min"))
    yield "people-new"
    people.card.members.buttons[1].click()
    yield "people-change"
    people.editor.form.take_scan("BADGE-0002")
    people.show_refusal(because(Why.BADGE_IS_A_CODE))
    yield "people-badge"
    people.editor.retire.click()
    yield "people-retire"
    people.editor.close_form(tr("{name} may not sign in any more.").format(name="Li Wei"))
    yield "people-done"


def stages(window: MainWindow) -> Iterator[str]:
    """Brings the window from one state to the next and gives the name of each."""
    journal, shift = add_journal_page(window), add_shift_page(window)
    orders = add_orders_page(window)
    window.show_binding()
    for name, shown in (scenes() | order_scenes()).items():
        window.show_view(shown)
        yield name
    window.show_page(PageName.SETTINGS)
    for name, (shown, chosen) in settings_views().items():
        window.show_view(shown)
        window.settings_page.show_ports(PORTS, chosen)
        window.settings_page.show_choices(ImeiSource.EITHER, language.current(), 80)
        yield name
    refusal = because(Why.FILE_UNWRITABLE, path="D:/station/settings.json", detail="Permission denied")
    window.settings_page.show_refusal(refusal)
    yield "settings-refused"
    window.settings_page.show_refusal(None)
    card = window.settings_page.after_pass
    card.show_lists(layouts(), ["HP LaserJet MFP M428", "Zebra ZD421"])
    card.show_choice(AfterPass(True, "roll-50x30", "tcp://192.168.1.70"))
    window.settings_page.ensureWidgetVisible(card)
    yield "settings-after-pass"
    reason = because(Why.PRINTER_UNREACHABLE, address="tcp://192.168.1.70", detail="Connection refused")
    window.show_label_trouble(reason)
    yield "settings-after-pass-trouble"
    window.show_label_trouble(None)
    window.settings_page.verticalScrollBar().setValue(0)
    yield from upload_settings_stages(window)
    yield from journal_stages(window, journal)
    yield from shift_stages(window, shift)
    yield from shift_upload_stages(window, shift)
    yield from upload_stages(window)
    yield from import_stages(window)
    yield from order_stages(window, orders)
    yield from typing_stages(window)
    yield from label_stages(window)
    yield from people_stages(window)
    window.show_crash("ValueError: a value that nobody expected")
    yield "crash"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("outdir", type=Path)
    parser.add_argument("--language", default="en", choices=sorted(language.LANGUAGES))
    parser.add_argument("--size", default="1366x768")
    chosen = parser.parse_args()
    application = QApplication([])
    load_fonts()
    language.use(chosen.language)
    window = MainWindow(load_palette(), "1.0.0", lambda: NOW)
    window.resize(*map(int, chosen.size.split("x")))
    window.show()
    chosen.outdir.mkdir(parents=True, exist_ok=True)
    for name in stages(window):
        application.processEvents()
        window.grab().save(str(chosen.outdir / f"{name}.png"))


if __name__ == "__main__":
    main()
