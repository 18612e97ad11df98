"""The Labels page: what is seen there is what is printed, once it is proven and on record."""

from __future__ import annotations

import json
import socket
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest

from app.adapters.code_reader import codes_in
from app.adapters.pdf_picture import opened
from app.adapters.sqlite_journal import create_journal
from app.core.label_layout import dots
from app.core.people import Person
from app.core.record import EventKind
from app.main.label_jobs import Files
from app.station.desk import Desk as AtDesk
from app.ui.label_wish import SaveAs, SnSource, Target
from app.ui.labels_page import LabelsPage
from app.ui.line_field import LineField
from app.ui.pages import PageName
from app.ui.second_press import PAUSE_MS
from app.ui.system_printer import new_printer
from tests.adapters.journals import STAMP, pair
from tests.adapters.journals import bound as bound_entry
from tests.label_printer import label_printer
from tests.labelled import FIRST, PK
from tests.main.choosing import choose_file
from tests.main.conftest import OPERATOR, PEOPLE, QA, SUPERVISOR, Desk
from tests.ui.written import words

Open = Callable[..., Desk]
LEFT, CONTROL = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier
PACKAGE = Path(__file__).parents[1] / "data" / "samples" / "sn_package.zip"
MADE = [EventKind.LABEL_MADE, EventKind.LABELS_MADE]


def new_journal(path: Path) -> None:
    create_journal(path, STAMP)


def page_of(desk: Desk) -> LabelsPage:
    return desk.shown.labels_desk.page


@pytest.fixture
def desk(open_desk: Open) -> Desk:
    """A supervisor looks at the page."""
    made = open_desk(new_journal, people=PEOPLE)
    made.sign_in(SUPERVISOR)
    made.shown.window.show_page(PageName.LABELS)
    assert made.shown.window.page is PageName.LABELS
    return made


def write(field: LineField, text: str) -> None:
    field.edit.setFocus()
    field.edit.selectAll()
    QTest.keyClicks(field.edit, text)


def planned(desk: Desk, labels: int, first: str = FIRST) -> None:
    """Waits until so many labels are shown."""

    def holds() -> bool:
        preview = page_of(desk).preview
        plan = None if preview.is_stale else preview.plan
        return plan is not None and len(plan.labels) == labels and plan.labels[0].device.sn == first

    desk.until(holds)


def want(desk: Desk, count: int, first: str = FIRST) -> None:
    page = page_of(desk)
    write(page.format.pk, PK)
    write(page.source.first, first)
    write(page.source.count, str(count))
    planned(desk, count, first)


def press(desk: Desk) -> None:
    QTest.mouseClick(page_of(desk).preview.foot.print, LEFT)


def until_told(desk: Desk) -> str:
    preview = page_of(desk).preview
    desk.until(lambda: not preview.is_working and preview.told)
    return preview.told


def kinds(desk: Desk) -> list[EventKind]:
    return [event.entry.kind for event in desk.events()]


def to_file(path: Path, resolution: int = 300) -> QPrinter:
    """A printer of the system that writes a file."""
    printer = new_printer()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setResolution(resolution)
    return printer


def codes_of(path: Path, millimetres: float, dpi: int = 300) -> list[str]:
    """Every code of a document, read from its pages."""
    with opened(path.read_bytes()) as pages:
        return [
            text
            for number in range(len(pages))
            for text in codes_in(pages.grey(number, dots(millimetres, dpi)))
        ]


def code(sn: int) -> str:
    return f"pk={PK}&sn={sn}&v=1"


def test_what_is_typed_is_previewed_at_once(desk: Desk) -> None:
    page = page_of(desk)
    assert "Enter the product key" in words(page.preview)
    want(desk, 30)
    assert code(int(FIRST)) in words(page.format)
    assert "Has PK and SN. Read back and compared." in words(page.format)
    assert "Sheet 1 of 2" in words(page.preview)
    assert "last sheet 6 labels" in words(page.preview)
    assert "No SN printed before" in words(page.preview)
    assert page.preview.sheet.page is not None
    assert len(page.preview.sheet.page.labels) == 24
    QTest.mouseClick(page.preview.after, LEFT)
    desk.until(lambda: page.preview.page == 1)
    assert len(page.preview.sheet.page.labels) == 6
    assert "Sheet 2 of 2" in words(page.preview)


