"""The upload as people work it: a real window, a real journal, and a Developer Center on loopback."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from app.adapters.secrets import ACCESS_KEY, ACCESS_SECRET
from app.core.record import EventKind
from app.core.upload_status import Phase
from app.main.window import StationWindow
from app.station import desk as station_desk
from app.station.corrections import Corrections
from app.ui.pages import PageName
from app.ui.status_strip import Level
from app.ui.upload_act_form import UploadAct
from tests.adapters.journals import PK, pair
from tests.adapters.platforms import new_service
from tests.main.conftest import OPERATOR, PEOPLE, QA, SUPERVISOR, Desk
from tests.main.uploads import AtUpload, bound_units, everything_bound
from tests.platform import accounts
from tests.platform.faults import Fault, Faults
from tests.platform.server import running
from tests.platform.service import Recorded, Service

OpenDesk = Callable[..., Desk]
OpenUpload = Callable[..., AtUpload]


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ACCESS_KEY, accounts.ACCESS_KEY)
    monkeypatch.setenv(ACCESS_SECRET, accounts.ACCESS_SECRET)


@pytest.fixture
def open_upload(open_desk: OpenDesk, keys: None, tmp_path: Path) -> Iterator[OpenUpload]:
    """Opens a window on the shift's page; the platform runs until the test ends."""
    with ExitStack() as stack:

        def open_(
            units: int = 3, service: Service | None = None, tls: bool = False, **settings: object
        ) -> AtUpload:
            service = service or new_service(PK)
            ca_file = tmp_path / "ca.pem" if tls else None
            url = stack.enter_context(running(service, ca_file=ca_file))
            settings = {"data_centre": url, "upload_ca_file": str(ca_file or ""), **settings}
            made = AtUpload(open_desk(bound_units(units, **settings)), service)
            made.open()
            return made

        yield open_


@pytest.mark.parametrize("tls", [False, True], ids=["http", "tls"])
def test_what_was_bound_reaches_the_platform_and_the_count_falls_to_nothing(
    open_upload: OpenUpload, tls: bool
) -> None:
    at = open_upload(3, tls=tls)
    at.desk.until(lambda: at.strip == "3 to upload")
    assert at.held == {}
    at.upload()
    at.desk.until(lambda: at.strip == "0 to upload")
    assert at.held == everything_bound(3)
    assert at.pills == ["p11sf2 Tracker T1 3 of 3 sent Confirmed"]
    assert "connected" in at.card.accessibleDescription()


def test_a_conflict_is_shown_with_both_records_and_marked_as_handled(open_upload: OpenUpload) -> None:
    service = new_service(PK)
    service.devices.put(PK, str(pair(1).imei), "77777")
    at = open_upload(3, service)
    at.upload()
    at.desk.until(lambda: "1 conflict" in at.pills[0])
    at.open_problem("1 conflict at Developer Center")
    trouble = at.page.card.trouble
    assert trouble is not None
    assert trouble.item.held is not None
    assert trouble.bound is not None
    assert (trouble.item.sn, trouble.item.held.sn) == (str(pair(1).device.sn), "77777")
    at.act("Mark as handled", "the old unit comes back from the customer")
    at.desk.until(lambda: at.page.troubles == ())
    assert at.kinds()[-1] == EventKind.UPLOAD_HANDLED
    assert at.desk.events()[-1].entry.reason == "the old unit comes back from the customer"
    assert at.held[str(pair(1).imei)] == "77777"
    at.desk.until(lambda: at.strip == "0 to upload")
    at.page.back.click()
    at.desk.until(lambda: not at.problems or "conflict" not in at.problems[-1].text)


def test_our_sn_is_written_over_the_other_one_where_a_supervisor_says_so(open_upload: OpenUpload) -> None:
    service = new_service(PK)
    service.devices.put(PK, str(pair(0).imei), "77777")
    at = open_upload(2, service)
    at.upload()
    at.open_problem("1 conflict")
    at.act("Write our SN", "the platform had a typing mistake")
    at.desk.until(lambda: at.held == everything_bound(2))
    at.desk.until(lambda: at.page.troubles == ())


def test_what_is_blocked_says_who_must_do_what_and_goes_through_once_that_is_done(
    open_upload: OpenUpload,
) -> None:
    service = new_service("p08kx1")
    at = open_upload(4, service)
    at.upload()
    at.desk.until(lambda: at.pills and "Blocked" in at.pills[0])
    at.open_problem("4 blocked at Developer Center")
    trouble = at.page.card.trouble
    assert trouble is not None
    assert len(trouble.items) == 4
    assert "knows no product p11sf2" in at.page.card.accessibleDescription()
    service.devices.products[PK] = {}
    at.page.card.again.click()
    at.desk.until(lambda: at.held == everything_bound(4))
    at.desk.until(lambda: at.page.troubles == ())


def test_a_unit_that_was_unbound_after_its_upload_is_taken_off(open_upload: OpenUpload) -> None:
    at = open_upload(2)
    at.upload()
    at.desk.until(lambda: len(at.held) == 2)
    unbind(at.desk, 0)
    at.desk.shown.window.show_page(PageName.SETTINGS)
    at.open()
    at.open_problem("1 unbound, still uploaded")
    at.act("Take off the platform", "scrapped on the line")
    at.desk.until(lambda: list(at.held) == [str(pair(1).imei)])
    at.desk.until(lambda: at.page.troubles == ())


