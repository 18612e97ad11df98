"""The sentences about units, modules, ports, the journal and files."""

from __future__ import annotations

from app.core.errors import Why
from app.wording.language import mark

STATION: dict[Why, str] = {
    Why.SN_BOUND_ELSEWHERE: mark(
        "This SN is already bound to another module; nothing was changed. Tell the supervisor."
    ),
    Why.IMEI_BOUND_ELSEWHERE: mark(
        "This module is already bound to another SN; nothing was changed. Tell the supervisor."
    ),
    Why.BOTH_BOUND_ELSEWHERE: mark(
        "SN and module belong to two other units; nothing was changed. Tell the supervisor."
    ),
    Why.SAME_PAIR: mark("This pair is already bound; nothing was changed. Go on with the next unit."),
    Why.LABEL_AND_CHIP_DIFFER: mark(
        "The label says IMEI {label}, the module itself says {chip}; nothing was bound. "
        "Check which label belongs to this module."
    ),
    Why.DROPPED_CANCELLED: mark(
        "The unit in hand was dropped, because it was cancelled; nothing was bound. Begin it again."
    ),
    Why.DROPPED_TIME_OUT: mark(
        "The unit in hand was dropped, because the other half did not come within {seconds} s; "
        "nothing was bound. Begin it again."
    ),
    Why.DROPPED_REPLACED: mark(
        "The unit in hand was dropped, because another one was scanned; nothing was bound. "
        "Go on with the new one."
    ),
    Why.DROPPED_MODULE_GONE: mark(
        "The unit in hand was dropped, because it was lifted off the fixture; nothing was bound. "
        "Begin it again."
    ),
    Why.DROPPED_BADGE: mark(
        "Somebody signed in; the half in hand was dropped, and nothing was bound. Begin the unit again."
    ),
    Why.DROPPED_SIGNED_OUT: mark(
        "Somebody signed out; the half in hand was dropped, and nothing was bound. Begin the unit again."
    ),
    Why.DROPPED_FAULT: mark(
        "The unit in hand was dropped, because a wrong code was scanned; nothing was bound. Begin it again."
    ),
    Why.MODULE_SILENT: mark(
        "The module does not answer on {port} ({tries}, {seconds} s); nothing was bound. "
        "Check its power, the cable and the fixture."
    ),
    Why.MODULE_ECHO_ONLY: mark(
        "No module answers, only the echo of the station's own words comes back from {port} "
        "({tries}, {seconds} s); nothing was bound. Check the wiring of the fixture."
    ),
    Why.MODULE_GARBAGE: mark(
        "What comes from {port} cannot be read ({tries}, {seconds} s); nothing was bound. "
        "Check the port's speed in the settings, and the cable."
    ),
    Why.MODULE_WITHOUT_IMEI: mark(
        "The module answers on {port}, but gives no IMEI ({tries}, {seconds} s); nothing was bound. "
        "Check that this is the module's AT port; then try another module."
    ),
    Why.MODULE_IMEI_NEVER_WRITTEN: mark(
        "The module on {port} was never given an IMEI ({tries}, {seconds} s); nothing was bound. "
        "Put it aside: it must be programmed first."
    ),
    Why.MODULE_UNSTEADY: mark(
        "The module on {port} gave different answers to one question ({tries}, {seconds} s); "
        "nothing was bound. Check the contacts of the fixture."
    ),
    Why.MODULE_NOT_LIFTED: mark(
        "The last unit still lies on the fixture after {seconds} s; nothing was bound. "
        "Take it off, then put this unit on."
    ),
    Why.MODULE_NOT_PUT_ON: mark(
        "No module came onto the fixture within {seconds} s; nothing was bound. "
        "Put the unit on, then scan its QR again."
    ),
    Why.PORT_GONE: mark(
        "The connection to {port} broke off; nothing was bound. Check the cable, then begin the unit again."
    ),
    Why.PORT_ABSENT: mark(
        "Cannot find {port}; no module was read. Check the cable, or choose another port in the settings."
    ),
    Why.NO_PORT_GIVEN: mark(
        "The product {pk} wants its IMEI read from the module, and no port was given; nothing was bound. "
        "Give the command the port with `--port`."
    ),
    Why.PORT_BUSY: mark(
        "Cannot open {port}, because another program uses it; no module was read. Close that program."
    ),
    Why.PORT_DENIED: mark(
        "Cannot open {port}, because this user may not; no module was read. "
        "Have the administrator allow this user to use serial ports."
    ),
    Why.PORT_UNUSABLE: mark(
        "Cannot use {port} ({detail}); no module was read. Unplug it and plug it in again, "
        "or choose another port in the settings."
    ),
    Why.DISK_FULL: mark("The disk of {path} is full; nothing was saved. Free some space, then go on."),
    Why.JOURNAL_LOCKED: mark(
        "Another program holds the journal {path}; nothing was saved. Close that program, then go on."
    ),
    Why.CLOCK_SET_BACK: mark(
        "The clock of this PC went back {seconds} seconds, behind {before}; "
        "nothing was lost, and it is on record. Have the clock checked."
    ),
    Why.JOURNAL_READ_ONLY: mark(
        "The journal {path} may not be written; nothing was saved. Take its write protection off, then go on."
    ),
    Why.JOURNAL_DAMAGED: mark(
        "The journal {path} is damaged; nothing was saved. Do not delete it: call help, and restore a backup."
    ),
    Why.JOURNAL_GONE: mark(
        "The journal {path} is not there; nothing was saved. "
        "Was it moved, or a drive unplugged? Put it back, then go on."
    ),
    Why.JOURNAL_NEWER: mark(
        "The journal {path} was made by a newer version of this program "
        "(its form: {version}, known here: {known}); it was left alone. Install the newer version."
    ),
    Why.JOURNAL_UNUSABLE: mark("The journal {path} cannot be used ({detail}); nothing was saved. Call help."),
    Why.JOURNAL_NOT_OURS: mark(
        "This file is not a journal of Binding Station: {path}. It was left alone; choose another one."
    ),
    Why.STATION_IN_USE: mark(
        "This station is already at work on the computer {computer} (process {pid}, since {since}); "
        "nothing was done. Close it there first."
    ),
    Why.FOLDER_EXISTS: mark(
        "There is a station in the folder {path} already; nothing was made. Choose another folder."
    ),
    Why.FOLDER_UNUSABLE: mark(
        "The folder {path} cannot be used ({detail}); nothing was done. "
        "Choose another one, or have the administrator give access."
    ),
    Why.SETTINGS_UNREADABLE: mark(
        "The settings in {path} cannot be read ({detail}); they were left alone. "
        "Correct the file, or take it away to begin with new settings."
    ),
    Why.SETTING_REFUSED: mark(
        "The {setting} must be from {low} to {high}; it was not changed. Choose another value."
    ),
    Why.WINDOW_UNAVAILABLE: mark(
        "The window cannot be shown, because this computer lacks a library ({detail}). "
        "Install it; `python3 installer/station.py start` names the package."
    ),
    Why.NO_DISPLAY: mark(
        "There is no display here, so no window can be shown. "
        "Use a desktop, or `demo --headless` and the other commands."
    ),
    Why.FILE_IS_OURS: mark(
        "The station itself lives by the file {path}; it was left alone. Choose another name."
    ),
    Why.NO_INPUT: mark("Standard input is closed, so nothing was read. Give the command an input."),
    Why.OUTPUT_GONE: mark(
        "Standard output cannot be written; nothing was read after that. "
        "Look into the journal, and give the command an output."
    ),
    Why.FILE_EXISTS: mark(
        "The file {path} is there already; it was left alone. "
        "Choose another name, or allow it to be replaced."
    ),
    Why.FILE_UNWRITABLE: mark(
        "The file {path} cannot be written ({detail}); nothing there was changed. Choose another place."
    ),
    Why.FILE_UNREADABLE: mark(
        "The file {path} cannot be read ({detail}); nothing was changed. Check that it is there, and whole."
    ),
    Why.FILE_NOT_AS_WRITTEN: mark(
        "The file {path} did not read back as it was written (line {line}); "
        "the file that was there is unchanged. Write it again, on another disk."
    ),
    Why.CHARACTER_UNWRITABLE: mark(
        "Line {line} holds the character {character} ({code}), which {encoding} has no room for; "
        "nothing was written. Use a template in UTF-8."
    ),
    Why.TOO_LONG_FOR_XLSX: mark(
        "An XLSX sheet holds {most} units, and these are more; nothing was written. "
        "Write CSV, or a file for each product or shift."
    ),
    Why.CELL_TOO_LONG: mark(
        "A text in line {line} has {length} characters, and an XLSX cell holds {most}; nothing was written. "
        "Write CSV."
    ),
    Why.EXPORT_CANCELLED: mark(
        "The export was cancelled; nothing was written, and a file that was there is unchanged. "
        "Begin it again when it suits."
    ),
    Why.EXPORT_OVERTAKEN: mark(
        "Another file was exported meanwhile; nothing was written. Export this one again."
    ),
    Why.NOTHING_TO_EXPORT: mark(
        "There is no unit to export, or all have gone out already; nothing was written. "
        "Choose another shift, order, product or time."
    ),
    Why.TEMPLATE_FILE_UNREADABLE: mark(
        "The template {path} cannot be read ({detail}); nothing was written. "
        "Download it from the platform again."
    ),
    Why.TEMPLATE_FILE_COLUMNS: mark(
        "The template {path} lacks what every relationship file needs, or has it twice ({columns}); "
        "nothing was written. Download it from the platform again."
    ),
    Why.NO_SHIFT: mark("Shift not found: {shift}. Nothing was written; choose a shift of this station."),
    Why.NOT_IN_JOURNAL: mark(
        "The journal holds nothing about {what}. Enter a whole SN or IMEI, or the number of a record."
    ),
    Why.UNEXPECTED: mark(
        "The program met an error that nobody expected ({detail}); nothing was confirmed. "
        "Call help, and tell what was done just before."
    ),
}
