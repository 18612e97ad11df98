"""What the commands are given. Libraries that a command does not need are not loaded for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from app.cli.tools import DemoResult, PortLine
from app.core.cards import Card, card_text
from app.core.errors import Faulted, Why, because
from app.core.unit import Answer
from app.main.label_parts import LabelParts
from app.main.place import Place
from app.paths import default_data_folder, resource
from app.ports.fixture import ModuleReading, ModuleTrouble
from app.station.badge_giving import NewBadge
from app.wording import language
from app.wording.cards import card_meaning, card_title
from app.wording.people import role_name


class Parts:
    """Implements `app.cli.tools.Tools`."""

    def workplace(self, folder: Path | None) -> Place:
        return Place((folder or default_data_folder()).absolute())

    def read_imei(self, port: str, timeout: float | None) -> ModuleReading | ModuleTrouble:
        from app.adapters.at_dialogue import AskOptions
        from app.adapters.serial_link import read_imei

        return read_imei(port, timeout, AskOptions())

    def ports(self) -> Sequence[PortLine]:
        from app.adapters.serial_ports import list_ports

        return [
            PortLine(one.device, one.description, one.location or "", one.likely_at) for one in list_ports()
        ]

    def labels(self, folder: Path) -> LabelParts:
        return LabelParts(folder / "templates")

    def write_cards(self, path: Path, cards: Sequence[Card]) -> None:
        from app.adapters.card_sheet import CardFace, write_card_sheet

        faces = [CardFace(card_text(card), card_title(card), card_meaning(card)) for card in cards]
        write_card_sheet(path, faces, *_fonts(language.current() == "zh_CN"))

    def write_badges(self, path: Path, badges: Sequence[NewBadge]) -> None:
        from app.adapters.card_sheet import CardFace, write_card_sheet

        faces = [CardFace(one.text, one.person.name, role_name(one.person.role)) for one in badges]
        printed = "".join(face.title + face.meaning for face in faces)
        write_card_sheet(path, faces, *_fonts(not printed.isascii()))

    def demo(self, units: int, out: Path, headless: bool, progress: Callable[[Answer], None]) -> DemoResult:
        from app.main.demo import run_demo

        return run_demo(units, out, headless, progress)

    def has_display(self) -> bool:
        from app.adapters.display import has_display

        return has_display()

    def open_window(self, folder: Path | None) -> int:
        if not self.has_display():
            raise Faulted(because(Why.NO_DISPLAY))
        try:
            from app.main.starting import run_window
        except ImportError as error:
            raise Faulted(because(Why.WINDOW_UNAVAILABLE, detail=str(error))) from error
        return run_window(lambda: self.workplace(folder))


def _fonts(chinese: bool) -> tuple[Path, Path]:
    """Bold and regular."""
    family = "NotoSansSC" if chinese else "Inter"
    return resource(f"fonts/{family}-Bold.otf"), resource(f"fonts/{family}-Regular.otf")
