"""The command `labels`, with everything real."""

from __future__ import annotations

import json
import socket
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from app.adapters.code_reader import codes_in_png
from app.adapters.sn_package import read_issued
from app.adapters.sqlite_reader import SqliteJournalReader
from app.cli.commands import station
from app.cli.speaking import Run, telling
from app.main.label_parts import LabelParts
from app.main.parts import Parts
from tests.core.test_layout_file import GOOD
from tests.e2e.units import imei, sn
from tests.label_printer import label_printer
from tests.labelled import FIRST
from tests.wording.languages import speaking

PLATFORMS = Path(__file__).parents[1] / "data" / "samples" / "sn_package.zip"


class Command:
    """One station's `labels`, with its real journal."""

    def __init__(self, folder: Path) -> None:
        self.data = folder
        self.said("init", "--no-sign-in")

    def said(self, *arguments: str | int | Path) -> Result:
        run = Run(Parts())

        @click.command(context_settings={"ignore_unknown_options": True})
        @click.argument("rest", nargs=-1, type=click.UNPROCESSED)
        def told(rest: tuple[str, ...]) -> None:
            with telling(run):
                station.main(["--data", str(self.data), *rest], obj=run, standalone_mode=False)

        with speaking("en"):
            return CliRunner().invoke(told, ["--", *map(str, arguments)])

    def __call__(self, *arguments: str | int | Path) -> Result:
        return self.said("labels", "--pk", "p11sf2", *arguments)

    def made(self, *arguments: str | int | Path) -> Any:
        result = self("--json", *arguments)
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)

    def refused(self, *arguments: str | int | Path) -> tuple[int, str]:
        result = self("--json", *arguments)
        return result.exit_code, json.loads(result.stdout)["error"]

    def told(self, sn: str) -> list[tuple[str, str | None]]:
        """The kinds of the events that name this SN, and their reasons."""
        shown = self.said("journal", "show", sn, "--json")
        events = [json.loads(line) for line in shown.stdout.splitlines()]
        return [(event["kind"], event["reason"]) for event in events if "kind" in event]

    def head(self) -> int:
        with closing(SqliteJournalReader(self.data / "journal.db")) as journal:
            return journal.head()[0]


@pytest.fixture
def labels(tmp_path: Path) -> Command:
    return Command(tmp_path / "station")


def test_a_pdf_of_labels_with_what_was_proven(labels: Command, tmp_path: Path) -> None:
    out = tmp_path / "labels.pdf"
    told = labels.made("--first", FIRST, "--count", 30, "--out", out, "--product", "追踪器 T1")
    assert told == {
        "out": str(out),
        "as": "pdf",
        "labels": 30,
        "proven": 30,
        "codes": 30,
        "second": 1,
        "pages": 2,
        "module_mm": 0.751,
        "first": FIRST,
        "last": "123456789123456681",
        "purpose": "new",
        "duplicates": [],
        "warning": None,
    }
    assert out.read_bytes().startswith(b"%PDF")
    assert labels.told(FIRST) == [("label-made", None)]
    assert labels.refused("--first", FIRST, "--out", tmp_path / "again.pdf") == (1, "serial-used")


def test_a_reprint_needs_a_reason_and_labels_that_were_printed(labels: Command, tmp_path: Path) -> None:
    again = ("--first", FIRST, "--reprint", "label was torn")
    assert labels.refused(*again, "--out", tmp_path / "0.pdf") == (1, "reprint-not-printed")
    labels.made("--first", FIRST, "--out", tmp_path / "1.pdf")
    labels.made(*again, "--out", tmp_path / "2.pdf")
    assert labels.told(FIRST) == [("label-made", None), ("label-reprinted", "label was torn")]
    assert (
        labels.refused("--first", FIRST, "--reprint", " ", "--out", tmp_path / "3.pdf")[1] == "reason-needed"
    )
    assert labels("--reprint", "torn", "--out", tmp_path / "4.pdf").exit_code == 2
    spoil = ("spoil", "--pk", "p11sf2", "--sn", FIRST, "--reason", "torn")
    assert labels.said(*spoil).exit_code == 0
    assert labels.refused(*again, "--out", tmp_path / "5.pdf") == (1, "reprint-retired")


