"""QR pictures, one for each SN, with the list of SNs: a folder, or a compressed package as the platform's.

SN_list.csv          ProductKey,SN
QR/<SN>.png
SVG/<SN>.svg         where wanted
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Collection, Iterator

from app.adapters.picture_work import Codes, Picture, PictureWork, codes_in
from app.adapters.spread import spread
from app.core.label_batch import LabelFile, MadeBatch
from app.core.label_layout import LabelLayout, millimetres
from app.core.labels import Label

LIST = "SN_list.csv"
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])\Z", re.IGNORECASE)
"""Windows has devices of these names."""


class PicturePress:
    """Implements `app.core.label_batch.Press`. Of the layout only the QR code's place counts."""

    def __init__(self, layout: LabelLayout, also_svg: bool = False) -> None:
        self._work = PictureWork(layout, also_svg)
        self._read: dict[bytes, Codes] = {}

    def make(self, labels: Collection[Label]) -> MadeBatch:
        """See `Press`."""
        parts = list(spread(self._work, labels))
        pictures = [picture for part in parts for picture in part.pictures]
        names = _Names()
        files = [
            file
            for label, one in zip(labels, pictures, strict=True)
            for file in self._files(names, label, one)
        ]
        rows = "".join(f"{label.device.pk},{label.device.sn}\r\n" for label in labels)
        files.append(LabelFile(LIST, f"ProductKey,SN\r\n{rows}".encode("ascii")))
        smallest = min((part.smallest for part in parts), default=0)
        opinions = sum(part.second_opinions for part in parts)
        return MadeBatch(tuple(files), opinions, millimetres(smallest, self._work.layout.dpi))

    def _files(self, names: _Names, label: Label, picture: Picture) -> Iterator[LabelFile]:
        name = names.of(str(label.device.sn))
        self._read[picture.png] = picture.in_png
        yield LabelFile(f"QR/{name}.png", picture.png)
        if picture.svg is not None:
            self._read[picture.svg] = picture.in_svg
            yield LabelFile(f"SVG/{name}.svg", picture.svg)

    def read_back(self, made: MadeBatch, labels: int) -> Iterator[tuple[str, ...]]:
        """Every picture of the finished output; one that is not to the byte what was read before is read.

        Where PNG and SVG differ, both are given.
        """
        by_label: dict[str, set[Codes]] = {}
        for file in made.files:
            kind, _, name = file.name.partition("/")
            if kind in ("QR", "SVG"):
                found = self._read.get(file.content) or codes_in(file.content)
                by_label.setdefault(name[:-4], set()).add(found)
        for found_on_label in by_label.values():
            yield tuple(text for texts in sorted(found_on_label) for text in texts)


class PackagePress:
    """Implements `app.core.label_batch.Press`: the same in one compressed file."""

    def __init__(self, pictures: PicturePress) -> None:
        self._pictures = pictures

    def make(self, labels: Collection[Label]) -> MadeBatch:
        """See `Press`."""
        made = self._pictures.make(labels)
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as package:
            for file in made.files:
                packed = zipfile.ZIP_STORED if file.name.endswith(".png") else zipfile.ZIP_DEFLATED
                package.writestr(file.name, file.content, packed)
        packed_file = LabelFile("", buffer.getvalue())
        return MadeBatch((packed_file,), made.second_opinions, made.smallest_module)

    def read_back(self, made: MadeBatch, labels: int) -> Iterator[tuple[str, ...]]:
        """Out of the finished package again."""
        with zipfile.ZipFile(io.BytesIO(made.files[0].content)) as package:
            files = tuple(LabelFile(name, package.read(name)) for name in package.namelist())
        return self._pictures.read_back(MadeBatch(files, 0, 0.0), labels)


class _Names:
    """File names that are different on Windows too, where `a1` and `A1` are one file."""

    def __init__(self) -> None:
        self._used: set[str] = set()

    def of(self, sn: str) -> str:
        name, number = sn, 1
        while name.casefold() in self._used or _RESERVED.match(name):
            number += 1
            name = f"{sn}_{number}"
        self._used.add(name.casefold())
        return name
