"""Lists of issued SNs: a CSV, an XLSX, a text list, or the platform's package with a QR picture of each."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from app.adapters.qr_picture import read_device
from app.adapters.table_reader import opened, table_of
from app.adapters.xlsx_table import damage_told
from app.core.codes import DeviceCode
from app.core.errors import Refused, Why, because
from app.core.issued import IssuedSns, listed, of_pictures
from app.core.payload import PLATFORM_FORMAT, PayloadFormat
from app.core.remarks import About, remark
from app.ports.relationship import Cancelled

Progress = Callable[[int, int], bool]

_LISTS = (".csv", ".txt", ".xlsx")
_PICTURES = (".png", ".jpg", ".jpeg", ".bmp", ".gif")
_WORKBOOK = "xl/workbook.xml"
_ENCRYPTED = 0x1
_MOST_MEMBERS = 200_000
_LARGEST_LIST = 1 << 26
_LARGEST_PICTURE = 1 << 23


def read_issued(
    path: Path,
    formats: Sequence[PayloadFormat] = (PLATFORM_FORMAT,),
    progress: Progress = lambda done, total: True,
) -> IssuedSns:
    """The SNs of a list or a package. `formats` are those that a QR picture or a line may have.

    Where a package has no list, or its pictures are called otherwise than the SNs of its list, the pictures
    are read. `progress(done, total)` counts them and returns False to cancel.

    Raises:
        Refused: as `table_reader.open_table`; COLUMNS_MISSING; FILE_TOO_LARGE.
        Cancelled: `progress` said so.
    """
    with opened(path) as file:
        package = _package(file)
        if package is None:
            return _list(file, formats)
        with package, damage_told():
            return _Package(package, formats, progress).read()


def _package(file: BinaryIO) -> zipfile.ZipFile | None:
    """A workbook is a package too, but not one of these."""
    if not zipfile.is_zipfile(file):
        file.seek(0)
        return None
    with damage_told():
        package = zipfile.ZipFile(file)
    if _WORKBOOK not in package.namelist():
        return package
    file.seek(0)
    return None


def _list(file: BinaryIO, formats: Sequence[PayloadFormat]) -> IssuedSns:
    with table_of(file) as table:
        return listed(table.header_row, table.rows(), formats, table.remarks)


class _Package:
    def __init__(
        self, package: zipfile.ZipFile, formats: Sequence[PayloadFormat], progress: Progress
    ) -> None:
        members = [one for one in package.infolist() if not _is_hidden(one.filename)]
        if len(members) > _MOST_MEMBERS:
            raise Refused(because(Why.FILE_TOO_LARGE))
        if any(member.flag_bits & _ENCRYPTED for member in members):
            raise Refused(because(Why.FILE_IN_OLD_FORM))
        self._package, self._formats, self._progress = package, formats, progress
        self._lists = [one for one in members if one.filename.lower().endswith(_LISTS)]
        self._pictures = sorted(one.filename for one in members if one.filename.lower().endswith(_PICTURES))

    def read(self) -> IssuedSns:
        if not self._lists and not self._pictures:
            raise Refused(because(Why.FILE_OF_NO_KIND))
        of_list = self._read_list()
        if of_list is not None and (not self._pictures or self._agree(of_list)):
            return of_list
        found = of_pictures(self._read_pictures(), of_list)
        about = About.LIST_MISSING if of_list is None else About.PICTURES_READ
        said = remark(about, count=len(self._pictures))
        return IssuedSns(found.sns, found.problems, found.warnings, (*found.remarks, said))

    def _read_list(self) -> IssuedSns | None:
        """The longest, should there be several; what is no list of SNs is no list."""
        for member in sorted(self._lists, key=lambda one: one.file_size, reverse=True):
            try:
                return _list(io.BytesIO(self._content(member.filename, _LARGEST_LIST)), self._formats)
            except Refused:
                continue
        return None

    def _agree(self, of_list: IssuedSns) -> bool:
        """Each picture is called by its SN."""
        names = sorted(PurePosixPath(name).stem for name in self._pictures)
        return names == sorted(one.sn for one in of_list.sns)

    def _read_pictures(self) -> dict[str, DeviceCode | None]:
        codes = {}
        for done, name in enumerate(self._pictures):
            if not self._progress(done, len(self._pictures)):
                raise Cancelled
            codes[name] = read_device(self._content(name, _LARGEST_PICTURE), self._formats)
        return codes

    def _content(self, name: str, most: int) -> bytes:
        """Whatever the package says of its size, no more is unpacked."""
        with self._package.open(name) as member:
            content = member.read(most + 1)
        if len(content) > most:
            raise Refused(because(Why.FILE_TOO_LARGE))
        return content


def _is_hidden(name: str) -> bool:
    return any(part.startswith((".", "__")) for part in PurePosixPath(name).parts)
