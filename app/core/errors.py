"""Why something was refused or went wrong, as a word and its facts; `app.wording` makes sentences of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

Fact = str | int | float


class Why(StrEnum):
    """Every reason the station can give. Each has one sentence in `app/wording/reasons.py`."""

    # a scanned text
    EMPTY_SCAN = "empty-scan"
    NOT_UTF8 = "not-utf8"
    CONTROL_CHARACTER = "control-character"
    INVISIBLE_CHARACTER = "invisible-character"
    FOREIGN_CHARACTER = "foreign-character"
    UNKNOWN_TEXT = "unknown-text"
    LOOKS_LIKE = "looks-like"
    TWO_SCANS = "two-scans"
    AMBIGUOUS_CODE = "ambiguous-code"
    KEY_MISSING = "key-missing"
    KEY_TWICE = "key-twice"
    KEY_CASE = "key-case"
    KEY_NOT_VALUE = "key-not-value"
    PK_LENGTH = "pk-length"
    PK_CHARACTERS = "pk-characters"
    SN_LENGTH = "sn-length"
    SN_CHARACTERS = "sn-characters"
    V_DIGITS = "v-digits"
    TWO_IMEIS = "two-imeis"
    DAMAGED_CARD = "damaged-card"
    BADGE_CHARACTERS = "badge-characters"
    NOT_REBUILT = "not-rebuilt"
    NOT_IN_JOURNAL = "not-in-journal"
    # an IMEI
    IMEI_CHARACTERS = "imei-characters"
    IMEI_LENGTH = "imei-length"
    IMEI_PLACEHOLDER = "imei-placeholder"
    IMEI_CHECK_DIGIT = "imei-check-digit"
    # a payload template
    TEMPLATE_FIELD_MISSING = "template-field-missing"
    TEMPLATE_FIELD_TWICE = "template-field-twice"
    TEMPLATE_FIELD_UNKNOWN = "template-field-unknown"
    TEMPLATE_BRACE = "template-brace"
    TEMPLATE_CLASS = "template-class"
    TEMPLATE_TOUCHING = "template-touching"
    TEMPLATE_AMBIGUOUS = "template-ambiguous"
    TEMPLATE_CHARACTER = "template-character"
    TEMPLATE_EDGE = "template-edge"
    TEMPLATE_RESERVED = "template-reserved"
    TEMPLATE_NOT_READ_BACK = "template-not-read-back"
    TEMPLATE_PLATFORM = "template-platform"
    # a unit
    SN_BOUND_ELSEWHERE = "sn-bound-elsewhere"
    IMEI_BOUND_ELSEWHERE = "imei-bound-elsewhere"
    BOTH_BOUND_ELSEWHERE = "both-bound-elsewhere"
    SAME_PAIR = "same-pair"
    LABEL_AND_CHIP_DIFFER = "label-and-chip-differ"
    IMEI_RETIRED = "imei-retired"
    SN_RETIRED = "sn-retired"
    SN_SPOILED = "sn-spoiled"
    PRODUCT_NOT_ORDERED = "product-not-ordered"
    SN_NOT_ON_LIST = "sn-not-on-list"
    TAC_NOT_ALLOWED = "tac-not-allowed"
    # what is typed in by hand
    TYPED_NOT_ALLOWED = "typed-not-allowed"
    TYPED_DIFFER = "typed-differ"
    TYPED_NOT_WANTED = "typed-not-wanted"
    TYPED_NOT_A_CODE = "typed-not-a-code"
    TYPED_TOO_FAST = "typed-too-fast"
    # a half that was dropped
    DROPPED_CANCELLED = "dropped-cancelled"
    DROPPED_TIME_OUT = "dropped-time-out"
    DROPPED_REPLACED = "dropped-replaced"
    DROPPED_MODULE_GONE = "dropped-module-gone"
    DROPPED_FAULT = "dropped-fault"
    DROPPED_BADGE = "dropped-badge"
    DROPPED_SIGNED_OUT = "dropped-signed-out"
    DROPPED_MODE = "dropped-mode"
    DROPPED_TYPED = "dropped-typed"
    # people
    IDLE = "idle"
    AS_USER_NEEDED = "as-user-needed"
    NOT_SIGNED_IN = "not-signed-in"
    SIGN_IN_FIRST = "sign-in-first"
    NOT_ALLOWED = "not-allowed"
    NAME_UNUSABLE = "name-unusable"
    NAME_TAKEN = "name-taken"
    NO_SUCH_PERSON = "no-such-person"
    PIN_UNUSABLE = "pin-unusable"
    PIN_WRONG = "pin-wrong"
    PIN_PAUSE = "pin-pause"
    PIN_NEEDED = "pin-needed"
    NEW_PIN_NEEDED = "new-pin-needed"
    PINS_DIFFER = "pins-differ"
    BADGE_TAKEN = "badge-taken"
    BADGE_OF_NOBODY = "badge-of-nobody"
    BADGE_IS_A_CODE = "badge-is-a-code"
    LAST_SUPERVISOR = "last-supervisor"
    # corrections
    REASON_NEEDED = "reason-needed"
    NOT_BOUND = "not-bound"
    NOT_SCRAPPED = "not-scrapped"
    ALREADY_SCRAPPED = "already-scrapped"
    SPOILED_WHILE_BOUND = "spoiled-while-bound"
    NOT_ONE_UNIT = "not-one-unit"
    NOTHING_NAMED = "nothing-named"
    RELEASE_NOT_NEEDED = "release-not-needed"
    NOTHING_TO_UNDO = "nothing-to-undo"
    UNDO_TOO_LATE = "undo-too-late"
    UNDO_EXPORTED = "undo-exported"
    UNDO_WHILE_VERIFYING = "undo-while-verifying"
    # products, work orders and shifts
    PRODUCT_NAME = "product-name"
    TAC_DIGITS = "tac-digits"
    DEVICE_NAME = "device-name"
    TARGET_RANGE = "target-range"
    ORDER_NUMBER = "order-number"
    ORDER_QUANTITY = "order-quantity"
    ORDER_EXISTS = "order-exists"
    ORDER_NOT_OPEN = "order-not-open"
    ISSUED_EMPTY = "issued-empty"
    ISSUED_OF_OTHERS = "issued-of-others"
    ISSUED_TWICE = "issued-twice"
    SHIFT_IS_OPEN = "shift-is-open"
    SHIFT_NOT_OPEN = "shift-not-open"
    ALREADY_IN_CHARGE = "already-in-charge"
    SN_OF_SEVERAL = "sn-of-several"
    LEFT_RANGE = "left-range"
    LABELS_TOO_MANY = "labels-too-many"
    LABELS_MISSING = "labels-missing"
    SHIFT_NOT_CLOSED = "shift-not-closed"
    EVERYBODY_HAS_A_BADGE = "everybody-has-a-badge"
    # the module, read over serial
    MODULE_SILENT = "module-silent"
    MODULE_ECHO_ONLY = "module-echo-only"
    MODULE_GARBAGE = "module-garbage"
    MODULE_WITHOUT_IMEI = "module-without-imei"
    MODULE_IMEI_NEVER_WRITTEN = "module-imei-never-written"
    MODULE_UNSTEADY = "module-unsteady"
    MODULE_NOT_LIFTED = "module-not-lifted"
    MODULE_NOT_PUT_ON = "module-not-put-on"
    PORT_GONE = "port-gone"
    PORT_ABSENT = "port-absent"
    NO_PORT_GIVEN = "no-port-given"
    PORT_BUSY = "port-busy"
    PORT_DENIED = "port-denied"
    PORT_UNUSABLE = "port-unusable"
    # the journal and its file
    DISK_FULL = "disk-full"
    JOURNAL_LOCKED = "journal-locked"
    JOURNAL_READ_ONLY = "journal-read-only"
    JOURNAL_DAMAGED = "journal-damaged"
    JOURNAL_GONE = "journal-gone"
    JOURNAL_NEWER = "journal-newer"
    JOURNAL_OLDER = "journal-older"
    JOURNAL_NOT_PROVEN = "journal-not-proven"
    JOURNAL_UNUSABLE = "journal-unusable"
    JOURNAL_NOT_OURS = "journal-not-ours"
    CLOCK_SET_BACK = "clock-set-back"
    STATION_IN_USE = "station-in-use"
    BACKUP_FAILED = "backup-failed"
    BACKUP_NOT_WHOLE = "backup-not-whole"
    BACKUP_OWED = "backup-owed"
    SECOND_BACKUP_FAILED = "second-backup-failed"
    SECOND_FOLDER_GONE = "second-folder-gone"
    SECOND_FOLDER_OURS = "second-folder-ours"
    SECOND_FOLDER_UNWRITABLE = "second-folder-unwritable"
    BACKUP_UNREADABLE = "backup-unreadable"
    BACKUP_WITHOUT_PEOPLE = "backup-without-people"
    BACKUP_UNPROVEN = "backup-unproven"
    RESTORE_UNFINISHED = "restore-unfinished"
    FOLDER_EXISTS = "folder-exists"
    FOLDER_UNUSABLE = "folder-unusable"
    FOLDER_ON_SHARE = "folder-on-share"
    SETTINGS_UNREADABLE = "settings-unreadable"
    SETTING_REFUSED = "setting-refused"
    WINDOW_UNAVAILABLE = "window-unavailable"
    NO_DISPLAY = "no-display"
    NO_INPUT = "no-input"
    PRINTER_REFUSED = "printer-refused"
    OUTPUT_GONE = "output-gone"
    # a file that is written
    FILE_EXISTS = "file-exists"
    FILE_IS_OURS = "file-is-ours"
    FILE_UNWRITABLE = "file-unwritable"
    FILE_UNREADABLE = "file-unreadable"
    FILE_NOT_AS_WRITTEN = "file-not-as-written"
    NO_SHIFT = "no-shift"
    CHARACTER_UNWRITABLE = "character-unwritable"
    TOO_LONG_FOR_XLSX = "too-long-for-xlsx"
    CELL_TOO_LONG = "cell-too-long"
    EXPORT_CANCELLED = "export-cancelled"
    EXPORT_OVERTAKEN = "export-overtaken"
    NOTHING_TO_EXPORT = "nothing-to-export"
    # a template file
    TEMPLATE_FILE_UNREADABLE = "template-file-unreadable"
    TEMPLATE_FILE_COLUMNS = "template-file-columns"
    # a file that is read
    FILE_OF_NO_KIND = "file-of-no-kind"
    FILE_IN_OLD_FORM = "file-in-old-form"
    FILE_DAMAGED = "file-damaged"
    FILE_TOO_LARGE = "file-too-large"
    FILE_TOO_WIDE = "file-too-wide"
    ROWS_FAR_APART = "rows-far-apart"
    FILE_EMPTY = "file-empty"
    FILE_ENCODING = "file-encoding"
    FILE_IN_USE = "file-in-use"
    QUOTE_NEVER_CLOSED = "quote-never-closed"
    COLUMNS_MISSING = "columns-missing"
    COLUMN_TWICE = "column-twice"
    IMPORT_REFUSED = "import-refused"
    IMPORT_OVERTAKEN = "import-overtaken"
    # a row of it
    CELL_EMPTY = "cell-empty"
    CELLS_TOO_MANY = "cells-too-many"
    OTHER_SEPARATOR = "other-separator"
    ENCODING_DAMAGED = "encoding-damaged"
    NUMBER_DAMAGED = "number-damaged"
    SN_ROUNDED = "sn-rounded"
    SN_MAYBE_ROUNDED = "sn-maybe-rounded"
    ZEROS_LOST = "zeros-lost"
    ZEROS_MAYBE_LOST = "zeros-maybe-lost"
    DEVICE_NAME_UNUSABLE = "device-name-unusable"
    FINGERPRINT_UNUSABLE = "fingerprint-unusable"
    ROW_TWICE = "row-twice"
    IMEI_TWICE = "imei-twice"
    SN_TWICE = "sn-twice"
    IMEI_BOUND_IN_JOURNAL = "imei-bound-in-journal"
    SN_BOUND_IN_JOURNAL = "sn-bound-in-journal"
    # a list of issued SNs
    SN_LISTED_TWICE = "sn-listed-twice"
    SN_ONLY_IN_LIST = "sn-only-in-list"
    SN_ONLY_ON_PICTURE = "sn-only-on-picture"
    PICTURE_TWICE = "picture-twice"
    PICTURE_UNREADABLE = "picture-unreadable"
    # a bug: nothing here knows better
    UNEXPECTED = "unexpected"


@dataclass(frozen=True, slots=True)
class Reason:
    """A `Why` and the facts that its sentence names."""

    why: Why
    facts: Mapping[str, Fact] = field(default_factory=lambda: MappingProxyType({}))


def because(why: Why, **facts: Fact) -> Reason:
    return Reason(why, MappingProxyType(facts))


class StationError(Exception):
    """An expected error; `reason` becomes the sentence that a person reads."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(f"{reason.why} {dict(reason.facts)}")
        self.reason = reason


class Refused(StationError):
    """A code, a unit or a file is at fault; the station is not (exit code 1)."""


class Faulted(StationError):
    """The station or its surroundings are at fault; nothing was bound (exit code 3)."""
