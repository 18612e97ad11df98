"""A journal of an older version is copied, the copy is verified, and only then it is brought up to date."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from app.adapters.journal_copy import verified_copy
from app.adapters.schema import VERSION, migrate
from app.adapters.sqlite_connection import version_of
from app.adapters.sqlite_errors import faulted


def bring_up_to_date(path: Path, patience: float) -> None:
    """Leaves a journal that has every migration as it is.

    An older one has a copy beside it afterwards, named by its version and the time (UTC).

    Raises:
        Faulted: JOURNAL_NOT_OURS, JOURNAL_NEWER, BACKUP_FAILED, BACKUP_NOT_WHOLE, or what `sqlite_errors`
            says; the journal is as it was.
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
