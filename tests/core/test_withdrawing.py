"""What is withdrawn, and in which file: compared with a list kept by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from app.core.selection import BindingRow, Coverage, Export, Selection, files_with
from app.core.withdrawing import withdrawn
from tests.core.test_selection import BINDING, export


def test_a_file_made_again_tells_of_a_module_again_unless_that_would_undo_another_file() -> None:
    """1 went out in a shift's file and ended as 3, a file told so; its module was bound again as 5."""
    ended, again = replace(BINDING, seq=1, ended_seq=3), replace(BINDING, seq=5, sn="124")
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


def test_a_pair_that_was_bound_again_is_still_true_and_no_file_takes_it_back() -> None:
    """1 went out, ended as 3, and was bound again as 5; the file after that holds it anew, or does not."""
    ended, again = replace(BINDING, seq=1, ended_seq=3), replace(BINDING, seq=5)
    first = export(1, (1, 1))

    def told(this: Export, later: BindingRow, *exports: Export) -> list[BindingRow]:
        ended_ones = [one for one in (ended, later) if one.ended_seq is not None]
        return list(
            withdrawn(ended_ones, [first, *exports], this, False, lambda one: [later][one.seq // 5 :])
        )

    assert told(export(8, (1, 8), new=True), again) == []
    assert told(export(8, (1, 4)), again) == [], "nor does a file that does not hold it"
    assert told(export(8, (1, 8)), replace(again, sn="124")) == [ended]
    unbound = replace(again, ended_seq=9)
    without, holding = export(8, (1, 4)), export(8, (1, 8))
    assert told(export(10, (1, 8)), unbound, without) == [ended], "the first file after it is true no more"
    assert told(export(10, (1, 8)), unbound, holding) == [unbound], "once, not twice"
    assert told(export(12, (1, 8)), unbound, without, export(10, (1, 8))) == []


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
            and not any(self.went_out(same.seq) for same in self.same_pair_after(one))
            and not (one.seq in retold and self.is_out_anew(one, held))
            and (one.seq in retold or all(same.ended_seq for same in self.same_pair_after(one)))
        }

    def is_out_anew(self, one: BindingRow, held: set[int]) -> bool:
        same = {other.seq for other in self.same_pair_after(one)}
        return bool(same & held) or self.rebound_elsewhere(one, held)

    def same_pair_after(self, one: BindingRow) -> list[BindingRow]:
        pair = (one.imei, one.pk, one.sn)
        return [
            other
            for other in self.bindings.values()
            if other.seq > one.seq and (other.imei, other.pk, other.sn) == pair
        ]

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

    @rule(
        imei=st.sampled_from("123"),
        sn=st.sampled_from("ab"),
        pk=st.sampled_from(PRODUCTS),
        shift=st.sampled_from(SHIFTS),
    )
    def bind(self, imei: str, sn: str, pk: str, shift: int) -> None:
        if imei not in {one.imei for one in self.memory.live()}:
            seq = self.memory.next()
            self.memory.bindings[seq] = BindingRow(seq, imei, pk, sn, shift, None, None)

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
