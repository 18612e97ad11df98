"""10,000 codes with every one read back, beside what the `qrcode` library takes for the pictures alone.

    python -m tests.benchmarks.codes [--codes 10000] [--sample 300] [--labels 1000]

`qrcode`'s `make_image().save()` is timed on a sample, before and after, and extrapolated; then the command
with its journal, and a PDF of labels, made and proven.
"""

from __future__ import annotations

import argparse
import io
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import qrcode

from app.adapters.code_package import PackagePress, PicturePress
from app.adapters.label_outlets import FileOutlet
from app.adapters.label_pdf import PdfPress
from app.core.label_batch import Press
from app.core.label_layout import LabelLayout
from app.core.labels import Label
from app.station.labels import BatchResult, LabelRun, run_labels
from tests.labelled import CHINESE, FONTS, PK, Book, labels, layout

_GOAL = 8


def timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def plain(wanted: list[Label]) -> None:
    """As every tutorial has it, but for the disk."""
    for label in wanted:
        code = qrcode.QRCode()
        code.add_data(label.payload)
        code.make_image().save(io.BytesIO())


def whole(wanted: list[Label], chosen: LabelLayout, press: Press, out: Path) -> BatchResult:
    return run_labels(LabelRun(wanted, chosen, "zip"), press, FileOutlet(out, replace=True), Book())


def codes(count: int, sample: int, folder: Path) -> None:
    """The sample before and after, so that other work on the machine disturbs both alike."""
    wanted, alone = labels(count), layout("roll-50x30").code_alone()
    half = max(1, sample // 2)
    floor = timed(lambda: plain(wanted[:half]))
    made: list[BatchResult] = []
    out = folder / "codes.zip"
    ours = timed(lambda: made.append(whole(wanted, alone, PackagePress(PicturePress(alone)), out)))
    floor = (floor + timed(lambda: plain(wanted[:half]))) / (2 * half)
    print(f"qrcode, picture only       {floor * 1000:8.2f} ms a code   (a sample of {2 * half})")
    print(f"ours, read back, in a zip  {ours / count * 1000:8.2f} ms a code   {made[0].proven} proven")
    print(f"all {count}: {ours:.1f} s against {floor * count:.1f} s (extrapolated)")
    print(f"1/{floor * count / ours:.1f} (goal 1/{_GOAL})")
    whole_command = timed(lambda: command(count, folder))
    print(f"the command, every SN on record: {whole_command:.1f} s, ", end="")
    print(f"1/{floor * count / whole_command:.1f}")


def command(count: int, folder: Path) -> None:
    """As people give it, in a new folder of a station."""
    place, out = str(folder / "station"), str(folder / "command.zip")
    wanted = ["--pk", PK, "--count", str(count), "--as", "zip", "--layout", "roll-50x30", "--out", out]
    subprocess.run(
        [sys.executable, "-m", "app", "--data", place, "labels", *wanted], check=True, capture_output=True
    )


def sheets(count: int, folder: Path) -> None:
    wanted, chosen, out = labels(count, CHINESE), layout(), folder / "labels.pdf"
    seconds = timed(lambda: whole(wanted, chosen, PdfPress(chosen, FONTS), out))
    size = out.stat().st_size / 1e6
    print(f"PDF of {count} labels, proven: {seconds:.2f} s (goal 3 s), {size:.2f} MB (goal 1.5 MB)")


if __name__ == "__main__":  # other processes import this module too
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--codes", type=int, default=10_000)
    parser.add_argument("--sample", type=int, default=300)
    parser.add_argument("--labels", type=int, default=1000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        codes(options.codes, options.sample, Path(name))
        sheets(options.labels, Path(name))
