"""The test platform as developers and users start it: `python -m tests.platform`."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from app.adapters.connection_check import check_connection, open_platform
from app.adapters.platform_address import PlatformOptions
from app.adapters.platform_signing import Credentials, log_in_query
from app.core.errors import Why
from app.core.platform import LotAccepted, LotRefused
from tests.adapters.platforms import CREDENTIALS, Pausing, new_service, rows
from tests.platform.server import running
from tests.station.uploads import PK


@contextmanager
def started(*arguments: str) -> Iterator[dict[str, str]]:
    """What it prints about itself."""
    command = [sys.executable, "-m", "tests.platform", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        lines = iter(process.stdout.readline, "Ctrl+C ends it.\n")
        yield dict(line.split(maxsplit=1) for line in map(str.strip, lines))
        process.terminate()


def test_it_is_started_with_tls_products_keys_and_faults(tmp_path: Path) -> None:
    ca_file = tmp_path / "ca.pem"
    keys = ("--access-key", "mine", "--access-secret", "hidden")
    with started("--tls", str(ca_file), "--product", "p08kx1", *keys, "--fault", "91006") as said:
        options = PlatformOptions(said["address"], ca_file=ca_file)
        credentials = Credentials(said["AccessKey"], said["AccessSecret"])
        refused = check_connection(options, credentials)
        assert refused is not None
        assert refused.why is Why.PLATFORM_ADDRESS_DENIED
        with open_platform(options, credentials, Pausing()) as platform:
            assert platform.create("p08kx1", rows(1)) == LotAccepted()
            assert isinstance(platform.create(PK, rows(2)), LotRefused)


def test_it_knows_the_calls_that_the_station_does_not_make() -> None:
    with running(new_service()) as url, httpx.Client(base_url=url) as client:
        auth, api = "/v2/quecauth/accessKeyAuthrize", "/v2/devicemgr/r3/openapi"
        first = client.get(
            f"{auth}/accessKeyLogin", params=log_in_query(CREDENTIALS, int(time.time() * 1000))
        ).json()
        query = {"refresh_token": first["refresh_token"], "grant_type": "refresh_token"}
        again = client.get(f"{auth}/refreshToken", params=query).json()
        assert again["access_token"] == first["access_token"]
        headers = {"Authorization": first["access_token"]}
        device = {"productKey": PK, "deviceKey": "863950069494278", "sn": "1", "authMode": 0}
        assert client.post(f"{api}/device/create", json=device, headers=headers).json()["code"] == 200
        assert client.post(f"{api}/device/create", json=device, headers=headers).json()["code"] == 70062
        assert client.post(f"{api}/device/create", json=device).json()["code"] == 91001
