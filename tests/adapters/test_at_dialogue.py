from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.adapters.at_dialogue import QUESTIONS, AskOptions, Dialogue
from app.adapters.open_port import OpenPort, PortOptions
from app.adapters.simulated_module import LoopbackPort
from app.core.errors import Why
from app.ports.fixture import ModuleReading, ModuleTrouble
from tests.modem import ANOTHER_IMEI, BAD_CHECK_DIGIT, IMEI, Modem, Port, PtyPort, needs_ptys

QUICK = AskOptions(boot_seconds=0.3, greet_seconds=0.1, command_seconds=0.3, tries=3, pause_seconds=0.02)
PATIENT = replace(QUICK, boot_seconds=10.0, greet_seconds=0.3, command_seconds=2.0)
QuickPort = LoopbackPort if sys.platform == "win32" else PtyPort
"""Network ports take 0.3 s to close."""

TRANSCRIPTS = json.loads((Path(__file__).parents[1] / "data/at_transcripts.json").read_text("utf-8"))
OF_OUR_QUESTIONS = [known for known in TRANSCRIPTS if known["command"] in QUESTIONS]


@pytest.fixture
def modem() -> Modem:
    return Modem()


@pytest.fixture(scope="module")
def replaying() -> Iterator[tuple[Modem, Dialogue]]:
    """A modem that says what it is told to, byte by byte and without an echo of its own."""
    modem = Modem()
    modem.echo, modem.never_echoes, modem.fragment = False, True, 1
    with QuickPort(modem) as port, closing(OpenPort(port.url, PortOptions())) as opened:
        yield modem, Dialogue(opened, replace(QUICK, tries=1, command_seconds=0.2))


@pytest.fixture(params=[LoopbackPort, pytest.param(PtyPort, marks=needs_ptys)])
def any_port(request: pytest.FixtureRequest, modem: Modem) -> Iterator[Port]:
    with request.param(modem) as port:
        yield port


@pytest.fixture
def port(modem: Modem) -> Iterator[Port]:
    with QuickPort(modem) as port:
        yield port


def ask(port: Port, options: AskOptions = PATIENT, seconds: float = 20.0) -> ModuleReading | ModuleTrouble:
    with closing(OpenPort(port.url, PortOptions())) as opened:
        return Dialogue(opened, options).read_imei(time.monotonic() + seconds)


def imei_of(outcome: ModuleReading | ModuleTrouble) -> str:
    assert isinstance(outcome, ModuleReading), outcome
    return outcome.imei


def why_of(outcome: ModuleReading | ModuleTrouble) -> Why:
    assert isinstance(outcome, ModuleTrouble), outcome
    return outcome.reason.why


def test_a_module_is_greeted_its_echo_switched_on_and_its_imei_read_twice(
    any_port: Port, modem: Modem
) -> None:
    outcome = ask(any_port)
    assert imei_of(outcome) == IMEI
    assert modem.heard == ["AT", "ATE1", "AT+GSN", "AT+GSN"]
    assert [exchange.command for exchange in outcome.exchanges] == modem.heard
    assert outcome.exchanges[-1].reply == f"AT+GSN\r\r\n{IMEI}\r\n\r\nOK\r\n"


def test_a_second_question_on_an_open_port_takes_two_exchanges_and_no_more(port: Port, modem: Modem) -> None:
    with closing(OpenPort(port.url, PortOptions())) as opened:
        dialogue = Dialogue(opened, PATIENT)
        dialogue.read_imei(time.monotonic() + 20)
        modem.heard.clear()
        assert imei_of(dialogue.read_imei(time.monotonic() + 20)) == IMEI
    assert modem.heard == ["AT+GSN", "AT+GSN"]


@pytest.mark.parametrize(
    "habit",
    [
        {"echo": False},
        {"echo": False, "never_echoes": True},
        {"verbose": False},
        {"verbose": False, "echo": False, "never_echoes": True},
        {"results": False},
        {"results": False, "echo": False},
        {"busy": 2},
        {"fragment": 1, "pause_seconds": 0.002},
        {"fragment": 7, "pause_seconds": 0.02},
        {"noise": b'\r\n+CEREG: 2,"2D0D","2549F0B",7\r\n\x00\xff\r\n^BOOT:26417135,0,0,0,20\r\n'},
        {"deaf_to": ("ATE1",)},
        {"deaf_to": ("AT", "ATQ0", "ATE1")},
        {"deaf_to": ("AT+GSN", "AT+CGSN")},
        {"replies": {"AT+CGSN": "\r\nBC28-SERIAL-1\r\n\r\nOK\r\n", "AT+GSN": "\r\nERROR\r\n"}},
        {"replies": {"AT+GSN": "\r\n12345678-1234-1234-1234-123456789012\r\n\r\nOK\r\n"}},
        {
            "replies": {
                "AT+GSN": "\r\nERROR\r\n",
                "AT+CGSN": "\r\nERROR\r\n",
                "AT+CGSN=1": "\r\nERROR\r\n",
                "AT+GSN?": f'\r\n+GSN: "{IMEI}"\r\n\r\nOK\r\n',
            }
        },
    ],
    ids=str,
)
def test_whatever_its_habits_a_modules_imei_is_read(port: Port, modem: Modem, habit: dict[str, Any]) -> None:
    for name, value in habit.items():
        setattr(modem, name, value)
    assert imei_of(ask(port, replace(QUICK, boot_seconds=0.6, greet_seconds=0.2))) == IMEI


