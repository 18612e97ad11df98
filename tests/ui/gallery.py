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
from app.core.settings import AUTOMATIC_PORT
from app.core.unit import Fixture, ImeiSource, Presence
from app.ports import LinkState, LinkStatus
from app.station.view import StationView
from app.ui.main_window import MainWindow
from app.ui.pages import PageName
from app.ui.port_list import PortRow
from app.ui.theme import load_fonts, load_palette
from app.wording import language
from tests.ui.journal_scenes import add_journal_page, journal_stages
from tests.ui.scenes import IMEI, NOW, RULES, scenes, view

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


def stages(window: MainWindow) -> Iterator[str]:
    """Brings the window from one state to the next and gives the name of each."""
    journal = add_journal_page(window)
    window.show_binding()
    for name, shown in scenes().items():
        window.show_view(shown)
        yield name
    window.show_page(PageName.SETTINGS)
    for name, (shown, chosen) in settings_views().items():
        window.show_view(shown)
        window.settings_page.show_ports(PORTS, chosen)
        window.settings_page.show_choices(ImeiSource.EITHER, language.current(), 80)
        yield name
    yield from journal_stages(window, journal)
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
