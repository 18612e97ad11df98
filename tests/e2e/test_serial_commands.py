"""`read-imei` and `scan --port` with a module that answers on a socket."""

import json
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.adapters.simulated_module import LoopbackPort, SimulatedModule
from tests.e2e.command import Scan, run
from tests.e2e.units import imei, qr, sn

MODULE = "863950069494278"


@pytest.fixture
def module() -> Iterator[tuple[SimulatedModule, str]]:
    simulated = SimulatedModule(MODULE)
    with LoopbackPort(simulated) as port:
        yield simulated, port.url


def test_read_imei_gives_the_imei_and_what_was_said(module: tuple[SimulatedModule, str]) -> None:
    done = run("read-imei", "--port", module[1], "--json")
    assert (done.code, done.json["imei"], done.json["command"]) == (0, MODULE, "AT+GSN")
    assert any("AT+GSN" in one["command"] and MODULE in one["reply"] for one in done.json["replies"])


def test_an_imei_that_is_refused_is_exit_1_with_the_reason(module: tuple[SimulatedModule, str]) -> None:
    module[0].imei = "863950069494270"
    done = run("read-imei", "--port", module[1], "--timeout", "10", "--json")
    assert (done.code, done.json["imei"], done.json["seen"]) == (1, None, "863950069494270")
    assert "8" in done.json["why"]


def test_a_module_that_does_not_answer_is_exit_3_within_the_time(module: tuple[SimulatedModule, str]) -> None:
    module[0].imei = None
    done = run("read-imei", "--port", module[1], "--timeout", "1", "--json")
    assert (done.code, done.json["imei"]) == (3, None)
    assert done.json["why"]


def test_a_port_that_is_not_there_is_exit_3() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        url = f"socket://127.0.0.1:{free.getsockname()[1]}"
    done = run("read-imei", "--port", url, "--timeout", "1", "--json")
    assert done.code == 3
    assert "Traceback" not in done.err


def test_scan_with_a_port_answers_each_device_code_finally(
    module: tuple[SimulatedModule, str], tmp_path: Path
) -> None:
    simulated, url = module
    with Scan(tmp_path, "--port", url, "--no-latch") as scan:
        for number in range(5):
            simulated.imei = imei(number)
            answer = scan.say(qr(number))
            assert (answer["verdict"], answer["imei"], answer["sn"]) == ("bound", imei(number), sn(number))
        assert scan.say(qr(4) + "&again=1")["verdict"] == "already-bound"
        simulated.imei = imei(0)
        taken = scan.say(qr(9))
        assert (taken["verdict"], taken["earlier"]["sn"]) == ("imei-taken", sn(0))
        simulated.imei = "863950069494270"
        assert scan.say(qr(10))["verdict"] == "imei-invalid"
        assert scan.end() == 0


def test_the_last_unit_that_still_lies_there_is_never_bound_to_the_next_code(
    module: tuple[SimulatedModule, str], tmp_path: Path
) -> None:
    settings = json.dumps({"read_seconds": 1})
    (tmp_path / "settings.json").write_text(settings, "utf-8")
    with Scan(tmp_path, "--port", module[1], "--no-latch") as scan:
        assert scan.say(qr(1))["verdict"] == "bound"
        fault = scan.say(qr(2))
        assert (fault["verdict"], fault["sn"]) == ("module-fault", sn(2))
        module[0].imei = imei(2)
        assert scan.say(qr(3))["verdict"] == "bound"


def test_with_both_sources_the_label_must_agree(module: tuple[SimulatedModule, str], tmp_path: Path) -> None:
    with Scan(tmp_path, "--port", module[1], "--imei-from", "both", "--no-latch") as scan:
        assert scan.say(qr(1))["verdict"] == "half"
        assert scan.say(MODULE)["verdict"] == "bound"
        module[0].imei = imei(2)
        assert scan.say(qr(2))["verdict"] == "half"
        mismatch = scan.say(imei(3))
        assert (mismatch["verdict"], mismatch["imei"]) == ("imei-mismatch", imei(2))
        assert mismatch["imei_on_label"] == imei(3)
