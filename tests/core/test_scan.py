"""From what a scanner delivers to what it means."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.cards import Card, card_text
from app.core.errors import Why
from app.core.looks import LooksLike
from app.core.payload import PLATFORM_FORMAT
from app.core.scan import (
    Scan,
    ScannedCard,
    ScannedDevice,
    ScannedLabel,
    Unknown,
    printable,
    recognise,
    split_frames,
)
from app.core.template import parse_template

CASES = json.loads((Path(__file__).parents[1] / "data" / "scan_texts.json").read_text("utf-8"))
QR = "pk=p11sf2&sn=123456789123456789&v=1"


def meaning(text: str) -> Scan:
    return recognise(text, [PLATFORM_FORMAT])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_every_collected_text_is_recognised_for_what_it_is(case: dict[str, Any]) -> None:
    formats = [PLATFORM_FORMAT] + ([parse_template(case["format"])] if "format" in case else [])
    scan = recognise(case["text"], formats)
    if case["kind"] == "device":
        assert isinstance(scan, ScannedDevice)
        assert (scan.device.pk, scan.device.sn) == (case["pk"], case["sn"])
        assert scan.v == case.get("v", scan.v)
    elif case["kind"] == "module":
        assert isinstance(scan, ScannedLabel)
        assert scan.imei == case["imei"]
    else:
        assert isinstance(scan, Unknown)


@pytest.mark.parametrize(
    ("text", "why", "looks_like"),
    [
        ("pk=p11sf2&sn=123", Why.KEY_MISSING, LooksLike.DEVICE_CODE),
        ("PK=p11sf2&sn=123&v=1", Why.KEY_CASE, LooksLike.DEVICE_CODE),
        ("pk=p11sf2&sn=1&sn=2&v=1", Why.KEY_TWICE, LooksLike.DEVICE_CODE),
        (QR + QR, Why.TWO_SCANS, LooksLike.TWO_SCANS),
        (QR + "863950069494278", Why.TWO_SCANS, LooksLike.DEVICE_CODE),
        ("v=1&pk=p11sf2&sn=123456789123456789863950069494278", Why.TWO_SCANS, LooksLike.DEVICE_CODE),
        ("863950069494278863950069494278", Why.TWO_SCANS, LooksLike.TWO_SCANS),
        ("863950069494270", Why.IMEI_CHECK_DIGIT, LooksLike.IMEI),
        ("IMEI: 863950069494270", Why.IMEI_CHECK_DIGIT, LooksLike.IMEI),
        ("]d28002863950069494270", Why.IMEI_CHECK_DIGIT, LooksLike.IMEI),
        ("86486702999650;2009117T0102N0000001", Why.IMEI_LENGTH, LooksLike.MODULE_LABEL),
        ("863950069494278;869487066634998", Why.TWO_IMEIS, LooksLike.MODULE_LABEL),
        ("6901234567892", Why.LOOKS_LIKE, LooksLike.EAN_13),
        ("89860012345678901234", Why.LOOKS_LIKE, LooksLike.ICCID),
        ("https://x.aliyun.com/?pk=a1&dn=2", Why.LOOKS_LIKE, LooksLike.WEB_ADDRESS),
        ("MT:Y.K9042C00KA0648G00", Why.LOOKS_LIKE, LooksLike.MATTER),
        ("pk=p11sf2\x07&sn=1&v=1", Why.CONTROL_CHARACTER, None),
        ("pk=p11sf2&sn=1\u200b&v=1", Why.INVISIBLE_CHARACTER, None),
        ("pk=p11sf2&sn=é&v=1", Why.FOREIGN_CHARACTER, None),
        ("BSCARD-CONTINUE-0000", Why.DAMAGED_CARD, None),
        ("a\rb", Why.TWO_SCANS, None),
        (f"{QR};863950069494278", Why.TWO_SCANS, LooksLike.TWO_SCANS),
        (f"863950069494278,{QR}", Why.TWO_SCANS, LooksLike.TWO_SCANS),
        (f"{QR} 863950069494278", Why.TWO_SCANS, LooksLike.TWO_SCANS),
        ("]d28002863950069494278\x1d8002869487066634998", Why.TWO_IMEIS, None),
        ("]d28002ABC", Why.IMEI_CHARACTERS, None),
    ],
)
def test_an_unknown_text_says_why_and_what_it_looks_like(
    text: str, why: Why, looks_like: LooksLike | None
) -> None:
    scan = meaning(text)
    assert isinstance(scan, Unknown)
    assert scan.looks_like is looks_like
    assert scan.reason.why is why


@pytest.mark.parametrize(
    "text",
    [
        "863950069494278",
        "IMEI863950069494278",
        "IMEI:863950069494278",
        "IMEI=863950069494278",
        "IMEI: 863950069494278",
        "863950069494278;863950069494278",
        "D1Q20GM050038341P;863950069494278;EC200UCNAA",
        "]d28002863950069494278",
        "]Q3010123456789012821ABC\x1d8002863950069494278",
        "\x02863950069494278\r",
    ],
)
def test_a_module_label_gives_its_one_imei(text: str) -> None:
    scan = meaning(text)
    assert isinstance(scan, ScannedLabel)
    assert scan.imei == "863950069494278"


def test_the_same_key_twice_with_one_value_is_fine_and_extra_keys_are_ignored() -> None:
    scan = meaning("v=1&x=9&sn=123&pk=p11sf2&sn=123")
    assert isinstance(scan, ScannedDevice)
    assert (scan.device.pk, scan.device.sn) == ("p11sf2", "123")


def test_a_text_that_fits_two_formats_differently_is_ambiguous() -> None:
    formats = [parse_template("A{pk}+{sn}"), parse_template("A{sn}+{pk}")]
    scan = recognise("Aabc+def", formats)
    assert isinstance(scan, Unknown)
    assert scan.reason.why is Why.AMBIGUOUS_CODE


def test_a_text_that_is_a_format_and_a_module_label_is_ambiguous() -> None:
    scan = recognise("863950069494278;ABC", [parse_template("{pk};{sn}")])
    assert isinstance(scan, Unknown)
    assert scan.reason.why is Why.AMBIGUOUS_CODE


@pytest.mark.parametrize("card", list(Card))
def test_a_card_is_read_back(card: Card) -> None:
    assert meaning(card_text(card)) == ScannedCard(card)


@given(st.text(max_size=200))
def test_no_text_at_all_makes_the_recogniser_stumble(text: str) -> None:
    scan = meaning(text)
    assert isinstance(scan, Unknown | ScannedDevice | ScannedLabel | ScannedCard)


@given(st.text("\r\n\0\x03ab", max_size=30))
def test_frames_are_split_at_every_end_and_hold_none(text: str) -> None:
    frames = split_frames(text)
    assert "".join(frames) == "".join(c for c in text if c in "ab")
    assert all(frame and not set(frame) & set("\r\n\0\x03") for frame in frames)


@given(st.text())
def test_a_text_made_printable_holds_nothing_else_and_loses_nothing(text: str) -> None:
    shown = printable(text)
    assert shown.isprintable()
    assert shown.encode("latin-1", "backslashreplace").decode("unicode_escape") == text or not text.isascii()
