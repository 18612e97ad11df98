"""A template both reads and writes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.codes import DeviceCode, ProductKey, SerialNumber
from app.core.errors import Refused, Why
from app.core.payload import PLATFORM_FORMAT
from app.core.scan import ScannedDevice, recognise
from app.core.template import parse_template

ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
LITERALS = st.text("ABab01+=&;-/.", max_size=4)
DEVICES = st.builds(
    DeviceCode,
    st.text(ALPHANUMERIC, min_size=1, max_size=32).map(ProductKey),
    st.text(ALPHANUMERIC, min_size=1, max_size=64).map(SerialNumber),
)


@given(
    st.text(ALPHANUMERIC, min_size=6, max_size=6).map(ProductKey),
    st.text(ALPHANUMERIC, min_size=1, max_size=64).map(SerialNumber),
    st.from_regex("[0-9]{1,3}", fullmatch=True),
)
def test_what_the_platform_format_writes_it_reads_back(pk: ProductKey, sn: SerialNumber, v: str) -> None:
    device = DeviceCode(pk, sn)
    text = PLATFORM_FORMAT.write(device, v)
    scan = recognise(text, [PLATFORM_FORMAT])
    assert isinstance(scan, ScannedDevice)
    assert (scan.device, scan.v) == (device, v)


@given(LITERALS, LITERALS, LITERALS, st.booleans(), DEVICES)
def test_what_an_accepted_template_writes_it_reads_back_and_only_one_way(
    before: str, between: str, after: str, swapped: bool, device: DeviceCode
) -> None:
    names = ("{sn}", "{pk}") if swapped else ("{pk}", "{sn}")
    template = before + names[0] + between + names[1] + after
    try:
        accepted = parse_template(template)
    except Refused:
        return
    values = (device.sn, device.pk) if swapped else (device.pk, device.sn)
    text = before + values[0] + between + values[1] + after
    payload = accepted.read(text)
    assert payload is not None
    assert payload.device == device
    assert accepted.write(device) == text


@pytest.mark.parametrize(
    ("template", "why"),
    [
        ("", Why.TEMPLATE_FIELD_MISSING),
        ("{pk}", Why.TEMPLATE_FIELD_MISSING),
        ("{pk}+{sn}+{sn}", Why.TEMPLATE_FIELD_TWICE),
        ("{pk}+{imei}+{sn}", Why.TEMPLATE_FIELD_UNKNOWN),
        ("{pk}{sn}", Why.TEMPLATE_TOUCHING),
        ("{pk}A{sn}", Why.TEMPLATE_AMBIGUOUS),
        ("{pk}1{v:[0-9]{1,2}}2{sn}", Why.TEMPLATE_AMBIGUOUS),
        ("{pk", Why.TEMPLATE_BRACE),
        ("pk}", Why.TEMPLATE_BRACE),
        ("{pk}+{sn:[0-9]*}", Why.TEMPLATE_BRACE),
        ("{pk}+{sn:[^0-9]{3}}", Why.TEMPLATE_CLASS),
        ("{pk}+{sn:[0-9]{65}}", Why.TEMPLATE_CLASS),
        ("{pk}+{sn:[9-0]{3}}", Why.TEMPLATE_CLASS),
        ("{pk}＋{sn}", Why.TEMPLATE_CHARACTER),
        (" {pk}+{sn}", Why.TEMPLATE_EDGE),
        ("{pk}+{sn} ", Why.TEMPLATE_EDGE),
        ("]Q1{pk}+{sn}", Why.TEMPLATE_EDGE),
        ("BSCARD-{pk}-{sn}", Why.TEMPLATE_RESERVED),
        ("sn={pk}&pk={sn}&v={v}", Why.TEMPLATE_PLATFORM),
    ],
)
def test_a_template_that_cannot_be_read_back_is_refused_when_it_is_entered(template: str, why: Why) -> None:
    with pytest.raises(Refused) as refused:
        parse_template(template)
    assert refused.value.reason.why is why


def test_a_character_class_and_a_length_make_a_boundary_certain() -> None:
    fixed = parse_template("{pk:[a-z]{6}}0{sn:[0-9]{15}}")
    payload = fixed.read("abcdef0123456789012345")
    assert payload is not None
    assert (payload.device.pk, payload.device.sn) == ("abcdef", "123456789012345")
    assert fixed.read("abcdef012345678901234") is None


def test_a_value_outside_its_class_is_not_written() -> None:
    fixed = parse_template("{pk}-{sn:[0-9]{15}}")
    with pytest.raises(Refused) as refused:
        fixed.write(DeviceCode(ProductKey("p11sf2"), SerialNumber("12345")))
    assert refused.value.reason.why is Why.TEMPLATE_NOT_READ_BACK


def test_a_template_may_say_of_the_platforms_text_what_the_platform_says() -> None:
    narrower = parse_template("pk={pk}&sn={sn:[0-9]{18}}&v=1")
    assert narrower.read("pk=p11sf2&sn=123456789123456789&v=1") is not None


@pytest.mark.parametrize("text", ["abc-123456789123456789863950069494278", "SN=1;PK=abc863950069494278"])
def test_another_scan_run_on_is_refused_in_custom_formats_too(text: str) -> None:
    for template in ("{pk}-{sn}", "SN={sn};PK={pk}"):
        scan = recognise(text, [parse_template(template)])
        assert not isinstance(scan, ScannedDevice)


def test_both_spellings_name_the_platform_format() -> None:
    assert parse_template("pk={pk}&sn={sn}&v=1") is PLATFORM_FORMAT
    assert parse_template("pk={pk}&sn={sn}&v={v}") is PLATFORM_FORMAT


def test_doubled_braces_stand_for_themselves() -> None:
    format_with_braces = parse_template("{{{pk}}}+{sn}")
    payload = format_with_braces.read("{abc}+1")
    assert payload is not None
    assert payload.device.pk == "abc"
