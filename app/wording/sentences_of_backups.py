"""The sentences about backups, and about where a station's folder may lie."""

from __future__ import annotations

from app.core.errors import Why
from app.wording.language import mark

BACKUPS: dict[Why, str] = {
    Why.BACKUP_FAILED: mark(
        "The backup {path} could not be made ({detail}); nothing was changed. "
        "See that there is room on the disk, then try again."
    ),
    Why.BACKUP_NOT_WHOLE: mark(
        "The copy {path} is not whole ({detail}); nothing was kept of it, and older backups stay. "
        "Prove the journal with `journal verify`."
    ),
    Why.BACKUP_OWED: mark(
        "Shift {shift} was closed, but no backup was made after it; nothing was lost. Make one with `backup`."
    ),
    Why.SECOND_BACKUP_FAILED: mark(
        "The backup is made, but nothing was copied to the second folder {path} ({detail}). "
        "See that it can be reached and written; the next backup tries again."
    ),
    Why.SECOND_FOLDER_GONE: mark(
        "There is no folder {path} now; nothing was changed. Plug in its disk or connect the share first."
    ),
    Why.SECOND_FOLDER_OURS: mark(
        "The folder {path} is within the station's own, where the first backup lies; nothing was changed. "
        "Choose one on another disk or a share."
    ),
    Why.SECOND_FOLDER_UNWRITABLE: mark(
        "Nothing can be written into {path} ({detail}); nothing was changed. "
        "Have it made writable for this user, or choose another folder."
    ),
    Why.BACKUP_UNREADABLE: mark(
        "The file {path} cannot be read ({detail}); nothing was changed. Check its name and its disk."
    ),
    Why.BACKUP_WITHOUT_PEOPLE: mark(
        "In {path} nobody may sign in, so everybody could do everything here; nothing was restored. "
        "Take a backup of this station."
    ),
    Why.BACKUP_UNPROVEN: mark(
        "The backup {path} does not hold ({detail}); nothing was restored. Keep it, and take another one."
    ),
    Why.RESTORE_UNFINISHED: mark(
        "The restored journal is whole, but cannot take the place of {path} yet ({detail}); "
        "nothing was lost. Close what uses that file, then start again: it goes on by itself."
    ),
    Why.FOLDER_ON_SHARE: mark(
        "The folder {path} lies on the network share {share}, where no journal is safe; nothing was done. "
        "Choose a folder on a disk of this computer; backups may go to the share."
    ),
}
