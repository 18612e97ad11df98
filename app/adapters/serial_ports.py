"""Which serial ports there are, and which of them takes AT commands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.core.errors import Faulted, Why, because

if TYPE_CHECKING:
    from serial.tools.list_ports_common import ListPortInfo

QUECTEL = 0x2C7C
SIMCOM = 0x1E0E

_AT_INTERFACES = {
    **{(QUECTEL, pid): 2 for pid in (0x0121, 0x0125, 0x0191, 0x0195, 0x0296, 0x0306, 0x0512, 0x0800, 0x0801)},
    (QUECTEL, 0x0128): 5,
    (SIMCOM, 0x9001): 2,
    (SIMCOM, 0x9011): 4,
}
"""The USB interface with the AT port by vendor and product id. Compositions can be configured: a hint."""

_AT_DESCRIPTION = re.compile(r"\bAT Port\b")
_OTHER_DESCRIPTION = re.compile(r"\b(DM|NMEA|MOS|Modem|Diagnostics|Audio)\b")
"""Windows names a module's ports ("Quectel USB AT Port (COM5)"), worth more than the number there."""

_INTERFACE = re.compile(r":[0-9x]+\.([0-9]+)$")
_DIGITS = re.compile(r"([0-9]+)")
_UNKNOWN = "n/a"
"""pyserial's word for a port without a description."""


@dataclass(frozen=True, slots=True)
class PortInfo:
    """One serial port of this PC."""

    device: str
    description: str = ""
    hwid: str = ""
    vid: int | None = None
    pid: int | None = None
    serial_number: str | None = None
    """Identifies no unit: EC25 has none, EC200S says `0000`."""
    location: str | None = None
    """Socket and interface, `1-2:1.2` (Windows `1-2:x.2`): stays the same when a unit is replaced."""

    @property
    def interface(self) -> int | None:
        found = _INTERFACE.search(self.location or "")
        return int(found[1]) if found else None

    @property
    def is_of_module(self) -> bool:
        return self.vid in (QUECTEL, SIMCOM)

    @property
    def likely_at(self) -> bool:
        """The AT port of a cellular module, as far as its name or its interface number tell."""
        if not self.is_of_module:
            return False
        if _AT_DESCRIPTION.search(self.description):
            return True
        if _OTHER_DESCRIPTION.search(self.description):
            return False
        return self.interface is not None and self.interface == self._at_interface

    @property
    def worth_probing(self) -> bool:
        """A port of a cellular module for which there is no rule: only asking tells whether it takes AT."""
        known = self._at_interface is not None and self.interface is not None
        return self.is_of_module and not known and not _named(self.description)

    @property
    def _at_interface(self) -> int | None:
        return _AT_INTERFACES.get((self.vid or 0, self.pid or 0))


Lister = Callable[[], list[PortInfo]]


def list_ports(lister: Callable[[], Iterable[ListPortInfo]] | None = None) -> list[PortInfo]:
    """All serial ports of this PC, by name. Network ports and pseudo terminals are never among them."""
    return sorted(map(_port_info, (lister or _comports)()), key=lambda port: _natural(port.device))


def _comports() -> Iterable[ListPortInfo]:
    from serial.tools.list_ports import comports  # not loaded before it is needed

    return comports()


def _port_info(port: ListPortInfo) -> PortInfo:
    description = "" if port.description == _UNKNOWN else port.description
    return PortInfo(
        port.device, description, port.hwid, port.vid, port.pid, port.serial_number, port.location
    )


def _named(description: str) -> bool:
    return bool(_AT_DESCRIPTION.search(description) or _OTHER_DESCRIPTION.search(description))


def _natural(device: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdigit() else (-1, part) for part in _DIGITS.split(device)]


class PortFinder:
    """Which port to open now: the one that was named, or a module's AT port where none was.

    Once its socket is known only the socket counts: units that are replaced get new names, and the old name
    may go to a module in another socket.
    """

    def __init__(self, named: str, lister: Lister = list_ports) -> None:
        self.named = named
        self._lister = lister
        self._location: str | None = None
        self._candidates = 0
        self._turn = 0

    def find(self) -> str:
        """The name to open.

        Raises:
            Faulted: `PORT_ABSENT`, there is none now.
        """
        ports = self._lister()
        if self._location is None and self.named:
            self._location = _location_of(self.named, ports)
        device = self._in_socket(ports) if self._location else self.named or self._choose(ports)
        if not device:
            raise Faulted(because(Why.PORT_ABSENT, port=self.named))
        return device

    def stay_with(self, device: str) -> None:
        """A module answers on this port: no other socket is looked at from now on."""
        if not self.named and self._location is None:
            self._location = _location_of(device, self._lister())

    def try_another(self) -> bool:
        """Nothing answers on the port that was chosen: True where `find` gives another one now."""
        self._turn += 1
        return self._location is None and self._candidates > 1

    def _in_socket(self, ports: list[PortInfo]) -> str:
        """The port that was named, as long as it is there: adapters with many ports give all one location."""
        there = [port.device for port in ports if port.location == self._location]
        if self.named in there:
            return self.named
        return there[0] if there else ""

    def _choose(self, ports: list[PortInfo]) -> str:
        candidates = [port for port in ports if port.likely_at] or [
            port for port in ports if port.worth_probing
        ]
        self._candidates = len(candidates)
        return candidates[self._turn % len(candidates)].device if candidates else ""


def _location_of(device: str, ports: list[PortInfo]) -> str | None:
    return next((port.location for port in ports if port.device == device), None)
