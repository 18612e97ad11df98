"""A label right after PASS: printed beside binding, and its failure never touches the verdict."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.adapters.sqlite_journal import SqliteJournal, create_journal
from app.core.record import Entry, EventKind, StoredEvent
from app.core.verdicts import Verdict
from app.main.pass_labels import takes_zpl
from app.ui.pages import PageName
from tests.adapters.journals import STAMP, bound, pair
from tests.label_printer import label_printer
from tests.main.conftest import OPERATOR, PEOPLE, SUPERVISOR, Desk
from tests.ui.written import words

Open = Callable[..., Desk]
LEFT = Qt.MouseButton.LeftButton
LABELS = (EventKind.LABEL_MADE, EventKind.LABEL_REPRINTED, EventKind.LABELS_MADE, EventKind.LABEL_FAILED)


@pytest.fixture
def desk(open_desk: Open) -> Desk:
    """An operator is at the station."""
    made = open_desk(lambda path: create_journal(path, STAMP), people=PEOPLE)
    made.sign_in(OPERATOR)
    return made


def use(desk: Desk, printer: str, wanted: bool = True) -> None:
    desk.place.settings = replace(desk.place.settings, label_after_pass=wanted, label_printer=printer)


def bind(desk: Desk, number: int) -> None:
    unit = pair(number)
    desk.scan(f"pk={unit.device.pk}&sn={unit.device.sn}&v=1")
    desk.scan(str(unit.imei))

    def has_passed() -> bool:
        shown = desk.shown.window.view.state.shown
        return shown is not None and shown.verdict is Verdict.BOUND and shown.unit.device == unit.device

    desk.until(has_passed)


def label_events(desk: Desk) -> list[StoredEvent]:
    return [event for event in desk.events() if event.entry.kind in LABELS]


def closed_port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return f"tcp://127.0.0.1:{server.getsockname()[1]}"


def test_each_unit_that_passes_gets_its_label_in_the_name_of_who_bound_it(desk: Desk) -> None:
    with label_printer() as printer:
        use(desk, printer.address)
        bind(desk, 900)
        bind(desk, 901)
        desk.until(lambda: len(label_events(desk)) == 4)
        desk.until(lambda: printer.taken.count(b"^XZ") == 2)
        desk.until(lambda: desk.shown.pass_labels._work is None)
    made, batch, *_ = label_events(desk)
    assert (made.entry.kind, made.entry.sn) == (EventKind.LABEL_MADE, pair(900).device.sn)
    assert json.loads(batch.entry.detail or "")["purpose"] == "after-pass"
    assert (batch.stamp.operator, batch.stamp.approver) == (OPERATOR.name, None)
    assert desk.shown.window.status.labels.isHidden()


def test_nothing_is_printed_unless_the_settings_say_so(desk: Desk) -> None:
    use(desk, closed_port(), wanted=False)
    bind(desk, 900)
    desk.qtbot.wait(200)
    assert label_events(desk) == []


def test_a_printer_that_fails_is_told_and_on_record_while_binding_goes_on(desk: Desk) -> None:
    use(desk, closed_port())
    bind(desk, 900)
    desk.until(lambda: [event.entry.kind for event in label_events(desk)] == [EventKind.LABEL_FAILED])
    (failed,) = label_events(desk)
    assert failed.entry.sn == pair(900).device.sn
    assert "does not answer" in (failed.entry.reason or "")
    desk.until(lambda: desk.shown.window.status.labels.isVisible())
    assert "Label not printed" in words(desk.shown.window.status)
    assert desk.shown.window.view.state.latch is None
    with label_printer() as printer:
        use(desk, printer.address)
        bind(desk, 901)
        desk.until(lambda: desk.shown.window.status.labels.isHidden())
    assert printer.taken.count(b"^XZ") == 1


def test_labels_that_queue_up_are_told(desk: Desk) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        use(desk, f"tcp://127.0.0.1:{server.getsockname()[1]}")
        for number in range(900, 905):
            bind(desk, number)
        desk.until(lambda: "labels wait" in words(desk.shown.window.status))
        use(desk, closed_port())
        printed = server.accept()[0]
    printed.close()
    desk.until(lambda: "labels wait" not in words(desk.shown.window.status))


def test_a_printer_that_nobody_knows_is_told(desk: Desk) -> None:
    use(desk, "no such printer")
    bind(desk, 900)
    desk.until(lambda: [event.entry.kind for event in label_events(desk)] == [EventKind.LABEL_FAILED])
    assert "There is no printer" in (label_events(desk)[0].entry.reason or "")


def test_a_printer_that_the_system_knows_is_no_device(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "printer")
    name = str(tmp_path / "printer")
    assert takes_zpl(name, [])
    assert not takes_zpl(name, [name])
    assert takes_zpl("tcp://10.0.0.7", [])


def test_a_supervisor_chooses_it_in_the_settings(desk: Desk) -> None:
    desk.sign_in(SUPERVISOR)
    window = desk.shown.window
    window.show_page(PageName.SETTINGS)
    assert window.page is PageName.SETTINGS
    card = window.settings_page.after_pass
    QTest.mouseClick(card.wanted.segments[1], LEFT)
    assert "Say where the labels are printed." in words(card)
    assert not card.confirm.isEnabled()
    card.printer.edit.setFocus()
    QTest.keyClicks(card.printer.edit, "tcp://127.0.0.1")
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space):
        QTest.keyClick(card.confirm, key)
    assert not desk.place.settings.label_after_pass
    QTest.mouseClick(card.confirm, LEFT)

    def changed() -> list[str]:
        entries = [event.entry for event in desk.events() if event.entry.kind is EventKind.SETTING_CHANGED]
        return [json.loads(one.detail or "")["setting"] for one in entries]

    desk.until(lambda: changed() == ["label_after_pass", "label_printer"])
    assert desk.place.settings.label_after_pass
    assert desk.place.settings.label_printer == "tcp://127.0.0.1"


def test_a_window_that_closes_says_which_labels_were_not_printed(desk: Desk, tmp_path: Path) -> None:
    use(desk, closed_port())
    for number in (900, 901, 902):
        bind(desk, number)
    desk.shown.close()
    desk.qtbot.wait(50)
    sns = {event.entry.sn for event in label_events(desk) if event.entry.kind is EventKind.LABEL_FAILED}
    assert sns == {pair(number).device.sn for number in (900, 901, 902)}


def test_labels_that_waited_when_the_program_was_killed_are_told_at_the_next_start(open_desk: Open) -> None:
    def killed(path: Path) -> None:
        create_journal(path, STAMP)
        with closing(SqliteJournal(path)) as journal:
            detail = json.dumps({"setting": "label_after_pass"})
            journal.record(STAMP, Entry(EventKind.SETTING_CHANGED, detail=detail))
            for number in (900, 901):
                journal.bind(STAMP, bound(pair(number)), pair(number))

    desk = open_desk(killed, people=PEOPLE)
    assert label_events(desk) == []
    use(desk, closed_port())
    desk.shown.pass_labels.open()
    desk.until(lambda: len(label_events(desk)) == 2)
    assert [event.entry.sn for event in label_events(desk)] == [pair(900).device.sn, pair(901).device.sn]
    desk.until(lambda: desk.shown.window.status.labels.isVisible())
    desk.shown.pass_labels.open()
    desk.qtbot.wait(100)
    assert len(label_events(desk)) == 2