def test_a_module_that_boots_is_greeted_until_it_answers(port: Port, modem: Modem) -> None:
    modem.boot(0.7, b"\r\nBoot: Unsigned\r\nApps A...... Verified\r\nNeul \r\nOK\r\n")
    assert imei_of(ask(port)) == IMEI


def test_an_answer_that_comes_before_our_echo_is_not_taken(port: Port, modem: Modem) -> None:
    modem.noise = b"\r\n214074300571798\r\n\r\nOK\r\n"
    assert imei_of(ask(port)) == IMEI


def test_an_old_answer_that_comes_well_before_our_echo_is_never_believed(port: Port, modem: Modem) -> None:
    stale = "\r\n214074300571798\r\n\r\nOK\r\n"
    modem.replies = {"AT+GSN": f"{stale}AT+GSN\r\r\n{IMEI}\r\n\r\nOK\r\n"}
    modem.echo, modem.never_echoes = False, True
    modem.fragment, modem.pause_seconds = len(stale), 0.08
    outcome = ask(port)
    assert (
        outcome.imei == IMEI if isinstance(outcome, ModuleReading) else why_of(outcome) is Why.MODULE_UNSTEADY
    )


@pytest.mark.parametrize("known", OF_OUR_QUESTIONS, ids=lambda known: known["name"])
def test_real_replies_are_read_the_same_when_they_arrive_byte_by_byte(
    replaying: tuple[Modem, Dialogue], known: dict[str, Any]
) -> None:
    modem, dialogue = replaying
    modem.replies = dict.fromkeys(QUESTIONS, "\r\nERROR\r\n") | {known["command"]: known["reply"]}
    dialogue.forget()
    outcome = dialogue.read_imei(time.monotonic() + 20)
    assert (outcome.imei if isinstance(outcome, ModuleReading) else None) == known["imei"]


def trouble_of_silence(modem: Modem) -> None:
    modem.imei = None


def trouble_of_a_loop(modem: Modem) -> None:
    modem.looped = True


def trouble_of_a_wrong_speed(modem: Modem) -> None:
    modem.echo = False
    modem.replies = dict.fromkeys(["AT", "ATQ0", *QUESTIONS], "\x80\xf8\x00\x80x\xfe")


def trouble_of_boot_noise_alone(modem: Modem) -> None:
    modem.replies = dict.fromkeys(["AT", "ATQ0", *QUESTIONS], "\r\nRDY\r\n\r\n+CFUN: 1\r\n")


def trouble_of_a_modem_without_imei(modem: Modem) -> None:
    modem.replies = dict.fromkeys(QUESTIONS, "\r\nOK\r\n")


def trouble_of_a_busy_module(modem: Modem) -> None:
    modem.busy = 1000


def trouble_of_an_empty_imei(modem: Modem) -> None:
    modem.replies = dict.fromkeys(QUESTIONS, '\r\n+CGSN: ""\r\n\r\nOK\r\n')


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (trouble_of_silence, Why.MODULE_SILENT),
        (trouble_of_a_loop, Why.MODULE_ECHO_ONLY),
        (trouble_of_a_wrong_speed, Why.MODULE_GARBAGE),
        (trouble_of_boot_noise_alone, Why.MODULE_SILENT),
        (trouble_of_a_modem_without_imei, Why.MODULE_WITHOUT_IMEI),
        (trouble_of_a_busy_module, Why.MODULE_WITHOUT_IMEI),
        (trouble_of_an_empty_imei, Why.MODULE_IMEI_NEVER_WRITTEN),
    ],
)
def test_what_was_seen_instead_of_an_imei_is_told(port: Port, modem: Modem, make: Any, why: Why) -> None:
    make(modem)
    outcome = ask(port, QUICK)
    assert why_of(outcome) is why
    assert isinstance(outcome, ModuleTrouble)
    assert outcome.reason.facts["port"] == port.url
    assert outcome.reason.facts["tries"] == len(outcome.exchanges)


class Restless(Modem):
    """Another module at every question."""

    def answer(self, command: str, imei: str) -> bytes:
        self.imei = ANOTHER_IMEI if imei == IMEI else IMEI
        return super().answer(command, imei)


class Forgetful(Modem):
    """Gives its IMEI once."""

    def answer(self, command: str, imei: str) -> bytes:
        answer = super().answer(command, imei)
        if command in QUESTIONS:
            self.replies = dict.fromkeys(QUESTIONS, "\r\nERROR\r\n")
        return answer


@pytest.mark.parametrize("unsteady", [Restless(), Forgetful()], ids=["differs", "only once"])
def test_an_imei_that_is_not_read_twice_is_not_believed(unsteady: Modem) -> None:
    with QuickPort(unsteady) as port:
        assert why_of(ask(port)) is Why.MODULE_UNSTEADY


