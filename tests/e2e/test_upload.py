"""`upload`, as people and other programs give it; and that no secret is in anything that was written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.adapters.secrets import ACCESS_KEY as KEY_VARIABLE
from app.adapters.secrets import ACCESS_SECRET as SECRET_VARIABLE
from app.adapters.sqlite_journal import SqliteJournal
from tests.adapters.platforms import new_service
from tests.e2e.command import Outcome, Scan, run
from tests.e2e.units import imei, qr, sn
from tests.platform.accounts import ACCESS_KEY, ACCESS_SECRET
from tests.platform.faults import Fault
from tests.platform.server import running
from tests.platform.service import Service
from tests.station.upload_journal import UploadJournal
from tests.station.uploads import PK, waiting

KEYS = {KEY_VARIABLE: ACCESS_KEY, SECRET_VARIABLE: ACCESS_SECRET}


@pytest.fixture
def service() -> Service:
    return new_service()


@pytest.fixture
def url(service: Service) -> Iterator[str]:
    with running(service) as url:
        yield url


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A workshop without sign-in; units 1 to 3 are bound."""
    folder = tmp_path / "station"
    assert run("init", "--data", folder, "--no-sign-in").code == 0
    with closing(SqliteJournal(folder / "journal.db")) as journal:
        UploadJournal(journal).put(waiting(number) for number in (1, 2, 3))
    return folder


def upload(folder: Path, url: str, *options: str, **more: str) -> Outcome:
    return run("upload", "--data", folder, "--json", "--base-url", url, *options, stdin=b"", **(KEYS | more))


def figures(outcome: Outcome) -> dict[str, int]:
    (product,) = outcome.json["products"]
    return {name: count for name, count in product.items() if isinstance(count, int) and count}


def test_what_is_bound_is_on_the_platform_afterwards(folder: Path, url: str, service: Service) -> None:
    dry = run("upload", "--data", folder, "--json", "--dry-run")
    assert (dry.code, figures(dry), service.records) == (0, {"waiting": 3}, [])
    done = upload(folder, url)
    assert (done.code, figures(done), done.json["confirmed_now"]) == (0, {"confirmed": 3}, 3)
    held = {imei: device["sn"] for imei, device in service.devices.products[PK].items()}
    assert held == {imei(number): sn(number) for number in (1, 2, 3)}
    again = upload(folder, url)
    assert (again.code, again.json["confirmed_now"], service.count("createBatch")) == (0, 0, 1)


def test_conflicts_are_named_by_their_device_key(folder: Path, url: str, service: Service) -> None:
    service.devices.put(PK, imei(2), "1")
    done = upload(folder, url)
    assert (done.code, figures(done)) == (1, {"confirmed": 2, "conflicts": 1})
    assert done.json["error"] == "upload-problems"
    (problem,) = done.json["problems"]
    assert (problem["device_key"], problem["sn"], problem["held"]) == (imei(2), sn(2), "1")
    del service.devices.products[PK][imei(2)]
    assert upload(folder, url).code == 1
    mended = upload(folder, url, "--try-again")
    assert (mended.code, figures(mended)) == (0, {"confirmed": 3})


def test_a_station_without_a_window_can_decide_about_a_conflict(
    folder: Path, url: str, service: Service
) -> None:
    for number in (1, 2):
        service.devices.put(PK, imei(number), "1")
    assert upload(folder, url).code == 1
    unnamed = upload(folder, url, "--handled", "sold")
    assert (unnamed.code, unnamed.json["error"]) == (1, "nothing-named")
    handled = upload(folder, url, "--handled", "sold elsewhere", "--device-key", imei(1))
    assert (handled.code, figures(handled)["handled"]) == (1, 1)
    replaced = upload(folder, url, "--replace", "ours is right", "--device-key", imei(2))
    assert (replaced.code, service.devices.products[PK][imei(2)]["sn"]) == (0, sn(2))
    assert run("unbind", "--data", folder, "--sn", sn(2), "--pk", PK, "--reason", "scrapped").code == 0
    off = upload(folder, url, "--take-off", "scrapped", "--device-key", imei(2))
    assert (off.code, off.json["left_behind"]) == (0, [])
    assert imei(2) not in service.devices.products[PK]


def test_a_permission_that_was_granted_is_noticed_by_the_next_call(
    folder: Path, url: str, service: Service
) -> None:
    service.faults.script(Fault.PRODUCT_DENIED, call="createBatch")
    refused = upload(folder, url)
    assert (refused.code, refused.json["error"]) == (1, "platform-product-denied")
    assert str(int(Fault.PRODUCT_DENIED)) in refused.json["products"][0]["why"]
    assert upload(folder, url).code == 0


def test_a_platform_that_cannot_be_reached_is_exit_code_3(folder: Path, url: str, service: Service) -> None:
    service.faults.always([Fault.DROP_AFTER])
    gone = upload(folder, url)
    assert (gone.code, gone.json["error"]) == (3, "platform-broken")


