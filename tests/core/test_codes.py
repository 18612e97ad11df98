"""IMEI, ProductKey and SN: parsed once, then trusted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from app.core.codes import PLACEHOLDER_IMEIS, Imei, ProductKey, SerialNumber, is_imei
from app.core.errors import Refused, Why

FOURTEEN_DIGITS = st.text("0123456789", min_size=14, max_size=14)


def with_check_digit(body: str) -> str:
    return body + luhn.calc_check_digit(body)


@given(FOURTEEN_DIGITS)
def test_an_imei_is_fifteen_digits_with_the_right_last_one(body: str) -> None:
    text = with_check_digit(body)
    assert is_imei(text) == (text not in PLACEHOLDER_IMEIS)


@given(FOURTEEN_DIGITS, st.integers(1, 9))
def test_any_other_last_digit_is_refused_and_the_expected_one_named(body: str, shift: int) -> None:
    right = with_check_digit(body)
    wrong = body + str((int(right[-1]) + shift) % 10)
    if wrong in PLACEHOLDER_IMEIS:
        return
    with pytest.raises(Refused) as refused:
        Imei(wrong)
    assert refused.value.reason.why is Why.IMEI_CHECK_DIGIT
    assert refused.value.reason.facts["expected"] == right[-1]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("86395006949427", Why.IMEI_LENGTH),
        ("8639500694942780", Why.IMEI_LENGTH),
        ("", Why.IMEI_CHARACTERS),
        ("86395006949427８", Why.IMEI_CHARACTERS),
        ("863950069494278\n", Why.IMEI_CHARACTERS),
        ("000000000000000", Why.IMEI_PLACEHOLDER),
        ("012345678901237", Why.IMEI_PLACEHOLDER),
        ("004999010640000", Why.IMEI_PLACEHOLDER),
        ("358688000000158", Why.IMEI_PLACEHOLDER),
    ],
)
def test_what_is_no_imei_is_refused_with_its_reason(text: str, why: Why) -> None:
    with pytest.raises(Refused) as refused:
        Imei(text)
    assert refused.value.reason.why is why


def test_the_well_known_example_is_an_imei_and_leading_zeros_stay() -> None:
    assert Imei("490154203237518") == "490154203237518"
    assert Imei(with_check_digit("00110011001100")).tac == "00110011"


@given(st.text(max_size=70))
def test_a_serial_number_is_one_to_64_letters_and_digits(text: str) -> None:
    fine = 1 <= len(text) <= 64 and text.isascii() and text.isalnum()
    try:
        assert SerialNumber(text) == text
    except Refused:
        assert not fine
    else:
        assert fine


def test_a_product_key_is_at_most_32_letters_and_digits() -> None:
    assert ProductKey("p" * 32)
    for text in ("", "p" * 33, "p-1", "ｐ11sf2"):
        with pytest.raises(Refused):
            ProductKey(text)
