"""Workbooks in the forms that spreadsheets and programs write, down to what a library would not write."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

Value = str | int | float
Cell = Callable[[str, Value], str]
"""Writes a cell of this place."""


def write_workbook(
    path: Path, rows: Iterable[Sequence[Value]], shared: bool = False, prefix: str = "", numbered: bool = True
) -> None:
    """With `shared` the texts stand apart from the cells; with a prefix every element has it; without numbers
    rows and cells do not say where they lie."""
    texts: dict[str, int] = {}

    def cell(place: str, value: Value) -> str:
        where = f' r="{place}"' if numbered else ""
        if not isinstance(value, str):
            return f"<{prefix}c{where}><{prefix}v>{value!r}</{prefix}v></{prefix}c>"
        if shared:
            number = texts.setdefault(value, len(texts))
            return f'<{prefix}c{where} t="s"><{prefix}v>{number}</{prefix}v></{prefix}c>'
        text = f'<{prefix}t xml:space="preserve">{escape(value)}</{prefix}t>'
        return f'<{prefix}c{where} t="inlineStr"><{prefix}is>{text}</{prefix}is></{prefix}c>'

    def row(line: int, values: Sequence[Value]) -> str:
        cells = (cell(f"{chr(65 + place)}{line}", value) for place, value in enumerate(values) if value != "")
        where = f' r="{line}"' if numbered else ""
        return f"<{prefix}row{where}>{''.join(cells)}</{prefix}row>"

    spaces = f'xmlns:{prefix.rstrip(":")}="{MAIN}"' if prefix else f'xmlns="{MAIN}"'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        with package.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(f"<{prefix}worksheet {spaces}><{prefix}sheetData>".encode())
            for line, values in enumerate(rows, start=1):
                sheet.write(row(line, values).encode())
            sheet.write(f"</{prefix}sheetData></{prefix}worksheet>".encode())
        if shared:
            items = "".join(f"<si><t>{escape(text)}</t></si>" for text in texts)
            package.writestr("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}">{items}</sst>')
        write_frame(package, ["sheet1"], shared)


def write_frame(package: zipfile.ZipFile, sheets: Sequence[str], shared: bool = False) -> None:
    """What stands around the sheets."""
    targets = {f"r{number}": f"worksheets/{sheet}.xml" for number, sheet in enumerate(sheets)}
    if shared:
        targets["s"] = "sharedStrings.xml"
    related = "".join(
        f'<Relationship Id="{id}" Type="{_OFFICE}/{"sharedStrings" if id == "s" else "worksheet"}" '
        f'Target="{target}"/>'
        for id, target in targets.items()
    )
    listed = "".join(
        f'<sheet name="{sheet}" sheetId="{number + 1}" r:id="r{number}"/>'
        for number, sheet in enumerate(sheets)
    )
    book = f'<workbook xmlns="{MAIN}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>'
    start = f'<Relationship Id="r" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    relationships = f'<Relationships xmlns="{_PACKAGE}/relationships">'
    types = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    overrides = "".join(
        f'<Override PartName="/xl/{part}" ContentType="{types}.{kind}+xml"/>'
        for part, kind in (
            ("workbook.xml", "sheet.main"),
            *((f"worksheets/{sheet}.xml", "worksheet") for sheet in sheets),
            *((("sharedStrings.xml", "sharedStrings"),) if shared else ()),
        )
    )
    defaults = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    )
    package.writestr(
        "[Content_Types].xml", f'<Types xmlns="{_PACKAGE}/content-types">{defaults}{overrides}</Types>'
    )
    package.writestr("_rels/.rels", f"{relationships}{start}</Relationships>")
    package.writestr("xl/_rels/workbook.xml.rels", f"{relationships}{related}</Relationships>")
    package.writestr("xl/workbook.xml", book)


def write_sheet(path: Path, rows: str, *others: str) -> None:
    """A workbook whose first sheet holds these rows as they are; more sheets are empty."""
    with zipfile.ZipFile(path, "w") as package:
        sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
        package.writestr("xl/worksheets/first.xml", sheet)
        for other in others:
            package.writestr(
                f"xl/worksheets/{other}.xml", f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>'
            )
        write_frame(package, ["first", *others])