@pytest.mark.parametrize(
    ("address", "keys", "code", "error"),
    [
        ("http://example.com", KEYS, 1, "platform-url"),
        ("ftp://127.0.0.1", KEYS, 1, "platform-url"),
        ("", {}, 1, "upload-not-set-up"),
        ("http://127.0.0.1:1", {KEY_VARIABLE: ACCESS_KEY}, 1, "keys-half"),
    ],
)
def test_what_makes_no_sense_is_refused_before_anything_is_sent(
    folder: Path, address: str, keys: dict[str, str], code: int, error: str
) -> None:
    refused = run("upload", "--data", folder, "--json", "--base-url", address, stdin=b"", **keys)
    assert (refused.code, refused.json["error"]) == (code, error)


def test_wrong_keys_are_refused_and_nothing_has_left(folder: Path, url: str) -> None:
    refused = upload(folder, url, **{SECRET_VARIABLE: "another"})
    assert (refused.code, refused.json["error"], figures(refused)) == (1, "platform-sign-in", {"waiting": 3})


def test_one_shift_can_be_uploaded_alone(folder: Path, url: str, service: Service) -> None:
    assert run("shift", "open", "--data", folder).code == 0
    assert run("shift", "close", "--data", folder, "--left", "0").code == 0
    frames = "\n".join((qr(7), imei(7))).encode() + b"\n"
    assert run("scan", "--data", folder, "--json", "--imei-from", "label", stdin=frames).code == 0
    shift = run("shift", "list", "--data", folder, "--json").json["shifts"][0]["shift"]
    service.devices.put(PK, imei(2), "1")
    done = upload(folder, url, "--shift", str(shift))
    assert (done.json["confirmed_now"], figures(done)) == (1, {"confirmed": 1})
    assert set(service.devices.products[PK]) == {imei(2), imei(7)}
    assert upload(folder, url).code == 1
    alone = upload(folder, url, "--shift", str(shift), "--try-again")
    assert (alone.code, alone.json["problems"], figures(alone)) == (0, [], {"confirmed": 1})
    assert service.count("createBatch") == 3
    assert upload(folder, url, "--shift", "99").json["error"] == "no-shift"


def test_beside_a_running_station_only_a_dry_run_is_possible(folder: Path, url: str) -> None:
    with Scan(folder, "--imei-from", "label") as scan:
        assert scan.say(qr(8))["verdict"] == "half"
        assert run("upload", "--data", folder, "--json", "--dry-run").code == 0
        held = upload(folder, url)
        assert (held.code, held.json["error"]) == (3, "station-in-use")
        scan.end()


def test_the_connection_can_be_tried_without_sending_anything(
    folder: Path, url: str, service: Service
) -> None:
    assert upload(folder, url, "--check").json == {"connected": True}
    wrong = upload(folder, url, "--check", **{SECRET_VARIABLE: "another"})
    assert (wrong.code, wrong.json["error"]) == (1, "platform-sign-in")
    half = upload(folder, url, "--check", **{SECRET_VARIABLE: ""})
    assert (half.code, half.json["error"]) == (1, "keys-half")
    gone = upload(folder, "http://127.0.0.1:1", "--check")
    assert (gone.code, gone.json["connected"]) == (3, False)
    assert {recorded.call for recorded in service.records} == {"accessKeyLogin"}


def test_only_a_supervisor_uploads(tmp_path: Path, url: str, service: Service) -> None:
    folder = tmp_path / "guarded"
    made = run("init", "--data", folder, "--supervisor", "Zhao Min", BINDING_STATION_NEW_PIN="2468")
    assert made.code == 0, made.err
    add = ("user", "add", "Chen Jing", "--role", "operator", "--data", folder, "--as-user", "Zhao Min")
    assert run(*add, BINDING_STATION_PIN="2468", BINDING_STATION_NEW_PIN="1357").code == 0
    assert upload(folder, url).json["error"] == "as-user-needed"
    operator = upload(folder, url, "--as-user", "Chen Jing", BINDING_STATION_PIN="1357")
    assert (operator.code, operator.json["error"]) == (1, "not-allowed")
    assert upload(folder, url, "--as-user", "Zhao Min", BINDING_STATION_PIN="2468").code == 0
    assert service.count("createBatch") == 0


@pytest.mark.parametrize("fault", [None, Fault.PRODUCT_DENIED, Fault.UNAUTHORISED, Fault.UNKNOWN_CODE])
def test_no_secret_is_in_anything_that_was_written_or_said(
    folder: Path, url: str, service: Service, fault: Fault | None
) -> None:
    service.faults.script(fault, call="createBatch")
    said = []
    for options in ((), ("--dry-run",), ("--try-again",)):
        outcome = upload(folder, url, *options)
        said += [outcome.out, outcome.err]
    plain = run("upload", "--data", folder, "--base-url", url, stdin=b"", **KEYS)
    story = run("journal", "show", sn(1), "--data", folder, "--json")
    said += [plain.out, plain.err, story.out, story.err]
    written = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    secrets = [ACCESS_SECRET, ACCESS_KEY, *service.accounts.tokens]
    assert service.accounts.tokens
    for secret in secrets:
        assert not any(secret in text for text in said)
        assert not any(secret.encode() in content for content in written)


def test_the_unit_s_story_tells_of_the_upload(folder: Path, url: str) -> None:
    upload(folder, url)
    told = run("journal", "show", imei(2), "--data", folder, "--json")
    kinds = [event["kind"] for event in json.loads(told.out)["events"]] if "events" in told.out else told.out
    assert "upload-sent" in kinds
    assert "uploaded" in kinds
