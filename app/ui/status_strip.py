"""The strip at the foot: scanner, port, journal, backup, upload. Quiet while all is well, trouble first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from app.core.errors import Reason, Why
from app.core.verdicts import Verdict
from app.ports.fixture import LinkState
from app.station.view import StationView
from app.ui.canvas import Canvas
from app.ui.icons import Icon
from app.ui.marks import Mark, own_color
from app.ui.numbers import time_of_day
from app.ui.painted import Painted
from app.ui.scene import needs_port, port_name, scene_of
from app.ui.theme import CAPTION, Palette, text_width
from app.wording.language import ntr, tr
from app.wording.reasons import sentence

_MARGIN = 24.0
_OLD_BACKUP = timedelta(days=3)
_GAP = 18.0
_INSET = 10.0
"""How far a chip reaches beyond its sign on the left, and 14 px more beyond its word on the right."""


class Level(IntEnum):
    """How much an item matters now; the greater stands further left."""

    QUIET = 0
    AMBER = 1
    RED = 2


@dataclass(frozen=True, slots=True)
class StatusFace:
    """What one item says; `detail` is what it tells to who asks."""

    icon: Icon
    text: str
    level: Level = Level.QUIET
    detail: str = ""

    @property
    def width(self) -> float:
        return _INSET + 28 + text_width(self.text, CAPTION) + 24


def status_faces(view: StationView, now: datetime) -> tuple[StatusFace, ...]:
    """Scanner, module, journal, backup."""
    return StatusFace(Icon.SCAN, tr("Scanner ready")), _module(view), _journal(view), _backup(view, now)


def _module(view: StationView) -> StatusFace:
    link, port = view.link, port_name(view)
    detail = sentence(link.reason) if link.reason else ""
    fault = scene_of(view.state).fault
    if fault is not None and fault.verdict is Verdict.MODULE_FAULT:
        text = tr("Module {port}: no answer").format(port=port or "–")
        return StatusFace(Icon.PLUG, text, Level.RED, detail)
    if link.state is LinkState.NONE:
        level = Level.AMBER if needs_port(view.state.at_hand) else Level.QUIET
        return StatusFace(Icon.PLUG, tr("No module port"), level, detail)
    if link.state in (LinkState.ABSENT, LinkState.TROUBLE):
        return StatusFace(Icon.PLUG, _port_trouble(view).format(port=port), Level.AMBER, detail)
    return StatusFace(Icon.PLUG, tr("Module {port}").format(port=port), detail=detail)


def _port_trouble(view: StationView) -> str:
    words = {
        Why.PORT_BUSY: tr("Module {port}: in use"),
        Why.PORT_DENIED: tr("Module {port}: not allowed"),
    }
    if view.link.state is LinkState.ABSENT:
        return tr("Module {port}: not there")
    why = view.link.reason.why if view.link.reason else Why.PORT_UNUSABLE
    return words.get(why, tr("Module {port}: cannot be used"))


def _journal(view: StationView) -> StatusFace:
    fault = scene_of(view.state).fault
    trouble = view.journal_trouble
    if trouble is None and fault is not None and fault.verdict is Verdict.JOURNAL_FAULT:
        trouble = fault.reason
    if trouble is not None:
        return StatusFace(Icon.JOURNAL, tr("Journal: cannot write"), Level.RED, sentence(trouble))
    if view.clock_trouble is not None:
        return StatusFace(Icon.CLOCK, tr("Clock went back"), Level.AMBER, sentence(view.clock_trouble))
    return StatusFace(Icon.JOURNAL, tr("Journal OK"))


def _backup(view: StationView, now: datetime) -> StatusFace:
    """A backup that is days old, or none after days of work, needs a person; the work goes on."""
    if view.backup is None:
        since = view.shift.opened_at if view.shift else None
        late = since is not None and _age(since, now) > _OLD_BACKUP
        return StatusFace(Icon.DOWNLOAD, tr("No backup yet"), Level.AMBER if late else Level.QUIET)
    age, detail = _age(view.backup.when, now), str(view.backup.path)
    if age > _OLD_BACKUP:
        text = ntr("Backup {count} day old", "Backup {count} days old", age.days).format(count=age.days)
        return StatusFace(Icon.DOWNLOAD, text, Level.AMBER, detail)
    text = tr("Backup {time}").format(time=time_of_day(view.backup.when, now))
    return StatusFace(Icon.DOWNLOAD, text, detail=detail)


def _age(utc: str, now: datetime) -> timedelta:
    return now - datetime.fromisoformat(utc)


class StatusItem(Painted):
    """One item of the strip."""

    pressed = Signal()
    face: StatusFace | None = None

    def show_face(self, face: StatusFace) -> None:
        if face != self.face:
            self.face = face
            self.say(face.text, face.detail)
            self.setToolTip(face.detail)
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.pressed.emit()

    def draw(self, canvas: Canvas) -> None:
        if self.face is None:
            return
        colors, middle = canvas.palette, self.area.height() / 2
        at = QPointF(_INSET + 10, middle)
        text_color = colors.text
        if self.face.level is Level.QUIET:
            canvas.icon(self.face.icon, at, 20, colors.muted)
        else:
            red = self.face.level is Level.RED
            mark, ground = (Mark.FAULT, colors.fault_tint) if red else (Mark.WARNING, colors.warning_tint)
            text_color = colors.fault_deep if red else colors.text
            canvas.bar(QRectF(0, middle - 15, self.area.width(), 30), ground)
            canvas.mark(mark, at, 20, own_color(mark, colors), colors.surface if red else colors.text)
        room = self.area.width() - _INSET - 28
        canvas.text(self.face.text, _INSET + 28, middle, room, CAPTION, text_color)


LABELS_QUEUED = 3
"""So many labels that wait are told."""


class StatusStrip(Painted):
    """Its Module item leads to the settings, and so does that of labels, which is there only in trouble; its
    Upload item leads to the shift."""

    module_pressed = Signal()
    labels_pressed = Signal()
    upload_pressed = Signal()

    def __init__(self, palette: Palette, version: str, parent: QWidget | None = None) -> None:
        super().__init__(palette, parent)
        self._version = version
        self._faces: Sequence[StatusFace] = ()
        self._alarm: StatusFace | None = None
        self._label_trouble: Reason | None = None
        self._labels_waiting = 0
        self._items = tuple(StatusItem(palette, self) for _ in range(4))
        self.scanner, self.module, self.journal, self.backup = self._items
        self.upload, self.labels = StatusItem(palette, self), StatusItem(palette, self)
        self._all = (*self._items, self.upload, self.labels)
        for item, pressed in (
            (self.module, self.module_pressed),
            (self.upload, self.upload_pressed),
            (self.labels, self.labels_pressed),
        ):
            item.setCursor(Qt.CursorShape.PointingHandCursor)
            item.pressed.connect(pressed)

    def show_faces(self, faces: Sequence[StatusFace]) -> None:
        self._faces = faces
        for item, face in zip(self._items, faces, strict=True):
            item.show_face(face)
        if self._alarm is not None and (self.journal.face is None or self.journal.face.level < Level.RED):
            self.journal.show_face(self._alarm)
        self._arrange()

    def show_upload(self, face: StatusFace | None) -> None:
        """None where nothing is uploaded from this station."""
        if face is None:
            self.upload.face = None
        else:
            self.upload.show_face(face)
        self._arrange()

    def show_alarm(self, alarm: StatusFace | None) -> None:
        """Stands in the journal's place, unless the journal cannot be written, until it is None."""
        self._alarm = alarm
        if self._faces:
            self.show_faces(self._faces)

    def show_label_trouble(self, reason: Reason | None) -> None:
        """Why the label of a unit that passed was not printed; None takes it away."""
        self._label_trouble = reason
        self._show_labels()

    def show_labels_waiting(self, count: int) -> None:
        """Told from `LABELS_QUEUED` on: the printer is slower than binding, or waits for paper."""
        if count != self._labels_waiting:
            self._labels_waiting = count
            self._show_labels()

    def _show_labels(self) -> None:
        face = None
        if self._label_trouble is not None:
            face = StatusFace(
                Icon.PRINTER, tr("Label not printed"), Level.AMBER, sentence(self._label_trouble)
            )
        elif (waiting := self._labels_waiting) >= LABELS_QUEUED:
            text = ntr("{count} label waits", "{count} labels wait", waiting).format(count=waiting)
            face = StatusFace(
                Icon.PRINTER, text, Level.AMBER, tr("The label printer is slower than binding.")
            )
        if face is None:
            self.labels.face = None
        else:
            self.labels.show_face(face)
        self._arrange()

    def place(self, box: QRectF, zoom: float) -> None:
        super().place(box, zoom)
        self._arrange()

    def _arrange(self) -> None:
        x, shown = _MARGIN - _INSET, self._shown()
        for item in self._all:
            item.setVisible(item in shown)
        for item, face in sorted(shown.items(), key=lambda pair: -pair[1].level):
            item.place(QRectF(x, 1, face.width, self.area.height() - 1), self.zoom)
            x += face.width + _GAP - _INSET

    def _shown(self) -> dict[StatusItem, StatusFace]:
        """Where there is no room for all, those go first that say again and again that all is well."""
        room = self.area.width() - 2 * _MARGIN - text_width(self._sign, CAPTION)
        shown = {item: item.face for item in self._all if item.face is not None}
        for item in (self.scanner, self.journal, self.backup):
            if sum(face.width + _GAP - _INSET for face in shown.values()) <= room:
                break
            if item in shown and shown[item].level is Level.QUIET:
                del shown[item]
        return shown

    @property
    def _sign(self) -> str:
        return f"v{self._version}"

    def draw(self, canvas: Canvas) -> None:
        colors, width = canvas.palette, self.area.width()
        canvas.painter.fillRect(self.area, colors.surface)
        canvas.painter.fillRect(QRectF(0, 0, width, 1), colors.line)
        right = Qt.AlignmentFlag.AlignRight
        middle = (self.area.height() + 1) / 2
        canvas.text(self._sign, width - _MARGIN, middle, 160, CAPTION, colors.muted, right)
