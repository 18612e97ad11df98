"""The label layouts that are there: those of the program, and a factory's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.core.errors import Refused, Why, because
from app.core.label_layout import LabelLayout
from app.core.layout_file import parse_layout

_ENDING = ".toml"


@dataclass(frozen=True, slots=True)
class LayoutFiles:
    """The folders in this order: a factory's own layout goes before the program's of that name."""

    folders: Sequence[Path]

    def names(self) -> list[str]:
        return sorted({path.stem for folder in self.folders for path in folder.glob(f"*{_ENDING}")})

    def layout(self, name: str) -> LabelLayout:
        """The layout of this name, or in the file of this path.

        Raises:
            Refused: there is none, or something is wrong in it; the reason names file and line.
        """
        given = Path(name)
        paths = [given] if given.suffix == _ENDING else [one / f"{name}{_ENDING}" for one in self.folders]
        for path in paths:
            if path.is_file():
                return parse_layout(_text(path), str(path) if path is given else path.name)
        raise Refused(because(Why.LAYOUT_UNKNOWN, layout=name, known=", ".join(self.names())))


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        detail = getattr(error, "strerror", None) or str(error)
        raise Refused(because(Why.LAYOUT_SYNTAX, path=str(path), line=1, detail=detail)) from error
