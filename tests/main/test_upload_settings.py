"""The settings of the upload: what is refused, what is kept, where the keys go, and where they never go."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import keyring
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.adapters.secrets import ACCESS_KEY, ACCESS_SECRET, stored_credentials
from app.main.upload_settings import UploadSettings
from app.ui.pages import PageName
from app.ui.upload_settings_card import Keys
from tests.adapters.journals import PK
from tests.adapters.platforms import CREDENTIALS, new_service
from tests.adapters.test_secrets import Store
from tests.main.conftest import Desk
from tests.main.uploads import bound_units
from tests.platform import accounts
from tests.platform.server import running

OpenDesk = Callable[..., Desk]


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The key store of this PC; the environment has no keys."""
    for name in (ACCESS_KEY, ACCESS_SECRET):
        monkeypatch.delenv(name, raising=False)
    before, made = keyring.get_keyring(), Store()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


class AtSettings:
    """The settings in front."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        desk.shown.window.show_page(PageName.SETTINGS)
        self.settings: UploadSettings = desk.shown.upload_settings
        self.form, self.card = self.settings.form, self.settings.card
        desk.until(lambda: self.card._keys is not Keys.LOOKING)

    def choose_address(self, address: str, ca_file: str = "") -> None:
        """As somebody types it, and saves it."""
        self.form.centre.segments[3].click()
        for field, text in ((self.form.address, address), (self.form.ca_file, ca_file)):
            field.put(text)
            field.typed.emit(text)
        self.form.confirm.click()

    def enter_keys(self, key: str, secret: str) -> None:
        self.card.enter.click()
        self.card.form.key.edit.setText(key)
        self.card.form.secret.edit.setText(secret)
        self.card.form.confirm.click()

    def told(self) -> str:
        return self.form.accessibleDescription()

    def test(self) -> str:
        """What the test of the connection says."""
        self.card.test.click()
        self.desk.until(lambda: self.card.test.isEnabled() and self.card._told)
        return self.card.accessibleDescription()

    @property
    def when_kept(self) -> tuple[bool, int]:
        settings = self.desk.place.settings
        return settings.upload_at_shift_close, settings.upload_minutes

    def written(self) -> bytes:
        """All that stands in files of ours."""
        return b"".join(path.read_bytes() for path in self.desk.place.folder.rglob("*") if path.is_file())


@pytest.fixture
def at(open_desk: OpenDesk, store: Store) -> AtSettings:
    return AtSettings(open_desk(bound_units(1)))


def test_a_data_centre_is_chosen_kept_and_on_record(at: AtSettings) -> None:
    at.form.centre.segments[2].click()
    assert at.desk.place.settings.data_centre == ""
    at.form.confirm.click()
    at.desk.until(lambda: at.desk.place.settings.data_centre == "europe")
    at.desk.until(lambda: at.told() == "Saved.")
    event = at.desk.events()[-1]
    assert (event.entry.kind, event.entry.after) == ("setting-changed", "europe")
    face = at.desk.shown.window.status.upload
    at.desk.until(lambda: face.face is not None and face.face.text == "1 to upload")


@pytest.mark.parametrize(
    ("address", "ca_file", "sentence"),
    [
        ("http://iot.example.com", "", "cannot be the address"),
        ("iot.example.com", "", "cannot be the address"),
        ("https://iot.example.com", "no-such-file.pem", "certificates in no-such-file.pem cannot be used"),
    ],
)
def test_what_could_never_work_is_refused_in_words_and_nothing_is_kept(
    at: AtSettings, address: str, ca_file: str, sentence: str
) -> None:
    at.choose_address(address, ca_file)
    at.desk.until(lambda: sentence in at.told())
    assert at.form.address.text == address
    assert at.desk.place.settings.data_centre == ""
    at.form.cancel.click()
    assert at.form.centre.number == 0
    assert at.form.confirm.isHidden()


def test_a_proxy_with_a_password_is_refused_and_stands_nowhere(at: AtSettings) -> None:
    at.form.centre.segments[1].click()
    at.form.proxy.put("http://anna:s3cr3t-word@proxy.example:3128")
    at.form.proxy.typed.emit("")
    at.form.confirm.click()
    at.desk.until(lambda: "address of the proxy cannot be used" in at.told())
    assert b"s3cr3t-word" not in at.written()


def test_the_keys_go_into_the_key_store_and_nowhere_else(
    at: AtSettings, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    assert at.card.keys_text == "Not on this PC yet"
    at.enter_keys(f" {accounts.ACCESS_KEY}", f"{accounts.ACCESS_SECRET} ")
    assert (at.card.form.key.text, at.card.form.secret.text) == ("", "")
    at.desk.until(lambda: at.card.keys_text == "In the key store of this PC")
    assert stored_credentials() == CREDENTIALS
    event = at.desk.events()[-1]
    assert (event.entry.kind, event.entry.after) == ("setting-changed", "stored")
    at.card.forget.click()
    at.desk.until(lambda: at.card.keys_text == "Not on this PC yet")
    assert store.entries == {}
    at.desk.shown.close()
    for secret in (accounts.ACCESS_KEY, accounts.ACCESS_SECRET):
        assert secret.encode() not in at.written()
        assert secret not in caplog.text


def test_keys_that_were_typed_are_gone_once_the_page_is_left(at: AtSettings) -> None:
    at.card.enter.click()
    at.card.form.secret.edit.setText("half of it")
    at.desk.shown.window.show_page(PageName.JOURNAL)
    assert at.card.form.secret.text == ""


def test_a_scan_never_lands_in_a_field_and_one_of_a_key_is_recorded_nowhere(at: AtSettings) -> None:
    for field in (at.form.proxy, at.form.ca_file):
        at.desk.shown.window.show_page(PageName.SETTINGS)
        field.edit.setFocus()
        at.desk.scan(f"pk={PK}&sn=123456789123456789&v=1")
        at.desk.until(lambda: at.desk.shown.window.page is PageName.BINDING)
        assert field.text == ""
    at.desk.shown.window.show_page(PageName.SETTINGS)
    at.card.enter.click()
    at.card.form.secret.edit.setFocus()
    at.desk.scan(accounts.ACCESS_SECRET)
    assert at.desk.shown.window.page is PageName.SETTINGS
    assert at.card.form.secret.text == ""
    assert "was not recorded" in at.card.form.accessibleDescription()
    at.desk.shown.close()
    assert accounts.ACCESS_SECRET.encode() not in at.written()


def test_enter_and_space_store_nothing(at: AtSettings, store: Store) -> None:
    at.card.enter.click()
    at.card.form.key.edit.setText("key")
    at.card.form.secret.edit.setText("secret")
    for part in (at.card.form.secret.edit, at.card.form.confirm):
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            QTest.keyClick(part, key)
    QTest.keyClick(at.card.form.confirm, Qt.Key.Key_Space)
    assert store.entries == {}
    QTest.keyClick(at.card.form.secret.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    at.desk.until(lambda: store.entries)


def test_keys_in_the_environment_are_said_and_cannot_be_entered(
    open_desk: OpenDesk, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ACCESS_KEY, "key")
    monkeypatch.setenv(ACCESS_SECRET, "secret")
    at = AtSettings(open_desk(bound_units(1)))
    assert at.card.keys_text.startswith("From the environment")
    assert at.card.enter.isHidden()


def test_the_test_of_the_connection_answers_in_words(
    open_desk: OpenDesk, store: Store, tmp_path: Path
) -> None:
    ca_file = tmp_path / "ca.pem"
    with running(new_service(PK), ca_file=ca_file) as url:
        at = AtSettings(open_desk(bound_units(1)))
        assert "No data centre is chosen" in at.test()
        at.choose_address(url)
        at.desk.until(lambda: at.told() == "Saved.")
        assert "There are no AccessKey and AccessSecret" in at.test()
        at.enter_keys(accounts.ACCESS_KEY, accounts.ACCESS_SECRET)
        at.desk.until(lambda: at.card.keys_text == "In the key store of this PC")
        assert "is not trusted" in at.test()
        at.choose_address(url, str(ca_file))
        at.desk.until(lambda: at.desk.place.settings.upload_ca_file != "")
        assert at.test() == "Developer Center answers, and accepts this AccessKey."


def test_when_it_uploads_by_itself_is_kept_at_once(at: AtSettings) -> None:
    expected = [(True, 0), (True, 5), (True, 15), (True, 60), (False, 0)]
    for number, wanted in zip((1, 2, 3, 4, 0), expected, strict=True):
        at.card.when.segments[number].click()
        at.desk.until(lambda wanted=wanted: at.when_kept == wanted)  # type: ignore[misc]


def test_each_page_has_its_keys_and_the_settings_show_what_holds_whenever_they_come(at: AtSettings) -> None:
    window, wedge = at.desk.shown.window, at.desk.shown.wedge
    assert window.settings_page.station_card.volume.number >= 0
    assert not wedge.swallow_all
    window.show_page(PageName.BINDING)
    assert wedge.swallow_all
    window.show_page(PageName.SHIFT)
    assert not wedge.swallow_all
