"""A small PDF 1.7 writer (ISO 32000-1): numbered objects, compressed streams, a table of where they are."""

from __future__ import annotations

import zlib

_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


class PdfFile:
    """Objects are numbered from 1 in the order in which they are added or reserved."""

    def __init__(self) -> None:
        self._objects: list[bytes | None] = []

    def reserve(self) -> int:
        """A number for an object that is set later."""
        self._objects.append(None)
        return len(self._objects)

    def set(self, number: int, content: str | bytes) -> None:
        self._objects[number - 1] = content.encode("ascii") if isinstance(content, str) else content

    def add(self, content: str | bytes) -> int:
        number = self.reserve()
        self.set(number, content)
        return number

    def add_stream(self, content: bytes, entries: str = "") -> int:
        packed = zlib.compress(content, 9)
        head = f"<< {entries} /Filter /FlateDecode /Length {len(packed)} >>\nstream\n"
        return self.add(head.encode("ascii") + packed + b"\nendstream")

    def bytes(self, root: int, info: int) -> bytes:
        """The finished file."""
        out, starts = bytearray(_HEADER), []
        for number, content in enumerate(self._objects, start=1):
            starts.append(len(out))
            out += b"%d 0 obj\n%b\nendobj\n" % (number, content or b"null")
        table = len(out)
        out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(starts) + 1)
        out += b"".join(b"%010d 00000 n \n" % start for start in starts)
        out += b"trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R >>\n" % (len(starts) + 1, root, info)
        out += b"startxref\n%d\n%%%%EOF\n" % table
        return bytes(out)


def text_string(text: str) -> str:
    """A text of the document's own information, in any script."""
    return f"<feff{text.encode('utf-16-be').hex()}>"
