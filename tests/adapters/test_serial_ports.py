from __future__ import annotations

import pytest
from serial.tools.list_ports_common import ListPortInfo

from app.adapters.serial_ports import QUECTEL, SIMCOM, PortFinder, PortInfo, list_ports
from app.core.errors import Faulted, Why


def listed(
    device: str,
    location: str | None = None,
    ids: tuple[int, int] | None = None,
    description: str = "n/a",
) -> ListPortInfo:
    port = ListPortInfo(device)
    port.location, port.description = location, description
    if ids:
        port.vid, port.pid = ids
    return port


def only(port: ListPortInfo) -> PortInfo:
    (found,) = list_ports(lambda: [port])
    return found


@pytest.mark.parametrize(
    ("ids", "interface"),
    [
        *(
            ((QUECTEL, pid), 2)
            for pid in (0x0121, 0x0125, 0x0191, 0x0195, 0x0296, 0x0306, 0x0512, 0x0800, 0x0801)
        ),
        ((QUECTEL, 0x0128), 5),
        ((SIMCOM, 0x9001), 2),
        ((SIMCOM, 0x9011), 4),
    ],
)
@pytest.mark.parametrize("location", ["1-2:1.{}", "1-2:x.{}", "2-1.4.3:1.{}"])
def test_the_at_port_of_a_known_module_is_found_by_its_interface(
    ids: tuple[int, int], interface: int, location: str
) -> None:
    ports = [listed(f"ttyUSB{n}", location.format(n), ids) for n in range(7)]
    found = list_ports(lambda: ports)
    assert [port.device for port in found if port.likely_at] == [f"ttyUSB{interface}"]
    assert not any(port.worth_probing for port in found)


@pytest.mark.parametrize("pid", [0x6001, 0x6002, 0x6005, 0x6007, 0x6026, 0x0700, 0x0901])
def test_the_ports_of_a_module_without_a_rule_are_worth_probing(pid: int) -> None:
    port = only(listed("ttyUSB2", "1-2:1.2", (QUECTEL, pid)))
    assert port.worth_probing
    assert not port.likely_at


@pytest.mark.parametrize(
    ("description", "likely"),
    [
        ("Quectel USB AT Port (COM5)", True),
        ("SimTech HS-USB AT Port 9001 (COM5)", True),
        ("Quectel USB DM Port (COM4)", False),
        ("Quectel USB NMEA Port (COM6)", False),
        ("Quectel USB Modem (COM7)", False),
    ],
)
@pytest.mark.parametrize("location", ["1-2:x.2", "1-2:x.0", "1-2", None])
def test_the_name_that_windows_gives_a_port_is_worth_more_than_its_number(
    description: str, likely: bool, location: str | None
) -> None:
    port = only(listed("COM5", location, (QUECTEL, 0x0125), description))
    assert port.likely_at is likely
    assert not port.worth_probing


def test_a_known_module_whose_interface_is_not_told_is_worth_probing() -> None:
    assert only(listed("COM5", "1-2", (QUECTEL, 0x0125), "USB Serial Device (COM5)")).worth_probing


@pytest.mark.parametrize(
    "port",
    [
        listed("ttyS0"),
        listed("ttyACM0", "1-3:1.2", (0x0C2E, 0x0B6A), "Honeywell scanner"),
        listed("ttyUSB0", "1-4:1.0", (0x10C4, 0xEA60), "CP2102 USB to UART"),
        listed("COM9", None, None, "Somebody's AT Port (COM9)"),
    ],
)
def test_a_port_that_is_no_modules_is_neither_likely_nor_probed(port: ListPortInfo) -> None:
    assert not only(port).likely_at
    assert not only(port).worth_probing


def test_ports_are_listed_as_people_count() -> None:
    ports = [listed(f"COM{n}") for n in (10, 2, 1, 20)]
    assert [port.device for port in list_ports(lambda: ports)] == ["COM1", "COM2", "COM10", "COM20"]


