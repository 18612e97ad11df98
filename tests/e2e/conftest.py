"""The X server that the tests of the window share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.e2e.xserver import XServer, require_x_server


@pytest.fixture(scope="session")
def x_server() -> Iterator[XServer]:
    require_x_server()
    with XServer() as server:
        yield server
