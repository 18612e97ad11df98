"""The binding page: two slots, the panel, the recent units, the counts. `show_view` is the only way in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QWidget

from app.station.view import StationView
from app.ui.canvas import Canvas
from app.ui.counters import Counters, counter_face
from app.ui.painted import Painted
from app.ui.panel import Panel, panel_face
from app.ui.rail import Rail, recent_unit
from app.ui.scene import Stage, scene_of
from app.ui.slot_faces import device_face, module_face
from app.ui.slots import LinkMark, Slot
from app.ui.theme import Palette

FULL_WIDTH = 1366.0
"""In a narrower window the rail folds into the bar of counts."""
_MARGIN, _GUTTER = 24.0, 16.0
_BETWEEN_SLOTS = 40.0
_SLOT_HEIGHT, _COUNTERS_HEIGHT = 176.0, 88.0
_RAIL_WIDTH = 288.0
_HAZARD = 10.0


@dataclass(frozen=True, slots=True)
class Places:
    """Where the parts stand on the page, in logical pixels. Only the window's size decides."""

    device: QRectF
    link: QRectF
    module: QRectF
    panel: QRectF
    rail: QRectF
    counters: QRectF
    folded: bool


def places(width: float, height: float) -> Places:
    folded = width < FULL_WIDTH
    whole = width - 2 * _MARGIN
    center = whole if folded else whole - _RAIL_WIDTH - _GUTTER
    slot = (center - _BETWEEN_SLOTS) / 2
    panel_top = _SLOT_HEIGHT + 2 * _GUTTER
    panel_height = height - panel_top - _COUNTERS_HEIGHT - 2 * _GUTTER
    return Places(
        device=QRectF(_MARGIN, _GUTTER, slot, _SLOT_HEIGHT),
        link=QRectF(_MARGIN + slot, _GUTTER, _BETWEEN_SLOTS, _SLOT_HEIGHT),
        module=QRectF(_MARGIN + slot + _BETWEEN_SLOTS, _GUTTER, slot, _SLOT_HEIGHT),
        panel=QRectF(_MARGIN, panel_top, center, panel_height),
        rail=QRectF(width - _MARGIN - _RAIL_WIDTH, _GUTTER, _RAIL_WIDTH, panel_top + panel_height - _GUTTER),
        counters=QRectF(_MARGIN, height - _GUTTER - _COUNTERS_HEIGHT, whole, _COUNTERS_HEIGHT),
        folded=folded,
    )


class BindPage(Painted):
    """Nothing on it takes focus: keystrokes are the scanner's, whatever is shown."""

    def __init__(self, palette: Palette, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(palette, parent)
        self._now = now
        self._alarm = False
        self.device_slot, self.module_slot = Slot(palette, self), Slot(palette, self)
        self.link_mark = LinkMark(palette, self)
        self.panel = Panel(palette, self)
        self.rail = Rail(palette, self)
        self.counters = Counters(palette, self)

    def show_view(self, view: StationView) -> None:
        now, scene = self._now(), scene_of(view.state)
        recent = [recent_unit(row, now) for row in view.recent]
        self._show_alarm(scene.stage is Stage.FAULT)
        self.device_slot.show_face(device_face(view))
        self.module_slot.show_face(module_face(view))
        self.link_mark.show_stage(scene.stage)
        self.panel.show_face(panel_face(view, scene, now))
        self.rail.show_units(recent)
        self.counters.show_face(counter_face(view), recent)

    def _show_alarm(self, alarm: bool) -> None:
        if alarm is not self._alarm:
            self._alarm = alarm
            self.update()

    def place(self, box: QRectF, zoom: float) -> None:
        super().place(box, zoom)
        at = places(box.width(), box.height())
        self.device_slot.place(at.device, zoom)
        self.link_mark.place(at.link, zoom)
        self.module_slot.place(at.module, zoom)
        self.panel.place(at.panel, zoom)
        self.rail.place(at.rail, zoom)
        self.rail.setVisible(not at.folded)
        self.counters.place_folded(at.counters, zoom, at.folded)

    def draw(self, canvas: Canvas) -> None:
        """The ground; in a fault the whole work area is red between two hazard stripes."""
        colors = canvas.palette
        if not self._alarm:
            canvas.painter.fillRect(self.area, colors.bg)
            return
        canvas.painter.fillRect(self.area, colors.fault)
        width, height = self.area.width(), self.area.height()
        for top in (0, height - _HAZARD):
            canvas.hazard(QRectF(0, top, width, _HAZARD), colors.warning_fill, colors.fault_deep)