def test_what_is_known_of_a_port_is_kept() -> None:
    port = listed("COM5", "1-2:x.2", (QUECTEL, 0x0125), "Quectel USB AT Port (COM5)")
    port.hwid, port.serial_number = "USB VID:PID=2C7C:0125", "0000"
    assert only(port) == PortInfo(
        "COM5", "Quectel USB AT Port (COM5)", "USB VID:PID=2C7C:0125", QUECTEL, 0x0125, "0000", "1-2:x.2"
    )


def test_a_port_without_a_description_has_none() -> None:
    assert only(listed("/dev/ttyS0")).description == ""


def test_the_ports_of_this_pc_can_be_listed() -> None:
    assert all(isinstance(port, PortInfo) for port in list_ports())


class Sockets:
    """The USB sockets of a PC, for the finder: units are plugged in and taken out."""

    def __init__(self, **ports: str) -> None:
        self.ports = ports
        self.pid = 0x0125

    def __call__(self) -> list[PortInfo]:
        return [
            PortInfo(name, vid=QUECTEL, pid=self.pid, location=location)
            for name, location in self.ports.items()
        ]


def why_not_found(finder: PortFinder) -> Why:
    with pytest.raises(Faulted) as raised:
        finder.find()
    return raised.value.reason.why


def test_a_named_port_is_opened_by_its_name_even_if_it_is_not_listed() -> None:
    assert PortFinder("socket://127.0.0.1:4001", Sockets()).find() == "socket://127.0.0.1:4001"


def test_a_named_port_is_followed_by_its_socket_under_its_new_name() -> None:
    sockets = Sockets(COM5="1-2:x.2", COM6="1-3:x.2")
    finder = PortFinder("COM5", sockets)
    assert finder.find() == "COM5"
    sockets.ports = {"COM5": "1-3:x.2", "COM7": "1-2:x.2"}
    assert finder.find() == "COM7"


def test_the_old_name_in_another_socket_is_not_taken_for_the_port() -> None:
    sockets = Sockets(COM5="1-2:x.2")
    finder = PortFinder("COM5", sockets)
    finder.find()
    sockets.ports = {"COM5": "1-3:x.2"}
    assert why_not_found(finder) is Why.PORT_ABSENT


def test_without_a_name_the_likely_at_port_is_chosen() -> None:
    sockets = Sockets(ttyUSB0="1-2:1.0", ttyUSB1="1-2:1.1", ttyUSB2="1-2:1.2", ttyUSB3="1-2:1.3")
    assert PortFinder("", sockets).find() == "ttyUSB2"


def test_without_a_name_and_without_a_module_there_is_no_port() -> None:
    assert why_not_found(PortFinder("", Sockets())) is Why.PORT_ABSENT


def test_the_ports_of_a_module_without_a_rule_are_tried_in_turn() -> None:
    sockets = Sockets(ttyUSB0="1-2:1.0", ttyUSB1="1-2:1.1")
    sockets.pid = 0x6005
    finder = PortFinder("", sockets)
    assert finder.find() == "ttyUSB0"
    assert finder.try_another()
    assert finder.find() == "ttyUSB1"
    assert finder.try_another()
    assert finder.find() == "ttyUSB0"


def test_where_there_is_one_candidate_there_is_no_other_to_try() -> None:
    finder = PortFinder("", Sockets(ttyUSB2="1-2:1.2"))
    finder.find()
    assert not finder.try_another()


def test_where_a_module_has_answered_no_other_socket_is_looked_at() -> None:
    sockets = Sockets(ttyUSB2="1-2:1.2", ttyUSB6="1-3:1.2")
    finder = PortFinder("", sockets)
    finder.stay_with(finder.find())
    del sockets.ports["ttyUSB2"]
    assert why_not_found(finder) is Why.PORT_ABSENT
    sockets.ports["ttyUSB8"] = "1-2:1.2"
    assert finder.find() == "ttyUSB8"