def test_labels_on_a_printer_of_the_system_read_back_from_its_output(desk: Desk, tmp_path: Path) -> None:
    want(desk, 30)
    file = tmp_path / "printed.pdf"
    desk.shown.labels_desk.printing.use_printer(to_file(file))
    assert "2 pages go to printed.pdf. Nothing is printed yet." in page_of(desk).preview.told
    assert kinds(desk)[-1] is EventKind.SIGNED_IN
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space):
        QTest.keyClick(page_of(desk).preview.foot.print, key)
    desk.qtbot.wait(50)
    assert not file.exists()
    press(desk)
    assert "30 labels in printed.pdf: 30 read back and compared" in until_told(desk)
    assert sorted(codes_of(file, 210)) == [code(int(FIRST) + number) for number in range(30)]
    assert kinds(desk)[-31:] == [MADE[0]] * 30 + [MADE[1]]
    event = desk.events()[-1]
    assert (event.stamp.operator, event.stamp.approver) == (SUPERVISOR.name, SUPERVISOR.name)
    assert json.loads(event.entry.detail or "")["output"] == "print"
    planned(desk, 30, str(int(FIRST) + 30))
    assert "30 read back" in page_of(desk).preview.told


def test_a_finer_printer_gets_a_whole_part_of_its_dots(desk: Desk, tmp_path: Path) -> None:
    want(desk, 2)
    file = tmp_path / "printed.pdf"
    desk.shown.labels_desk.printing.use_printer(to_file(file, 1200))
    press(desk)
    until_told(desk)
    assert sorted(codes_of(file, 210)) == [code(int(FIRST)), code(int(FIRST) + 1)]


def test_a_printer_that_was_chosen_is_called_off(desk: Desk, tmp_path: Path) -> None:
    want(desk, 2)
    desk.shown.labels_desk.printing.use_printer(to_file(tmp_path / "printed.pdf"))
    QTest.mouseClick(page_of(desk).preview.foot.cancel, LEFT)
    assert "No SN printed before" in page_of(desk).preview.told
    desk.shown.labels_desk.printing.use_printer(to_file(tmp_path / "printed.pdf"))
    desk.shown.window.show_page(PageName.JOURNAL)
    assert not desk.shown.labels_desk.printing.is_busy
    assert MADE[1] not in kinds(desk)


def test_labels_go_to_a_label_printer_in_the_network(desk: Desk) -> None:
    page = page_of(desk)
    QTest.mouseClick(page.layout_.target_choice.segments[Target.ZPL.value], LEFT)
    want(desk, 3)
    with label_printer() as printer:
        write(page.layout_.printer, printer.address)
        desk.until(lambda: not page.preview.is_stale)
        press(desk)
        assert "3 labels sent to" in until_told(desk)
    assert printer.taken.count(b"^XZ") == 3
    assert kinds(desk).count(EventKind.LABEL_MADE) == 3


def test_a_double_click_prints_one_batch(desk: Desk) -> None:
    page = page_of(desk)
    QTest.mouseClick(page.layout_.target_choice.segments[Target.ZPL.value], LEFT)
    want(desk, 1)
    with label_printer() as printer:
        write(page.layout_.printer, printer.address)
        desk.until(lambda: not page.preview.is_stale)
        press(desk)
        until_told(desk)
        for _ in range(3):
            planned(desk, 1, str(int(FIRST) + 1))
            page.preview.foot.press_print()
            desk.qtbot.wait(250)
        assert kinds(desk).count(EventKind.LABEL_MADE) == 1
        desk.qtbot.wait(PAUSE_MS + 50)
        press(desk)
        desk.until(lambda: kinds(desk).count(EventKind.LABEL_MADE) == 2)
        until_told(desk)


def test_copies_and_pages_of_the_dialog_are_left_aside_and_told(desk: Desk, tmp_path: Path) -> None:
    want(desk, 30)
    file = tmp_path / "printed.pdf"
    printer = to_file(file)
    printer.setCopyCount(3)
    printer.setFromTo(2, 2)
    desk.shown.labels_desk.printing.use_printer(printer)
    assert "Each label is printed once" in page_of(desk).preview.told
    press(desk)
    until_told(desk)
    assert (printer.copyCount(), printer.fromPage()) == (1, 0)
    assert len(codes_of(file, 210)) == 30


def test_a_printer_that_writes_the_journal_is_refused(desk: Desk) -> None:
    want(desk, 1)
    journal = next(desk.place.folder.glob("*.db"))
    before = journal.read_bytes()[:16]
    desk.shown.labels_desk.printing.use_printer(to_file(journal))
    press(desk)
    assert "belongs to the station" in until_told(desk) or "station" in until_told(desk)
    assert journal.read_bytes()[:16] == before
    assert MADE[0] not in kinds(desk)


