"""The sentences about SNs, codes, labels and their printers."""

from __future__ import annotations

from app.core.errors import Why
from app.wording.language import mark

LABELS: dict[Why, str] = {
    Why.LABEL_COUNT: mark(
        "{count} labels cannot be made at once; nothing was made. Ask for 1 to {most} at a time."
    ),
    Why.SERIAL_PATTERN: mark(
        "The SN pattern “{pattern}” is wrong at “{field}”; nothing was made. "
        "Use letters, digits and the fields that `labels --help` names."
    ),
    Why.SERIAL_NO_NUMBER: mark(
        "SN {sn} does not end in a digit, so it cannot be counted on; nothing was made. "
        "Choose a first SN that does."
    ),
    Why.SERIALS_RUN_OUT: mark(
        "“{pattern}” has not so many SNs left; nothing was made. Use more digits, or ask for fewer labels."
    ),
    Why.SERIAL_LIST_EMPTY: mark(
        "No SN of {pk} was found; nothing was made. Take the list, the order or the shift of {pk}."
    ),
    Why.SERIAL_LIST_SHORT: mark(
        "{wanted} labels were asked for, and {left} SNs are left; nothing was made. Ask for no more."
    ),
    Why.SERIAL_NOT_LISTED: mark(
        "SN {sn} is not in the list; nothing was made. Choose a first SN of the list."
    ),
    Why.SERIAL_USED: mark(
        "SN {sn} of {pk} was there before ({standing}); nothing was made. "
        "Choose other SNs, or print its label again with `--reprint`."
    ),
    Why.SERIAL_SEEN: mark(
        "SN {sn} of {pk} was only scanned here: its label was not made here, and it was never bound; "
        "nothing was made. Find out where that label came from, or choose other SNs."
    ),
    Why.SERIAL_LISTED: mark(
        "SN {sn} of {pk} stands on the list of a work order; nothing was made. "
        "Print its label from the list, with `--from`, or choose other SNs."
    ),
    Why.LABEL_MADE_BEFORE: mark(
        "SN {sn} has a label of the layout “{layout}” already; nothing was made. "
        "Print it again with `--reprint`, or leave it out."
    ),
    Why.LABEL_WITHOUT_IMEI: mark(
        "The layout prints the IMEI, and SN {sn} is not bound to one; nothing was made. "
        "Bind the unit first, or choose another layout."
    ),
    Why.LABEL_LOST: mark(
        "The program ended before the label of SN {sn} had its turn; nothing was printed for it. "
        "Print it on the page Labels, with a reason."
    ),
    Why.LABEL_OUTDATED: mark(
        "The label of SN {sn} tells the IMEI {imei}, but the SN is bound to {bound} by now; "
        "nothing was printed. Print the label of this SN anew."
    ),
    Why.LABELS_CANCELLED: mark(
        "The labels were called off; nothing was made, and no SN was used. Begin again when you like."
    ),
    Why.REPRINT_NOT_PRINTED: mark(
        "SN {sn} of {pk} was never printed, so it cannot be printed again; nothing was made. "
        "Print it without `--reprint`."
    ),
    Why.REPRINT_RETIRED: mark(
        "SN {sn} of {pk} was scrapped or spoiled; nothing was made. Reinstate it first if that was a mistake."
    ),
    Why.CODE_MEANS_OTHERWISE: mark(
        "A station would not read “{text}” as SN {sn}; nothing was made. Choose another SN or another format."
    ),
    Why.CODE_TOO_LONG: mark(
        "“{text}” ({length} characters) does not go into a code; nothing was made. "
        "Use a shorter text of Latin letters, or less error correction."
    ),
    Why.CODE_DOES_NOT_FIT: mark(
        "The codes of SN {sn} do not fit into the layout “{layout}” at this resolution; nothing was made. "
        "Choose a larger layout."
    ),
    Why.CODE_MAKER_ENDED: mark(
        "A part of the program that makes codes was ended from outside; nothing was printed. "
        "See that the computer has memory left, and try again."
    ),
    Why.CODE_NOT_READ_BACK: mark(
        "The code “{text}” did not read back as it was made ({output}); nothing went out and nothing was "
        "recorded. Call help, and keep this text."
    ),
    Why.LABEL_TEXT_TOO_LONG: mark(
        "The text “{text}” does not fit on the label of SN {sn}; nothing was made. "
        "Shorten it, or choose a larger layout."
    ),
    Why.LABEL_SCAN_UNUSED: mark(
        "The scan “{text}” has no use on this page; nothing was taken. "
        "The QR code of a device fills the product and the first SN while they are empty."
    ),
    Why.LABEL_TEXT_NO_PLACE: mark(
        "The layout “{layout}” has no place for “{text}” ({field}); nothing was made. "
        "Choose a layout with this field, or leave the text out."
    ),
    Why.LABEL_CHARACTER: mark(
        "No font here has the character “{character}” of “{text}”; nothing was made. Write it otherwise."
    ),
    Why.LABEL_CODE_SIZE: mark(
        "A code of {size} mm has no room in the layout “{layout}”; nothing was made. Choose a smaller one."
    ),
    Why.LABEL_NUMBER: mark("“{value}” is no number from {low} to {high}; nothing was made. Correct it."),
    Why.LABEL_START: mark(
        "A sheet of this layout has no label number {start}; nothing was made. Begin at 1 to {most}."
    ),
    Why.LABELS_MADE_BEFORE: mark(
        "{count} of {labels} SNs were printed before, first {sn}; nothing was printed. "
        "Print those apart, as a reprint."
    ),
    Why.LABELS_RETIRED: mark(
        "{count} of these SNs are scrapped or spoiled, first {sn}; nothing was printed. Choose other SNs."
    ),
    Why.LAYOUT_UNKNOWN: mark(
        "There is no label layout {layout}; nothing was made. Choose one of {known}, or give a file."
    ),
    Why.LAYOUT_SYNTAX: mark(
        "Line {line} of the layout {path} cannot be read ({detail}); nothing was made. Correct the line."
    ),
    Why.LAYOUT_KEY_UNKNOWN: mark(
        "Line {line} of the layout {path}: {key} means nothing there; nothing was made. Use {wanted}."
    ),
    Why.LAYOUT_KEY_MISSING: mark(
        "Line {line} of the layout {path}: {wanted} is missing in {section}; nothing was made. Add it."
    ),
    Why.LAYOUT_VALUE: mark(
        "Line {line} of the layout {path}: {key} has a wrong value; nothing was made. Allowed are {wanted}."
    ),
    Why.LAYOUT_OUTSIDE: mark(
        "Line {line} of the layout {path}: {section} leaves the label; nothing was made. "
        "Make it smaller, or move it."
    ),
    Why.LAYOUT_OVERLAP: mark(
        "Line {line} of the layout {path}: {section} lies in the QR code or its quiet zone; "
        "nothing was made. Move it."
    ),
    Why.LAYOUT_SHEET: mark(
        "Line {line} of the layout {path}: the labels leave the paper or overlap; nothing was made. "
        "Correct the columns, rows and distances in {section}."
    ),
    Why.PRINTER_ADDRESS: mark(
        "“{address}” is no address of a printer; nothing was printed. Write `tcp://HOST` or `tcp://HOST:PORT`."
    ),
    Why.PRINTER_UNREACHABLE: mark(
        "The printer {address} does not answer ({detail}); nothing was printed. "
        "See that it is switched on and in the network."
    ),
    Why.PRINTER_CUT: mark(
        "The printer {address} was cut off ({detail}): of {labels} labels at most {sent} went out whole, "
        "nothing was sent after that. Their SNs are on record: compare what was printed, and print what is "
        "missing again, with a reason (`--reprint`)."
    ),
    Why.PRINTER_UNKNOWN: mark(
        "There is no printer “{printer}” here; nothing was printed. Choose another one."
    ),
    Why.PRINTER_STOPPED: mark(
        "The printer “{printer}” took {sent} of {pages} pages and no more; nothing was printed after that. "
        "Print what is missing again, with a reason."
    ),
}
