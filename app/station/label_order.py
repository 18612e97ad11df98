"""What somebody wants printed, and the labels that follow from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import compress

from app.core.codes import DeviceCode, Imei, ProductKey, SerialNumber
from app.core.errors import Refused, Why, because
from app.core.label_layout import LabelLayout
from app.core.labels import Label, make_label, names_field, require_harmless_bars
from app.core.payload import PLATFORM_FORMAT, PayloadFormat
from app.core.selection import Selection
from app.core.serial_pattern import Digits, parse_pattern
from app.core.serials import (
    LabelRegister,
    SerialRegister,
    SerialStanding,
    by_pattern,
    in_a_row,
    is_unprinted,
    part_of,
)
from app.ports.journal_reads import JournalReader
from app.station.labels import LabelRun

DEFAULT_PATTERN = "{r:18}"
"""As long as the longest that the platform makes."""


@dataclass(frozen=True, slots=True)
class LabelOrder:
    """SNs come from a list, go on from a first one, or follow a pattern; the first that is given counts."""

    pk: ProductKey
    count: int | None = None
    """Without it the whole list, or one label."""
    first: str | None = None
    """The first SN; in a list, where to begin."""
    rows: Sequence[SerialNumber] | None = None
    """The list: SNs of this product, each once."""
    pattern: str = DEFAULT_PATTERN
    start: int = 1
    """Where the pattern's counter begins."""
    format: PayloadFormat = PLATFORM_FORMAT
    values: Mapping[str, str] = field(default_factory=dict)
    """What else may be printed, by the names in `app.core.labels.FIELDS`."""
    skip_used: bool = False
    """Those of the list that were printed before are passed over."""
    bound: bool = False
    """Labels of units that are bound, such as for their boxes; `rows` or `first` say which."""


def labels_of(
    order: LabelOrder,
    layout: LabelLayout,
    formats: Sequence[PayloadFormat],
    register: SerialRegister,
    digits: Digits,
) -> list[Label]:
    """The labels, in the order of printing.

    Raises:
        Refused: an SN is none, or a station with these formats would read a label as something else.
    """
    labels, needs_imei = [], names_field(layout, "imei")
    for serial in _serials(order, register, digits):
        device = DeviceCode(order.pk, serial)
        imei = _imei_of(device, register) if needs_imei else None
        label = make_label(device, order.format, formats, imei, order.values)
        require_harmless_bars(label, layout, formats)
        labels.append(label)
    return labels


def _serials(order: LabelOrder, register: SerialRegister, digits: Digits) -> list[SerialNumber]:
    if order.rows is not None:
        return _of_list(order, order.rows, register)
    if order.first is not None:
        return in_a_row(order.first, order.count or 1)

    def taken(serials: Sequence[SerialNumber]) -> list[bool]:
        standings = register.standings([DeviceCode(order.pk, serial) for serial in serials])
        return [standing is not SerialStanding.FREE for standing in standings]

    return by_pattern(parse_pattern(order.pattern), order.count or 1, order.start, digits, taken)


def _of_list(order: LabelOrder, rows: Sequence[SerialNumber], register: SerialRegister) -> list[SerialNumber]:
    if not rows:
        raise Refused(because(Why.SERIAL_LIST_EMPTY, pk=order.pk))
    if not order.skip_used:
        return part_of(rows, order.first, order.count)
    begin = part_of(rows, order.first, 1)[0]
    left = unprinted(order.pk, rows[rows.index(begin) :], register)
    return part_of(left, None, order.count if left else order.count or 1)


def unprinted(pk: ProductKey, rows: Sequence[SerialNumber], register: SerialRegister) -> list[SerialNumber]:
    """Those of a list whose labels were neither made nor seen here yet."""
    standings = register.standings([DeviceCode(pk, serial) for serial in rows])
    return list(compress(rows, map(is_unprinted, standings)))


def bound_serials(journal: JournalReader, chosen: Selection) -> list[SerialNumber]:
    """Of the units that are bound now and for which this holds, in the order of binding."""
    end = journal.head()[0]
    blocks = (journal.live_rows(chosen, within, end) for within in journal.row_ranges(chosen, end))
    return [SerialNumber(row[3]) for block in blocks for row in block]


def _imei_of(device: DeviceCode, register: SerialRegister) -> Imei:
    imei = register.imei_of(device)
    if imei is None:
        raise Refused(because(Why.LABEL_WITHOUT_IMEI, sn=device.sn))
    return imei


def plan(
    order: LabelOrder,
    layout: LabelLayout,
    output: str,
    formats: Sequence[PayloadFormat],
    register: LabelRegister,
    digits: Digits,
    reprint: str | None = None,
) -> LabelRun:
    """The labels, every SN looked up: for a preview, and for `run_labels`, which looks again.

    `output` is what is made: `pdf`, `png`, `zip` or `zpl`; `reprint` the reason for printing labels again.

    Raises:
        Refused: as `labels_of`; or an SN was there before, or for a reprint was not.
    """
    labels = labels_of(order, layout, formats, register, digits)
    run = LabelRun(labels, layout, output, reprint, of_list=order.rows is not None, bound=order.bound)
    run.require_serials(register)
    return run
