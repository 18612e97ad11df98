"""The Labels page in the states that people meet, with real layouts and real codes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.adapters.layout_files import LayoutFiles
from app.adapters.qr_code import ZxingEncoder
from app.core.codes import DeviceCode, Imei
from app.core.errors import Why, because
from app.core.label_drawing import Drawing
from app.core.payload import PLATFORM_FORMAT
from app.core.serials import SerialStanding
from app.paths import resource
from app.station.label_order import LabelOrder
from app.station.label_plan import LabelPlan, Planner, draw_page
from app.station.labels import BatchResult, Step
from app.station.view import StationView
from app.ui.label_wish import LayoutChoice, SnSource, Target
from app.ui.labels_page import LabelsPage
from app.ui.main_window import MainWindow
from app.ui.pages import PageName
from app.wording.labels import made, step_name
from app.wording.language import tr
from app.wording.reasons import sentence
from tests.labelled import FIRST, FONTS, IMEI, PK
from tests.ui.journal_scenes import SUPERVISOR
from tests.ui.order_scenes import BOOK, PRODUCTS

FACTORY = LayoutChoice(
    "ours", None, because(Why.LAYOUT_VALUE, path="ours.toml", line=12, key="size", wanted="4-200")
)


def layouts() -> list[LayoutChoice]:
    """The program's, and a wrong one of the factory's."""
    files = LayoutFiles([resource("templates")])
    return [FACTORY, *(LayoutChoice(name, files.layout(name)) for name in files.names())]


class Known:
    """Of every SN the same."""

    def __init__(self, standing: SerialStanding = SerialStanding.FREE) -> None:
        self._standing = standing

    def standing(self, device: DeviceCode) -> SerialStanding:
        return self._standing

    def standings(self, devices: Sequence[DeviceCode]) -> Sequence[SerialStanding]:
        return [self._standing] * len(devices)

    def imei_of(self, device: DeviceCode) -> Imei | None:
        return IMEI

    def has_label(self, device: DeviceCode, layout: str) -> bool:
        return False


def planned(layout: str, standing: SerialStanding = SerialStanding.FREE, count: int = 520) -> LabelPlan:
    order = LabelOrder(PK, count, FIRST, values={"product": "Tracker T1"})
    planner = Planner([PLATFORM_FORMAT], Known(standing), ZxingEncoder(), lambda width: "7" * width)
    found = next(one.layout for one in layouts() if one.name == layout)
    assert found is not None
    return planner.plan(order, found)


def show(page: LabelsPage, plan: LabelPlan, target: Target, number: int = 0) -> None:
    page.preview.show_plan(plan, target)
    drawing = Drawing(plan.layout, plan.layout.dpi, ZxingEncoder(), FONTS)
    page.preview.show_page(draw_page(plan, number, drawing))


def supervisor() -> StationView:
    orders = tuple(one.order for one in BOOK.orders)
    rules = replace(SUPERVISOR.state.rules, products=PRODUCTS, orders=orders)
    return replace(SUPERVISOR, state=replace(SUPERVISOR.state, rules=rules))


def label_stages(window: MainWindow) -> Iterator[str]:
    """Brings the page from one state to the next and gives the name of each."""
    page = window.add_page(PageName.LABELS, LabelsPage)
    window.show_view(supervisor())
    window.show_page(PageName.LABELS)
    page.layout_.show_layouts(layouts())
    page.preview.show_refusal(tr("Enter the product key, or scan the QR code of a device."), False)
    yield "labels-empty"
    page.format.take_product(PK)
    page.format.template.put("pk={pk}&sn={sn}&v={v}")
    page.source.choice.choose(SnSource.FILE.value)
    page.source.retranslate()
    yield "labels-no-file"
    page.source.show_list("p11sf2_sn_2024-11-06.zip", 10_000, 8_796, FIRST)
    page.source.count.put("520")
    page.format.show_first(FIRST)
    page.preview.details.suggest({"product": "Tracker T1"})
    show(page, planned("a4-24-70x37"), Target.SHEET)
    yield "labels"
    yield from _refusals(page)
    yield from _targets(page)
    yield from _work(page)


def _refusals(page: LabelsPage) -> Iterator[str]:
    show(page, planned("a4-24-70x37", SerialStanding.ISSUED), Target.SHEET)
    yield "labels-again"
    page.preview.foot.reason.put("printer ran out of ribbon")
    page.preview.foot.reason.typed.emit("")
    yield "labels-again-reason"
    show(page, replace(planned("a4-24-70x37"), smallest_module=0.19), Target.SHEET)
    yield "labels-too-fine"
    show(page, planned("a4-24-70x37", SerialStanding.RETIRED), Target.SHEET)
    yield "labels-retired"
    page.format.template.put("A{pk}A{sn}A{order}")
    page.format.template.typed.emit()
    page.preview.show_refusal(sentence(because(Why.TEMPLATE_FIELD_UNKNOWN, template="A{pk}", field="order")))
    yield "labels-template-refused"
    page.format.template.put("{pk}/{sn}")
    page.format.retranslate()
    assert FACTORY.refusal is not None
    page.layout_.show_layout(FACTORY)
    page.preview.show_refusal(sentence(FACTORY.refusal))
    yield "labels-layout-refused"
    page.format.template.put("pk={pk}&sn={sn}&v=1")
    page.format.retranslate()


def _targets(page: LabelsPage) -> Iterator[str]:
    page.source.choice.choose(SnSource.PATTERN.value)
    page.source.retranslate()
    page.layout_.target_choice.choose(Target.SINGLE.value)
    page.layout_.retranslate()
    show(page, planned("roll-30x20", count=1200), Target.SINGLE)
    yield "labels-single"
    page.source.choice.choose(SnSource.ORDER.value)
    page.source.show_list("24-1107", 500, 362, FIRST)
    page.layout_.target_choice.choose(Target.ZPL.value)
    page.layout_.printer.put("tcp://192.168.1.70")
    page.layout_.retranslate()
    show(page, planned("roll-100x50-box", SerialStanding.BOUND, 1), Target.ZPL)
    yield "labels-zpl"
    page.preview.show_details(True)
    yield "labels-details"
    page.preview.show_details(False)
    page.source.choice.choose(SnSource.RANGE.value)
    page.source.retranslate()
    page.layout_.target_choice.choose(Target.SHEET.value)
    page.layout_.retranslate()


def _work(page: LabelsPage) -> Iterator[str]:
    show(page, planned("letter-80-44x13"), Target.SHEET)
    page.preview.show_work(f"{step_name(Step.READING_BACK)}: 312 / 520", 0.8)
    yield "labels-working"
    page.preview.ask(tr("{file} is there already.").format(file="labels-p11sf2.pdf"), tr("Replace it"))
    yield "labels-ask"
    page.preview.show_told(made(BatchResult(520, 520, 520, 11, 0.375, 22), "HP LaserJet MFP M428"))
    yield "labels-done"
    reason = because(Why.PRINTER_STOPPED, printer="HP LaserJet MFP M428", sent=3, pages=22)
    page.preview.show_told(sentence(reason), is_trouble=True)
    yield "labels-trouble"
