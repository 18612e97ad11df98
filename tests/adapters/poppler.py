"""PDFs as others see them: drawn and read by poppler, which shares nothing with what made and proved them."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from app.core.label_drawing import DrawnCode

needs_poppler = pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="needs poppler-utils")


def pictures(pdf: Path, dpi: int, ink: str = "-gray") -> Iterator[Image.Image]:
    stem = pdf.with_name(f"page{ink}-{dpi}")
    subprocess.run(["pdftoppm", ink, "-r", str(dpi), str(pdf), str(stem)], check=True, timeout=60)
    for path in sorted(pdf.parent.glob(f"{stem.name}-*")):
        with Image.open(path) as picture:
            yield picture.convert("L")


def codes_on_pages(pages: Iterable[Image.Image]) -> list[str]:
    """Every code on these pages, sorted."""
    kinds = zxingcpp.BarcodeFormats((zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.Code128))
    found = [code.text for page in pages for code in zxingcpp.read_barcodes(page, kinds, try_rotate=False)]
    return sorted(found)


def text_of(pdf: Path) -> str:
    return told_of(pdf, "pdftotext", "-")


def told_of(pdf: Path, tool: str, *options: str) -> str:
    done = subprocess.run([tool, str(pdf), *options], check=True, capture_output=True, timeout=60)
    assert done.stderr == b""
    return done.stdout.decode("utf-8")


def dots_of(code: DrawnCode) -> bytes:
    """What a code should be where it is printed: a byte a dot, row by row."""
    rows = [bytes(0 if one else 255 for one in row for _ in range(code.dots)) for row in code.modules.rows]
    return b"".join(row for row in rows for _ in range(code.height))