def test_a_printer_that_does_not_answer_is_told_and_nothing_is_on_record(desk: Desk) -> None:
    page = page_of(desk)
    QTest.mouseClick(page.layout_.target_choice.segments[Target.ZPL.value], LEFT)
    want(desk, 3)
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    write(page.layout_.printer, f"tcp://127.0.0.1:{port}")
    desk.until(lambda: not page.preview.is_stale)
    press(desk)
    assert "does not answer" in until_told(desk)
    assert MADE[0] not in kinds(desk)


@pytest.mark.parametrize("kind", SaveAs)
def test_labels_are_saved_as_files(desk: Desk, tmp_path: Path, kind: SaveAs) -> None:
    want(desk, 2)
    path = tmp_path / f"labels.{kind}"
    desk.shown.labels_desk.printing.save(Files(path, kind, also_svg=True))
    assert "2 read back and compared" in until_told(desk)
    assert kinds(desk).count(EventKind.LABEL_MADE) == 2
    match kind:
        case SaveAs.PDF:
            assert sorted(codes_of(path, 210)) == [code(int(FIRST)), code(int(FIRST) + 1)]
        case SaveAs.PICTURES:
            assert (path / "QR" / f"{FIRST}.png").is_file()
        case SaveAs.PACKAGE:
            names = zipfile.ZipFile(path).namelist()
            assert {"SN_list.csv", f"QR/{FIRST}.png", f"SVG/{FIRST}.svg"} <= set(names)
        case SaveAs.ZPL:
            assert path.read_bytes().count(b"^XZ") == 2


def test_a_file_that_is_there_is_replaced_only_when_it_was_asked(desk: Desk, tmp_path: Path) -> None:
    want(desk, 1)
    QTest.mouseClick(page_of(desk).preview.foot.save, LEFT)
    path = tmp_path / "labels.pdf"
    path.write_text("other")
    choose_file(desk, path)
    desk.until(lambda: "labels.pdf is there already." in page_of(desk).preview.told)
    assert MADE[0] not in kinds(desk)
    assert path.read_text() == "other"
    press(desk)
    assert "1 label in labels.pdf" in until_told(desk)
    assert codes_of(path, 210) == [code(int(FIRST))]


def test_an_sn_is_printed_again_only_with_a_reason(desk: Desk, tmp_path: Path) -> None:
    want(desk, 2)
    printing, page = desk.shown.labels_desk.printing, page_of(desk)
    printing.use_printer(to_file(tmp_path / "first.pdf"))
    press(desk)
    until_told(desk)
    write(page.source.first, FIRST)
    planned(desk, 2)
    assert "2 SNs printed before" in words(page.preview)
    assert not page.preview.foot.print.isEnabled()
    write(page.preview.foot.reason, "the ribbon ran out")
    assert page.preview.foot.print.isEnabled()
    printing.use_printer(to_file(tmp_path / "second.pdf"))
    press(desk)
    until_told(desk)
    again = [event for event in desk.events() if event.entry.kind is EventKind.LABEL_REPRINTED]
    assert [event.entry.reason for event in again] == ["the ribbon ran out"] * 2
    write(page.source.count, "3")
    write(page.source.first, FIRST)
    planned(desk, 3)
    assert "2 of 3 SNs were printed before" in words(page.preview)
    assert not page.preview.foot.print.isEnabled()


def test_the_platforms_package_says_product_and_sns(desk: Desk) -> None:
    page = page_of(desk)
    QTest.mouseClick(page.source.choice.segments[SnSource.FILE.value], LEFT)
    desk.shown.labels_desk.read_list(PACKAGE)
    desk.until(lambda: page.preview.plan is not None)
    assert page.format.pk.text
    plan = page.preview.plan
    assert plan is not None
    total = len(plan.labels)
    assert f"{total} SNs, {total} not yet printed" in words(page.source)
    assert plan.of_list


def open_order(desk: Desk, listed: int, bound: int) -> list[str]:
    """A work order; the first units of its list are bound. The SNs of its list."""
    units = [pair(900 + number) for number in range(listed)]

    def act(at: AtDesk) -> None:
        stamp = replace(at.stamp, work_order="24-1107")
        at.journal.add_order(stamp, units[0].device.pk, listed, [unit.device.sn for unit in units])
        for unit in units[:bound]:
            at.journal.bind(stamp, bound_entry(unit), unit)

    desk.shown.station.at_desk(act).result(timeout=5)
    desk.until(lambda: desk.shown.window.view.state.rules.orders)
    return [str(unit.device.sn) for unit in units]


