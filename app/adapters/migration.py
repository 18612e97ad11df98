"""A journal of an older version is copied, the copy is verified, and only then it is brought up to date."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from app.adapters.hash_chain import head
from app.adapters.schema import VERSION, migrate
from app.adapters.sqlite_connection import version_of
from app.adapters.sqlite_errors import faulted
from app.core.errors import Faulted, Why, because


def bring_up_to_date(path: Path, patience: float) -> None:
    """Leaves a journal that has every migration as it is.

    An older one has a copy beside it afterwards, named by its version and the time (UTC).

    Raises:
        Faulted: JOURNAL_NOT_OURS, JOURNAL_NEWER, BACKUP_FAILED, or what `sqlite_errors` says; the journal is
            as it was.
    """
    uri = f"{path.absolute().as_uri()}?mode=rw"
    try:
        with closing(sqlite3.connect(uri, uri=True, timeout=patience, isolation_level=None)) as journal:
            version = version_of(journal, path)
            if version < VERSION:
                now = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
                verified_copy(journal, path.with_name(f"{path.name}.v{version}-backup-{now}"))
                migrate(journal)
    except (sqlite3.Error, OSError) as error:
        raise faulted(error, path) from error


def verified_copy(journal: sqlite3.Connection, target: Path) -> None:
    """Copies a journal that may be in use; the copy gets its name once it is proven whole.

    Raises:
        Faulted: BACKUP_FAILED; facts: `path` of the copy, `detail`.
    """
    draft = target.with_name(f"{target.name}.new")
    try:
        draft.unlink(missing_ok=True)
        with closing(sqlite3.connect(draft, isolation_level=None)) as copy:
            journal.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # the copy is one file, without a log beside it
            (said,) = copy.execute("PRAGMA integrity_check(1)").fetchone()
            if said != "ok" or head(copy) != head(journal):
                raise Faulted(because(Why.BACKUP_FAILED, path=str(target), detail=said))
        draft.rename(target)
    except (sqlite3.Error, OSError) as error:
        raise Faulted(because(Why.BACKUP_FAILED, path=str(target), detail=str(error))) from error
    finally:
        draft.unlink(missing_ok=True)
