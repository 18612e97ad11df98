"""Where imported pairs come from, and how they stand in the journal."""

from __future__ import annotations

import json
from dataclasses import dataclass

from app.core.importing import PairRow
from app.core.record import Capture, Entry, EventKind


@dataclass(frozen=True, slots=True)
class Origin:
    """The file that pairs are imported from."""

    file: str
    """Its name, printable, without the folder."""
    sha256: str
    """Of the whole file, lower-case hex."""


_TOLD = ("name", "fingerprint")


def entry_of(row: PairRow, origin: Origin) -> Entry:
    """One pair of the file; `detail` says which line, and the name and fingerprint where it gives them."""
    detail: dict[str, str | int] = {"file": origin.file, "line": row.line, "sha256": origin.sha256}
    if row.name:
        detail["name"] = row.name
    if row.fingerprint:
        detail["fingerprint"] = row.fingerprint
    return Entry(
        EventKind.IMPORTED,
        pk=row.pk,
        sn=row.sn,
        label_imei=row.imei,
        capture=Capture.IMPORTED,
        detail=json.dumps(detail, ensure_ascii=False),
    )


def name_and_fingerprint(detail: str | None) -> tuple[str, str]:
    """What `entry_of` put there. Raises ValueError where it did not."""
    told = json.loads(detail or "{}")
    name, fingerprint = (told.get(key, "") for key in _TOLD) if isinstance(told, dict) else (None, None)
    if isinstance(name, str) and isinstance(fingerprint, str):
        return name, fingerprint
    raise ValueError(detail)


def entry_of_file(origin: Origin, rows: int, taken: int, refused: int, already_there: int) -> Entry:
    """The import as a whole."""
    counts = {"rows": rows, "taken": taken, "refused": refused, "already_there": already_there}
    detail = {"file": origin.file, "sha256": origin.sha256, **counts}
    return Entry(EventKind.FILE_IMPORTED, detail=json.dumps(detail, ensure_ascii=False))