def shown_sns(desk: Desk) -> set[str]:
    preview = page_of(desk).preview
    plan = None if preview.is_stale else preview.plan
    return {str(label.device.sn) for label in plan.labels} if plan else set()


def test_the_list_of_a_work_order_is_printed_in_its_name(desk: Desk) -> None:
    sns = open_order(desk, 3, bound=1)
    page = page_of(desk)
    QTest.mouseClick(page.source.choice.segments[SnSource.ORDER.value], LEFT)
    page.source.order_chosen.emit("24-1107")
    desk.until(lambda: shown_sns(desk) == set(sns[1:]))
    assert "2 SNs, 2 not yet printed" in words(page.source)
    plan = page.preview.plan
    assert plan is not None
    assert plan.labels[0].values["order"] == "24-1107"


def test_box_labels_have_the_imei_that_the_journal_knows(desk: Desk, tmp_path: Path) -> None:
    sns = open_order(desk, 3, bound=2)
    page = page_of(desk)
    QTest.mouseClick(page.source.choice.segments[SnSource.ORDER.value], LEFT)
    page.source.order_chosen.emit("24-1107")
    desk.until(lambda: shown_sns(desk) == {sns[2]})
    box = next(one for one in page.layout_._layouts if one.name == "a4-8-99x68-box")
    page.layout_.show_layout(box)
    desk.until(lambda: shown_sns(desk) == set(sns[:2]))
    assert "Bound units, with their IMEI" in words(page.preview)
    desk.shown.labels_desk.printing.save(Files(tmp_path / "boxes.pdf", SaveAs.PDF))
    assert "2 labels in boxes.pdf" in until_told(desk)
    with opened((tmp_path / "boxes.pdf").read_bytes()) as pages:
        found = codes_in(pages.grey(0, dots(210, 300)), bars=True)
    assert {str(pair(900).imei), str(pair(901).imei), sns[0], sns[1]} <= set(found)
    desk.until(lambda: page.preview.plan is not None and page.preview.plan.is_again)
    assert "2 SNs printed before" in words(page.preview) or page.preview.told


def test_an_ambiguous_format_is_refused_while_it_is_typed(desk: Desk) -> None:
    page = page_of(desk)
    want(desk, 2)
    page.format.template.edit.selectAll()
    QTest.keyClicks(page.format.template.edit, "A{pk}A{sn}A")
    assert "could be read in two ways" in words(page.format)
    desk.until(lambda: page.preview.plan is None)
    assert not page.preview.foot.print.isEnabled()
    assert not page.preview.foot.save.isEnabled()


def test_a_wrong_layout_of_the_factory_is_refused_with_its_line(desk: Desk) -> None:
    folder = desk.place.folder / "templates"
    folder.mkdir()
    (folder / "ours.toml").write_text('name = "ours"\n[label]\nwidth = 50\nheight = "high"\n')
    desk.shown.window.show_page(PageName.JOURNAL)
    desk.shown.window.show_page(PageName.LABELS)
    page = page_of(desk)
    want(desk, 2)
    page.layout_.show_layout(next(one for one in page.layout_._layouts if one.name == "ours"))
    desk.until(lambda: "Line 4 of the layout ours.toml" in words(page.preview))
    assert page.preview.plan is None


def test_random_sns_that_are_shown_are_those_that_are_printed(desk: Desk, tmp_path: Path) -> None:
    page = page_of(desk)
    write(page.format.pk, PK)
    QTest.mouseClick(page.source.choice.segments[SnSource.PATTERN.value], LEFT)
    write(page.source.count, "3")
    desk.until(lambda: page.preview.plan is not None and len(page.preview.plan.labels) == 3)
    plan = page.preview.plan
    assert plan is not None
    shown = [str(label.device.sn) for label in plan.labels]
    write(page.layout_.start, "4")
    desk.until(lambda: page.preview.plan is not None and page.preview.plan.start_at == 4)
    desk.shown.labels_desk.printing.use_printer(to_file(tmp_path / "printed.pdf"))
    press(desk)
    until_told(desk)
    assert sorted(codes_of(tmp_path / "printed.pdf", 210)) == sorted(code(int(sn)) for sn in shown)
    desk.until(lambda: page.preview.plan and page.preview.plan.labels[0].device.sn != shown[0])