def test_pictures_come_as_a_folder_or_a_package(labels: Command, tmp_path: Path) -> None:
    picture = ("--first", "100", "--size", 20, "--quiet-zone", 6, "--level", "H", "--svg")
    labels.made(*picture, "--as", "png", "--out", tmp_path / "codes")
    payload = "pk=p11sf2&sn=100&v=1"
    assert codes_in_png((tmp_path / "codes" / "QR" / "100.png").read_bytes()) == (payload,)
    assert (tmp_path / "codes" / "SVG" / "100.svg").is_file()
    labels.made("--from", PLATFORMS, "--count", 3, "--as", "zip", "--out", tmp_path / "codes.zip")
    with zipfile.ZipFile(tmp_path / "codes.zip") as package:
        assert len([name for name in package.namelist() if name.startswith("QR/")]) == 3
    assert labels("--size", "20", "--out", tmp_path / "x.pdf").exit_code == 2


def test_random_sns_are_as_long_as_the_platforms_and_never_the_same(labels: Command, tmp_path: Path) -> None:
    for number in range(2):
        labels.made("--count", 50, "--as", "zip", "--out", tmp_path / f"{number}.zip")
    lists = [read_issued(tmp_path / f"{number}.zip").sns for number in range(2)]
    serials = [one.sn for listed in lists for one in listed]
    assert len(set(serials)) == 100
    assert {len(sn) for sn in serials} == {18}


def test_zpl_goes_to_a_printer_in_the_network(labels: Command) -> None:
    with label_printer() as printer:
        made = ("--first", FIRST, "--count", 3, "--as", "zpl", "--layout", "roll-50x30", "--dpi", "300")
        told = labels.made(*made, "--out", printer.address)
    assert (told["proven"], told["pages"]) == (3, 3)
    assert printer.taken.count(b"^XA") == 3


def test_a_printer_that_is_not_there_is_a_fault_and_uses_no_sn(labels: Command) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"tcp://127.0.0.1:{server.getsockname()[1]}"
    before = labels.head()
    assert labels.refused("--first", FIRST, "--as", "zpl", "--out", address) == (3, "printer-unreachable")
    assert labels.head() == before


