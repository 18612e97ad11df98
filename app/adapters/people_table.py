"""Who may sign in. A PIN's hash stands in the table alone: events are for everybody's eyes, and for ever."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from dataclasses import replace

from app.adapters.event_row import word
from app.adapters.journal_writes import JournalWrites
from app.core import entries
from app.core.errors import Refused, Why, because
from app.core.people import Person, Role
from app.core.record import Committed, Entry, EventKind, Stamp
from app.ports.journal import PinRecord

_LIVING = """
SELECT name, role, badge, pin_hash, wrong_pins, wrong_at FROM person WHERE name = ? AND retired_seq IS NULL"""

_ADD = """
INSERT INTO person (name, role, badge, pin_hash) VALUES (:name, :role, :badge, :pin_hash)
ON CONFLICT (name) DO UPDATE SET role = excluded.role, badge = excluded.badge, pin_hash = excluded.pin_hash,
wrong_pins = 0, wrong_at = NULL, retired_seq = NULL WHERE retired_seq IS NOT NULL"""

_CHANGE = "UPDATE person SET role = :role, badge = :badge, pin_hash = :pin_hash WHERE name = :name"
_OWNER = "SELECT name FROM person WHERE badge = ? AND retired_seq IS NULL"
_RETIRE = "UPDATE person SET retired_seq = ?, pin_hash = NULL WHERE name = ?"
_COUNT = "UPDATE person SET wrong_pins = wrong_pins + 1, wrong_at = ? WHERE name = ?"
_FORGET = "UPDATE person SET wrong_pins = 0, wrong_at = NULL WHERE name = ? AND wrong_pins > 0"
_SUPERVISOR = f"SELECT 1 FROM person WHERE role = '{Role.SUPERVISOR}' AND retired_seq IS NULL"  # noqa: S608 our own words


class PeopleWrites(JournalWrites):
    """Fills `ports.People`."""

    def add_person(self, stamp: Stamp, person: Person, pin_hash: str | None) -> Committed:
        def write(connection: sqlite3.Connection, _seq: int) -> None:
            _check_keys(person, pin_hash)
            _check_name(connection, person.name)
            if not _put(connection, _ADD, person, pin_hash):
                raise Refused(because(Why.NAME_TAKEN, name=person.name))

        return self._commit(stamp, _entry(EventKind.PERSON_ADDED, None, person, pin_hash), write)

    def change_person(self, stamp: Stamp, person: Person, pin_hash: str | None = None) -> Committed:
        before = self._kept(person.name)
        kept_hash = pin_hash or before.pin_hash
        entry = _entry(EventKind.PERSON_CHANGED, before, person, kept_hash)

        def write(connection: sqlite3.Connection, _seq: int) -> None:
            _check_keys(person, kept_hash)
            _put(connection, _CHANGE, person, kept_hash)
            if pin_hash is not None:
                connection.execute(_FORGET, (person.name,))

        return self._commit(stamp, entry, write)

    def retire_person(self, stamp: Stamp, name: str) -> Committed:
        before = self._kept(name)

        def write(connection: sqlite3.Connection, seq: int) -> None:
            connection.execute(_RETIRE, (seq, name))

        return self._commit(stamp, _entry(EventKind.PERSON_RETIRED, before, None, None), write)

    def pin_record(self, name: str) -> PinRecord | None:
        for found, role, badge, *pin in self._rows(_LIVING, (name,)):
            return PinRecord(Person(found, word(Role, role), badge), *pin)
        return None

    def note_wrong_pin(self, stamp: Stamp, name: str) -> PinRecord:
        entry = entries.of_person(EventKind.PIN_REFUSED, self._kept(name).person)
        with self._writing() as connection:
            self._insert(connection, stamp, entry)
            connection.execute(_COUNT, (stamp.at, name))
        return self._kept(name)

    def clear_wrong_pins(self, name: str) -> None:
        with self._writing() as connection:
            connection.execute(_FORGET, (name,))

    def _kept(self, name: str) -> PinRecord:
        kept = self.pin_record(name)
        if kept is None:
            raise Refused(because(Why.NO_SUCH_PERSON, name=name))
        return kept

    def _commit(
        self, stamp: Stamp, entry: Entry, write: Callable[[sqlite3.Connection, int], None]
    ) -> Committed:
        with self._writing() as connection:
            seq = self._insert(connection, stamp, entry)
            write(connection, seq)
            if connection.execute(_SUPERVISOR).fetchone() is None:
                raise Refused(because(Why.LAST_SUPERVISOR))
        return Committed(seq)


def _check_name(connection: sqlite3.Connection, name: str) -> None:
    """Nobody tells `Anna` from `anna` on a list, and years later nobody knows which of them it was."""
    for (known,) in connection.execute("SELECT name FROM person"):
        if known != name and known.casefold() == name.casefold():
            raise Refused(because(Why.NAME_TAKEN, name=known))


def _check_keys(person: Person, pin_hash: str | None) -> None:
    """Somebody with neither badge nor PIN could never sign in, a last supervisor least of all."""
    if person.badge is None and pin_hash is None:
        raise Refused(because(Why.PIN_NEEDED))


def _put(connection: sqlite3.Connection, statement: str, person: Person, pin_hash: str | None) -> int:
    row = {"name": person.name, "role": str(person.role), "badge": person.badge, "pin_hash": pin_hash}
    try:
        return connection.execute(statement, row).rowcount
    except sqlite3.IntegrityError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_CONSTRAINT_UNIQUE:
            raise
        (owner,) = connection.execute(_OWNER, (person.badge,)).fetchone()
        raise Refused(because(Why.BADGE_TAKEN, name=owner)) from error


def _entry(kind: EventKind, before: PinRecord | None, person: Person | None, pin_hash: str | None) -> Entry:
    """Says who, and of badge and PIN no more than whether there is one, and whether it is another one now."""
    was = before.person if before else None
    entry = replace(
        entries.of_person(kind, person or was),
        before=_told(was, before.pin_hash if before else None),
        after=_told(person, pin_hash),
    )
    if was is None or person is None or before is None:
        return entry
    news = {"badge": was.badge != person.badge, "pin": before.pin_hash != pin_hash}
    changed = [key for key, is_new in news.items() if is_new]
    return replace(entry, detail=json.dumps({"name": person.name, "role": person.role, "new": changed}))


def _told(person: Person | None, pin_hash: str | None) -> str | None:
    if person is None:
        return None
    keys = {"badge": person.badge is not None, "pin": pin_hash is not None}
    return " ".join([person.role, *(key for key, there in keys.items() if there)])
