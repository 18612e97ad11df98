"""`export` as other programs and people at a terminal use it, and what a kill in the middle leaves."""

from __future__ import annotations

import json
import random
import subprocess
import time
from pathlib import Path

import pytest

from app.main.place import Place
from tests.adapters.tables import by_calamine, by_csv
from tests.benchmarks.bulk import make_journal
from tests.e2e.command import COMMAND, environment, run
from tests.e2e.units import imei, qr, sn

SAMPLES = Path(__file__).parents[1] / "data" / "samples"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A workshop with units 1 and 2 of p11sf2 and unit 3 of p08kx1."""
    folder = tmp_path / "station"
    assert run("init", "--data", folder, "--no-sign-in").code == 0
    bind(folder, qr(1), imei(1), qr(2), imei(2), qr(3, "p08kx1"), imei(3))
    return folder


def bind(folder: Path, *frames: str) -> None:
    done = run("--data", folder, "scan", stdin="\n".join(frames).encode())
    assert [line["verdict"] for line in done.lines] == ["half", "bound"] * (len(frames) // 2)


def line(number: int, pk: str = "p11sf2") -> list[str]:
    return [imei(number), pk, sn(number), "", ""]


def test_a_product_a_day_an_order(folder: Path, tmp_path: Path) -> None:
    def rows(*options: str) -> list[list[str]]:
        out = tmp_path / "out.csv"
        done = run("--data", folder, "export", "--out", out, "--replace", *options)
        assert done.code == 0, done.err
        return by_csv(out)[1:]

    everything = [line(1), line(2), line(3, "p08kx1")]
    assert rows() == rows("--all") == rows("--shift", "1") == everything
    assert rows("--product", "p08kx1") == everything[2:]
    assert rows("--from", "2026-01-01", "--to", "2999-12-31") == everything
    for options in (("--from", "2999-01-01"), ("--to", "2026-01-01"), ("--order", "WO-7"), ("--since-last",)):
        refused = run("--data", folder, "export", "--out", tmp_path / "none.csv", "--json", *options)
        assert (refused.code, refused.json["error"]) == (1, "nothing-to-export")
    assert not (tmp_path / "none.csv").exists()


def test_nothing_to_export_is_refused_whatever_was_asked_for(tmp_path: Path) -> None:
    folder, out = tmp_path / "new", tmp_path / "none.csv"
    assert run("init", "--data", folder, "--no-sign-in").code == 0
    refused = run("--data", folder, "export", "--all", "--out", out, "--json")
    assert (refused.code, refused.json["error"]) == (1, "nothing-to-export")
    assert run("--data", folder, "shift", "open").code == 0
    refused = run("--data", folder, "export", "--out", out, "--json")
    assert (refused.code, refused.json["error"]) == (1, "nothing-to-export")
    assert not out.exists()
    closed = run("--data", folder, "shift", "close", "--json")
    assert closed.code == 0, "a shift that is closed has its file all the same"
    assert Path(closed.json["file"]).exists()


def test_what_is_new_and_what_is_taken_back_is_said(folder: Path, tmp_path: Path) -> None:
    assert run("--data", folder, "export", "--all", "--out", tmp_path / "1.csv").code == 0
    unbound = run("--data", folder, "unbind", "--pk", "p11sf2", "--sn", sn(1), "--reason", "broken")
    assert unbound.code == 0
    bind(folder, qr(4), imei(4))
    done = run("--data", folder, "export", "--since-last", "--out", tmp_path / "2.csv")
    assert done.out.count("\n") == 2
    assert f"stands in {tmp_path / '2.withdrawn.csv'}." in done.out
    assert by_csv(tmp_path / "2.csv")[1:] == [line(4)]
    assert [row[0] for row in by_csv(tmp_path / "2.withdrawn.csv")[1:]] == [imei(1)]
    shown = run("--data", folder, "journal", "show", imei(1), "--json").lines
    assert [event["kind"] for event in shown] == ["bound", "exported", "unbound"]


def test_a_file_for_each_product_as_a_workbook(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "day.xlsx"
    done = run("--data", folder, "export", "--all", "--one-each", "--out", out, "--template", "zh", "--json")
    assert [one["path"] for one in done.lines] == [
        str(tmp_path / "day-p08kx1.xlsx"),
        str(tmp_path / "day-p11sf2.xlsx"),
    ]
    assert by_calamine(tmp_path / "day-p11sf2.xlsx") == [
        ["*设备DeviceKey", "*产品ProductKey", "设备SN", "设备名称", "证书指纹"],
        line(1),
        line(2),
    ]
    side = json.loads((tmp_path / "day-p08kx1.xlsx.json").read_text("utf-8"))
    assert (side["count"], side["product"], side["template"], side["kind"]) == (1, "p08kx1", "zh", "xlsx")


def test_a_template_file_gives_header_and_encoding(folder: Path, tmp_path: Path) -> None:
    template = SAMPLES / "template_zh_gbk.csv"
    done = run("--data", folder, "export", "--template", template, "--out", tmp_path / "out.csv", "--json")
    assert (done.json["template"], done.json["encoding"]) == (template.name, "gbk")
    rows = "".join(f"{','.join(one)}\r\n" for one in (line(1), line(2), line(3, "p08kx1")))
    assert (tmp_path / "out.csv").read_bytes() == template.read_bytes() + rows.encode("gbk")
    refused = run("--data", folder, "export", "--template", __file__, "--out", tmp_path / "no.csv", "--json")
    assert (refused.code, refused.json["error"]) == (1, "template-file-columns")


def test_where_people_sign_in_a_supervisor_exports(tmp_path: Path) -> None:
    folder, out = tmp_path / "station", tmp_path / "out.csv"
    run("init", "--data", folder, "--supervisor", "Zhao Min", BINDING_STATION_NEW_PIN="2468")
    refused = run("--data", folder, "export", "--all", "--out", out, "--json")
    assert (refused.code, refused.json["error"]) == (1, "as-user-needed")
    named, pin = ("--as-user", "Zhao Min"), "2468"
    pairs = tmp_path / "pairs.csv"
    pairs.write_text(f"DeviceKey,ProductKey,SN\n{imei(1)},p11sf2,{sn(1)}\n", encoding="utf-8")
    assert run("--data", folder, "import", pairs, *named, BINDING_STATION_PIN=pin).code == 0
    done = run("--data", folder, "export", "--all", "--out", out, "--json", *named, BINDING_STATION_PIN=pin)
    assert (done.code, done.json["made_by"]) == (0, "Zhao Min")


@pytest.mark.parametrize("options", [("--shift", "1", "--all"), ("--from", "yesterday"), ("--as", "pdf")])
def test_wrong_usage_is_told(folder: Path, tmp_path: Path, options: tuple[str, ...]) -> None:
    assert run("--data", folder, "export", "--out", tmp_path / "out.csv", *options).code == 2


UNITS = 60_000


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("large") / "station"
    Place(folder).make(None, sign_in=False)
    (folder / "journal.db").unlink()
    make_journal(folder / "journal.db", UNITS)
    return folder


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_kill_in_the_middle_leaves_the_old_file(large: Path, tmp_path: Path, kind: str) -> None:
    out, dice = tmp_path / f"out.{kind}", random.Random(7)
    command = [*COMMAND, "--data", str(large), "export", "--all", "--out", str(out), "--replace"]
    in_the_middle = 0
    while in_the_middle < 3:
        out.write_text("old", "utf-8")
        export = subprocess.Popen(command, env=environment(), stdout=subprocess.DEVNULL)
        while export.poll() is None and not _is_writing(tmp_path):
            time.sleep(0.001)
        time.sleep(dice.uniform(0, 0.05))
        export.kill()
        export.wait()
        if _is_writing(tmp_path):
            assert out.read_text("utf-8") == "old"
            in_the_middle += 1
        for path in tmp_path.iterdir():
            path.unlink()
    assert run("--data", large, "export", "--all", "--out", out, "--replace").code == 0
    assert len(by_csv(out) if kind == "csv" else by_calamine(out)) == UNITS + 1
    assert run("--data", large, "journal", "verify").code == 0


def _is_writing(folder: Path) -> bool:
    return any(part.stat().st_size for part in folder.glob(".*.part"))