def test_a_scan_that_is_not_used_says_so(desk: Desk) -> None:
    page = page_of(desk)
    want(desk, 1)
    for text in (FIRST, code(5)):
        desk.scan(text)
        desk.until(lambda: "nothing was taken" in page.preview.told)
        assert text in page.preview.told
        page.preview.show_told("")
    assert page.source.first.text == FIRST


def test_a_work_order_with_a_list_of_its_own_is_not_printed_on_other_sns(desk: Desk) -> None:
    open_order(desk, 2, bound=0)
    page = page_of(desk)
    write(page.format.pk, str(pair(900).device.pk))
    write(page.source.first, "50001")
    planned(desk, 1, "50001")
    assert page.preview.plan is not None
    assert "order" not in page.preview.plan.labels[0].values


def test_what_is_typed_while_labels_are_made_stays(desk: Desk, tmp_path: Path) -> None:
    want(desk, 60)
    page = page_of(desk)
    desk.shown.labels_desk.printing.save(Files(tmp_path / "labels.pdf", SaveAs.PDF))
    assert page.preview.is_working
    write(page.source.first, "70001")
    write(page.source.count, "2")
    until_told(desk)
    planned(desk, 2, "70001")


def test_a_text_that_has_no_place_in_the_layout_is_told(desk: Desk) -> None:
    page = page_of(desk)
    want(desk, 1)
    small = next(one for one in page.layout_._layouts if one.name == "a4-65-38x21")
    page.layout_.show_layout(small)
    QTest.mouseClick(page.layout_.details, LEFT)
    write(page.preview.details.texts["text"], "Made in China")
    desk.until(lambda: "has no place for “Made in China”" in page.preview.told)
    assert page.preview.plan is None
    write(page.preview.details.texts["text"], " ")
    planned(desk, 1)


def test_making_is_called_off_and_nothing_is_on_record(desk: Desk, tmp_path: Path) -> None:
    want(desk, 2000)
    desk.shown.labels_desk.printing.use_printer(to_file(tmp_path / "printed.pdf"))
    press(desk)
    desk.until(lambda: "Labels are made" in page_of(desk).preview.told)
    QTest.mouseClick(page_of(desk).preview.foot.cancel, LEFT)
    assert "Called off. Nothing went out" in until_told(desk)
    assert MADE[0] not in kinds(desk)
    assert not (tmp_path / "printed.pdf").exists()


def test_a_scan_fills_what_is_empty_and_never_prints_or_types(desk: Desk, tmp_path: Path) -> None:
    page = page_of(desk)
    desk.scan(code(int(FIRST)))
    desk.until(lambda: page.format.pk.text == PK)
    assert page.source.first.text == FIRST
    planned(desk, 1)
    write(page.source.first, "77")
    page.preview.foot.print.setFocus()
    for text in (code(5), "863950069494278", "https://www.example.com", "BSCARD-NOTHING"):
        desk.scan(text)
    desk.qtbot.wait(100)
    assert page.source.first.text == "77"
    assert (page.format.pk.text, page.preview.foot.reason.text) == (PK, "")
    assert MADE[0] not in kinds(desk)
    desk.shown.labels_desk.printing.use_printer(to_file(tmp_path / "printed.pdf"))
    page.preview.foot.print.setFocus()
    desk.scan(code(5))
    desk.qtbot.wait(100)
    assert MADE[0] not in kinds(desk)


@pytest.mark.parametrize("person", [QA, OPERATOR], ids=["qa", "operator"])
def test_only_supervisors_make_labels(open_desk: Open, person: Person) -> None:
    desk = open_desk(new_journal, people=PEOPLE)
    desk.sign_in(person)
    desk.shown.window.show_page(PageName.LABELS)
    assert desk.shown.window.page is PageName.BINDING


def test_the_station_refuses_who_took_the_supervisors_place(desk: Desk, tmp_path: Path) -> None:
    want(desk, 2)
    desk.shown.labels_desk.printing.use_printer(to_file(tmp_path / "printed.pdf"))
    desk.shown.station.signed_in(OPERATOR)
    press(desk)
    desk.until(lambda: desk.shown.window.view.operator == OPERATOR.name)
    desk.qtbot.wait(200)
    assert MADE[0] not in kinds(desk)
    assert not (tmp_path / "printed.pdf").exists()


def test_the_window_that_closes_ends_what_it_was_making(desk: Desk, tmp_path: Path) -> None:
    want(desk, 2000)
    desk.shown.labels_desk.printing.use_printer(to_file(tmp_path / "printed.pdf"))
    press(desk)
    desk.until(lambda: page_of(desk).preview.is_working)
    desk.shown.close()
    assert not (tmp_path / "printed.pdf").exists()
