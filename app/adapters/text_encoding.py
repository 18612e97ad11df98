"""In which encoding a text file was written, found out by reading all of it once."""

from __future__ import annotations

import codecs
import hashlib
from dataclasses import dataclass, field
from typing import BinaryIO

from app.core.errors import Refused, Why, because

_CHUNK = 1 << 20
"""Also the longest line that is still one: what has none in so many bytes is no table."""

_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_CHINESE = ("gbk", "gb18030")
"""The older one first: a file that keeps to it is written back in it."""


@dataclass(frozen=True, slots=True)
class TextSurvey:
    """What a text file is as a whole."""

    sha256: str
    """Of its bytes, lower-case hex."""
    size: int
    encoding: str
    """Python's name of the codec."""

    @property
    def errors(self) -> str:
        """How bytes that do not fit are kept, so that `cells.is_damaged_text` finds them."""
        return "replace" if self.encoding.startswith("utf-16") else "surrogateescape"


def survey(file: BinaryIO) -> TextSurvey:
    """Reads the file to its end and goes back to its beginning.

    Raises:
        Refused: FILE_EMPTY; FILE_OF_NO_KIND, it has no lines; FILE_ENCODING, it is in none of the known ones.
    """
    digest, size, lines = hashlib.sha256(), 0, _Lines()
    rest = b""
    while chunk := file.read(_CHUNK):
        digest.update(chunk)
        size += len(chunk)
        rest = lines.add(rest + chunk)
    lines.add(rest + b"\n")
    file.seek(0)
    if not size:
        raise Refused(because(Why.FILE_EMPTY))
    return TextSurvey(digest.hexdigest(), size, lines.encoding())


@dataclass
class _Lines:
    """The lines that are not ASCII, counted by what they could be."""

    first: bytes = b""
    utf8: int = 0
    others: int = 0
    not_chinese: dict[str, int] = field(default_factory=lambda: dict.fromkeys(_CHINESE, 0))

    def add(self, block: bytes) -> bytes:
        """Takes the whole lines; returns what follows the last one."""
        end = max(block.rfind(b"\n"), block.rfind(b"\r")) + 1
        if not end and len(block) > _CHUNK:
            raise Refused(because(Why.FILE_OF_NO_KIND))
        whole = block[:end]
        if not self.first:
            self.first = next(filter(None, whole.splitlines()), b"")
        if not whole.isascii():
            for line in whole.splitlines():
                if not line.isascii():
                    self._count(line)
        return block[end:]

    def _count(self, line: bytes) -> None:
        if _fits(line, "utf-8"):
            self.utf8 += 1
            return
        self.others += 1
        for encoding in _CHINESE:
            self.not_chinese[encoding] += not _fits(line, encoding)

    def encoding(self) -> str:
        for mark, encoding in _MARKS.items():
            if self.first.startswith(mark):
                return encoding
        return _wide(self.first) or ("utf-8" if not self.others else self._among_bytes())

    def _among_bytes(self) -> str:
        """Some line is not UTF-8. The header decides; where it is ASCII, what most of the lines are."""
        chinese = min(_CHINESE, key=lambda encoding: self.not_chinese[encoding])
        if self.first.isascii():
            return chinese if self.others - self.not_chinese[chinese] > self.utf8 else "utf-8"
        if _fits(self.first, "utf-8"):
            return "utf-8"
        if not _fits(self.first, chinese):
            raise Refused(because(Why.FILE_ENCODING))
        return chinese


def _fits(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _wide(line: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of an ASCII character is 0."""
    if len(line) > 1 and b"\0" in line[:2]:
        return "utf-16-be" if line[0] == 0 else "utf-16-le"
    return None