def test_small_modules_are_told_and_printed_all_the_same(labels: Command, tmp_path: Path) -> None:
    result = labels("--size", "5", "--as", "png", "--out", tmp_path / "small")
    assert result.exit_code == 0
    assert "0.13 mm wide; below 0.25 mm" in result.stderr
    assert "1 label in" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "error"),
    [
        (("--format", "{pk}{sn}"), 1, "template-touching"),
        (("--layout", "none"), 1, "layout-unknown"),
        (("--pattern", "A-{n:3}"), 1, "serial-pattern"),
        (("--count", "10001"), 1, "label-count"),
        (("--start-at", "25"), 1, "label-start"),
        (("--from", "none.csv"), 1, "file-unreadable"),
        (("--pk", "p-1"), 1, "pk-characters"),
        (("--pk", "p11"), 1, "code-means-otherwise"),
        (("--layout", "a4-65-38x21", "--text", "中文字"), 1, "label-text-no-place"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_made(
    labels: Command, tmp_path: Path, arguments: tuple[str, ...], code: int, error: str
) -> None:
    before = labels.head()
    assert labels.refused("--out", tmp_path / "labels.pdf", *arguments) == (code, error)
    assert labels.head() == before
    assert [path.name for path in tmp_path.iterdir()] == ["station"]


def test_the_stations_own_files_are_left_alone(labels: Command) -> None:
    assert labels.refused("--replace", "--out", labels.data / "journal.db") == (1, "file-is-ours")


def test_a_custom_format_is_written(labels: Command, tmp_path: Path) -> None:
    labels.made(
        "--first", "7", "--format", "ABCPK={pk}+SN={sn}ABC", "--as", "png", "--out", tmp_path / "codes"
    )
    assert codes_in_png((tmp_path / "codes" / "QR" / "7.png").read_bytes()) == ("ABCPK=p11sf2+SN=7ABC",)


def test_a_factorys_own_layout_is_taken_by_its_name(labels: Command, tmp_path: Path) -> None:
    templates = labels.data / "templates"
    templates.mkdir()
    ours = LabelParts().layouts()
    assert "roll-50x30" in ours
    (templates / "mine.toml").write_text(GOOD, "utf-8")
    assert labels.made("--layout", "mine", "--out", tmp_path / "1.pdf")["pages"] == 1
    (templates / "mine.toml").write_text(GOOD.replace("size = 24", "size = 99"), "utf-8")
    result = labels("--layout", "mine", "--out", tmp_path / "2.pdf")
    assert result.exit_code == 1
    assert result.stderr.startswith("Line 7 of the layout mine.toml: qr leaves the label")


def test_help_names_the_fields_of_a_pattern(labels: Command) -> None:
    text = labels("--help").stdout
    for field in ("{n:6}", "{r:12}", "{luhn}", "{mod37}"):
        assert field in text


def bound(labels: Command, *numbers: int) -> None:
    """Units that are bound, as they come from elsewhere."""
    rows = "".join(f"p11sf2,{imei(number)},{sn(number)}\n" for number in numbers)
    path = labels.data / "pairs.csv"
    path.write_text("ProductKey,DeviceKey,SN\n" + rows, "utf-8")
    result = labels.said("import", path)
    assert result.exit_code == 0, result.output


def test_box_labels_of_bound_units_carry_their_imei_and_are_made_once(
    labels: Command, tmp_path: Path
) -> None:
    bound(labels, 1, 2)
    box = ("--first", sn(1), "--layout", "roll-100x50-box", "--as", "zpl")
    told = labels.made(*box, "--count", 2, "--bound", "--out", tmp_path / "1.zpl")
    assert (told["labels"], told["codes"], told["purpose"]) == (2, 6, "bound")
    assert labels.refused(*box, "--bound", "--out", tmp_path / "2.zpl") == (1, "label-made-before")
    again = labels.made(*box, "--reprint", "box was wet", "--out", tmp_path / "3.zpl")
    assert (again["purpose"], again["codes"]) == ("reprint", 3)
    assert labels.told(sn(1))[1:] == [("label-made", None), ("label-reprinted", "box was wet")]
    assert labels.refused("--first", sn(1), "--out", tmp_path / "4.pdf") == (1, "serial-used")
    unbound = labels.refused(*box, "--first", sn(3), "--bound", "--out", tmp_path / "5.zpl")
    assert unbound == (1, "label-without-imei")


def test_a_list_is_printed_in_parts_and_what_stands_twice_gets_one_label(
    labels: Command, tmp_path: Path
) -> None:
    listed = tmp_path / "list.csv"
    listed.write_text("SN,ProductKey\n11,p11sf2\n12,p11sf2\n11,p11sf2\n13,p11sf2\n", "utf-8")
    first = labels.made("--from", listed, "--count", 2, "--out", tmp_path / "1.pdf")
    assert (first["first"], first["last"], first["duplicates"]) == ("11", "12", ["11"])
    assert labels.refused("--from", listed, "--out", tmp_path / "2.pdf") == (1, "serial-used")
    rest = labels.made("--from", listed, "--skip-printed", "--out", tmp_path / "2.pdf")
    assert (rest["first"], rest["labels"]) == ("13", 1)
    done = labels.refused("--from", listed, "--skip-printed", "--out", tmp_path / "3.pdf")
    assert done == (1, "serial-list-short")
    other = labels.said("labels", "--pk", "other1", "--from", listed, "--out", tmp_path / "4.pdf")
    assert other.stderr.startswith("The list holds SNs of p11sf2 alone")


def test_an_orders_list_is_printed_from_the_list_alone(labels: Command, tmp_path: Path) -> None:
    listed = tmp_path / "list.txt"
    listed.write_text("21\n22\n", "utf-8")
    assert labels.said("order", "add", "WO-1", "--product", "p11sf2", "--issued", listed).exit_code == 0
    assert labels.refused("--first", "21", "--out", tmp_path / "1.pdf") == (1, "serial-listed")
    passed = labels.made("--pattern", "2{n:1}", "--count", 2, "--out", tmp_path / "2.pdf")
    assert (passed["first"], passed["last"]) == ("23", "24")
    assert labels.made("--from", listed, "--out", tmp_path / "3.pdf")["purpose"] == "listed"


def test_a_products_own_name_and_format_are_taken(labels: Command, tmp_path: Path) -> None:
    format = "ABCPK={pk}+SN={sn}ABC"
    assert labels.said("product", "set", "p11sf2", "--name", "T1", "--format", format).exit_code == 0
    labels.made("--first", "7", "--as", "png", "--out", tmp_path / "codes")
    assert codes_in_png((tmp_path / "codes" / "QR" / "7.png").read_bytes()) == ("ABCPK=p11sf2+SN=7ABC",)


@pytest.mark.parametrize(
    "options",
    [
        ("--bound",),
        ("--of-order", "WO-1"),
        ("--of-shift", "1", "--bound", "--from", "list.csv"),
        ("--skip-printed",),
    ],
)
def test_options_that_say_nothing_together_are_wrong_usage(
    labels: Command, tmp_path: Path, options: tuple[str, ...]
) -> None:
    assert labels(*options, "--out", tmp_path / "labels.pdf").exit_code == 2
