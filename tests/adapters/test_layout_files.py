"""Layouts by their names: a factory's own before those of the program."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.adapters.layout_files import LayoutFiles
from app.core.errors import Refused, Why
from tests.core.test_layout_file import GOOD


def test_a_factorys_own_layout_goes_before_ours(tmp_path: Path) -> None:
    ours, own = tmp_path / "ours", tmp_path / "own"
    for folder, name in ((ours, "Ours"), (own, "Own")):
        folder.mkdir()
        (folder / "a4.toml").write_text(GOOD.replace("Test", name), "utf-8")
    files = LayoutFiles([own, ours])
    assert files.names() == ["a4"]
    assert files.layout("a4").name == "Own"
    assert files.layout(str(ours / "a4.toml")).name == "Ours"
    with pytest.raises(Refused) as refused:
        files.layout("a5")
    assert refused.value.reason.facts == {"layout": "a5", "known": "a4"}
    (own / "a4.toml").write_bytes(b"\xff")
    with pytest.raises(Refused) as broken:
        files.layout("a4")
    assert broken.value.reason.why is Why.LAYOUT_SYNTAX
