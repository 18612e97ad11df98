"""Writes the relationship file and, beside it, the file that says what it holds."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from app.core.errors import Faulted, Refused, Why, because
from app.core.record import Entry, EventKind, OpenShift, Stamp
from app.core.relationship import HEADERS, Template, cells
from app.core.scan import printable
from app.ports import Journal, RelationshipWriter


@dataclass(frozen=True, slots=True)
class SideFile:
    """What `FILE.json` says of a relationship file."""

    file: str
    count: int
    first_seq: int | None
    last_seq: int | None
    sha256: str
    """Of the relationship file, lower-case hex."""
    end_seq: int
    end_hash: str
    """The journal's newest event when the file was made."""
    shift: int | None
    """None where the file holds every shift."""
    template: str
    station: str
    made_at: str
    """UTC, ISO 8601."""
    made_by: str | None
    software: str


class _Counted:
    """Remembers what went through."""

    def __init__(self, journal: Journal, shift: OpenShift | None) -> None:
        self._journal, self._shift = journal, shift
        self.count = 0
        self.first: int | None = None
        self.last: int | None = None

    def rows(self) -> Iterator[tuple[str, ...]]:
        self.count, self.first, self.last = 0, None, None
        for row in self._journal.relationship_rows(self._shift):
            self.count += 1
            self.first = row.seq if self.first is None else self.first
            self.last = row.seq
            yield cells(row)


def export(
    journal: Journal,
    writer: RelationshipWriter,
    write_side: Callable[[Path, str], None],
    stamp: Stamp,
    shift: OpenShift | None,
    path: Path,
    template: Template = Template.EN,
    replace: bool = False,
    may_not_be_written: Callable[[Path], bool] = lambda path: False,
) -> SideFile:
    """The live pairs of a shift, or of every shift, in the order of binding; the export is an event.

    Raises:
        Refused: the file or its side file exists and `replace` is False, or is the station's own; nothing was
            written.
        Faulted: the file could not be written; the old one is untouched.
    """
    side_of = side_path(path)
    for one in (path, side_of):
        if may_not_be_written(one):
            raise Refused(because(Why.FILE_IS_OURS, path=str(one)))
        if one.exists() and not replace:
            raise Refused(because(Why.FILE_EXISTS, path=str(one)))
    counted = _Counted(journal, shift)
    end_seq, end_hash = journal.head()
    sha256 = writer.write(path, HEADERS[template], counted.rows, replace)
    side = SideFile(
        file=printable(path.name),
        count=counted.count,
        first_seq=counted.first,
        last_seq=counted.last,
        sha256=sha256,
        end_seq=end_seq,
        end_hash=end_hash,
        shift=shift.id if shift else None,
        template=template,
        station=stamp.station,
        made_at=stamp.at,
        made_by=stamp.operator,
        software=stamp.software,
    )
    with _taken_back_on_failure(path, side_of, replace):
        _finish(journal, write_side, stamp, side, side_of)
    return side


def _finish(
    journal: Journal, write_side: Callable[[Path, str], None], stamp: Stamp, side: SideFile, side_of: Path
) -> None:
    write_side(side_of, json.dumps(asdict(side), indent=2, ensure_ascii=False) + "\n")
    journal.record(stamp, Entry(EventKind.EXPORTED, detail=json.dumps(asdict(side), sort_keys=True)))


@contextmanager
def _taken_back_on_failure(path: Path, side_of: Path, replace: bool) -> Iterator[None]:
    """A file that no event knows of must not go out. What replaced an older one is whole and stays."""
    try:
        yield
    except Faulted:
        if not replace:
            for one in (path, side_of):
                if one.is_file():
                    one.unlink()
        raise


def side_path(path: Path) -> Path:
    """`FILE.json`, beside `FILE`."""
    return path.with_name(f"{path.name}.json")
