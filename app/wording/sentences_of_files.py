"""The sentences about files that are read, and their rows."""

from __future__ import annotations

from app.core.errors import Why
from app.wording.language import mark

FILES: dict[Why, str] = {
    Why.PRINTER_REFUSED: mark(
        "The printer {printer} takes nothing; nothing was printed. "
        "See that it is switched on, choose another one, or save a PDF."
    ),
    Why.FILE_UNREADABLE: mark(
        "The file {path} cannot be read ({detail}); nothing was taken. Check its name and place."
    ),
    Why.FILE_OF_NO_KIND: mark(
        "This file is no table that is known here, so nothing was taken. "
        "Give a CSV, an XLSX, or the earlier tool's database."
    ),
    Why.FILE_IN_OLD_FORM: mark(
        "This workbook is in the old form (XLS) or has a password; nothing was taken. "
        "Save it as XLSX without a password."
    ),
    Why.FILE_DAMAGED: mark("The file is damaged ({detail}); nothing was taken. Have it made again."),
    Why.FILE_TOO_LARGE: mark(
        "The file unpacks to more than any such file holds; nothing was taken. Check where it comes from."
    ),
    Why.FILE_TOO_WIDE: mark(
        "The sheet has cells beyond its first {most} columns; nothing was taken. Delete what stands there."
    ),
    Why.ROWS_FAR_APART: mark(
        "Row {line} of the sheet stands far below the others; nothing was taken. Delete what stands there."
    ),
    Why.FILE_EMPTY: mark("The file is empty; nothing was taken. Choose another one."),
    Why.FILE_ENCODING: mark(
        "The file is neither UTF-8 nor UTF-16 nor GBK; nothing was taken. Save it as UTF-8."
    ),
    Why.FILE_IN_USE: mark(
        "Another program has not finished writing this database; nothing was taken. Close that program first."
    ),
    Why.QUOTE_NEVER_CLOSED: mark(
        "A quotation mark is opened in line {line} and never closed; nothing was taken. Correct that line."
    ),
    Why.COLUMNS_MISSING: mark(
        "The first line has no column {missing}, it says: {header}. Nothing was taken; "
        "the first line must name the columns as the platform's template does."
    ),
    Why.COLUMN_TWICE: mark(
        "The first line names the column {column} twice; nothing was taken. Delete the wrong one."
    ),
    Why.IMPORT_REFUSED: mark(
        "Refused rows: {refused} of {rows}; nothing was taken. Correct them, or take the others with "
        "`--skip-refused`."
    ),
    Why.IMPORT_OVERTAKEN: mark(
        "The journal was changed while the file was looked at; nothing was taken. Begin the import again."
    ),
    Why.CELL_EMPTY: mark("This cell is empty; its row was left alone. Fill it in."),
    Why.CELLS_TOO_MANY: mark(
        "This line has {found} cells under {wanted} columns; it was not taken. "
        "Check whether a separator stands within a value."
    ),
    Why.OTHER_SEPARATOR: mark(
        "The cells of this line are separated by “{separator}”, those of the first line are not; "
        "it was not taken. Separate all lines in the same way."
    ),
    Why.ENCODING_DAMAGED: mark(
        "This cell holds bytes that are no characters in the file's encoding; it was not taken. "
        "Save the file as UTF-8."
    ),
    Why.NUMBER_DAMAGED: mark(
        "A spreadsheet made {text} of this number, and its digits are lost; it was not taken. "
        "Take it from the original file."
    ),
    Why.SN_ROUNDED: mark(
        "The SN {sn} ends in zeros, and other rows show that a spreadsheet rounded this file's numbers; "
        "it was not taken. Take it from the original file."
    ),
    Why.SN_MAYBE_ROUNDED: mark(
        "The SN {sn} ends in zeros, as one that a spreadsheet rounded; it was not changed. "
        "Compare it with the device's QR."
    ),
    Why.ZEROS_LOST: mark(
        "The number {text} has lost zeros in front: it should have {length} digits; it was not taken. "
        "Take it from the original file."
    ),
    Why.ZEROS_MAYBE_LOST: mark(
        "The SN {text} is shorter than the {length} digits of most others, as if zeros in front were lost; "
        "it was not changed. Compare it with the device's QR."
    ),
    Why.DEVICE_NAME_UNUSABLE: mark(
        "The device name “{name}” has more than {most} characters, or some that cannot be printed; "
        "it was not taken. Choose another name."
    ),
    Why.FINGERPRINT_UNUSABLE: mark(
        "The fingerprint {text} is not 40 hexadecimal digits; it was not taken. "
        "Leave it empty, or take it from the certificate."
    ),
    Why.ROW_TWICE: mark("Line {line} holds the same pair; this one was not taken. Delete one of them."),
    Why.IMEI_TWICE: mark(
        "Line {line} gives the IMEI {text} to another device; neither was taken. Find out which is right."
    ),
    Why.SN_TWICE: mark(
        "Line {line} gives the SN {text} another IMEI; neither was taken. Find out which is right."
    ),
    Why.IMEI_BOUND_IN_JOURNAL: mark(
        "The IMEI {imei} is bound to SN {sn} (PK {pk}), record #{seq}; it was not taken. "
        "Find out which is right, and unbind the wrong one."
    ),
    Why.SN_BOUND_IN_JOURNAL: mark(
        "The SN {sn} is bound to IMEI {imei}, record #{seq}; it was not taken. "
        "Find out which is right, and unbind the wrong one."
    ),
    Why.SN_LISTED_TWICE: mark(
        "The SN {sn} stands in line {line} already; this one was not taken. "
        "See that no label of it is used twice."
    ),
    Why.SN_ONLY_IN_LIST: mark(
        "The SN {sn} stands in the list, but on no picture; it was not taken. Ask for the package once more."
    ),
    Why.SN_ONLY_ON_PICTURE: mark(
        "The SN {sn} stands on the picture {name}, but not in the list, which was left alone; the SN counts "
        "as issued. Ask for the package once more."
    ),
    Why.PICTURE_TWICE: mark(
        "This picture shows the SN {sn} as {name} does; it was not taken. See that no label is used twice."
    ),
    Why.PICTURE_UNREADABLE: mark(
        "The picture {name} shows no QR code of a device; it was not taken. Ask for the package once more."
    ),
}
