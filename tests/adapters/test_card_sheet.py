"""Command cards, read back from the sheet as it is printed."""

from pathlib import Path

import zxingcpp

from app.adapters.card_sheet import CardFace, card_sheets, write_card_sheet
from app.core.cards import Card, card_text
from app.paths import resource


def test_every_card_on_the_sheets_is_read_back() -> None:
    faces = [CardFace(card_text(card), str(card), "two\nlines") for card in Card] * 3
    sheets = card_sheets(faces, resource("fonts/Inter-Bold.otf"), resource("fonts/Inter-Regular.otf"))
    found = [code.text for sheet in sheets for code in zxingcpp.read_barcodes(sheet)]
    assert sorted(found) == sorted(face.text for face in faces)
    assert len(sheets) == -(-len(faces) // 4)


def test_a_sheet_goes_to_its_file(tmp_path: Path) -> None:
    path = tmp_path / "cards.pdf"
    fonts = resource("fonts/Inter-Bold.otf"), resource("fonts/Inter-Regular.otf")
    write_card_sheet(path, [CardFace(card_text(Card.CONTINUE), "CONTINUE", "")], *fonts)
    assert path.read_bytes().startswith(b"%PDF")
