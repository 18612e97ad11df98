"""The journal's tables, as numbered migrations. Each is final once released; they import nothing of ours."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import lru_cache

APPLICATION_ID = int.from_bytes(b"BStn", "big")
"""Stands in the file's header and tells a journal of ours from any other SQLite file."""

_JOURNAL = """
CREATE TABLE head (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    seq INTEGER NOT NULL,
    hash TEXT NOT NULL
) STRICT;

INSERT INTO head VALUES (1, 0, printf('%064d', 0));

CREATE TABLE event (
    seq INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    zone_minutes INTEGER NOT NULL,
    monotonic_ms INTEGER NOT NULL,
    station TEXT NOT NULL,
    operator TEXT,
    approver TEXT,
    kind TEXT NOT NULL,
    verdict TEXT,
    pk TEXT,
    sn TEXT,
    label_imei TEXT,
    chip_imei TEXT,
    capture TEXT,
    raw TEXT,
    before TEXT,
    after TEXT,
    reason TEXT,
    detail TEXT,
    software TEXT NOT NULL,
    work_order TEXT,
    shift INTEGER,
    previous_hash TEXT NOT NULL,
    hash TEXT NOT NULL
) STRICT;

-- Asked before any OR REPLACE or OR IGNORE takes effect, so neither gets past it.
CREATE TRIGGER event_follows_head BEFORE INSERT ON event
WHEN NOT EXISTS (SELECT 1 FROM head WHERE seq + 1 = NEW.seq AND hash = NEW.previous_hash)
BEGIN SELECT RAISE(ABORT, 'an event must follow the newest one'); END;

CREATE TRIGGER head_follows_event AFTER INSERT ON event
BEGIN UPDATE head SET seq = NEW.seq, hash = NEW.hash; END;

CREATE TRIGGER event_never_changes BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;

CREATE TRIGGER event_never_goes BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'events are never removed'); END;

CREATE TABLE binding (
    seq INTEGER PRIMARY KEY,
    imei TEXT NOT NULL,
    pk TEXT NOT NULL,
    sn TEXT NOT NULL,
    name TEXT NOT NULL DEFAULT '',
    fingerprint TEXT NOT NULL DEFAULT '',
    shift INTEGER,
    work_order TEXT,
    ended_seq INTEGER
) STRICT;

CREATE UNIQUE INDEX binding_live_imei ON binding (imei) WHERE ended_seq IS NULL;
CREATE UNIQUE INDEX binding_live_device ON binding (sn, pk) WHERE ended_seq IS NULL;

-- Bound events are found through `binding`, so a bound unit costs nothing here.
CREATE INDEX event_sn ON event (sn) WHERE kind <> 'bound';
CREATE INDEX event_imei ON event (coalesce(chip_imei, label_imei)) WHERE kind <> 'bound';
CREATE INDEX event_other_imei ON event (label_imei) WHERE label_imei <> chip_imei;

CREATE TABLE shift (
    id INTEGER PRIMARY KEY,
    station TEXT NOT NULL,
    opened_seq INTEGER NOT NULL,
    closed_seq INTEGER
) STRICT;

CREATE UNIQUE INDEX shift_open ON shift (closed_seq IS NULL) WHERE closed_seq IS NULL;
"""

_CORRECTIONS_AND_PEOPLE = """
CREATE TABLE scrapped (
    seq INTEGER PRIMARY KEY,
    imei TEXT,
    pk TEXT,
    sn TEXT,
    ended_seq INTEGER
) STRICT;

CREATE UNIQUE INDEX scrapped_live_imei ON scrapped (imei) WHERE ended_seq IS NULL;
CREATE UNIQUE INDEX scrapped_live_device ON scrapped (sn, pk) WHERE ended_seq IS NULL;

CREATE TABLE spoiled (
    seq INTEGER PRIMARY KEY,
    sn TEXT NOT NULL,
    pk TEXT NOT NULL,
    ended_seq INTEGER
) STRICT;

CREATE UNIQUE INDEX spoiled_live_device ON spoiled (sn, pk) WHERE ended_seq IS NULL;

CREATE TABLE released (
    seq INTEGER PRIMARY KEY,
    imei TEXT NOT NULL,
    ended_seq INTEGER
) STRICT;

CREATE UNIQUE INDEX released_live_imei ON released (imei) WHERE ended_seq IS NULL;

-- What is retired is refused here and nowhere before, as what is bound is refused by the indexes.
CREATE TRIGGER binding_of_nothing_retired BEFORE INSERT ON binding
WHEN NEW.ended_seq IS NULL AND (
    EXISTS (SELECT 1 FROM scrapped WHERE imei = NEW.imei AND ended_seq IS NULL)
    OR EXISTS (SELECT 1 FROM scrapped WHERE sn = NEW.sn AND pk = NEW.pk AND ended_seq IS NULL)
    OR EXISTS (SELECT 1 FROM spoiled WHERE sn = NEW.sn AND pk = NEW.pk AND ended_seq IS NULL))
BEGIN SELECT RAISE(ABORT, 'what is retired is not bound'); END;

-- Few rows: a bound unit costs nothing here either.
CREATE INDEX binding_ended_imei ON binding (imei) WHERE ended_seq IS NOT NULL;
CREATE INDEX binding_ended_device ON binding (sn, pk) WHERE ended_seq IS NOT NULL;
CREATE INDEX event_exported ON event (kind) WHERE kind = 'exported';

CREATE TABLE person (
    name TEXT PRIMARY KEY,
    role TEXT NOT NULL,
    badge TEXT,
    pin_hash TEXT,
    wrong_pins INTEGER NOT NULL DEFAULT 0,
    wrong_at TEXT,
    retired_seq INTEGER
) STRICT;

CREATE UNIQUE INDEX person_living_badge ON person (badge) WHERE retired_seq IS NULL;
"""

