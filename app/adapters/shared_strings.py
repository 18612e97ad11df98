"""The texts that a workbook keeps apart from its cells: millions of them, in little memory."""

from __future__ import annotations

import re
from array import array
from itertools import accumulate, chain, islice, repeat
from typing import IO

from app.adapters.xlsx_pieces import Piece, PieceRead, Row, cut, read_pieces
from app.core.errors import Refused, Why, because

_MOST_BYTES = 1 << 28
_MARK = "\ue000"
"""Before the number of a text: a character that no text of people begins with."""

_PLAIN = (b' t="s"><v>', b' t="str"><v>' + _MARK.encode())
_ANY = re.compile(rb"""\st\s*=\s*["']s["']([^>]*>\s*<(?:\w+:)?v\b[^>]*>)""")
_LEFT = (b't="s"', b"t='s'")


class SharedStrings:
    """Texts by their number."""

    def __init__(self, member: IO[bytes]) -> None:
        """Calamine reads them as if they were the rows of a sheet. Raises `Refused` as `read_pieces`."""
        self._bytes = bytearray()
        self._ends = array("Q", [0])
        for read in read_pieces(map(_as_rows, cut(member, "sst", "si"))):
            self._add([str(row[0]).encode("utf-8", "surrogatepass") for row in read.rows], read)
            if len(self._bytes) > _MOST_BYTES:
                raise Refused(because(Why.FILE_TOO_LARGE))

    def _add(self, texts: list[bytes], read: PieceRead) -> None:
        before, after = read.before, read.height - read.before - len(texts)
        lengths = chain(repeat(0, before), map(len, texts), repeat(0, after))
        start = len(self._bytes)
        self._bytes += b"".join(texts)
        self._ends.extend(islice(accumulate(lengths, initial=start), 1, None))

    def put_in(self, row: Row) -> Row:
        """The row with texts in place of their numbers."""
        return [self._text(cell) if isinstance(cell, str) and cell[:1] == _MARK else cell for cell in row]

    def _text(self, cell: str) -> str:
        try:
            number = int(cell[1:])
            start, end = self._ends[number], self._ends[number + 1]
        except (ValueError, IndexError) as error:
            raise Refused(because(Why.FILE_DAMAGED, detail=f"shared string {cell[1:]}")) from error
        return self._bytes[start:end].decode("utf-8", "surrogatepass")


def marked(piece: Piece) -> Piece:
    """The piece with each number of a text marked, so that calamine leaves it as it is."""
    xml = piece.xml.replace(*_PLAIN)
    if any(form in xml for form in _LEFT):
        xml = _ANY.sub(rb' t="str"\1' + _MARK.encode(), xml)
    return Piece(piece.prefix, xml)


def _as_rows(piece: Piece) -> Piece:
    name, prefix = piece.prefix + b"si", piece.prefix
    opened, closed = b"<%b>" % name, b"</%b>" % name
    xml = re.sub(rb"<%b\s*/>" % name, opened + closed, piece.xml)
    xml = xml.replace(opened, b'<%brow><%bc t="inlineStr"><%bis>' % (prefix, prefix, prefix))
    return Piece(prefix, xml.replace(closed, b"</%bis></%bc></%brow>" % (prefix, prefix, prefix)))
