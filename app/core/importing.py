"""The rows of a relationship file: each is taken as a pair, or told what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from app.core.cells import (
    Cell,
    code_of,
    damage_of_number,
    fingerprint_of,
    is_blank,
    is_damaged_text,
    may_be_reckoned,
    name_of,
    text_of,
    trouble_of_fingerprint,
    trouble_of_name,
)
from app.core.codes import IMEI_LENGTH, IMEI_PREFIXES_IN_USE, Imei, ProductKey, SerialNumber, is_imei
from app.core.columns import RELATIONSHIP
from app.core.errors import Reason, Refused, Why, because
from app.core.evidence import Evidence
from app.core.layout import Column

_SEPARATORS = ",;\t|"


class FileRow(NamedTuple):
    """A row of a table, as a file gives it."""

    line: int
    """Where people find it: the header is line 1; in a database the row's number."""
    cells: Sequence[Cell]


class PairRow(NamedTuple):
    """A row that holds a pair, every cell proven."""

    line: int
    imei: str
    pk: str
    sn: str
    name: str = ""
    fingerprint: str = ""


class Finding(NamedTuple):
    """What is wrong with one cell, or strange."""

    line: int
    column: str
    """The header's cell above it; empty where it is the whole row."""
    value: str
    reason: Reason
    refuses: bool = True
    """Otherwise the row is taken, and people are warned."""


class RefusedRow(NamedTuple):
    """A row that was not taken, as it stands in the file."""

    line: int
    cells: Sequence[str]
    reasons: Sequence[Reason]


class Judge:
    """Takes one row after the other, and remembers what they show of the file as a whole."""

    def __init__(
        self, header: Sequence[str], columns: Sequence[Column | None], released: frozenset[str] = frozenset()
    ) -> None:
        """`released` are the IMEIs that a supervisor let pass although their check digit is wrong."""
        self._header = header
        self._columns = columns
        self._released = released
        self._products: dict[str, str] = {}
        self.evidence = Evidence()

    def take(self, row: FileRow) -> PairRow | list[Finding]:
        """The pair, or every reason why this row cannot be taken."""
        cells = row.cells
        if len(cells) > len(self._columns) and not all(map(is_blank, cells[len(self._columns) :])):
            found, wanted = len(cells), len(self._columns)
            return [self._of_row(row, because(Why.CELLS_TOO_MANY, found=found, wanted=wanted))]
        if other := self._other_separator(cells):
            return [self._of_row(row, because(Why.OTHER_SEPARATOR, separator=other))]
        taken, findings = dict.fromkeys(Column, ""), list[Finding]()
        for place, column in enumerate(self._columns):
            if column is None:
                continue
            cell = cells[place] if place < len(cells) else ""
            try:
                taken[column] = self._value(column, cell)
            except Refused as refusal:
                value = text_of(cell)
                findings.append(Finding(row.line, self._header[place], value, refusal.reason))
        if findings:
            return findings
        imei, pk, sn, name, fingerprint = taken.values()
        self.evidence.note_sn(pk, sn)
        return PairRow(row.line, imei, pk, sn, name, fingerprint)

    def second_look(self, row: PairRow) -> Finding | None:
        """What only the whole file tells about a row that was taken."""
        doubt = self.evidence.doubt(row.pk, row.sn)
        return None if doubt is None else Finding(row.line, self.head(Column.SN), row.sn, *doubt)

    def head(self, column: Column) -> str:
        """The header's cell above this column."""
        return self._header[self._columns.index(column)]

    def _of_row(self, row: FileRow, reason: Reason) -> Finding:
        separator = reason.facts.get("separator", ",")
        return Finding(row.line, "", str(separator).join(map(text_of, row.cells)), reason)

    def _other_separator(self, cells: Sequence[Cell]) -> str | None:
        """A line whose cells are separated in another way than the header's arrives as one cell."""
        first = cells[0] if cells else ""
        if not isinstance(first, str) or first.isalnum() or not all(map(is_blank, cells[1:])):
            return None
        counts = {one: first.count(one) for one in _SEPARATORS}
        most = max(counts, key=lambda one: counts[one])
        return most if counts[most] >= len(RELATIONSHIP) - 1 else None

    def _value(self, column: Column, cell: Cell) -> str:
        if isinstance(cell, str) and is_damaged_text(cell):
            raise Refused(because(Why.ENCODING_DAMAGED))
        return _VALUES[column](self, cell)

    def _device_key(self, cell: Cell) -> str:
        text = self._code(Column.DEVICE_KEY, cell)
        if text in self._released:
            return Imei.released(text)
        if _lost_its_zero(text):
            self.evidence.damaged = True
            raise Refused(because(Why.ZEROS_LOST, text=text, length=IMEI_LENGTH))
        return Imei(text)

    def _product_key(self, cell: Cell) -> str:
        text = self._code(Column.PRODUCT_KEY, cell)
        if text not in self._products:
            if len(self._products) > _PRODUCTS_KEPT:
                self._products.clear()
            self._products[text] = ProductKey(text)
        return self._products[text]

    def _sn(self, cell: Cell) -> str:
        text = self._code(Column.SN, cell)
        if may_be_reckoned(text):
            self.evidence.reckoned_sns = True
        return SerialNumber(text)

    def _name(self, cell: Cell) -> str:
        return _unless(name_of(cell), trouble_of_name)

    def _fingerprint(self, cell: Cell) -> str:
        return _unless(fingerprint_of(cell), trouble_of_fingerprint)

    def _code(self, column: Column, cell: Cell) -> str:
        code = code_of(cell)
        if not code:
            raise Refused(because(Why.CELL_EMPTY))
        if damage := damage_of_number(cell, code):
            self.evidence.damaged = True
            raise Refused(damage)
        if not isinstance(cell, str):
            self.evidence.numbers[column] = self.evidence.numbers.get(column, 0) + 1
        return code


_PRODUCTS_KEPT = 1000

_VALUES: dict[Column, Callable[[Judge, Cell], str]] = {
    Column.DEVICE_KEY: Judge._device_key,
    Column.PRODUCT_KEY: Judge._product_key,
    Column.SN: Judge._sn,
    Column.NAME: Judge._name,
    Column.FINGERPRINT: Judge._fingerprint,
}


def _lost_its_zero(text: str) -> bool:
    """Whether it is an IMEI once the 0 stands in front again, and not one without its check digit."""
    whole = f"0{text}"
    return len(whole) == IMEI_LENGTH and whole.startswith(IMEI_PREFIXES_IN_USE) and is_imei(whole)


def _unless(text: str, trouble: Callable[[str], Reason | None]) -> str:
    if reason := trouble(text):
        raise Refused(reason)
    return text
