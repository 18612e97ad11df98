"""Reports that a spreadsheet opens without harm."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.adapters.report_file import protected, write_report
from app.core.errors import Refused


@pytest.mark.parametrize(
    "field", ["863950069494278", "0012", "1E5", "12E34", "=1+1", "+1", "-x", "@x", "3 13 14", "\tx"]
)
def test_what_a_spreadsheet_would_change_or_run_is_kept_text(field: str) -> None:
    assert protected(field) == f"\t{field}"


@pytest.mark.parametrize("field", ["", "Bound", "p11sf2", "AB12", "2026-03-08T08:00:00.000Z", "李伟"])
def test_everything_else_is_as_it_is(field: str) -> None:
    assert protected(field) == field


def test_the_file_reads_back_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "report.csv"
    rows = [("863950069494278", 'quote " and, comma'), ("", "李伟\n2")]
    write_report(path, ("a", "b"), rows)
    assert path.read_bytes().startswith(b"\xef\xbb\xbfa,b\r\n")
    with path.open(encoding="utf-8-sig", newline="") as file:
        read = [tuple(field.removeprefix("\t") for field in row) for row in csv.reader(file)]
    assert read == [("a", "b"), *rows]


def test_a_report_that_is_broken_off_leaves_nothing(tmp_path: Path) -> None:
    def rows() -> Iterator[tuple[str, str]]:
        yield ("1", "2")
        raise KeyError

    with pytest.raises(KeyError):
        write_report(tmp_path / "report.csv", ("a", "b"), rows())
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_exists_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "report.csv").write_text("mine")
    with pytest.raises(Refused):
        write_report(tmp_path / "report.csv", ("a",), [])
    assert (tmp_path / "report.csv").read_text() == "mine"
