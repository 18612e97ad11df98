"""What makes sense to put right about a unit, as it stands."""

from __future__ import annotations

import pytest

from app.core.codes import DeviceCode, Imei, ProductKey, SerialNumber
from app.core.correcting import Correction, Named, corrections_of, corrections_of_codes, imei_in
from app.core.record import BoundRecord, Entry, EventKind, Stamp, Standing, StoredEvent
from app.core.unit_list import UnitLine, UnitState, UnitStory

DEVICE = DeviceCode(ProductKey("p11sf2"), SerialNumber("123456789"))
IMEI, WRONG = Imei("863950069494278"), Imei.released("863950069494275")
RECORD = BoundRecord(3, IMEI, DEVICE.pk, DEVICE.sn, "2026-01-01T00:00:00.000Z", "1", None)
STAMP = Stamp("2026-01-01T00:00:00.000Z", 0, 0, "1", "1.0.0")


def story(
    state: UnitState, standing: Standing, retiring: Entry | None = None, imei: str | None = IMEI
) -> UnitStory:
    unit = UnitLine(9, DEVICE.pk, DEVICE.sn, imei, state, STAMP.at, None, state is UnitState.UNBOUND)
    event = StoredEvent(8, STAMP, retiring, "", "") if retiring else None
    return UnitStory(unit, (), standing, event)


def kinds(found: tuple[Correction, ...]) -> list[EventKind]:
    return [one.kind for one in found]


def test_what_is_bound_is_unbound_or_scrapped() -> None:
    found = corrections_of(story(UnitState.BOUND, Standing(RECORD, RECORD)))
    assert found == tuple(Correction(kind, DEVICE, IMEI) for kind in (EventKind.UNBOUND, EventKind.SCRAPPED))


def test_what_was_scrapped_is_reinstated_as_it_was_named() -> None:
    scrapped = Entry(EventKind.SCRAPPED, label_imei=IMEI)
    found = corrections_of(story(UnitState.SCRAPPED, Standing(imei_scrapped=8), scrapped))
    assert found == (Correction(EventKind.REINSTATED, None, IMEI),)
    spoiled = Entry(EventKind.SPOILED, pk=DEVICE.pk, sn=DEVICE.sn)
    found = corrections_of(story(UnitState.SPOILED, Standing(spoiled=8), spoiled))
    assert found == (Correction(EventKind.REINSTATED, DEVICE),)


def test_a_module_that_was_taken_off_is_left_out() -> None:
    found = corrections_of(story(UnitState.UNBOUND, Standing()))
    assert found == (Correction(EventKind.SCRAPPED, DEVICE), Correction(EventKind.SPOILED, DEVICE))


def test_the_module_of_another_unit_is_not_scrapped_from_here() -> None:
    found = corrections_of(story(UnitState.ON_HOLD, Standing(of_imei=RECORD)))
    assert {one.imei for one in found} == {None}


def test_only_a_wrong_check_digit_is_released_and_only_once() -> None:
    fault = story(UnitState.ON_HOLD, Standing(), imei=WRONG)
    assert kinds(corrections_of(fault)) == [EventKind.SCRAPPED, EventKind.SPOILED, EventKind.RELEASED]
    released = story(UnitState.ON_HOLD, Standing(released=True), imei=WRONG)
    assert EventKind.RELEASED not in kinds(corrections_of(released))
    assert EventKind.RELEASED not in kinds(corrections_of_codes(None, IMEI))
    assert corrections_of_codes(None, None) == ()


def test_a_scrap_names_one_half_or_both() -> None:
    scrap = Correction(EventKind.SCRAPPED, DEVICE, IMEI)
    assert scrap.has_choice
    assert scrap.of(Named.BOTH) == scrap
    assert scrap.of(Named.MODULE) == Correction(EventKind.SCRAPPED, None, IMEI)
    assert scrap.of(Named.DEVICE) == Correction(EventKind.SCRAPPED, DEVICE)
    assert not Correction(EventKind.UNBOUND, DEVICE, IMEI).has_choice


@pytest.mark.parametrize("text", ["", "86395006949427", "not a number", "8" * 15])
def test_what_is_wrong_beyond_its_check_digit_is_no_imei(text: str) -> None:
    assert imei_in(text) is None
