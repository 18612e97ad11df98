"""What the documents say of the code is so."""

import re
from pathlib import Path

from app.core import binding
from app.core.verdicts import Verdict

DOCS = Path(__file__).parents[1] / "docs"


def test_the_table_of_events_is_the_table_of_transitions() -> None:
    table = (DOCS / "architecture.md").read_text("utf-8")
    written = re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)
    assert written == [event.__name__ for event in binding._TRANSITIONS]


def test_every_verdict_is_documented() -> None:
    text = (DOCS / "formats.md").read_text("utf-8")
    assert [verdict for verdict in Verdict if f"`{verdict}`" not in text] == []
