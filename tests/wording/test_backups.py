"""What is said of a backup and of a restore."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.core.errors import Why, because
from app.ports.backups import BackupMade, Restored
from app.wording.backups import backup_made, restored
from app.wording.language import LANGUAGES
from app.wording.reasons import sentence
from tests.wording.languages import english_in, speaking

MADE = BackupMade(Path("a.db"), "2026-01-31T08:15:30.000Z", 12, "h", "s", 4096)
DONE = Restored(13, Path("a.db"), 12, "h", Path("old.db"), 20, "o", common=12, lost_units=3)


@pytest.mark.parametrize(
    ("done", "told"),
    [
        (
            DONE,
            "Lost: records #13 to #20, with 3 bound units. They stand in the old journal alone, which is",
        ),
        (replace(DONE, old_seq=12), "Nothing is lost; the old journal is kept as old.db."),
        (replace(DONE, old_seq=7, common=7), "Nothing is lost; the old journal is kept as old.db."),
        (
            replace(DONE, common=0),
            "The old journal has another history. Lost: its records #1 to #20, with 3 bound",
        ),
        (replace(DONE, old_seq=None, old_hash=None, common=None), "What came after #12 is lost:"),
        (Restored(13, Path("a.db"), 12, "h", None), "There was no journal before."),
    ],
)
def test_what_a_restore_lost_is_said_aloud(done: Restored, told: str) -> None:
    said = restored(done)
    assert said.startswith("The journal is restored up to #12; record #13 says so. ")
    assert told in said
    with speaking("zh_CN"):
        chinese = restored(done)
    assert english_in(chinese, ["old.db"]) == []
    assert ("old.db" in chinese) == (done.kept is not None)


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_backup_says_where_it_is_and_what_went(code: str) -> None:
    with speaking(code):
        said = backup_made(replace(MADE, second=Path("b.db"), pruned=("1", "2")))
        short = backup_made(MADE)
    for fact in ("12", "a.db"):
        assert fact in said
        assert fact in short
    assert "b.db" in said
    assert "2" in said.replace("12", "")
    assert "b.db" not in short


@pytest.mark.parametrize("why", [Why.JOURNAL_DAMAGED, Why.JOURNAL_GONE])
def test_where_there_is_no_backup_none_is_offered(why: Why) -> None:
    found = because(why, path="j.db", detail="x", backup="b.db", when="2026-01-31T08:15:30.000Z", seq=12)
    assert "`binding-station restore b.db` (of 2026-01-31" in sentence(found)
    assert "up to #12" in sentence(found)
    assert "binding-station" not in sentence(because(why, path="j.db", detail="x"))
