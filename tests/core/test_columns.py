"""A column is known by what its header means, not by how it is written."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.columns import RELATIONSHIP, by_content, known, recognise, required
from app.core.errors import Refused, Why
from app.core.layout import Column

DK, PK, SN, NAME, FINGERPRINT = Column
ROW = ["863950069494278", "p11sf2", "123456789123456789", ""]


@pytest.mark.parametrize(
    "header",
    [
        "*DeviceKey,*ProductKey,Device SN,Device Name,Certificate Fingerprint",
        "*设备DeviceKey,*产品ProductKey,设备SN,设备名称,证书指纹",
        "*设备DeviceKey,*产品ProductKey,*设备SN,设备名称,证书指纹",
        " device key ,PRODUCT_KEY,device-sn,device name,certificate fingerprint",
        "\ufeff＊ＤｅｖｉｃｅＫｅｙ,＊ProductKey（必填）,SN（序列号）,设备名称,指纹",
        "DK,PK,SN,Name,Fingerprint",
        "IMEI,产品PK,序列号,设备名,证书指纹（可选）",
    ],
)
def test_every_edition_of_the_header_is_known(header: str) -> None:
    assert recognise(header.split(",")) == (DK, PK, SN, NAME, FINGERPRINT)


def test_a_column_that_nobody_knows_stays_empty() -> None:
    assert recognise(["SN", "Remark", "", "PK"]) == (SN, None, None, PK)
    assert known(["SN", "Remark", "", "PK"]) == 2


def test_two_columns_of_one_meaning_are_refused() -> None:
    with pytest.raises(Refused) as refused:
        recognise(["IMEI", "PK", "SN", "DeviceKey"])
    assert refused.value.reason.why is Why.COLUMN_TWICE
    assert refused.value.reason.facts == {"column": "DeviceKey"}


def test_missing_columns_are_named_by_the_platforms_words() -> None:
    header = ["Name", "SN"]
    with pytest.raises(Refused) as refused:
        required(recognise(header), RELATIONSHIP, header)
    assert refused.value.reason.why is Why.COLUMNS_MISSING
    assert refused.value.reason.facts == {"missing": "DeviceKey, ProductKey", "header": "Name | SN"}


def test_a_header_over_the_wrong_columns_is_put_right_by_content() -> None:
    assert by_content((PK, DK, SN, NAME), [ROW]) == (DK, PK, SN, NAME)
    assert by_content((DK, PK, SN, NAME), [ROW]) == (DK, PK, SN, NAME)


def test_columns_stay_where_the_content_says_nothing_for_certain() -> None:
    assert by_content((PK, DK, SN), []) == (PK, DK, SN)
    assert by_content((PK, DK, SN), [["p11sf2", "86395006949427", "1"], ["", "", ""], []]) == (PK, DK, SN)
    mixed = [ROW, ["p11sf2", "863950069494286", "2"]]
    assert by_content((PK, DK, SN), mixed) == (PK, DK, SN), "some rows are right: each is judged by itself"


@given(st.lists(st.text(max_size=30), max_size=8))
def test_any_header_is_known_or_not(header: list[str]) -> None:
    with suppress(Refused):
        assert len(recognise(header)) == len(header)
