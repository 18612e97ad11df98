"""The preview of labels is drawn from what is printed: its codes read as those do."""

from __future__ import annotations

from PySide6.QtCore import QBuffer

from app.adapters.code_reader import codes_in_png
from app.adapters.qr_code import ZxingEncoder
from app.core.label_drawing import Drawing
from app.station.label_plan import draw_page
from app.ui.label_sheet import PagePicture
from app.ui.main_window import MainWindow
from app.ui.theme import load_palette
from tests.labelled import FONTS
from tests.ui.label_scenes import planned


def test_the_codes_on_the_screen_can_be_scanned(window: MainWindow) -> None:
    plan = planned("a4-24-70x37", count=3)
    page = draw_page(plan, 0, Drawing(plan.layout, 203, ZxingEncoder(), FONTS))
    picture = PagePicture(load_palette(), window)
    picture.resize(page.width, page.height)
    picture.show_page(page, "Sheet")
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    picture.grab().save(buffer, "PNG")
    assert list(codes_in_png(bytes(buffer.data().data()))) == sorted(label.payload for label in plan.labels)
