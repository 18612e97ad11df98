"""Which files held a binding, what is new, and what is withdrawn: compared with a list kept by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from app.core.selection import BindingRow, Coverage, Export, Selection, export_of, files_with, withdrawn

BINDING = BindingRow(5, "863950069494278", "p11sf2", "123", shift=2, order="WO-7", ended_seq=None)


def export(end_seq: int, *ranges: tuple[int, int], file: str = "a.csv", **selection: object) -> Export:
    return Export(end_seq + 1, end_seq, Selection(**selection), ranges, file)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "covers"),
    [
        (export(9, (1, 9)), True),
        (export(9, (5, 5)), True),
        (export(9, (1, 4), (6, 9)), False),
        (export(9), False),
        (export(9, (1, 9), shift=2, order="WO-7", product="p11sf2"), True),
        (export(9, (1, 9), shift=1), False),
        (export(9, (1, 9), order="WO-8"), False),
        (export(9, (1, 9), product="p08kx1"), False),
    ],
)
def test_a_file_holds_what_its_selection_fits_in_its_stretches(one: Export, covers: bool) -> None:
    assert one.covers(BINDING) is covers
    assert Coverage([one]).covers(5, 2, "WO-7", "p11sf2") is covers
    assert one.covers(replace(BINDING, ended_seq=10)) is covers
    assert not one.covers(replace(BINDING, ended_seq=9))


@pytest.mark.parametrize(
    "detail", [None, "", "nonsense", "[]", "{}", '{"first_seq": null, "last_seq": null}']
)
def test_an_event_that_tells_of_no_rows_holds_none(detail: str | None) -> None:
    assert export_of(9, detail) == Export(9, 9, Selection(), (), "")


def test_an_event_tells_what_its_side_file_says() -> None:
    detail = (
        '{"first_seq": 3, "last_seq": 8, "end_seq": 12, "shift": 2, "new": true, "file": "a.csv", "x": 1}'
    )
    assert export_of(13, detail) == Export(13, 12, Selection(shift=2, new=True), ((3, 8),), "a.csv")
    stretches = '{"first_seq": 3, "last_seq": 8, "end_seq": 12, "ranges": [[1, 4], [7, 9]]}'
    assert export_of(13, stretches).ranges == ((1, 4), (7, 9))


def test_a_file_of_what_is_new_holds_only_that() -> None:
    whole, new = export(9, (1, 9)), export(12, (1, 12), new=True)
    assert files_with(BINDING, [whole, new]) == [whole]
    assert files_with(replace(BINDING, seq=11), [whole, new]) == [new]


def test_a_file_made_again_tells_of_a_module_again_unless_that_would_undo_another_file() -> None:
    """1 went out in a shift's file and ended as 3, a file told so; its module was bound again as 5."""
    ended, again = replace(BINDING, seq=1, ended_seq=3), replace(BINDING, seq=5)
    first, second = export(1, (1, 1), shift=2), export(3, (1, 3), shift=2, file="b.csv")
    other = export(6, (5, 5), file="c.csv")

    def told(this: Export, *exports: Export) -> list[BindingRow]:
        return list(withdrawn([ended], [first, *exports], this, True, lambda binding: [again]))

    assert told(second) == [ended]
    remade = export(8, (1, 8), shift=2, file="b.csv")
    assert told(remade, second, other) == [ended], "it holds the new binding itself"
    without = replace(remade, ranges=((1, 4),))
    assert told(without, second) == [ended]
    assert told(without, second, other) == []
    assert told(replace(without, file="d.csv"), second) == []


SHIFTS, PRODUCTS, FILES = (1, 2), ("p1", "p2"), ("a.csv", "b.csv")
selections = st.builds(
    Selection,
    shift=st.sampled_from([None, *SHIFTS]),
    product=st.sampled_from([None, *PRODUCTS]),
    new=st.booleans(),
)


@dataclass
class Made:
    """A file as somebody would remember it."""

    export: Export
    rows: set[int]
    withdrawn: set[int]


