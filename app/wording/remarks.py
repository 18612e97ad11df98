"""What people are told about a file as a whole."""

from __future__ import annotations

from app.core.remarks import About, Remark
from app.wording.language import mark, ntr
from app.wording.reasons import filled

_SENTENCES = {
    About.HEADER_MISLABELLED: mark(
        "The header names DeviceKey and ProductKey the wrong way round, as version 1.2.0 of the earlier tool "
        "does; the columns were taken by what stands in them."
    ),
    About.ENCODING: mark("The file was read as {encoding}."),
    About.SEPARATOR: mark(
        "The cells are separated by “{separator}”, not by commas; they were read all the same."
    ),
    About.COLUMN_UNKNOWN: mark("Nobody knows the column “{column}”; it was left out."),
    About.LIST_MISSING: mark("The package holds no list of SNs; they were read off the pictures."),
}


def remark_sentence(remark: Remark) -> str:
    text = _of_a_number(remark)
    return filled(_SENTENCES[remark.about], remark.facts) if text is None else text


def _of_a_number(remark: Remark) -> str | None:
    count = int(remark.facts.get("count", 0))
    match remark.about:
        case About.NUMBER_CELLS:
            text = ntr(
                "{count} cell of the column {column} is a number; zeros in front would be lost.",
                "{count} cells of the column {column} are numbers; zeros in front would be lost.",
                count,
            )
        case About.OTHER_SHEETS:
            text = ntr(
                "The workbook has {count} other sheet; only the first one was read.",
                "The workbook has {count} other sheets; only the first one was read.",
                count,
            )
        case About.ALREADY_THERE:
            text = ntr(
                "{count} row holds a pair that is bound already; it stays as it is.",
                "{count} rows hold pairs that are bound already; they stay as they are.",
                count,
            )
        case About.PICTURES_READ:
            text = ntr(
                "{count} QR picture was read, because list and pictures do not agree.",
                "{count} QR pictures were read, because list and pictures do not agree.",
                count,
            )
        case _:
            return None
    return text.format(**{"count": count, "column": "", **remark.facts})
