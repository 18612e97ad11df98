"""The serial ports of this PC, one of which reads the modules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QWidget

from app.core.errors import Why
from app.core.settings import AUTOMATIC_PORT
from app.ports.fixture import LinkState, LinkStatus
from app.ui.canvas import Canvas
from app.ui.marks import Mark
from app.ui.row_list import ROW_MARGIN, Row, RowList
from app.ui.scene import short_port
from app.ui.theme import BODY, Palette, Style
from app.wording.language import tr

_NAME = Style(19, 600, mono=True)
_STATE_WIDTH = 130.0
_NO_PORT = ""


@dataclass(frozen=True, slots=True)
class PortRow:
    """One port that can be chosen; `port` is what is handed back, a device name or a URL."""

    port: str
    description: str = ""
    likely_at: bool = False


@dataclass(frozen=True, slots=True)
class _RowFace:
    """What one row says."""

    name: str
    description: str
    state: str = ""
    answers: bool = False


class _PortButton(Row):
    """One row."""

    def __init__(self, palette: Palette, port: str) -> None:
        super().__init__(palette, port)
        self.face = _RowFace(port, "")

    def show_face(self, face: _RowFace) -> None:
        self.face = face
        self.setText(" ".join(part for part in (face.name, face.description, face.state) if part))
        self.update()

    def draw_row(self, canvas: Canvas) -> None:
        width, middle = self.area.width(), self.area.height() / 2
        right = width - ROW_MARGIN - _STATE_WIDTH
        self._draw_state(canvas, right, middle)
        x = ROW_MARGIN
        if self.face.name:
            x += max(92.0, canvas.text(self.face.name, x, middle, right - x - 40, _NAME) + 16)
        canvas.text(self.face.description, x, middle, right - x - 40, BODY)

    def _draw_state(self, canvas: Canvas, left: float, middle: float) -> None:
        colors, face = canvas.palette, self.face
        if face.answers:
            canvas.mark(Mark.PASS, QPointF(left - 18, middle), 19, colors.passed, colors.surface)
        color = colors.text if face.answers else colors.muted
        canvas.text(face.state, left, middle, _STATE_WIDTH, Style(17, 500), color)


class PortList(RowList[_PortButton]):
    """First that the station finds the port by itself, then the ports as they were given, last none.

    What is chosen is a port, `AUTOMATIC_PORT`, or nothing for no port at all.
    """

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(palette, parent)
        self._rows: list[PortRow] = []
        self._missing: set[str] = set()
        self._link = LinkStatus(LinkState.NONE)

    def show_ports(self, rows: Sequence[PortRow], chosen: str) -> None:
        """A port that is chosen and is not there now stands in the list all the same."""
        known = {AUTOMATIC_PORT, _NO_PORT, *(row.port for row in rows)}
        self._missing = {chosen} - known
        self._rows = [PortRow(AUTOMATIC_PORT), *rows, *map(PortRow, self._missing), PortRow(_NO_PORT)]
        if [button.key for button in self.buttons] != [row.port for row in self._rows]:
            self.show_rows([_PortButton(self._palette, row.port) for row in self._rows])
        self.choose(chosen)
        self.retranslate()

    def show_link(self, link: LinkStatus) -> None:
        if link != self._link:
            self._link = link
            self.retranslate()

    def retranslate(self) -> None:
        for button, row in zip(self.buttons, self._rows, strict=True):
            button.show_face(self._face(row))

    def _face(self, row: PortRow) -> _RowFace:
        if row.port == AUTOMATIC_PORT:
            return _RowFace("", tr("Find the module by itself"))
        if row.port == _NO_PORT:
            return _RowFace("", tr("No port: IMEIs come from labels only"))
        name, here = short_port(row.port), row.port == self._link.port
        if here and self._link.state is not LinkState.NONE:
            answers = self._link.state is LinkState.ANSWERING
            return _RowFace(name, row.description, link_word(self._link), answers)
        if row.port in self._missing:
            return _RowFace(name, "", tr("Not there"))
        return _RowFace(name, row.description, tr("AT port") if row.likely_at else "")


def link_word(link: LinkStatus) -> str:
    """What the port does, in two words."""
    if link.state is LinkState.TROUBLE:
        words = {Why.PORT_BUSY: tr("In use"), Why.PORT_DENIED: tr("Not allowed")}
        return words.get(link.reason.why, tr("Cannot be used")) if link.reason else tr("Cannot be used")
    return {
        LinkState.NONE: tr("No port"),
        LinkState.ABSENT: tr("Not there"),
        LinkState.SILENT: tr("No answer"),
        LinkState.ANSWERING: tr("Answers AT"),
    }[link.state]
