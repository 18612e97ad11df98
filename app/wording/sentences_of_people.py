"""The sentences about people, and about putting right what was bound."""

from __future__ import annotations

from app.core.errors import Why
from app.wording.language import mark

PEOPLE: dict[Why, str] = {
    Why.IMEI_RETIRED: mark(
        "This module was scrapped (record #{seq}); nothing was bound. Put the unit aside."
    ),
    Why.SN_RETIRED: mark(
        "This device's SN was scrapped (record #{seq}); nothing was bound. Put the unit aside."
    ),
    Why.SN_SPOILED: mark(
        "The label with this SN was destroyed (record #{seq}); nothing was bound. Put it aside."
    ),
    Why.IDLE: mark("Nothing was scanned for {seconds} s. Scan your badge to go on."),
    Why.NOT_SIGNED_IN: mark("Nobody is signed in; the scan was not taken. Scan your badge first."),
    Why.SIGN_IN_FIRST: mark("Nobody is signed in; nothing was done. Sign in first."),
    Why.AS_USER_NEEDED: mark(
        "People sign in at this station; nothing was done. Give your name with `--as-user`, and your PIN."
    ),
    Why.NOT_ALLOWED: mark("{name} ({role}) may not do this ({act}); nothing was done. Ask a supervisor."),
    Why.NAME_NEEDED: mark("There is no name yet; nobody was added. Enter the person's name."),
    Why.NAME_UNUSABLE: mark(
        "“{name}” cannot be a name; nobody was added. Use 1 to {most} printable characters, no bracket first."
    ),
    Why.NAME_TAKEN: mark("{name} may sign in already; nobody was added. Choose another name."),
    Why.NO_SUCH_PERSON: mark("Nobody called {name} may sign in; nothing was changed. Check the name."),
    Why.PIN_UNUSABLE: mark(
        "This cannot be a PIN; nothing was changed. Use {fewest} to {most} digits that are not all the same."
    ),
    Why.PIN_NEEDED: mark(
        "Whoever has no badge needs a PIN; nothing was changed. Enter a PIN, or scan a badge."
    ),
    Why.PINS_DIFFER: mark("The two PINs are not the same; nothing was changed. Enter both again."),
    Why.NEW_PIN_NEEDED: mark(
        "Without a badge a PIN is needed; nobody was added. "
        "Give it on the terminal or in `BINDING_STATION_NEW_PIN`."
    ),
    Why.PIN_WRONG: mark("Name and PIN of {name} do not fit; nobody was signed in. Try again."),
    Why.PIN_PAUSE: mark(
        "Too many wrong PINs of {name}; this one was not looked at. Wait {seconds} s, then try again."
    ),
    Why.BADGE_OF_NOBODY: mark("This badge is nobody's any more; nothing was changed. Use the PIN."),
    Why.BADGE_TAKEN: mark("This badge belongs to {name} already; nothing was changed. Take another badge."),
    Why.BADGE_IS_A_CODE: mark(
        "This code means something else to the station; it was not taken as a badge. Take another one."
    ),
    Why.LAST_SUPERVISOR: mark(
        "There must be a supervisor; nothing was changed. Add another supervisor first."
    ),
    Why.REASON_NEEDED: mark(
        "A correction needs a reason of 1 to {most} characters; nothing was changed. Give one."
    ),
    Why.NOT_BOUND: mark("SN {sn} of {pk} is not bound; nothing was changed. Check the label."),
    Why.NOT_SCRAPPED: mark(
        "{what} is not scrapped under this name; nothing was changed. Name exactly what was scrapped."
    ),
    Why.ALREADY_SCRAPPED: mark(
        "{what} is scrapped or spoiled already; nothing was changed. Check the label."
    ),
    Why.SPOILED_WHILE_BOUND: mark(
        "{what} is bound, so its label cannot be spoiled; nothing was changed. Unbind the unit first."
    ),
    Why.NOT_ONE_UNIT: mark(
        "The IMEI {imei} and the SN {sn} do not belong together; nothing was changed. Name one at a time."
    ),
    Why.NOTHING_NAMED: mark("Neither an IMEI nor an SN was named; nothing was changed. Name one of them."),
    Why.RELEASE_NOT_NEEDED: mark(
        "IMEI {imei} is right; it needs no release, and none was made. Bind it as any other."
    ),
    Why.NOTHING_TO_UNDO: mark(
        "There is no last unit of yours that could be undone; nothing was changed. Ask the supervisor."
    ),
    Why.UNDO_TOO_LATE: mark(
        "Your last unit (record #{seq}) was bound more than {minutes} min ago; nothing was changed. "
        "Ask the supervisor."
    ),
    Why.UNDO_UPLOADED: mark(
        "Your last unit (record #{seq}) is at Developer Center, or on its way there; nothing was changed. "
        "Ask the supervisor."
    ),
    Why.UNDO_EXPORTED: mark(
        "Your last unit (record #{seq}) has gone out in a file already; nothing was changed. "
        "Ask the supervisor."
    ),
    Why.JOURNAL_OLDER: mark(
        "The journal {path} is of an older version ({version}, known here: {known}); it was not read. "
        "Start the station once, which brings it up to date."
    ),
    Why.JOURNAL_NOT_PROVEN: mark(
        "The events do not hold at #{seq} ({finding}); nothing was rebuilt. "
        "Keep this file as it is and tell the quality department."
    ),
}
