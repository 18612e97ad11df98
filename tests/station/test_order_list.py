from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

from app.adapters.sqlite_journal import SqliteJournal, SqliteJournalReader, create_journal
from app.core.codes import ProductKey
from app.core.orders import WorkOrder
from app.station.order_list import read_orders
from app.station.orders import Orders, progress
from tests.adapters.journals import STAMP


class BusyReader(SqliteJournalReader):
    """Between any two of its answers the station opens an order."""

    def __init__(self, path: Path, orders: Orders) -> None:
        super().__init__(path)
        self._adding, self._added = orders, 0

    def orders(self) -> Sequence[WorkOrder]:
        found = super().orders()
        self._add()
        return found

    def bound_by_order(self) -> Mapping[str, int]:
        found = super().bound_by_order()
        self._add()
        return found

    def _add(self) -> None:
        self._added += 1
        self._adding.add(f"24-{self._added}", ProductKey("p11sf2"))


def test_orders_that_are_opened_while_the_list_is_read_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    create_journal(path, STAMP)
    with closing(SqliteJournal(path)) as journal:
        orders = Orders(journal, STAMP, None)
        orders.add("24-1107", ProductKey("p11sf2"))
        with closing(BusyReader(path, orders)) as reader:
            assert [line.order.number for line in read_orders(reader).orders] == ["24-1107"]
            assert list(progress(reader)) == ["24-1107", "24-1", "24-2"]