_TALLIES = """
ALTER TABLE shift ADD COLUMN bound INTEGER NOT NULL DEFAULT 0;
ALTER TABLE shift ADD COLUMN rescanned INTEGER NOT NULL DEFAULT 0;
ALTER TABLE shift ADD COLUMN faulted INTEGER NOT NULL DEFAULT 0;

UPDATE shift SET (bound, rescanned, faulted) = (
    SELECT total(e.kind = 'bound'), total(e.kind = 're-scanned'), total(e.kind = 'scan-faulted')
    FROM event AS e
    WHERE e.seq BETWEEN shift.opened_seq AND coalesce(shift.closed_seq, e.seq) AND e.shift = shift.id);
"""

_UNIT_LIST = """
-- What the list of units needs of the events. A bound unit is in neither: it costs one comparison each.
CREATE INDEX event_of_unit ON event (seq)
WHERE kind <> 'bound'
AND kind IN ('scan-faulted', 'unbound', 'scrapped', 'reinstated', 'spoiled', 'released');
CREATE INDEX event_clock ON event (seq) WHERE kind = 'clock-jumped';
"""

_PRODUCTS_AND_ORDERS = """
CREATE TABLE product (
    seq INTEGER PRIMARY KEY,
    pk TEXT NOT NULL,
    name TEXT NOT NULL,
    imei_from TEXT NOT NULL,
    tacs TEXT NOT NULL,
    format TEXT NOT NULL,
    typed INTEGER NOT NULL,
    device_name TEXT NOT NULL,
    target INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX product_pk ON product (pk);

CREATE TABLE work_order (
    seq INTEGER PRIMARY KEY,
    number TEXT NOT NULL,
    pk TEXT NOT NULL,
    quantity INTEGER,
    issued INTEGER,
    sha256 TEXT,
    closed_seq INTEGER
) STRICT;

CREATE UNIQUE INDEX work_order_number ON work_order (number);
CREATE INDEX work_order_open ON work_order (pk) WHERE closed_seq IS NULL;

-- One stretch of the table for each list, as it is written, read and proven.
CREATE TABLE issued (
    work_order INTEGER NOT NULL,
    sn TEXT NOT NULL,
    PRIMARY KEY (work_order, sn)
) STRICT, WITHOUT ROWID;

ALTER TABLE shift ADD COLUMN work_order TEXT;
ALTER TABLE shift ADD COLUMN operator TEXT;
UPDATE shift SET operator = (SELECT operator FROM event WHERE seq = opened_seq);
"""

_ORDER_TALLIES = """
ALTER TABLE work_order ADD COLUMN bound INTEGER NOT NULL DEFAULT 0;

UPDATE work_order SET bound = counted.live FROM (
    SELECT work_order AS number, count(*) AS live FROM binding
    WHERE ended_seq IS NULL AND work_order IS NOT NULL GROUP BY work_order) AS counted
WHERE counted.number = work_order.number;
"""

_UPLOADS = """
-- One row for each binding that has left for the platform; what has none and is live waits.
CREATE TABLE upload (
    seq INTEGER PRIMARY KEY,
    pk TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'confirmed', 'conflict', 'blocked', 'replacing',
        'withdrawing', 'withdrawn', 'handled')),
    batch INTEGER,
    code INTEGER,
    message TEXT,
    refused_among INTEGER NOT NULL,
    largest_lot INTEGER NOT NULL,
    held TEXT,
    activated INTEGER NOT NULL,
    unwanted INTEGER NOT NULL,
    changed_seq INTEGER NOT NULL
) STRICT;

-- Nearly all are confirmed, and cost nothing here.
CREATE INDEX upload_unfinished ON upload (state, pk, batch) WHERE state <> 'confirmed';
CREATE INDEX event_upload ON event (seq)
WHERE kind <> 'bound'
AND kind IN ('upload-sent', 'upload-unclear', 'upload-returned', 'uploaded', 'upload-conflict',
    'upload-blocked', 'upload-again', 'upload-replacing', 'upload-withdrawing', 'upload-withdrawn',
    'upload-handled');
"""

_GUARDS = "SELECT type, name, sql FROM sqlite_schema WHERE type IN ('index', 'trigger') AND sql IS NOT NULL"
_Guard = tuple[str, str, str]

MIGRATIONS = (
    _JOURNAL,
    _CORRECTIONS_AND_PEOPLE,
    _TALLIES,
    _UNIT_LIST,
    _PRODUCTS_AND_ORDERS,
    _ORDER_TALLIES,
    _UPLOADS,
)
VERSION = len(MIGRATIONS)
"""What `user_version` says of a journal that has every migration."""


def migrate(connection: sqlite3.Connection) -> None:
    """Brings a journal (or an empty file) to `VERSION` in one transaction."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    # executescript would commit a transaction begun outside it
    connection.executescript(
        f"BEGIN IMMEDIATE; {''.join(MIGRATIONS[version:])}"
        f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {VERSION}; COMMIT;"
    )


@lru_cache(maxsize=1)
def _guards() -> frozenset[_Guard]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as empty:
        migrate(empty)
        return frozenset(empty.execute(_GUARDS))


def lacks_a_guard(connection: sqlite3.Connection) -> bool:
    """Whether an index or a trigger is gone or is another one: without them the same IMEI could be bound
    twice, or an event be changed."""
    return not _guards() <= frozenset(connection.execute(_GUARDS))


def lacks_a_judge(connection: sqlite3.Connection) -> bool:
    """The same of the indexes alone."""
    judges = {guard for guard in _guards() if guard[0] == "index"}
    return not judges <= frozenset(connection.execute(_GUARDS))
