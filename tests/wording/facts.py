"""Which facts each reason carries, with a value as it occurs."""

from __future__ import annotations

from app.core.errors import Fact, Reason, Why, because
from app.core.looks import LooksLike

_CHARACTER: dict[str, Fact] = {"position": 7, "code": "U+200B", "name": "ZERO WIDTH SPACE"}
_TEMPLATE: dict[str, Fact] = {"template": "PK={pk}+SN={sn}"}
_FIELD: dict[str, Fact] = {**_TEMPLATE, "field": "serial"}
_IMEI: dict[str, Fact] = {"imei": "863950069494275"}
_READ: dict[str, Fact] = {"port": "COM5", "tries": 3, "seconds": 4.5}
_PORT: dict[str, Fact] = {"port": "COM5", "detail": "[Errno 5] Input/output error"}
_FILE: dict[str, Fact] = {"path": "D:/station/journal.db", "detail": "disk I/O error"}
_WAY_BACK: dict[str, Fact] = {"backup": "journal-20260131T081530Z-0010412.db", "when": "?", "seq": 10412}

FACTS: dict[Why, dict[str, Fact]] = {
    Why.BADGE_CHARACTERS: {"fewest": 6, "most": 128},
    Why.IMEI_RETIRED: {"seq": 12},
    Why.SN_RETIRED: {"seq": 12},
    Why.SN_SPOILED: {"seq": 12},
    Why.IDLE: {"seconds": 600},
    Why.CLOCK_SET_BACK: {"seconds": 3600, "before": "yesterday"},
    Why.NOT_ALLOWED: {"name": "Chen Jing", "role": "operator", "act": "correct"},
    Why.NAME_UNUSABLE: {"name": "(x)", "most": 64},
    Why.NAME_TAKEN: {"name": "Chen Jing"},
    Why.NO_SUCH_PERSON: {"name": "Chen Jing"},
    Why.PIN_UNUSABLE: {"fewest": 4, "most": 12},
    Why.PIN_WRONG: {"name": "Chen Jing"},
    Why.BADGE_TAKEN: {"name": "Chen Jing"},
    Why.PIN_PAUSE: {"name": "Chen Jing", "seconds": 30},
    Why.REASON_NEEDED: {"most": 500},
    Why.NOT_BOUND: {"pk": "p11sf2", "sn": "123456789"},
    Why.NOT_SCRAPPED: {"what": "p11sf2 123456789"},
    Why.ALREADY_SCRAPPED: {"what": "p11sf2 123456789"},
    Why.SPOILED_WHILE_BOUND: {"what": "p11sf2 123456789"},
    Why.RELEASE_NOT_NEEDED: {"imei": "863950069494278"},
    Why.UNDO_TOO_LATE: {"seq": 12, "minutes": 5},
    Why.UNDO_EXPORTED: {"seq": 12},
    Why.JOURNAL_OLDER: {"path": "D:/station/journal.db", "version": 1, "known": 2},
    Why.JOURNAL_NOT_PROVEN: {"seq": 12, "finding": "changed"},
    Why.BACKUP_FAILED: _FILE,
    Why.BACKUP_NOT_WHOLE: _FILE,
    Why.SECOND_BACKUP_FAILED: _FILE,
    Why.BACKUP_UNREADABLE: _FILE,
    Why.BACKUP_UNPROVEN: _FILE,
    Why.RESTORE_UNFINISHED: _FILE,
    Why.FOLDER_ON_SHARE: {"path": "/mnt/line 7", "share": "//server/share"},
    Why.CONTROL_CHARACTER: _CHARACTER,
    Why.INVISIBLE_CHARACTER: _CHARACTER,
    Why.FOREIGN_CHARACTER: _CHARACTER,
    Why.UNKNOWN_TEXT: {"length": 37},
    Why.LOOKS_LIKE: {"looks_like": LooksLike.WEB_ADDRESS},
    Why.TWO_SCANS: {"v": "1863950069494278"},
    Why.AMBIGUOUS_CODE: {"text": "ABC-1"},
    Why.KEY_MISSING: {"key": "sn"},
    Why.KEY_TWICE: {"key": "sn"},
    Why.KEY_CASE: {"key": "Sn"},
    Why.KEY_NOT_VALUE: {"piece": "sn:12"},
    Why.PK_LENGTH: {"pk": "p11sf", "length": 5, "wanted": "6"},
    Why.PK_CHARACTERS: {"pk": "p11-f2"},
    Why.SN_LENGTH: {"sn": "8" * 65, "length": 65, "wanted": "1-64"},
    Why.SN_CHARACTERS: {"sn": "12_34"},
    Why.V_DIGITS: {"v": "x1"},
    Why.TWO_IMEIS: {**_IMEI, "other": "869487066634998"},
    Why.DAMAGED_CARD: {"text": "BSCARD-CONTINUE-0000"},
    Why.IMEI_CHARACTERS: _IMEI,
    Why.IMEI_LENGTH: {"imei": "86395006949427", "length": 14},
    Why.IMEI_PLACEHOLDER: _IMEI,
    Why.IMEI_CHECK_DIGIT: {**_IMEI, "found": "5", "expected": "8"},
    Why.TEMPLATE_FIELD_MISSING: _FIELD,
    Why.TEMPLATE_FIELD_TWICE: _FIELD,
    Why.TEMPLATE_FIELD_UNKNOWN: _FIELD,
    Why.TEMPLATE_BRACE: {**_TEMPLATE, "position": 4},
    Why.TEMPLATE_CLASS: {**_FIELD, "wanted": "[0-9]{99}"},
    Why.TEMPLATE_TOUCHING: _TEMPLATE,
    Why.TEMPLATE_AMBIGUOUS: _TEMPLATE,
    Why.TEMPLATE_CHARACTER: {**_TEMPLATE, "character": "é"},
    Why.TEMPLATE_EDGE: _TEMPLATE,
    Why.TEMPLATE_RESERVED: {**_TEMPLATE, "prefix": "BSCARD-"},
    Why.TEMPLATE_NOT_READ_BACK: {**_TEMPLATE, "text": "PK=1+SN=2"},
    Why.TEMPLATE_PLATFORM: _TEMPLATE,
    Why.LABEL_AND_CHIP_DIFFER: {"label": "863950069494278", "chip": "869487066634998"},
    Why.DROPPED_TIME_OUT: {"seconds": 60},
    Why.MODULE_SILENT: _READ,
    Why.MODULE_ECHO_ONLY: _READ,
    Why.MODULE_GARBAGE: _READ,
    Why.MODULE_WITHOUT_IMEI: _READ,
    Why.MODULE_IMEI_NEVER_WRITTEN: _READ,
    Why.MODULE_UNSTEADY: _READ,
    Why.MODULE_NOT_LIFTED: {"seconds": 25},
    Why.MODULE_NOT_PUT_ON: {"seconds": 25},
    Why.PORT_GONE: _PORT,
    Why.PORT_ABSENT: {**_PORT, "seconds": 4.5},
    Why.PORT_BUSY: _PORT,
    Why.PORT_DENIED: _PORT,
    Why.PORT_UNUSABLE: {**_PORT, "seconds": 4.5},
    Why.DISK_FULL: _FILE,
    Why.JOURNAL_LOCKED: _FILE,
    Why.JOURNAL_READ_ONLY: _FILE,
    Why.JOURNAL_DAMAGED: {**_FILE, **_WAY_BACK},
    Why.JOURNAL_GONE: {**_FILE, **_WAY_BACK},
    Why.JOURNAL_NEWER: {"path": "D:/station/journal.db", "version": 9, "known": 1},
    Why.JOURNAL_UNUSABLE: _FILE,
    Why.JOURNAL_NOT_OURS: {"path": "D:/station/journal.db"},
    Why.STATION_IN_USE: {"pid": "4711", "computer": "LINE-7", "since": "?"},
    Why.FOLDER_EXISTS: {"path": "D:/station"},
    Why.FOLDER_UNUSABLE: _FILE,
    Why.SETTINGS_UNREADABLE: _FILE,
    Why.SETTING_REFUSED: {"setting": "volume", "low": 0, "high": 100},
    Why.FILE_IS_OURS: {"path": "D:/station/journal.db"},
    Why.FILE_EXISTS: {"path": "D:/out.csv"},
    Why.FILE_UNWRITABLE: _FILE,
    Why.FILE_NOT_AS_WRITTEN: {"path": "D:/out.csv", "line": 12},
    Why.NO_SHIFT: {"shift": 31},
    Why.NOT_IN_JOURNAL: {"what": "863950069494278"},
    Why.WINDOW_UNAVAILABLE: {"detail": "libEGL.so.1"},
    Why.UNEXPECTED: {"detail": "KeyError"},
}
"""A reason that is not here has no facts."""

_SYSTEMS_WORDS = frozenset({"detail"})
UNSAID: dict[Why, frozenset[str]] = {
    **dict.fromkeys((Why.PORT_GONE, Why.PORT_BUSY, Why.PORT_DENIED), _SYSTEMS_WORDS),
    Why.PORT_ABSENT: frozenset({"detail", "seconds"}),
    Why.PORT_UNUSABLE: frozenset({"seconds"}),
    **dict.fromkeys(
        (Why.DISK_FULL, Why.JOURNAL_LOCKED, Why.JOURNAL_READ_ONLY, Why.JOURNAL_DAMAGED, Why.JOURNAL_GONE),
        _SYSTEMS_WORDS,
    ),
}
"""Where the sentence says in plain words what the system's words mean, those stand in the log file only."""


def reason(why: Why) -> Reason:
    return because(why, **FACTS.get(why, {}))
