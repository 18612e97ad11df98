"""Developer Center as the settings of a station describe it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from app.core.errors import Reason, Refused, StationError, Why, because
from app.core.settings import Settings
from app.ports.upload import Platform, Wait

if TYPE_CHECKING:
    from app.adapters.platform_address import PlatformOptions


def options_of(settings: Settings, base_url: str | None = None) -> PlatformOptions:
    """Raises `Refused` (UPLOAD_NOT_SET_UP) where nobody has said where it is."""
    from app.adapters.platform_address import PlatformOptions

    address = base_url or settings.data_centre
    if not address:
        raise Refused(because(Why.UPLOAD_NOT_SET_UP))
    ca_file = Path(settings.upload_ca_file) if settings.upload_ca_file else None
    return PlatformOptions(address, settings.upload_proxy, ca_file)


@contextmanager
def open_platform(settings: Settings, base_url: str | None, wait: Wait) -> Iterator[Platform]:
    """As `Workplace.platform`."""
    from app.adapters import connection_check
    from app.adapters.secrets import load_credentials

    options = options_of(settings, base_url)
    with connection_check.open_platform(options, load_credentials(os.environ), wait) as platform:
        yield platform


def try_platform(settings: Settings, base_url: str | None = None) -> None:
    """As `Workplace.try_platform`."""
    from app.adapters.connection_check import try_connection
    from app.adapters.secrets import load_credentials

    try_connection(options_of(settings, base_url), load_credentials(os.environ))


def check_platform(settings: Settings) -> Reason | None:
    """What is in the way, or None."""
    try:
        try_platform(settings)
    except StationError as error:
        return error.reason
    return None


def keep_keys(access_key: str, access_secret: str) -> None:
    """As `Workplace.keep_keys`."""
    from app.adapters.platform_signing import Credentials
    from app.adapters.secrets import store_credentials

    store_credentials(Credentials(access_key, access_secret))
