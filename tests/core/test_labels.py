"""What stands on a label, and that no code on it can be taken for something else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.adapters.qr_code import ZxingEncoder
from app.core.codes import DeviceCode, ProductKey, SerialNumber
from app.core.errors import Refused, Why
from app.core.label_drawing import Drawing
from app.core.labels import codes_on, filled, make_label, require_harmless_bars
from app.core.payload import PLATFORM_FORMAT
from app.core.template import parse_template
from tests.labelled import ENGLISH, FONTS, IMEI, device, labels, layout

FORMATS = [PLATFORM_FORMAT]


def test_a_line_whose_fields_are_all_empty_is_left_out() -> None:
    label = make_label(device("12"), PLATFORM_FORMAT, FORMATS, values={"order": "W1"})
    assert filled("IMEI {imei}", label) == ""
    assert filled("{order} {date}", label) == "W1"
    assert filled("Made in China", label) == "Made in China"
    assert filled("SN {sn} of {pk}", label) == "SN 12 of p11sf2"


def test_the_codes_of_a_box_label_are_qr_sn_and_imei() -> None:
    (label,) = labels(1, imei=IMEI)
    assert codes_on(label, layout("roll-100x50-box")) == (label.payload, label.device.sn, IMEI)
    assert codes_on(label, layout("roll-50x30")) == (label.payload,)


def test_a_payload_that_a_station_reads_otherwise_is_refused() -> None:
    short = DeviceCode(ProductKey("p11sf"), SerialNumber("12"))
    with pytest.raises(Refused) as refused:
        make_label(short, PLATFORM_FORMAT, FORMATS)
    assert refused.value.reason.why is Why.CODE_MEANS_OTHERWISE
    with pytest.raises(Refused):
        make_label(device("1" * 17 + "869487066634998"), parse_template("PK={pk}+SN={sn}"), FORMATS)


def test_a_payload_that_two_formats_of_the_station_read_differently_is_refused() -> None:
    ours, other = parse_template("A{pk}-{sn}"), parse_template("{pk}-{sn}")
    with pytest.raises(Refused) as refused:
        make_label(device("12"), ours, [PLATFORM_FORMAT, other])
    assert refused.value.reason.why is Why.CODE_MEANS_OTHERWISE


def test_a_bar_code_of_an_sn_that_is_a_valid_imei_is_refused() -> None:
    label = make_label(device("869487066634998"), PLATFORM_FORMAT, FORMATS, values=ENGLISH)
    require_harmless_bars(label, layout("roll-50x30"), FORMATS)
    with pytest.raises(Refused) as refused:
        require_harmless_bars(label, layout("roll-100x50-box"), FORMATS)
    assert refused.value.reason.why is Why.CODE_MEANS_OTHERWISE
    (boxed,) = labels(1, imei=IMEI)
    require_harmless_bars(boxed, layout("roll-100x50-box"), FORMATS)


def drawing(name: str, dpi: int = 203) -> Drawing:
    return Drawing(layout(name), dpi, ZxingEncoder(), FONTS)


@pytest.mark.parametrize("dpi", [203, 300, 600])
def test_a_code_and_its_quiet_zone_stay_in_their_square(dpi: int) -> None:
    (label,) = labels(1)
    made = drawing("a4-24-70x37", dpi)
    code, place = made.qr(label), made.layout.qr
    quiet = place.quiet_zone * code.dots
    for low, wanted in ((code.left, place.left), (code.top, place.top)):
        assert (low - quiet) * 25.4 / dpi >= wanted - 25.4 / dpi
        high = low + code.modules.width * code.dots + quiet
        assert high * 25.4 / dpi <= wanted + place.size + 25.4 / dpi


def test_a_code_whose_modules_would_have_no_dot_is_refused() -> None:
    (label,), small = labels(1), drawing("roll-30x20")
    gone = replace(small, layout=replace(small.layout, qr=replace(small.layout.qr, size=4)))
    with pytest.raises(Refused) as refused:
        gone.qr(label)
    assert refused.value.reason.why is Why.CODE_DOES_NOT_FIT


def test_a_long_text_is_made_smaller_and_one_that_is_too_long_refused() -> None:
    usual, wide = (labels(1, {"product": text})[0] for text in ("T1", "Tracker with a long name"))
    sizes = [drawing("a4-24-70x37").draw(label).texts[0].size for label in (usual, wide)]
    assert sizes[1] < sizes[0]
    (over,) = labels(1, {"product": "Tracker with a name that nobody would put on a label of 70 mm"})
    with pytest.raises(Refused) as refused:
        drawing("a4-24-70x37").draw(over)
    assert refused.value.reason.why is Why.LABEL_TEXT_TOO_LONG


def test_an_sn_with_more_lines_than_the_label_has_room_for_is_refused() -> None:
    label = make_label(device("A" * 64), PLATFORM_FORMAT, FORMATS)
    with pytest.raises(Refused) as refused:
        drawing("roll-30x20").draw(label)
    assert refused.value.reason.why is Why.LABEL_TEXT_TOO_LONG


def test_a_character_that_no_font_has_is_refused_by_name() -> None:
    (label,) = labels(1, {"product": "T1 \u0e01"})
    with pytest.raises(Refused) as refused:
        drawing("roll-50x30").draw(label)
    assert refused.value.reason.facts["character"] == "\u0e01"
