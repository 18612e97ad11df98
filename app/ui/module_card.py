"""The settings of the module's port: which one it is, what lies there now, and where IMEIs come from."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtWidgets import QWidget

from app.core.codes import is_imei
from app.core.unit import ImeiSource, Presence
from app.ports.fixture import LinkState
from app.station.view import StationView
from app.ui.canvas import Canvas, Pill
from app.ui.controls import BUTTON_HEIGHT, SEGMENTS_HEIGHT, OutlineButton, Segments
from app.ui.digits import paint_value, value_width
from app.ui.icons import Icon
from app.ui.marks import Mark
from app.ui.painted import Painted
from app.ui.port_list import PortList, PortRow
from app.ui.row_list import ROW_HEIGHT, tab_through
from app.ui.scene import port_name
from app.ui.theme import CAPTION, CODE, PAGE_TITLE, VALUE, Palette, Style
from app.wording.language import tr
from app.wording.reasons import sentence

_PADDING = 24.0
_RIGHT = Qt.AlignmentFlag.AlignRight


class ModuleCard(Painted):
    """Which port reads the modules, what lies there now, and where IMEIs come from."""

    _LIST_TOP, _LIST_ROWS = 72.0, 6

    def __init__(self, palette: Palette, parent: QWidget) -> None:
        super().__init__(palette, parent)
        self.look_again = OutlineButton(palette, Icon.REFRESH, self)
        self.ports = PortList(palette, self)
        self.source = Segments(palette, len(ImeiSource), self)
        self._view = StationView()

    def show_view(self, view: StationView) -> None:
        self._view = view
        self.ports.show_link(view.link)
        self.say(tr("Module port"), " ".join((self._found(), self._imei_text)))
        self.update()

    def show_ports(self, rows: Sequence[PortRow], chosen: str) -> None:
        """The rows may be new: the Tab key finds them after the button above and before the choice below."""
        self.ports.show_ports(rows, chosen)
        tab_through([self.look_again, *self.ports.buttons, *self.source.segments])

    def retranslate(self) -> None:
        self.look_again.setText(tr("Look again"))
        self.ports.retranslate()
        words = [tr("Module, by serial"), tr("Label scan"), tr("Either"), tr("Both must agree")]
        self.source.name(tr("IMEI comes from"), words)
        self.show_view(self._view)
        self._arrange()

    def place(self, box: QRectF, zoom: float) -> None:
        super().place(box, zoom)
        self._arrange()

    def _arrange(self) -> None:
        width = self.area.width()
        button = self.look_again.wanted_width
        self.look_again.place(QRectF(width - _PADDING - button, 13, button, BUTTON_HEIGHT), self.zoom)
        self.ports.place(QRectF(1, self._LIST_TOP, width - 2, self._LIST_ROWS * ROW_HEIGHT), self.zoom)
        self.source.place(QRectF(_PADDING, 536, width - 2 * _PADDING, SEGMENTS_HEIGHT), self.zoom)

    @property
    def _imei_text(self) -> str:
        fixture = self._view.state.fixture
        return fixture.imei_text or "" if fixture.presence is Presence.MODULE else ""

    def _found(self) -> str:
        return {
            LinkState.NONE: tr("No port found"),
            LinkState.ABSENT: tr("The port is not there"),
            LinkState.SILENT: tr("No module answers"),
            LinkState.ANSWERING: tr("A module answers"),
            LinkState.TROUBLE: tr("The port cannot be used"),
        }[self._view.link.state]

    def draw(self, canvas: Canvas) -> None:
        colors, width = canvas.palette, self.area.width()
        canvas.card(self.area, colors.surface, colors.line)
        room = width - 2 * _PADDING
        canvas.text(tr("Module port"), _PADDING, 34, room - self.look_again.wanted_width - 16, PAGE_TITLE)
        inset = QRectF(_PADDING, 346, room, 146)
        canvas.card(inset, colors.inset, radius=8)
        self._draw_fixture(canvas, inset)
        canvas.text(tr("IMEI comes from"), _PADDING, 516, room, CAPTION.bold, colors.muted)

    def _draw_fixture(self, canvas: Canvas, box: QRectF) -> None:
        colors, left, right = canvas.palette, box.left() + _PADDING, box.right() - _PADDING
        port = port_name(self._view)
        taken = canvas.text(port, right, box.top() + 26, 240, CODE.sized(17), colors.muted, _RIGHT)
        room = right - left
        canvas.text(tr("On the fixture"), left, box.top() + 26, room - taken - 16, CAPTION.bold, colors.muted)
        canvas.icon(Icon.CHIP, QPointF(left + 15, box.top() + 62), 28, colors.text)
        canvas.text(self._found(), left + 44, box.top() + 62, room - 44, Style(24, 600))
        link = self._view.link
        if self._imei_text:
            self._draw_imei(canvas, box, box.top() + 112)
        elif link.reason is not None:
            told = sentence(link.reason)
            rest = QRectF(left, box.top() + 84, room, box.height() - 94)
            canvas.paragraph(told, rest, CAPTION, colors.muted, (15,))
        else:
            self._draw_bars(canvas, box, box.top() + 112)

    def _draw_imei(self, canvas: Canvas, box: QRectF, middle: float) -> None:
        colors, left, right = canvas.palette, box.left() + _PADDING, box.right() - _PADDING
        canvas.text(tr("IMEI"), left, middle, 44, CAPTION.bold, colors.muted)
        pill = Pill(Mark.PASS, tr("Valid"), colors.passed, colors.passed_tint, colors.surface)
        if not is_imei(self._imei_text):
            pill = Pill(Mark.FAULT, tr("Not valid"), colors.fault, colors.fault_tint, colors.surface)
        room = right - pill.width - left - 56
        paint_value(canvas, self._imei_text, left + 44, middle, room, VALUE, sizes=(32, 26))
        canvas.pill(pill, right - pill.width, middle, pill.width)

    def _draw_bars(self, canvas: Canvas, box: QRectF, middle: float) -> None:
        left = box.left() + _PADDING
        canvas.text(tr("IMEI"), left, middle, 44, CAPTION.bold, canvas.palette.muted)
        style, x = VALUE.sized(32), left + 44
        width = value_width("0" * 5, style)
        for _ in range(3):
            canvas.bar(QRectF(x, middle - 4, width - 2, 8), canvas.palette.line)
            x += width + style.size / 4
