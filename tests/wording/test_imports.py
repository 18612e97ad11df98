"""What an import says, in every language."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.core.errors import Fact, Why, because
from app.core.importing import Finding
from app.core.origin import Origin
from app.core.remarks import About, Remark, remark
from app.station.importing import Examined
from app.wording.imports import finding_line, outcome
from app.wording.remarks import remark_sentence
from tests.wording.languages import english_in, speaking

FACTS: dict[About, dict[str, Fact]] = {
    About.ENCODING: {"encoding": "GBK"},
    About.SEPARATOR: {"separator": ";"},
    About.COLUMN_UNKNOWN: {"column": "Remark {x}"},
    About.NUMBER_CELLS: {"column": "SN", "count": 12},
    About.OTHER_SHEETS: {"count": 3},
    About.ALREADY_THERE: {"count": 40},
    About.PICTURES_READ: {"count": 12},
}

every_remark = pytest.mark.parametrize("about", About)


def told(about: About) -> Remark:
    return remark(about, **FACTS.get(about, {}))


@every_remark
def test_every_remark_is_a_sentence_with_its_facts(about: About) -> None:
    said = remark_sentence(told(about))
    assert said.endswith(".")
    assert [value for value in FACTS.get(about, {}).values() if str(value) not in said] == []


@every_remark
def test_no_english_is_left_in_chinese(about: About) -> None:
    with speaking("zh_CN"):
        said = remark_sentence(told(about))
    assert english_in(said, FACTS.get(about, {}).values()) == []
    assert said.endswith("。")


def test_one_thing_is_not_spoken_of_as_many() -> None:
    assert remark_sentence(remark(About.ALREADY_THERE, count=1)) == (
        "1 row holds a pair that is bound already; it stays as it is."
    )
    assert remark_sentence(remark(About.OTHER_SHEETS, count=1)).startswith("The workbook has 1 other sheet;")


def examined(refused: int) -> Examined:
    return Examined(Origin("a.csv", "0" * 64), ("SN",), 40, refused, 7, ())


def test_the_outcome_says_what_became_of_every_row() -> None:
    refused_file = Path("a.csv.refused.csv")
    assert outcome(examined(0), False, 33, None) == "Rows: 40; taken: 33; bound already: 7; refused: 0."
    assert outcome(examined(3), False, 30, refused_file).endswith(
        "taken: 30; bound already: 7; refused: 3. The refused rows are in a.csv.refused.csv."
    )
    assert outcome(examined(3), True, 0, None).startswith("Looked at only, nothing was written. Rows: 40;")
    assert outcome(examined(3), False, 0, None).startswith("Refused rows: 3 of 40; nothing was taken.")


def test_a_finding_names_line_and_column() -> None:
    reason = because(Why.CELL_EMPTY)
    assert finding_line(Finding(7, "SN", "", reason)).startswith("Line 7, SN: This cell is empty;")
    assert finding_line(Finding(7, "", "", reason)).startswith("Line 7: This cell is empty;")
    with speaking("zh_CN"):
        assert finding_line(Finding(7, "SN", "", reason)).startswith("第 7 行，SN：该单元格为空")
