"""Work orders: how many of which product, and which labels were issued for them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from app.core.codes import ProductKey
from app.core.errors import Refused, Why, because

NUMBER_MAX = 64
QUANTITY_MAX = 100_000_000


@dataclass(frozen=True, slots=True)
class WorkOrder:
    """A work order as the journal keeps it."""

    number: str
    pk: ProductKey
    quantity: int | None
    """How many units it asks for."""
    issued: int | None
    """How many labels are on its list; None where it has no list and takes every SN."""
    opened_seq: int
    opened_at: str
    """UTC as in `Stamp.at`."""
    closed_seq: int | None = None

    @property
    def is_open(self) -> bool:
        return self.closed_seq is None


def checked_number(number: str) -> str:
    """Raises `Refused` where no order can have this number."""
    number = number.strip()
    if not 1 <= len(number) <= NUMBER_MAX or not number.isprintable():
        raise Refused(because(Why.ORDER_NUMBER, number=number, most=NUMBER_MAX))
    return number


def checked_quantity(quantity: int | None) -> int | None:
    """Raises `Refused` where no order can ask for so many."""
    if quantity is not None and not 1 <= quantity <= QUANTITY_MAX:
        raise Refused(because(Why.ORDER_QUANTITY, high=QUANTITY_MAX))
    return quantity


class IssuedDigest:
    """What is kept of a list of issued SNs in its event: how many, and the SHA-256 of the list.

    The canonical form of a list is its SNs in the order of their bytes, each followed by LF.
    """

    def __init__(self) -> None:
        self._hash = hashlib.sha256()
        self.count = 0

    def add(self, sn: bytes) -> None:
        """The next SN in the order of their bytes."""
        self._hash.update(sn + b"\n")
        self.count += 1

    @property
    def sha256(self) -> str:
        """Lower-case hex."""
        return self._hash.hexdigest()


def digest_of(sns: Iterable[str]) -> IssuedDigest:
    """Of SNs in any order, each once."""
    digest = IssuedDigest()
    for sn in sorted(sns):
        digest.add(sn.encode("ascii"))
    return digest
