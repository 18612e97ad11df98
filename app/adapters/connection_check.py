"""Can Developer Center be reached, and does it let us in? The answer is a reason that people understand."""

from __future__ import annotations

from app.adapters.developer_center import DeveloperCenter
from app.adapters.platform_address import PlatformOptions
from app.adapters.platform_session import Session
from app.adapters.platform_signing import Credentials
from app.adapters.platform_transport import Transport
from app.core.errors import Reason, StationError
from app.core.pauses import Pauses
from app.ports.upload import Wait

_ONCE = Pauses(tries=1)


def open_platform(options: PlatformOptions, credentials: Credentials, wait: Wait) -> DeveloperCenter:
    """Ready to be asked; nothing is sent yet. `wait` as in `Session`: it ends the pauses where all is to end.

    Raises:
        Refused, Faulted: the options make no sense.
    """
    return DeveloperCenter(Session(Transport(options), credentials, wait))


def try_connection(options: PlatformOptions, credentials: Credentials, pk: str = "") -> None:
    """Logs in once, and asks for the devices of a product where one is given.

    Raises:
        Refused, Faulted: what is in the way.
    """
    with Transport(options) as transport:
        session = Session(transport, credentials, lambda _: False, _ONCE)
        session.log_in()
        if pk:
            DeveloperCenter(session).page(pk, 1)


def check_connection(options: PlatformOptions, credentials: Credentials, pk: str = "") -> Reason | None:
    """As `try_connection`: what is in the way, None where all is well."""
    try:
        try_connection(options, credentials, pk)
    except StationError as error:
        return error.reason
    return None
