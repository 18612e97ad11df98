"""Which bindings are on their way to the platform, and which still wait."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from typing import Any

from app.adapters.relationship_reads import RelationshipReads
from app.adapters.upload_rows import MOVED, NEVER_LEFT, Patterns, item_of
from app.core.errors import Why, because
from app.core.platform import Refusal
from app.core.upload_item import OPEN, Item, UploadState
from app.core.upload_record import UPLOAD_KINDS
from app.core.upload_status import Problem

# found among the newest bindings: a list of what waits would make each unit slower
_WAITING = """
FROM binding AS b WHERE b.seq > :after AND b.ended_seq IS NULL
AND NOT EXISTS (SELECT 1 FROM upload AS u WHERE u.seq = b.seq)
AND (SELECT kind FROM event AS e WHERE e.seq = b.seq) = 'bound'
AND (:shift IS NULL OR b.shift = :shift)"""
_WAITING_PRODUCTS = f"SELECT b.pk, min(b.seq), count(*) {_WAITING} GROUP BY b.pk ORDER BY b.pk"
_NEVER_LEFT = f"{NEVER_LEFT} {_WAITING} AND b.pk = :pk ORDER BY b.seq LIMIT :most"

_FROM = "FROM upload AS u JOIN binding AS b ON b.seq = u.seq"
_OF_SHIFT = "(:shift IS NULL OR b.shift = :shift)"

# what is not confirmed has an index
_IN_STATE = "u.state <> 'confirmed' AND u.state = :state"
_UNFINISHED = f"{MOVED} {_FROM} WHERE {_IN_STATE} AND u.pk = :pk AND {_OF_SHIFT} ORDER BY"
_UNFINISHED_PRODUCTS = f"SELECT DISTINCT u.pk {_FROM} WHERE {_IN_STATE} AND {_OF_SHIFT}"
_BLOCKS = f"""
SELECT u.pk, u.code, min(u.message) {_FROM}
WHERE u.state <> 'confirmed' AND u.state = 'blocked' AND u.code IS NOT NULL AND {_OF_SHIFT}
GROUP BY u.pk, u.code ORDER BY u.pk, u.code"""

_SEQS = "(SELECT value FROM json_each(:seqs))"
_MAY_LEAVE = f"""
SELECT b.seq FROM binding AS b LEFT JOIN upload AS u ON u.seq = b.seq
WHERE b.seq IN {_SEQS} AND b.ended_seq IS NULL AND coalesce(u.state, 'waiting') = 'waiting'"""  # noqa: S608 our own words
_HAS_LEFT = "SELECT 1 FROM upload WHERE seq = ? AND state NOT IN ('waiting', 'withdrawn')"
_SOME = f"{MOVED} {_FROM} WHERE u.seq IN {_SEQS} ORDER BY u.seq"
_PROBLEMS = f"""
{MOVED}, (SELECT at FROM event WHERE seq = u.changed_seq) {_FROM}
WHERE u.state <> 'confirmed' AND u.state IN ('conflict', 'blocked')
AND (b.ended_seq IS NULL OR u.state <> 'conflict') ORDER BY u.seq LIMIT ?"""  # noqa: S608 our own words

# refused with others, or when it was to be taken off: whether the platform holds it was never asked
_MAY_BE_HELD = """(u.state = 'confirmed' OR (
    u.state IN ('blocked', 'handled') AND u.held IS NULL AND (u.refused_among <> 1 OR u.unwanted)))"""

# the device of this IMEI may be a later unit's by now
_LATER = """
SELECT 1 FROM binding AS l JOIN upload AS v ON v.seq = l.seq
WHERE l.imei = b.imei AND l.pk = b.pk AND v.state = 'confirmed'"""
_LEFT_BEHIND = f"""
{MOVED} FROM binding AS b INDEXED BY binding_ended_imei JOIN upload AS u ON u.seq = b.seq
WHERE b.ended_seq IS NOT NULL AND {_MAY_BE_HELD}
AND NOT EXISTS ({_LATER} AND l.ended_seq IS NULL)
AND NOT EXISTS ({_LATER} AND l.ended_seq IS NOT NULL AND l.seq > b.seq)
ORDER BY u.seq LIMIT ?"""

_KINDS = ", ".join(f"'{kind}'" for kind in UPLOAD_KINDS)
_EVENTS = f"""
SELECT seq, detail FROM event INDEXED BY event_upload
WHERE kind <> 'bound' AND kind IN ({_KINDS}) AND seq > ? AND sn IS NULL ORDER BY seq"""  # noqa: S608 our own words


class UploadReads(RelationshipReads):
    """Fills `ports.UploadReader`, but for its figures."""

    def waiting_products(self, after: int = 0, shift: int | None = None) -> Sequence[tuple[str, int, int]]:
        return self._rows(_WAITING_PRODUCTS, {"after": after, "shift": shift})

    def never_left(self, pk: str, most: int, after: int = 0, shift: int | None = None) -> Sequence[Item]:
        named = {"pk": pk, "most": most, "after": after, "shift": shift}
        return self._items(_NEVER_LEFT, named)

    def unfinished_products(self, shift: int | None = None) -> Sequence[str]:
        named = ({"state": state, "shift": shift} for state in OPEN)
        found = (pk for one in named for (pk,) in self._rows(_UNFINISHED_PRODUCTS, one))
        return sorted(set(found))

    def unfinished(
        self, pk: str, most: int, shift: int | None = None, states: Sequence[UploadState] = OPEN
    ) -> Sequence[Item]:
        found: list[Item] = []
        for state in states:
            order = "u.batch, u.seq" if state is UploadState.SENT else "u.seq"
            named = {"state": state, "pk": pk, "shift": shift, "most": most - len(found)}
            found += self._items(f"{_UNFINISHED} {order} LIMIT :most", named)
        return found

    def upload_blocks(self, shift: int | None = None) -> Sequence[tuple[str, Refusal]]:
        rows = self._rows(_BLOCKS, {"shift": shift})
        return [(pk, Refusal(code, message or "")) for pk, code, message in rows]

    def may_leave(self, seqs: Collection[int]) -> frozenset[int]:
        return frozenset(seq for (seq,) in self._rows(_MAY_LEAVE, {"seqs": json.dumps(list(seqs))}))

    def has_left(self, seq: int) -> bool:
        return bool(self._rows(_HAS_LEFT, (seq,)))

    def uploads(self, seqs: Collection[int]) -> Sequence[Item]:
        return self._items(_SOME, {"seqs": json.dumps(list(seqs))})

    def upload_problems(self, limit: int) -> Sequence[Problem]:
        patterns = self._patterns()
        rows = self._rows(_PROBLEMS, (limit,))
        return [_problem(item_of(row[:-1], patterns), row[-1]) for row in rows]

    def upload_left_behind(self, limit: int) -> Sequence[Item]:
        return self._items(_LEFT_BEHIND, (limit,))

    def _uploads_with(self, bindings: Collection[int]) -> set[int]:
        """The events of the lots in which one of these bindings moved."""
        wanted = set(bindings)
        rows = self._rows(_EVENTS, (min(wanted),)) if wanted else ()
        return {seq for seq, detail in rows if wanted.intersection(json.loads(detail)["bindings"])}

    def _items(self, query: str, named: Any) -> list[Item]:
        patterns = self._patterns()
        return [item_of(row, patterns) for row in self._rows(query, named)]

    def _patterns(self) -> Patterns:
        return {str(one.pk): one for one in self.products() if one.device_name}


def _problem(item: Item, when: str) -> Problem:
    return Problem(item, item.trouble() or because(Why.PLATFORM_REFUSED, code=0, message=""), when)
