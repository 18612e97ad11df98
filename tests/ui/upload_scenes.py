"""The upload to Developer Center in the states that people meet, as the mock-up has them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from app.core.codes import DeviceCode, Imei, Pair, ProductKey, SerialNumber
from app.core.errors import Why, because
from app.core.platform import Held, PlatformDevice, Refusal
from app.core.record import Entry, EventKind, Stamp, StoredEvent
from app.core.upload_item import Item, UploadState
from app.core.upload_status import Phase, ProductStatus, UploadStatus
from app.station.upload_troubles import UploadTrouble
from app.ui.main_window import MainWindow
from app.ui.pages import PageName
from app.ui.platform_form import PlatformChoice
from app.ui.shift_page import ShiftPage
from app.ui.theme import Palette
from app.ui.upload_act_form import UploadAct
from app.ui.upload_page import UploadPage
from app.ui.upload_settings_card import Answer, Keys
from app.wording.language import tr
from app.wording.reasons import sentence
from tests.ui.journal_scenes import QA, SUPERVISOR
from tests.ui.scenes import IMEI, LONG_SN, NOW, PK, SN, at, port_trouble

DENIED = Refusal(70089, "no permission for this product")
NO_PERMISSION = DENIED.reason("p23mm7")
TRACKER = ProductStatus(PK, "Tracker T1", waiting=704, confirmed=498, conflicts=2)
GATEWAY = ProductStatus("p08kx1", "Gateway G2", confirmed=318)
METER = ProductStatus("p23mm7", "Meter M2", blocked=96, trouble=NO_PERMISSION)
RUNNING = UploadStatus(Phase.RUNNING, (TRACKER, GATEWAY, METER), None, "europe", True)
OFFLINE = replace(
    RUNNING,
    phase=Phase.IDLE,
    connected=False,
    trouble=because(Why.PLATFORM_NAME, host="iot-api.acceleronix.io"),
    last_run=at(12),
)
REFUSED = replace(OFFLINE, trouble=because(Why.PLATFORM_ADDRESS_DENIED, code=91006))
DONE = UploadStatus(
    Phase.IDLE,
    (replace(TRACKER, waiting=0, conflicts=0, confirmed=1204), replace(GATEWAY, handled=2)),
    None,
    "factory-gateway.example.com",
    True,
    at(4),
)
NONE = UploadStatus(Phase.IDLE, (), None, "china")
MANY = replace(
    RUNNING,
    products=(
        ProductStatus("pLONG1", "A product name that nobody can read on a card", waiting=1_204_000, sent=500),
        replace(TRACKER, conflicts=1_200, confirmed=1_203_412),
        *(replace(GATEWAY, pk=f"p{number:02}kx1") for number in range(6)),
    ),
)


def _bound(seq: int) -> StoredEvent:
    stamp = Stamp(at(95), 60, 1, "2", "1.0.0", operator="Chen Jing")
    return StoredEvent(seq, stamp, Entry(EventKind.BOUND), "", "")


def _item(sn: str, imei: Imei = IMEI, pk: str = PK, seq: int = 10288, **changes: object) -> Item:
    pair = Pair(DeviceCode(ProductKey(pk), SerialNumber(sn)), imei)
    return Item(PlatformDevice(seq, pair), **changes)  # type: ignore[arg-type]


def conflict(sn: str = SN, held: str = "123456789123456798", seq: int = 10288) -> UploadTrouble:
    item = _item(sn, seq=seq, state=UploadState.CONFLICT, held=Held(held))
    reason = item.trouble()
    return UploadTrouble((item,), reason, at(3), _bound(seq), can_be_replaced=True)


def troubles() -> tuple[UploadTrouble, ...]:
    elsewhere = _item("123456789123456799", seq=10290, state=UploadState.CONFLICT)
    blocked = tuple(
        _item(f"1234567891234{number:05}", pk="p23mm7", seq=number, state=UploadState.BLOCKED, answer=DENIED)
        for number in range(96)
    )
    ended = _item("123456789123456700", seq=10201, state=UploadState.CONFIRMED, live=False)
    return (
        conflict(),
        UploadTrouble((elsewhere,), elsewhere.trouble(), at(3), _bound(10290)),
        UploadTrouble(blocked, blocked[0].trouble(), at(2), _bound(1)),
        UploadTrouble((ended,), None, "", _bound(10201)),
        conflict(LONG_SN, LONG_SN[:-4] + "0000", 10300),
    )


def add_upload_page(window: MainWindow) -> UploadPage:
    def make(palette: Palette, parent: QWidget) -> UploadPage:
        return UploadPage(palette, lambda: NOW, parent)

    return window.add_page(PageName.UPLOAD, make)


def shift_upload_stages(window: MainWindow, page: ShiftPage) -> Iterator[str]:
    """The card on the shift's page, which shows a shift already; and the strip."""
    window.show_view(SUPERVISOR)
    shown = {"running": RUNNING, "offline": OFFLINE, "refused": REFUSED, "done": DONE, "none": NONE}
    for name, status in (shown | {"many": MANY}).items():
        _show(window, page, status)
        yield f"shift-upload-{name}"
    page.verticalScrollBar().setValue(10_000)
    yield "shift-upload-scrolled"
    page.verticalScrollBar().setValue(0)
    _show(window, page, replace(RUNNING, phase=Phase.PAUSED), 2)
    window.show_view(QA)
    yield "shift-upload-qa"
    window.show_view(SUPERVISOR)
    page.verticalScrollBar().setValue(10_000)
    yield "shift-upload-paused"
    page.verticalScrollBar().setValue(0)