def test_what_a_platform_dropped_in_the_middle_is_there_once(open_upload: OpenUpload) -> None:
    at = open_upload(3)
    at.service.faults.script(Fault.DROP_AFTER, call="createBatch")
    at.upload()
    at.desk.until(lambda: at.strip == "0 to upload")
    assert set(at.service.devices.creations.values()) == {1}


def test_wrong_keys_block_the_whole_upload_with_a_sentence(
    open_upload: OpenUpload, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = open_upload(3)
    monkeypatch.setenv(ACCESS_KEY, "unknown")
    at.upload()
    at.desk.until(lambda: at.strip == "3 to upload, blocked")
    face = at.desk.shown.window.status.upload.face
    assert face is not None
    assert face.level is Level.AMBER
    assert "does not know this AccessKey" in at.card.told


def test_a_slow_platform_never_holds_up_the_window(open_upload: OpenUpload) -> None:
    """Its answers wait for the gate; meanwhile pages change, and the upload is paused and resumed."""
    at, gate = open_upload(3), threading.Event()

    def hold(_recorded: Recorded) -> None:
        gate.wait(30)

    at.service.watcher = hold
    at.card.button.click()
    at.desk.until(lambda: at.service.records)
    for name in (PageName.SETTINGS, PageName.JOURNAL, PageName.SHIFT):
        at.desk.shown.window.show_page(name)
        assert at.desk.shown.window.page is name
    at.desk.until(lambda: at.card.button.text() == "Pause upload")
    at.card.button.click()
    gate.set()
    at.desk.until(lambda: at.card.status.phase is Phase.PAUSED)
    assert at.strip.endswith("to upload, paused")
    assert at.card.button.text() == "Resume"
    at.upload()
    at.desk.until(lambda: at.strip == "0 to upload")
    assert set(at.service.devices.creations.values()) == {1}


def test_a_window_that_is_closed_in_the_middle_leaves_what_the_next_start_asks_about(
    open_upload: OpenUpload,
) -> None:
    at = open_upload(3)
    at.service.faults.script(Fault.DROP_AFTER, call="createBatch")
    at.service.faults.script(*[Fault.ERROR_BEFORE] * 20, call="overview")
    at.card.button.click()
    at.desk.until(lambda: at.service.devices.creations)
    at.desk.shown.close()
    assert at.kinds()[-1] == EventKind.UPLOAD_SENT
    at.service.faults = Faults()
    at.desk.shown = StationWindow(at.desk.place, "")
    at.desk.shown.open()
    at.open()
    at.desk.until(lambda: at.strip == "3 to upload")
    at.upload()
    at.desk.until(lambda: at.strip == "0 to upload")
    assert set(at.service.devices.creations.values()) == {1}
    at.desk.shown.close()


def test_closing_the_shift_uploads_where_the_settings_say_so(open_upload: OpenUpload) -> None:
    at = open_upload(2, upload_at_shift_close=True)
    at.desk.until(lambda: at.strip == "2 to upload")
    at.desk.shown.shift_desk.page.title.close_shift.click()
    at.desk.until(lambda: at.held == everything_bound(2))
    at.desk.until(lambda: at.strip == "0 to upload")


def test_who_may_not_manage_sees_how_it_stands_and_no_button(open_desk: OpenDesk, keys: None) -> None:
    at = AtUpload(open_desk(bound_units(1, data_centre="china"), people=PEOPLE), new_service(PK))
    at.desk.sign_in(QA)
    at.open()
    assert at.card.button.isHidden()
    at.desk.sign_in(OPERATOR)
    at.desk.shown.window.show_page(PageName.UPLOAD)
    assert at.desk.shown.window.page is PageName.BINDING
    at.desk.sign_in(SUPERVISOR)
    at.open()
    assert not at.card.button.isHidden()


def test_a_scan_on_the_page_chooses_its_unit_and_closes_no_form(open_upload: OpenUpload) -> None:
    service = new_service(PK)
    for number in (0, 2):
        service.devices.put(PK, str(pair(number).imei), f"7777{number}")
    at = open_upload(3, service)
    at.upload()
    at.open_problem("2 conflicts")
    at.desk.scan(f"pk={PK}&sn={pair(2).device.sn}&v=1")
    trouble = at.page.card.trouble
    assert trouble is not None
    assert trouble.item.sn == pair(2).device.sn
    at.page.card.acts[UploadAct.HANDLE].click()
    at.desk.scan(f"pk={PK}&sn={pair(0).device.sn}&v=1")
    assert not at.page.card.form.isHidden()
    assert at.page.card.form.reason.text == ""
    assert at.page.card.trouble is trouble
    assert at.desk.shown.window.page is PageName.UPLOAD


def test_without_a_data_centre_nothing_is_said_in_the_strip_and_the_button_leads_to_the_settings(
    open_desk: OpenDesk,
) -> None:
    at = AtUpload(open_desk(bound_units(2)), new_service(PK))
    at.open()
    assert at.strip == ""
    assert at.card.button.text() == "Set up"
    at.card.button.click()
    assert at.desk.shown.window.page is PageName.SETTINGS


def unbind(desk: Desk, number: int) -> None:
    """As the journal's page does it."""

    def work(at: station_desk.Desk) -> None:
        Corrections(at.journal, at.stamp, at.person).unbind(pair(number).device, "wrong module")

    desk.shown.station.at_desk(work).result()
