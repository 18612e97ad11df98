"""A run of the upload, from a real journal to a platform on a real socket."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.adapters.developer_center import DeveloperCenter
from app.core.errors import Why
from app.core.platform import Held
from app.core.upload_item import UploadState
from app.station.asking import Asking
from app.station.upload import Upload
from app.station.upload_end import UploadEnd
from app.wording.reasons import sentence
from tests.adapters.journals import STAMP, bound
from tests.adapters.platforms import new_service, platform_and_client
from tests.e2e.units import imei, sn
from tests.platform.faults import Fault
from tests.platform.service import Service
from tests.station.upload_journal import UploadJournal, upload_journal
from tests.station.uploads import PK, waiting

S = UploadState
OTHER_PK = "p23mm7"


@pytest.fixture
def service() -> Service:
    return new_service(PK, OTHER_PK)


@pytest.fixture
def platform(service: Service) -> Iterator[DeveloperCenter]:
    with platform_and_client(service) as client:
        yield client


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[UploadJournal]:
    with upload_journal(tmp_path / "journal.db") as outbox:
        yield outbox


def in_state(outbox: UploadJournal, state: UploadState) -> list[int]:
    return outbox.in_state(state)


def test_what_waits_is_brought_there_in_lots_of_500_with_few_writes(
    outbox: UploadJournal, platform: DeveloperCenter, service: Service
) -> None:
    outbox.put(waiting(number) for number in range(1100))
    writes = outbox.writes
    assert Upload(outbox, platform).run() == UploadEnd()
    assert len(in_state(outbox, S.CONFIRMED)) == len(service.devices.products[PK]) == 1100
    lots = [len(recorded.imeis) for recorded in service.records if recorded.call == "createBatch"]
    assert lots == [500, 500, 100]
    assert outbox.writes - writes <= len(lots) + 2


def test_known_devices_are_found_and_the_rest_of_the_lot_goes_through(
    outbox: UploadJournal, platform: DeveloperCenter, service: Service
) -> None:
    outbox.put(waiting(number) for number in range(100))
    service.devices.put(PK, imei(7), sn(7))
    service.devices.put(PK, imei(8), "1")
    service.devices.put(OTHER_PK, imei(9), sn(9))
    assert Upload(outbox, platform).run() == UploadEnd()
    assert in_state(outbox, S.CONFLICT) == [8, 9]
    assert len(in_state(outbox, S.CONFIRMED)) == 98
    assert (outbox.item(8).held, outbox.item(9).held) == (Held("1"), None)
    assert max(service.devices.creations.values()) == 1


def test_a_device_that_the_platform_does_not_like_holds_up_nobody(
    outbox: UploadJournal, platform: DeveloperCenter, service: Service
) -> None:
    outbox.put(waiting(number) for number in range(500))
    service.devices.refused_sns[sn(321)] = 50005
    assert Upload(outbox, platform).run() == UploadEnd()
    assert in_state(outbox, S.BLOCKED) == [321]
    assert len(in_state(outbox, S.CONFIRMED)) == 499
    assert len(service.records) < 150


def test_a_platform_that_likes_no_device_is_not_asked_for_each(
    outbox: UploadJournal, platform: DeveloperCenter, service: Service
) -> None:
    outbox.put(waiting(number) for number in range(600))
    service.devices.refused_sns.update((sn(number), 77777) for number in range(600))
    end = Upload(outbox, platform).run()
    assert end.stopped[PK].why is Why.PLATFORM_REFUSED
    assert len(in_state(outbox, S.BLOCKED)) == 5
    assert len(service.records) < 50


@pytest.mark.parametrize("fault", [Fault.NO_ACTIVATION_CODES, Fault.NO_PRODUCT, Fault.PRODUCT_DENIED])
def test_a_product_that_needs_a_person_stops_and_the_others_go_on(
    outbox: UploadJournal, platform: DeveloperCenter, service: Service, fault: Fault
) -> None:
    outbox.put([waiting(1), waiting(2, OTHER_PK)])
    service.faults.script(fault, call="createBatch")
    end = Upload(outbox, platform).run()
    assert (end.reason, list(end.stopped)) == (None, [PK])
    assert fault in sentence(end.stopped[PK])
    assert (in_state(outbox, S.BLOCKED), in_state(outbox, S.CONFIRMED)) == ([1], [2])


@pytest.mark.parametrize("fault", [Fault.KEY_LIMITED, Fault.ADDRESS_DENIED, Fault.API_OFF, Fault.KEY_UNKNOWN])
def test_an_account_that_needs_a_person_stops_everything(
    outbox: UploadJournal, platform: DeveloperCenter, service: Service, fault: Fault
) -> None:
    outbox.put([waiting(1), waiting(2, OTHER_PK)])
    service.faults.script(fault, call="createBatch")
    end = Upload(outbox, platform).run()
    assert end.reason is not None
    assert fault in sentence(end.reason)
    assert (in_state(outbox, S.BLOCKED), in_state(outbox, S.WAITING)) == ([1], [2])


def test_what_is_blocked_stays_so_until_a_person_has_it_tried_again(
    outbox: UploadJournal, platform: DeveloperCenter, service: Service
) -> None:
    outbox.put([waiting(1)])
    service.faults.script(Fault.PRODUCT_DENIED, call="createBatch")
    Upload(outbox, platform).run()
    outbox.put([waiting(2)])
    asked = len(service.records)
    assert list(Upload(outbox, platform).run().stopped) == [PK]
    assert len(service.records) == asked
    assert outbox.acts.try_again(outbox.seqs(1)) == 1
    assert Upload(outbox, platform).run() == UploadEnd()
    assert in_state(outbox, S.CONFIRMED) == [1, 2]


def test_keys_that_are_not_accepted_leave_everything_as_it_was(
    outbox: UploadJournal, platform: DeveloperCenter, service: Service
) -> None:
    service.accounts.secrets = dict.fromkeys(service.accounts.secrets, "another")
    outbox.put([waiting(1)])
    end = Upload(outbox, platform).run()
    assert end.reason is not None
    assert end.reason.why is Why.PLATFORM_SIGN_IN
    assert in_state(outbox, S.WAITING) == [1]


def test_an_outage_ends_the_run_and_the_next_one_catches_up(
    outbox: UploadJournal, platform: DeveloperCenter, service: Service
) -> None:
    outbox.put(waiting(number) for number in range(5))
    service.faults.always([Fault.DROP_AFTER])
    end = Upload(outbox, platform).run()
    assert end.reason is not None
    assert end.reason.why is Why.PLATFORM_BROKEN
    service.faults.share = 0.0
    assert Upload(outbox, platform).run() == UploadEnd()
    assert in_state(outbox, S.CONFIRMED) == list(range(5))


def test_a_platform_that_never_answers_a_lot_is_left_in_peace_after_some(
    outbox: UploadJournal, platform: DeveloperCenter, service: Service
) -> None:
    outbox.put([waiting(1)])
    service.faults.script(*[Fault.TROUBLE_BEFORE] * 9, call="createBatch")
    end = Upload(outbox, platform).run()
    assert end.reason is not None
    assert end.reason.why is Why.PLATFORM_TROUBLE
    assert (service.count("createBatch"), service.count("detail")) == (2, 2)


def test_a_product_that_is_never_answered_holds_up_no_other(
    outbox: UploadJournal, platform: DeveloperCenter, service: Service
) -> None:
    outbox.put([waiting(1), waiting(2), waiting(3, OTHER_PK)])
    service.devices.silent_pks.add(PK)
    for _ in range(4):
        end = Upload(outbox, platform).run()
        assert list(end.stopped) == [PK]
        assert end.silent
    assert in_state(outbox, S.CONFIRMED) == [3]
    service.devices.silent_pks.clear()
    assert Upload(outbox, platform).run() == UploadEnd()
    assert in_state(outbox, S.CONFIRMED) == [1, 2, 3]


@pytest.mark.parametrize("sick", [0, 9, 59])
def test_a_device_that_the_platform_stumbles_over_holds_up_no_other(
    outbox: UploadJournal, platform: DeveloperCenter, service: Service, sick: int
) -> None:
    outbox.put(waiting(number) for number in range(60))
    service.devices.silent_sns.add(sn(sick))
    for _ in range(4):
        end = Upload(outbox, platform).run()
    assert in_state(outbox, S.CONFIRMED) == [number for number in range(60) if number != sick]
    assert len(service.records) < 100
    assert end.silent
    outbox.put([waiting(60)])
    end = Upload(outbox, platform).run()
    assert (end.reason, end.stopped[PK].why) == (None, Why.DEVICE_UNANSWERED)
    assert imei(sick) in sentence(end.stopped[PK])
    assert 60 in in_state(outbox, S.CONFIRMED)


def test_a_device_of_which_the_platform_says_nothing_clear_holds_up_no_other(
    outbox: UploadJournal, platform: DeveloperCenter, service: Service
) -> None:
    outbox.put(waiting(number) for number in (1, 2))
    outbox.put([waiting(3, OTHER_PK)])
    service.devices.unclear_imeis.add(imei(1))
    service.faults.script(Fault.DROP_AFTER, call="createBatch")
    end = Upload(outbox, platform).run()
    assert (end.reason, end.silent, end.stopped[PK].why) == (None, True, Why.DEVICE_UNANSWERED)
    assert (in_state(outbox, S.SENT), in_state(outbox, S.CONFIRMED)) == ([1], [2, 3])
    service.devices.unclear_imeis.clear()
    assert Upload(outbox, platform).run() == UploadEnd()


def test_a_deletion_that_is_never_answered_holds_up_no_other(
    outbox: UploadJournal, platform: DeveloperCenter, service: Service
) -> None:
    outbox.put([waiting(1)])
    Upload(outbox, platform).run()
    outbox.unbind(1)
    outbox.acts.take_off(outbox.seqs(1), "sold nowhere")
    outbox.put([waiting(2)])
    service.faults.script(*[Fault.TROUBLE_BEFORE] * 9, call="delete")
    Upload(outbox, platform).run()
    assert (in_state(outbox, S.WITHDRAWING), in_state(outbox, S.CONFIRMED)) == ([1], [2])
    assert service.count("delete") == 2


def test_a_run_can_be_paused_between_two_steps(
    outbox: UploadJournal, platform: DeveloperCenter, service: Service
) -> None:
    outbox.put(waiting(number) for number in range(600))
    end = Upload(outbox, platform, cancelled=lambda: service.count("createBatch") == 1).run()
    assert end.reason is not None
    assert end.reason.why is Why.UPLOAD_PAUSED
    assert len(in_state(outbox, S.CONFIRMED)) == 500


def test_a_run_can_be_paused_while_it_asks(
    outbox: UploadJournal, platform: DeveloperCenter, service: Service
) -> None:
    service.devices.listed = False
    outbox.put(waiting(number) for number in range(50))
    for number in range(50):
        service.devices.put(PK, imei(number), sn(number))
    end = Upload(outbox, platform, cancelled=lambda: service.count("detail") == 20).run()
    assert end.reason is not None
    assert end.reason.why is Why.UPLOAD_PAUSED
    assert (len(in_state(outbox, S.CONFIRMED)), len(in_state(outbox, S.SENT))) == (20, 30)


def test_what_was_unbound_before_it_left_is_not_sent(
    outbox: UploadJournal, platform: DeveloperCenter, service: Service
) -> None:
    outbox.put([waiting(1), waiting(2)])
    outbox.unbind(1)
    Upload(outbox, platform).run()
    assert (outbox.items(), in_state(outbox, S.CONFIRMED)) == ([outbox.item(2)], [2])
    assert list(service.devices.products[PK]) == [imei(2)]


@pytest.mark.parametrize("fault", [None, Fault.DROP_BEFORE, Fault.DROP_AFTER, Fault.ERROR_AFTER])
def test_a_unit_is_taken_off_the_platform_where_a_supervisor_wants_it(
    outbox: UploadJournal, platform: DeveloperCenter, service: Service, fault: Fault | None
) -> None:
    outbox.put([waiting(1), waiting(2)])
    Upload(outbox, platform).run()
    outbox.unbind(1)
    assert outbox.acts.take_off(outbox.seqs(1), "sold nowhere") == 1
    service.faults.script(fault, call="delete")
    assert Upload(outbox, platform).run() == UploadEnd()
    assert in_state(outbox, S.WITHDRAWN) == [1]
    assert list(service.devices.products[PK]) == [imei(2)]


def test_a_device_that_is_somebody_else_s_by_now_is_not_deleted(
    outbox: UploadJournal, platform: DeveloperCenter, service: Service
) -> None:
    outbox.put([waiting(1)])
    Upload(outbox, platform).run()
    service.devices.put(PK, imei(1), "another")
    outbox.unbind(1)
    assert outbox.acts.take_off(outbox.seqs(1), "sold nowhere") == 1
    Upload(outbox, platform).run()
    assert in_state(outbox, S.CONFLICT) == [1]
    assert service.count("delete") == 0


@pytest.mark.parametrize("is_confirmed_first", [True, False])
def test_a_refused_deletion_that_is_tried_again_spares_the_pair_that_was_bound_again(
    outbox: UploadJournal, platform: DeveloperCenter, service: Service, is_confirmed_first: bool
) -> None:
    outbox.put([waiting(1), waiting(2)])
    Upload(outbox, platform).run()
    earlier = outbox.seqs(2)
    outbox.unbind(2)
    outbox.acts.take_off(earlier, "a mistake")
    service.faults.script(Fault.PARAMETER, call="delete")
    Upload(outbox, platform).run()
    outbox.put([waiting(2)])
    if is_confirmed_first:
        Upload(outbox, platform).run()
    outbox.acts.try_again(earlier)
    assert Upload(outbox, platform).run() == UploadEnd()
    assert (in_state(outbox, S.CONFIRMED), in_state(outbox, S.WITHDRAWN)) == ([1, 2], [2])
    assert set(service.devices.products[PK]) == {imei(1), imei(2)}
    assert service.count("delete") == 1


def test_what_was_bound_again_in_a_later_shift_is_not_deleted_for_its_earlier_record(
    outbox: UploadJournal, platform: DeveloperCenter, service: Service
) -> None:
    outbox.put([waiting(1)])
    Upload(outbox, platform).run()
    earlier = outbox.seqs(1)
    outbox.unbind(1)
    outbox.acts.take_off(earlier, "a mistake")
    shift = outbox.journal.open_shift(STAMP)
    pair = waiting(1).row.pair
    outbox.journal.bind(replace(STAMP, shift=shift.id), bound(pair), pair)
    Upload(UploadJournal(outbox.journal, shift.id), platform).run()
    Upload(outbox, platform).run()
    assert list(service.devices.products[PK]) == [imei(1)]
    assert service.count("delete") == 0


@pytest.mark.parametrize("fault", [None, Fault.DROP_BEFORE, Fault.DROP_AFTER, Fault.ERROR_AFTER])
def test_our_sn_is_written_over_another_one_where_a_supervisor_wants_it(
    outbox: UploadJournal, platform: DeveloperCenter, service: Service, fault: Fault | None
) -> None:
    outbox.put([waiting(1)])
    service.devices.put(PK, imei(1), "1")
    Upload(outbox, platform).run()
    assert outbox.acts.replace(outbox.seqs(1), "the module had another label") == 1
    service.faults.script(fault, call="updateBatch")
    assert Upload(outbox, platform).run() == UploadEnd()
    assert in_state(outbox, S.CONFIRMED) == [1]
    assert service.devices.products[PK][imei(1)]["sn"] == sn(1)


@pytest.mark.parametrize(("held", "state"), [("2", S.CONFLICT), (None, S.CONFIRMED), (sn(1), S.CONFIRMED)])
def test_another_sn_than_the_supervisor_saw_is_not_written_over(
    outbox: UploadJournal, platform: DeveloperCenter, service: Service, held: str | None, state: UploadState
) -> None:
    outbox.put([waiting(1)])
    service.devices.put(PK, imei(1), "1")
    Upload(outbox, platform).run()
    outbox.acts.replace(outbox.seqs(1), "the module had another label")
    del service.devices.products[PK][imei(1)]
    if held is not None:
        service.devices.put(PK, imei(1), held)
    Upload(outbox, platform).run()
    assert in_state(outbox, state) == [1]
    assert service.count("updateBatch") == 0


def test_many_devices_are_asked_for_with_few_requests(platform: DeveloperCenter, service: Service) -> None:
    for number in range(250):
        service.devices.put(PK, imei(number), sn(number))
    asking = Asking(platform, PK, [imei(number) for number in range(200, 300)])
    asking.ask()
    assert (service.count("overview"), service.count("detail")) == (3, 0)
    assert asking.found[imei(249)] == Held(sn(249))
    assert asking.found[imei(250)] is None


def test_few_devices_of_a_large_product_are_asked_for_one_by_one(
    platform: DeveloperCenter, service: Service
) -> None:
    for number in range(600):
        service.devices.put(PK, imei(number), sn(number))
    Asking(platform, PK, [imei(599), imei(598), imei(700)]).ask()
    assert (service.count("overview"), service.count("detail")) == (1, 3)


@pytest.mark.parametrize("fault", [Fault.UNKNOWN_CODE, Fault.PARAMETER])
def test_without_a_list_each_device_is_asked_for(
    platform: DeveloperCenter, service: Service, fault: Fault
) -> None:
    service.faults.script(fault, call="overview")
    asking = Asking(platform, PK, [imei(number) for number in range(5)])
    asking.ask()
    assert service.count("detail") == 5
    assert set(asking.found.values()) == {None}
