"""The large panel in the middle: the one thing to do, or the verdict."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QElapsedTimer, QRectF, QSizeF, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QWidget

from app.station.view import StationView
from app.ui.canvas import Canvas
from app.ui.painted import Painted
from app.ui.panel_fault import draw_fault
from app.ui.panel_progress import bar_box, draw_progress
from app.ui.panel_verdict import draw_pass, draw_same
from app.ui.progress_face import ProgressFace, progress_face
from app.ui.scene import Scene, Stage
from app.ui.theme import Palette
from app.ui.verdict_faces import FaultFace, PassFace, SameFace, fault_face, pass_face, same_face

PanelFace = ProgressFace | PassFace | SameFace | FaultFace

_BAR_EVERY_MS = 50
_USUAL = QSizeF(1014, 320)


def panel_face(view: StationView, scene: Scene, now: datetime) -> PanelFace:
    match scene.stage:
        case Stage.PASS:
            return pass_face(view, scene)
        case Stage.SAME:
            return same_face(scene, now)
        case Stage.FAULT:
            return fault_face(view, scene, now)
        case _:
            return progress_face(view, scene)


class Panel(Painted):
    """Shows one face. The only thing that moves is the bar while a module is read."""

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(palette, parent)
        self.face: PanelFace | None = None
        self._since_view = QElapsedTimer()
        self._ticker = QTimer(self)
        self._ticker.setInterval(_BAR_EVERY_MS)
        self._ticker.timeout.connect(self._move_bar)

    def show_face(self, face: PanelFace) -> None:
        if face == self.face:
            return
        alert = self.face is None or face.spoken != self.face.spoken
        self.face = face
        self._since_view.start()
        self._ticker.stop()
        if isinstance(face, ProgressFace) and face.bar is not None:
            self._ticker.start()
        self.say(face.spoken)
        if alert:
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
        self.update()

    @property
    def elapsed(self) -> float:
        """Seconds that the module has been read."""
        if not isinstance(self.face, ProgressFace) or self.face.bar is None:
            return 0.0
        return self.face.bar.elapsed + self._since_view.elapsed() / 1000

    @property
    def _enlargement(self) -> float:
        """In a panel that is both wider and higher than usual everything on it is larger."""
        return max(1.0, min(self.area.width() / _USUAL.width(), self.area.height() / _USUAL.height()))

    def _move_bar(self) -> None:
        if isinstance(self.face, ProgressFace):
            scale = self._enlargement
            box = bar_box(_divided(self.area, scale), self.face)
            scale *= self.zoom
            self.update(QRectF(box.topLeft() * scale, box.size() * scale).toAlignedRect())

    def draw(self, canvas: Canvas) -> None:
        scale = self._enlargement
        area = _divided(self.area, scale)
        canvas.painter.scale(scale, scale)
        match self.face:
            case ProgressFace():
                draw_progress(canvas, area, self.face, self.elapsed)
            case PassFace():
                draw_pass(canvas, area, self.face)
            case SameFace():
                draw_same(canvas, area, self.face)
            case FaultFace():
                draw_fault(canvas, area, self.face)


def _divided(area: QRectF, scale: float) -> QRectF:
    return QRectF(0, 0, area.width() / scale, area.height() / scale)
