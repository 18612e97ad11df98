"""The SNs that the platform issued: from its list, from pictures of their QR codes, or from both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from app.core import columns
from app.core.cells import code_of
from app.core.codes import DeviceCode, ProductKey, SerialNumber, few
from app.core.errors import Refused, Why, because
from app.core.importing import FileRow, Finding, Judge, PairRow
from app.core.layout import Column
from app.core.payload import PayloadFormat
from app.core.remarks import Remark

_TWICE = (Why.SN_LISTED_TWICE, Why.PICTURE_TWICE)
_WANTED = (Column.PRODUCT_KEY, Column.SN)


@dataclass(frozen=True, slots=True)
class IssuedSn:
    """One SN that a device of the order may carry."""

    sn: SerialNumber
    pk: ProductKey | None
    """None where the list does not say for which product."""


@dataclass(frozen=True, slots=True)
class IssuedSns:
    """What a list or a package holds."""

    sns: tuple[IssuedSn, ...]
    """Each once, in their order."""
    problems: tuple[Finding, ...] = ()
    """What was not taken; `line` is 0 for a picture, and `column` its name."""
    warnings: tuple[Finding, ...] = ()
    remarks: tuple[Remark, ...] = ()

    def of_product(self, pk: ProductKey | None) -> Iterator[SerialNumber]:
        """Those that may be of this product.

        Raises:
            Refused: as `require_whole`; ISSUED_OF_OTHERS where all are of other products.
        """
        self.require_whole()
        wanted = [one.sn for one in self.sns if pk is None or one.pk in (None, pk)]
        if pk is not None and self.sns and not wanted:
            raise Refused(because(Why.ISSUED_OF_OTHERS, pk=pk, holds=few({str(one.pk) for one in self.sns})))
        return iter(wanted)

    def require_whole(self) -> None:
        """
        Raises:
            Refused: the reason of the first that could not be taken, but for one that stands there twice.
        """
        for problem in self.problems:
            if problem.reason.why not in _TWICE:
                raise Refused(problem.reason)

    def named_twice(self) -> Iterator[str]:
        return (one.value for one in self.problems if one.reason.why in _TWICE)


def listed(
    first: FileRow, rows: Iterable[FileRow], formats: Sequence[PayloadFormat], remarks: Sequence[Remark] = ()
) -> IssuedSns:
    """The SNs of a table. `first` is its header, or its first row where it has none: one SN a line, a product
    and its SN, or the text of a QR code.

    Raises:
        Refused: COLUMNS_MISSING, it names no column for SNs.
    """
    header = [str(cell) for cell in first.cells]
    if columns.known(header):
        named = [column if column in _WANTED else None for column in columns.recognise(header)]
        columns.required(named, (Column.SN,), header)
        return _judged(Judge(header, named), rows, remarks)
    as_codes = len(first.cells) == 1 and device_of(code_of(first.cells[0]), formats) is not None
    width = len(_WANTED) if as_codes else len(first.cells)
    if not 1 <= width <= len(_WANTED):
        raise Refused(
            because(Why.COLUMNS_MISSING, missing=columns.WORDS[Column.SN], header=" | ".join(header))
        )
    names = _WANTED[-width:]
    shown: Iterable[FileRow] = chain((first,), rows)
    if as_codes:
        shown = (_in_columns(row, formats) for row in shown)
    return _judged(Judge([columns.WORDS[name] for name in names], names), shown, remarks)


def device_of(text: str, formats: Sequence[PayloadFormat]) -> DeviceCode | None:
    """What a QR code of one of these formats says."""
    for one in formats:
        try:
            if payload := one.read(text):
                return payload.device
        except Refused:
            continue
    return None


def of_pictures(codes: Mapping[str, DeviceCode | None], of_list: IssuedSns | None) -> IssuedSns:
    """What the pictures show, by their names; what is printed counts, whatever the list says."""
    problems = [
        Finding(0, name, name, because(Why.PICTURE_UNREADABLE, name=name))
        for name, device in codes.items()
        if device is None
    ]
    shown = dict[DeviceCode, str]()
    for name, device in codes.items():
        if device is not None and shown.setdefault(device, name) != name:
            reason = because(Why.PICTURE_TWICE, name=shown[device], sn=device.sn)
            problems.append(Finding(0, name, device.sn, reason))
    sns = tuple(IssuedSn(device.sn, device.pk) for device in shown)
    if of_list is None:
        return IssuedSns(sns, tuple(problems))
    missing, warnings = _differences(shown, of_list)
    return IssuedSns(
        sns, (*of_list.problems, *problems, *missing), (*of_list.warnings, *warnings), of_list.remarks
    )


def _differences(shown: Mapping[DeviceCode, str], of_list: IssuedSns) -> tuple[list[Finding], list[Finding]]:
    on_list, on_pictures = {one.sn for one in of_list.sns}, {device.sn for device in shown}
    only_listed = [
        Finding(0, "", one.sn, because(Why.SN_ONLY_IN_LIST, sn=one.sn))
        for one in of_list.sns
        if one.sn not in on_pictures
    ]
    only_shown = [
        Finding(0, name, device.sn, because(Why.SN_ONLY_ON_PICTURE, sn=device.sn, name=name), refuses=False)
        for device, name in shown.items()
        if device.sn not in on_list
    ]
    return only_listed, only_shown


def _in_columns(row: FileRow, formats: Sequence[PayloadFormat]) -> FileRow:
    device = device_of(code_of(row.cells[0]), formats)
    return row if device is None else FileRow(row.line, [device.pk, device.sn])


def _judged(judge: Judge, rows: Iterable[FileRow], remarks: Sequence[Remark]) -> IssuedSns:
    taken, problems, warnings = dict[tuple[str, str], PairRow](), list[Finding](), list[Finding]()
    for row in rows:
        judged = judge.take(row)
        if not isinstance(judged, PairRow):
            problems += judged
        elif (first := taken.setdefault((judged.pk, judged.sn), judged)) is not judged:
            reason = because(Why.SN_LISTED_TWICE, sn=judged.sn, line=first.line)
            problems.append(Finding(row.line, judge.head(Column.SN), judged.sn, reason))
    for key, pair in list(taken.items()):
        if doubt := judge.second_look(pair):
            (problems if doubt.refuses else warnings).append(doubt)
            if doubt.refuses:
                del taken[key]
    sns = tuple(IssuedSn(SerialNumber(sn), ProductKey(pk) if pk else None) for pk, sn in taken)
    return IssuedSns(sns, tuple(problems), tuple(warnings), tuple(remarks))