@dataclass
class Memory:
    """Every event by its number, and every file with what it held."""

    bindings: dict[int, BindingRow] = field(default_factory=dict)
    files: list[Made] = field(default_factory=list)
    seq: int = 0

    def next(self) -> int:
        self.seq += 1
        return self.seq

    def live(self) -> list[BindingRow]:
        return [one for one in self.bindings.values() if one.ended_seq is None]

    def went_out(self, seq: int) -> bool:
        return any(seq in made.rows for made in self.files)

    def to_be_withdrawn(self, this: Export, held: set[int], replacing: bool) -> set[int]:
        """Went out, ended, and no file told so; a file that is made again tells what it told."""
        again = [
            made
            for made in self.files
            if replacing
            and not this.selection.new
            and (made.export.file, made.export.selection) == (this.file, this.selection)
        ]
        told = {seq for made in self.files for seq in made.withdrawn if made not in again}
        retold = {seq for made in again for seq in made.withdrawn}
        return {
            one.seq
            for one in self.bindings.values()
            if one.ended_seq is not None
            and self.went_out(one.seq)
            and this.selection.product in (None, one.pk)
            and one.seq not in told
            and not (one.seq in retold and self.rebound_elsewhere(one, held))
        }

    def rebound_elsewhere(self, one: BindingRow, held: set[int]) -> bool:
        return any(
            later.seq > one.seq
            and (later.imei, later.pk) == (one.imei, one.pk)
            and self.went_out(later.seq)
            and later.seq not in held
            for later in self.bindings.values()
        )


class Exporting(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.memory = Memory()

    @rule(imei=st.sampled_from("123"), pk=st.sampled_from(PRODUCTS), shift=st.sampled_from(SHIFTS))
    def bind(self, imei: str, pk: str, shift: int) -> None:
        if imei not in {one.imei for one in self.memory.live()}:
            seq = self.memory.next()
            self.memory.bindings[seq] = BindingRow(seq, imei, pk, "sn", shift, None, None)

    @rule(data=st.data())
    def unbind(self, data: st.DataObject) -> None:
        if live := self.memory.live():
            one = data.draw(st.sampled_from(live))
            self.memory.bindings[one.seq] = replace(one, ended_seq=self.memory.next())

    @rule(selection=selections, file=st.sampled_from(FILES), replacing=st.booleans())
    def export(self, selection: Selection, file: str, replacing: bool) -> None:
        memory, end = self.memory, self.memory.seq
        exports = [made.export for made in memory.files]
        this = Export(end + 1, end, selection, ((1, end),) if end else (), file)
        fitting = [one for one in memory.live() if this.covers(one)]
        coverage = Coverage(exports)
        for one in fitting:
            assert coverage.covers(one.seq, one.shift, one.order, one.pk) is memory.went_out(one.seq)
            files = [made.export for made in memory.files if one.seq in made.rows]
            assert files_with(one, exports) == files
        rows = {one.seq for one in fitting if not (selection.new and memory.went_out(one.seq))}
        taken_back = self.withdrawn(exports, this, replacing)
        assert taken_back == memory.to_be_withdrawn(this, {one.seq for one in fitting}, replacing)
        ranges = ((min(rows), max(rows)),) if rows else ()
        memory.files.append(Made(replace(this, seq=memory.next(), ranges=ranges), rows, taken_back))

    def withdrawn(self, exports: Sequence[Export], this: Export, replacing: bool) -> set[int]:
        bindings = self.memory.bindings.values()
        ended = [one for one in bindings if one.ended_seq is not None]
        found = withdrawn(
            ended,
            exports,
            this,
            replacing,
            lambda binding: [one for one in bindings if one.imei == binding.imei and one.seq > binding.seq],
        )
        return {one.seq for one in found}


TestExporting = Exporting.TestCase
TestExporting.settings = settings(max_examples=300, stateful_step_count=40, deadline=None)
