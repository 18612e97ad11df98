"""AccessKey and AccessSecret come from the key store or the environment, and are kept nowhere else."""

from __future__ import annotations

from collections.abc import Iterator

import keyring
import keyring.backends.fail
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked

from app.adapters.platform_signing import Credentials
from app.adapters.secrets import (
    ACCESS_KEY,
    ACCESS_SECRET,
    forget_credentials,
    load_credentials,
    store_credentials,
)
from app.core.errors import Faulted, Refused, StationError, Why

SECRET = "6AE3p2SnA9ShP7ofigrccoeeks8DDoteJ1jUUTEz"


class Store(KeyringBackend):
    """A key store in memory."""

    priority: float = 5

    def __init__(self) -> None:
        self.entries: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.entries[service, username]


class OpenStore(Store):
    """One that keeps everything where anybody can read it."""

    priority = 0.5


class LockedStore(Store):
    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked(SECRET)


class DeafStore(Store):
    """Takes everything, keeps nothing."""

    def set_password(self, service: str, username: str, password: str) -> None: ...


class FailingStore(Store):
    """As system libraries do, it raises what keyring does not know."""

    def set_password(self, service: str, username: str, password: str) -> None:
        raise OSError(f"cannot keep {password}")


@pytest.fixture(autouse=True)
def _the_usual_store_afterwards() -> Iterator[None]:
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


@pytest.fixture
def store() -> Store:
    made = Store()
    keyring.set_keyring(made)
    return made


def test_what_is_stored_is_loaded_again_until_it_is_forgotten(store: Store) -> None:
    store_credentials(Credentials(" key ", f"{SECRET}\n"))
    assert load_credentials({}) == Credentials("key", SECRET)
    forget_credentials()
    assert store.entries == {}
    forget_credentials()
    with pytest.raises(Refused) as caught:
        load_credentials({})
    assert caught.value.reason.why is Why.KEYS_MISSING


def test_the_environment_comes_before_the_key_store(store: Store) -> None:
    store_credentials(Credentials("stored", "stored"))
    assert load_credentials({ACCESS_KEY: "key", ACCESS_SECRET: SECRET}) == Credentials("key", SECRET)


def test_half_of_the_two_is_refused(store: Store) -> None:
    for environment in ({ACCESS_KEY: "key"}, {ACCESS_SECRET: SECRET, ACCESS_KEY: " "}):
        with pytest.raises(Refused) as caught:
            load_credentials(environment)
        assert caught.value.reason.why is Why.KEYS_HALF
    with pytest.raises(Refused):
        store_credentials(Credentials("key", ""))
    assert store.entries == {}


@pytest.mark.parametrize("entry", ["", "{}", "[]", "12", "no json", '{"access_key": "key"}'])
def test_an_entry_that_is_not_ours_counts_as_none(store: Store, entry: str) -> None:
    store_credentials(Credentials("key", SECRET))
    for place in store.entries:
        store.entries[place] = entry
    with pytest.raises(Refused) as caught:
        load_credentials({})
    assert caught.value.reason.why is Why.KEYS_MISSING


@pytest.mark.parametrize("missing", [keyring.backends.fail.Keyring, OpenStore])
def test_a_computer_without_a_safe_key_store_is_told_what_to_do_instead(
    missing: type[KeyringBackend],
) -> None:
    keyring.set_keyring(missing())
    with pytest.raises(Faulted) as caught:
        load_credentials({})
    assert caught.value.reason.why is Why.KEY_STORE_MISSING
    with pytest.raises(Faulted):
        store_credentials(Credentials("key", SECRET))
    assert load_credentials({ACCESS_KEY: "key", ACCESS_SECRET: SECRET}).access_secret == SECRET


@pytest.mark.parametrize("store_class", [LockedStore, DeafStore, FailingStore])
def test_a_key_store_that_does_not_keep_the_secret_says_so_without_saying_it(
    store_class: type[Store],
) -> None:
    keyring.set_keyring(store_class())
    with pytest.raises(StationError) as caught:
        store_credentials(Credentials("key", SECRET))
    assert caught.value.reason.why is Why.KEY_STORE_CLOSED
    assert SECRET not in f"{caught.value!r} {caught.value.__cause__!r} {caught.value.__context__!r}"
