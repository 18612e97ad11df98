"""The page of a file that is to come in, in the states that people meet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from app.core.errors import Why, because
from app.core.importing import Finding
from app.core.origin import Origin
from app.core.remarks import About, remark
from app.station.importing import Examined
from app.ui.import_lines import ImportLine
from app.ui.import_page import ImportPage
from app.ui.main_window import MainWindow
from app.ui.pages import PageName
from app.wording.imports import more_than_listed, outcome
from app.wording.language import tr
from app.wording.reasons import sentence
from app.wording.remarks import remark_sentence
from tests.ui.journal_scenes import SUPERVISOR
from tests.wording.facts import FACTS

FILE = "incumbent_1.2.0_export.csv"
HEADER = ("*ProductKey", "*DeviceKey", "Device SN")
GOOD = Examined(Origin(FILE, "0" * 64), HEADER, 40, 0, 2, ())
DAMAGED = Examined(Origin(FILE, "0" * 64), HEADER, 1_250_000, 12_412, 3, ())
_WHYS = (
    Why.NUMBER_DAMAGED,
    Why.SN_ROUNDED,
    Why.IMEI_LENGTH,
    Why.IMEI_CHECK_DIGIT,
    Why.IMEI_TWICE,
)


def lines() -> list[ImportLine]:
    mislabelled = remark_sentence(remark(About.HEADER_MISLABELLED))
    found = [
        Finding(412 * n, "*DeviceKey", "8.63950E+14", because(why, **FACTS[why]))
        for n, why in enumerate(_WHYS, 1)
    ]
    whole_row = Finding(1_249_999, "", "", because(Why.SN_ROUNDED, **FACTS[Why.SN_ROUNDED]), refuses=False)
    return [more_than_listed(10_000), mislabelled, *found, whole_row]


def import_stages(window: MainWindow) -> Iterator[str]:
    """Brings the page from one state to the next and gives the name of each."""
    page = window.add_page(PageName.IMPORT, ImportPage)
    window.show_view(SUPERVISOR)
    window.show_page(PageName.IMPORT)
    page.show_file(FILE)
    text = tr("Looking at the file, {percent} %. Nothing is written, and binding goes on.")
    page.show_work(text.format(percent=42))
    yield "import-looking"
    page.show_examined(GOOD, [])
    yield "import-good"
    page.show_examined(DAMAGED, lines())
    yield "import-damaged"
    page.show_told(sentence(because(Why.IMPORT_OVERTAKEN)), is_trouble=True)
    yield "import-overtaken"
    told = outcome(
        DAMAGED,
        dry_run=False,
        taken=1_237_585,
        refused_file=Path("D:/usb/from the old line") / f"{FILE}.refused.csv",
    )
    page.show_told(f"{told} {tr('On record as #{seq}.').format(seq=1_250_417)}")
    yield "import-taken"
