"""The two lines beside the verdict's word: bold before the line break, regular after it.

For each verdict by the reason; under None what stands there for every other reason.
"""

from __future__ import annotations

from app.core.errors import Why
from app.core.verdicts import Verdict
from app.wording.language import mark

HEADLINES: dict[Verdict, dict[Why | None, str]] = {
    Verdict.BOUND: {None: mark("Saved to journal #{seq}")},
    Verdict.ALREADY_BOUND: {None: mark("Already bound, nothing changed.\nNext unit.")},
    Verdict.NOTHING_TO_UNDO: {None: mark("Nothing undone\nnothing was changed")},
    Verdict.SIGNED_IN: {None: mark("Signed in")},
    Verdict.SIGNED_OUT: {None: mark("Signed out")},
    Verdict.NO_OPERATOR: {None: mark("Nobody signed in")},
    Verdict.UNDONE: {None: mark("Unbound again.\nRecord #{seq}.")},
    Verdict.SN_NOT_ISSUED: {
        None: mark("SN is not in the issued list\nnothing was bound"),
        Why.SN_SPOILED: mark("SN is spoiled\nits label was destroyed"),
    },
    Verdict.RETIRED: {
        None: mark("Module was scrapped\nnothing was bound"),
        Why.SN_RETIRED: mark("Device was scrapped\nnothing was bound"),
    },
    Verdict.SN_TAKEN: {None: mark("SN already bound\nto another module")},
    Verdict.IMEI_TAKEN: {None: mark("Module already bound\nto another SN")},
    Verdict.CROSSED: {None: mark("SN and module\nbelong to two other units")},
    Verdict.IMEI_MISMATCH: {None: mark("Label and module differ\nnothing was bound")},
    Verdict.IMEI_INVALID: {
        None: mark("IMEI wrong\nit is not 15 digits"),
        Why.IMEI_LENGTH: mark("IMEI wrong\nlength {length}, expected 15"),
        Why.IMEI_PLACEHOLDER: mark("IMEI wrong\na filler, not a real number"),
        Why.IMEI_CHECK_DIGIT: mark("IMEI wrong\nlast digit {found}, expected {expected}"),
    },
    Verdict.UNKNOWN_CODE: {
        None: mark("Unknown code\nnone that the station knows"),
        Why.LOOKS_LIKE: mark("Unknown code\nlooks like {looks_like}"),
        Why.TWO_SCANS: mark("Unknown code\ntwo scans ran together"),
        Why.AMBIGUOUS_CODE: mark("Unknown code\ncan be read in two ways"),
        Why.EMPTY_SCAN: mark("Unknown code\nthe scan was empty"),
        Why.NOT_UTF8: mark("Unknown code\nit is not text"),
        Why.CONTROL_CHARACTER: mark("Unknown code\na wrong character in it"),
        Why.INVISIBLE_CHARACTER: mark("Unknown code\na wrong character in it"),
        Why.FOREIGN_CHARACTER: mark("Unknown code\na wrong character in it"),
        Why.KEY_MISSING: mark("Device QR wrong\nno “{key}=” in it"),
        Why.KEY_TWICE: mark("Device QR wrong\n“{key}=” is there twice"),
        Why.KEY_CASE: mark("Device QR wrong\n“{key}” in capital letters"),
        Why.KEY_NOT_VALUE: mark("Device QR wrong\na part of it is damaged"),
        Why.PK_LENGTH: mark("Device QR wrong\nlength of the PK is {length}"),
        Why.PK_CHARACTERS: mark("Device QR wrong\na wrong character in the PK"),
        Why.SN_LENGTH: mark("Device QR wrong\nlength of the SN is {length}"),
        Why.SN_CHARACTERS: mark("Device QR wrong\na wrong character in the SN"),
        Why.V_DIGITS: mark("Device QR wrong\nits version is no number"),
        Why.TWO_IMEIS: mark("Module label wrong\ntwo IMEIs on it"),
        Why.IMEI_CHARACTERS: mark("Module label wrong\nno valid IMEI on it"),
        Why.IMEI_LENGTH: mark("Module label wrong\nno valid IMEI on it"),
        Why.IMEI_PLACEHOLDER: mark("Module label wrong\nno valid IMEI on it"),
        Why.IMEI_CHECK_DIGIT: mark("Module label wrong\nno valid IMEI on it"),
        Why.DAMAGED_CARD: mark("Command card wrong\ndamaged or of another version"),
        Why.NOT_REBUILT: mark("Scanner wrong\na keyboard layout is in the way"),
    },
    Verdict.MODULE_FAULT: {
        None: mark("Module cannot be read\n{port}"),
        Why.MODULE_SILENT: mark("Module does not answer\n{port}, {tries}"),
        Why.MODULE_ECHO_ONLY: mark("Module does not answer\n{port}, only our own echo"),
        Why.MODULE_GARBAGE: mark("Module answer not readable\n{port}, speed or cable"),
        Why.MODULE_WITHOUT_IMEI: mark("Module gives no IMEI\n{port}, {tries}"),
        Why.MODULE_IMEI_NEVER_WRITTEN: mark("Module has no IMEI\nit was never programmed"),
        Why.MODULE_UNSTEADY: mark("Module answers differ\n{port}, contacts or cable"),
        Why.MODULE_NOT_LIFTED: mark("Last unit still there\ntake it off"),
        Why.MODULE_NOT_PUT_ON: mark("No module\nnone within {seconds} s"),
        Why.PORT_GONE: mark("Connection broke off\n{port}"),
        Why.PORT_ABSENT: mark("Port not found\n{port}"),
        Why.PORT_BUSY: mark("Port in use\n{port}, by another program"),
        Why.PORT_DENIED: mark("Port not allowed\n{port}, this user may not"),
        Why.PORT_UNUSABLE: mark("Port cannot be used\n{port}"),
    },
    Verdict.JOURNAL_FAULT: {
        None: mark("Not saved\nnothing was bound"),
        Why.DISK_FULL: mark("Not saved\nnothing was bound: disk full"),
        Why.JOURNAL_LOCKED: mark("Not saved\nnothing was bound: journal in use"),
        Why.JOURNAL_READ_ONLY: mark("Not saved\nnothing was bound: write-protected"),
        Why.JOURNAL_DAMAGED: mark("Not saved\nnothing was bound: journal damaged"),
        Why.JOURNAL_GONE: mark("Not saved\nnothing was bound: journal gone"),
        Why.UNEXPECTED: mark("Program error\nthis unit is not confirmed"),
    },
    Verdict.HALF: {None: mark("First half taken\nnow the other one")},
    Verdict.CANCELLED: {None: mark("Cancelled\nnothing was bound")},
    Verdict.REPEATED: {None: mark("Same code again\nit counts once")},
    Verdict.IGNORED: {None: mark("Scan ignored\nscan CONTINUE first")},
    Verdict.CONTINUED: {None: mark("Ready\nfor the next scan")},
}