@pytest.mark.parametrize("imei", [BAD_CHECK_DIGIT, "004999010640000", "000000000000000"])
def test_an_imei_that_will_be_refused_is_still_what_was_read(port: Port, modem: Modem, imei: str) -> None:
    modem.replies = {"AT+GSN": f"\r\n{imei}\r\n\r\nOK\r\n"} | dict.fromkeys(QUESTIONS[1:], "\r\nERROR\r\n")
    outcome = ask(port)
    assert imei_of(outcome) == imei
    assert outcome.exchanges[-1].command == QUESTIONS[-1]


def test_an_imei_that_will_be_refused_is_what_was_read_even_if_it_is_given_only_once() -> None:
    with QuickPort(Forgetful(BAD_CHECK_DIGIT)) as port:
        assert imei_of(ask(port)) == BAD_CHECK_DIGIT


def test_a_valid_imei_ends_the_search_after_one_that_is_not(port: Port, modem: Modem) -> None:
    modem.replies = {"AT+GSN": f"\r\n{BAD_CHECK_DIGIT}\r\n\r\nOK\r\n"}
    assert imei_of(ask(port)) == IMEI
    assert modem.heard[-1] == "AT+CGSN"


def test_egmr_is_asked_only_where_that_is_set_and_nothing_is_ever_written(port: Port, modem: Modem) -> None:
    modem.replies = dict.fromkeys(QUESTIONS, "\r\nERROR\r\n")
    modem.replies["AT+EGMR=0,7"] = f'\r\n+EGMR: "{IMEI}"\r\n\r\nOK\r\n'
    assert why_of(ask(port)) is Why.MODULE_WITHOUT_IMEI
    assert not [command for command in modem.heard if "EGMR" in command]
    assert imei_of(ask(port, replace(PATIENT, egmr=True))) == IMEI
    assert {command for command in modem.heard if "EGMR" in command} == {"AT+EGMR=0,7"}


def test_results_that_are_off_are_switched_on_for_a_module_that_gives_its_imei_without_end(
    port: Port, modem: Modem
) -> None:
    modem.results = False
    modem.replies = {"AT": "\r\nOK\r\n"}
    assert imei_of(ask(port, replace(PATIENT, command_seconds=0.3))) == IMEI
    assert modem.heard[2:5] == ["AT+GSN", "ATQ0", "ATV1"]


def test_a_module_that_never_stops_talking_is_left_when_the_time_is_up(port: Port, modem: Modem) -> None:
    talk = "\r\n+CREG: 1" * 12
    modem.replies = dict.fromkeys(["AT", "ATQ0", *QUESTIONS], talk)
    modem.fragment, modem.pause_seconds = 1, 0.01
    outcome = ask(port, seconds=0.4)
    assert why_of(outcome) is Why.MODULE_SILENT
    assert len("".join(exchange.reply for exchange in outcome.exchanges)) < len(talk)


def test_no_command_is_waited_for_longer_than_the_question_lasts(port: Port, modem: Modem) -> None:
    modem.deaf_to = QUESTIONS
    assert why_of(ask(port, replace(PATIENT, command_seconds=3600), seconds=0.5)) is Why.MODULE_WITHOUT_IMEI


def test_a_module_that_stops_echoing_is_asked_again_and_read(port: Port, modem: Modem) -> None:
    with closing(OpenPort(port.url, PortOptions())) as opened:
        dialogue = Dialogue(opened, replace(PATIENT, command_seconds=3600))
        assert dialogue.greet()
        modem.echo = False
        assert imei_of(dialogue.read_imei(time.monotonic() + 3600)) == IMEI


def test_giving_up_ends_a_question_to_a_silent_module_at_once(port: Port, modem: Modem) -> None:
    modem.imei = None
    with closing(OpenPort(port.url, PortOptions())) as opened:
        dialogue = Dialogue(opened, PATIENT, give_up=lambda: modem.heard == ["AT"])
        assert why_of(dialogue.read_imei(time.monotonic() + 20)) is Why.MODULE_SILENT
    assert modem.heard == ["AT"]


def test_a_port_that_goes_while_its_module_is_asked_is_told(any_port: Port, modem: Modem) -> None:
    with closing(OpenPort(any_port.url, PortOptions())) as opened:
        dialogue = Dialogue(opened, PATIENT)
        assert dialogue.greet()
        any_port.stop()
        assert why_of(dialogue.read_imei(time.monotonic() + 20)) is Why.PORT_GONE


def test_a_port_that_goes_after_a_bad_imei_was_seen_leaves_that_imei(port: Port, modem: Modem) -> None:
    modem.imei, modem.deaf_to = BAD_CHECK_DIGIT, ("AT+CGSN",)

    def pull_out_at_the_second_command() -> bool:
        if "AT+CGSN" in modem.heard:
            port.stop()
        return False

    with closing(OpenPort(port.url, PortOptions())) as opened:
        dialogue = Dialogue(opened, PATIENT, pull_out_at_the_second_command)
        assert imei_of(dialogue.read_imei(time.monotonic() + 20)) == BAD_CHECK_DIGIT
