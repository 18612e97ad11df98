"""A test platform and a client of it, for the tests of the client."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from app.adapters.developer_center import DeveloperCenter
from app.adapters.platform_address import PlatformOptions
from app.adapters.platform_session import Session
from app.adapters.platform_signing import Credentials
from app.adapters.platform_transport import Transport
from app.core.pauses import Pauses
from app.core.platform import PlatformDevice
from tests.platform.accounts import ACCESS_KEY, ACCESS_SECRET
from tests.platform.devices import Devices
from tests.platform.faults import Faults
from tests.platform.server import running
from tests.platform.service import Service
from tests.station.uploads import PK, waiting

CREDENTIALS = Credentials(ACCESS_KEY, ACCESS_SECRET)


def new_service(*pks: str, faults: Faults | None = None) -> Service:
    devices = Devices({pk: {} for pk in pks or (PK,)})
    return Service(devices=devices, faults=faults or Faults(), slowness=0.0)


def rows(*numbers: int) -> Sequence[PlatformDevice]:
    return [waiting(number).row for number in numbers]


class Pausing:
    """Waits for nothing, and remembers for how long it should have."""

    def __init__(self, cancelled_after: int | None = None) -> None:
        self.seconds: list[float] = []
        self._cancelled_after = cancelled_after

    def __call__(self, seconds: float) -> bool:
        self.seconds.append(seconds)
        return len(self.seconds) == self._cancelled_after


@contextmanager
def client_of(
    url: str, pausing: Pausing, ca_file: Path | None = None, proxy: str = "", tries: int = 6
) -> Iterator[DeveloperCenter]:
    options = PlatformOptions(url, proxy, ca_file, connect_seconds=5.0, answer_seconds=5.0)
    with Transport(options) as transport:
        yield DeveloperCenter(Session(transport, CREDENTIALS, pausing, Pauses(tries=tries)))


@contextmanager
def platform_and_client(
    service: Service, pausing: Pausing | None = None, ca_file: Path | None = None
) -> Iterator[DeveloperCenter]:
    with running(service, ca_file=ca_file) as url, client_of(url, pausing or Pausing(), ca_file) as client:
        yield client
