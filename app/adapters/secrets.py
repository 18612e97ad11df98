"""AccessKey and AccessSecret: in the system's key store, or from the environment. Never in a file of ours."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeVar

from app.adapters.platform_signing import Credentials
from app.core.errors import Faulted, Refused, Why, because

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

ACCESS_KEY = "BINDING_STATION_ACCESS_KEY"
ACCESS_SECRET = "BINDING_STATION_ACCESS_SECRET"

_SERVICE = "Binding Station"
_ENTRY = "Developer Center"

_Answer = TypeVar("_Answer")

_SAFE = 1
"""keyring's own measure: a back end below it keeps nothing, or keeps it in the open."""


def load_credentials(environment: Mapping[str, str]) -> Credentials:
    """The environment's, where both are set there; else the key store's.

    Raises:
        Refused: KEYS_MISSING, or KEYS_HALF where the environment has one of the two.
        Faulted: KEY_STORE_MISSING, KEY_STORE_CLOSED.
    """
    key, secret = environment.get(ACCESS_KEY, "").strip(), environment.get(ACCESS_SECRET, "").strip()
    if key and secret:
        return Credentials(key, secret)
    if key or secret:
        raise Refused(because(Why.KEYS_HALF))
    return stored_credentials()


def stored_credentials() -> Credentials:
    """What the key store holds. Raises as `load_credentials`."""
    entry = _asked(lambda store: store.get_password(_SERVICE, _ENTRY))
    try:
        found = json.loads(entry or "null")
        return Credentials(found["access_key"], found["access_secret"])
    except (ValueError, TypeError, KeyError):  # not ours: its text is nobody's business
        raise Refused(because(Why.KEYS_MISSING)) from None


def store_credentials(credentials: Credentials) -> None:
    """Puts both into the key store as one entry, and reads them back.

    Raises:
        Refused: KEYS_HALF; nothing was stored.
        Faulted: KEY_STORE_MISSING, KEY_STORE_CLOSED.
    """
    key, secret = credentials.access_key.strip(), credentials.access_secret.strip()
    if not key or not secret:
        raise Refused(because(Why.KEYS_HALF))
    entry = json.dumps({"access_key": key, "access_secret": secret})
    if not _asked(lambda store: _keep(store, entry)):
        raise Faulted(because(Why.KEY_STORE_CLOSED, detail="read back"))


def forget_credentials() -> None:
    """Takes them out of the key store; nothing happens where there are none.

    Raises:
        Faulted: KEY_STORE_MISSING, KEY_STORE_CLOSED.
    """
    _asked(_forget)


def _asked(ask: Callable[[KeyringBackend], _Answer]) -> _Answer:
    """What the system's key store answers.

    Raises:
        Faulted: KEY_STORE_MISSING, KEY_STORE_CLOSED. Nothing is chained to it that might quote a secret.
    """
    import keyring  # takes its time, and is seldom needed

    store = keyring.get_keyring()
    if float(store.priority) < _SAFE:
        raise Faulted(because(Why.KEY_STORE_MISSING))
    try:
        return ask(store)
    except Exception as error:  # noqa: BLE001  a back end raises whatever its system's library does
        detail = type(error).__name__
    raise Faulted(because(Why.KEY_STORE_CLOSED, detail=detail))


def _keep(store: KeyringBackend, entry: str) -> bool:
    store.set_password(_SERVICE, _ENTRY, entry)
    return store.get_password(_SERVICE, _ENTRY) == entry


def _forget(store: KeyringBackend) -> None:
    if store.get_password(_SERVICE, _ENTRY) is not None:
        store.delete_password(_SERVICE, _ENTRY)