def _show(window: MainWindow, page: ShiftPage, status: UploadStatus, left_behind: int = 0) -> None:
    page.show_upload(status)
    page.show_left_behind(left_behind)
    window.show_upload(status)


def upload_stages(window: MainWindow) -> Iterator[str]:
    """The page of what needs a person."""
    page = add_upload_page(window)
    window.show_view(SUPERVISOR)
    window.show_upload(RUNNING)
    window.show_page(PageName.UPLOAD)
    page.show_troubles(())
    yield "upload-nothing"
    found = troubles()
    page.show_troubles(found)
    for number, name in enumerate(("conflict", "elsewhere", "blocked", "unbound", "long")):
        page.list.setCurrentIndex(page.list.model().index(number, 0))
        yield f"upload-{name}"
    page.list.setCurrentIndex(page.list.model().index(0, 0))
    page.card.acts[UploadAct.HANDLE].click()
    page.card.form.reason.put("The old unit was scrapped at the customer's")
    yield "upload-handle"
    page.card.form.show_refusal(sentence(because(Why.REASON_NEEDED)))
    yield "upload-handle-refused"
    page.card.form.cancel.click()
    page.card.acts[UploadAct.REPLACE].click()
    yield "upload-replace"
    page.card.form.cancel.click()
    page.show_told(sentence(because(Why.JOURNAL_LOCKED, path="C:/ProgramData/Binding Station/journal.db")))
    yield "upload-told"
    window.show_view(QA)
    yield "upload-qa"
    window.show_view(port_trouble())
    window.show_upload(REFUSED)
    window.show_binding()
    yield "upload-strip"
    window.show_upload(RUNNING)


def upload_settings_stages(window: MainWindow) -> Iterator[str]:
    """The cards of the settings, which are in front already."""
    page = window.settings_page
    form, card = page.platform_form, page.upload_card
    page.verticalScrollBar().setValue(10_000)
    form.show_choice(PlatformChoice())
    card.show_choice(False, 0)
    card.show_keys(Keys.MISSING)
    yield "settings-upload-none"
    form.show_choice(
        PlatformChoice("europe", "http://proxy.factory.example:3128", "C:/station/factory-ca.pem")
    )
    card.show_choice(True, 15)
    card.show_keys(Keys.STORED)
    card.show_answer(tr("Developer Center answers, and accepts this AccessKey."), Answer.GOOD)
    yield "settings-upload"
    form.centre.segments[3].click()
    form.address.put("http://iot.example.com")
    form.address.typed.emit("")
    form.show_refusal(sentence(because(Why.PLATFORM_URL, url="http://iot.example.com")))
    card.show_keys(Keys.ENVIRONMENT)
    certificate = because(
        Why.PLATFORM_CERTIFICATE, host="iot-api.acceleronix.io", detail="self-signed certificate in chain"
    )
    card.show_answer(sentence(certificate), Answer.BAD)
    yield "settings-upload-refused"
    form.drop()
    card.show_keys(Keys.TROUBLE, sentence(because(Why.KEY_STORE_MISSING)))
    card.show_answer(tr("Developer Center is being asked."), Answer.WAITS)
    yield "settings-upload-store"
    card.form.begin()
    yield "settings-upload-keys"
    card.form.end()
    card.show_answer("", Answer.NONE)
    page.verticalScrollBar().setValue(0)
