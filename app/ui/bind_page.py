"""The binding page: two slots, the panel, the recent units, the counts. `show_view` is the only way in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QWidget

from app.core.unit import Mode
from app.station.view import StationView
from app.ui.canvas import Canvas
from app.ui.counters import Counters, counter_face
from app.ui.painted import Painted
from app.ui.panel import Panel, panel_face
from app.ui.rail import Rail, recent_unit
from app.ui.scene import Stage, scene_of, without_old_answer
from app.ui.slot_faces import device_face, module_face
from app.ui.slots import LinkMark, Slot
from app.ui.theme import Palette
from app.ui.verify_band import BAND_HEIGHT, VerifyBand

FULL_WIDTH = 1366.0
"""In a narrower window the rail folds into the bar of counts."""
_MARGIN, _GUTTER, _CLOSE_GUTTER = 24.0, 16.0, 7.0
"""The band of verify mode takes its height from the four gutters."""
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


def places(width: float, height: float, band: bool = False) -> Places:
    folded = width < FULL_WIDTH
    gutter, first = (_CLOSE_GUTTER, BAND_HEIGHT + _CLOSE_GUTTER) if band else (_GUTTER, _GUTTER)
    whole = width - 2 * _MARGIN
    center = whole if folded else whole - _RAIL_WIDTH - _GUTTER
    slot = (center - _BETWEEN_SLOTS) / 2
    panel_top = first + _SLOT_HEIGHT + gutter
    panel_height = height - panel_top - _COUNTERS_HEIGHT - 2 * gutter
    return Places(
        device=QRectF(_MARGIN, first, slot, _SLOT_HEIGHT),
        link=QRectF(_MARGIN + slot, first, _BETWEEN_SLOTS, _SLOT_HEIGHT),
        module=QRectF(_MARGIN + slot + _BETWEEN_SLOTS, first, slot, _SLOT_HEIGHT),
        panel=QRectF(_MARGIN, panel_top, center, panel_height),
        rail=QRectF(width - _MARGIN - _RAIL_WIDTH, first, _RAIL_WIDTH, panel_top + panel_height - first),
        counters=QRectF(_MARGIN, height - gutter - _COUNTERS_HEIGHT, whole, _COUNTERS_HEIGHT),
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
        self.band = VerifyBand(palette, self)

    def show_view(self, view: StationView) -> None:
        view = without_old_answer(view)
        now, scene = self._now(), scene_of(view.state)
        recent = [recent_unit(row, now) for row in view.recent]
        self._show_band(view.state.mode is Mode.VERIFY)
        self._show_alarm(scene.stage is Stage.FAULT)
        self.device_slot.show_face(device_face(view))
        self.module_slot.show_face(module_face(view))
        self.link_mark.show_stage(scene.stage)
        self.panel.show_face(panel_face(view, scene, now))
        self.rail.show_units(recent)
        self.counters.show_face(counter_face(view), recent)

    def _show_band(self, wanted: bool) -> None:
        if wanted is self.band.isHidden():
            self.band.setVisible(wanted)
            self._arrange()
            self.update()

    def retranslate(self) -> None:
        self.band.retranslate()

    def _show_alarm(self, alarm: bool) -> None:
        if alarm is not self._alarm:
            self._alarm = alarm
            self.update()

    def place(self, box: QRectF, zoom: float) -> None:
        super().place(box, zoom)
        self._arrange()

    def _arrange(self) -> None:
        """A band comes under the header while units are verified; nothing is resized but the gutters."""
        area, zoom = self.area, self.zoom
        at = places(area.width(), area.height(), not self.band.isHidden())
        self.band.place(QRectF(0, 0, area.width(), BAND_HEIGHT), zoom)
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
        width, height, banded = self.area.width(), self.area.height(), not self.band.isHidden()
        stripe = _CLOSE_GUTTER if banded else _HAZARD
        for top in (BAND_HEIGHT if banded else 0, height - stripe):
            canvas.hazard(QRectF(0, top, width, stripe), colors.warning_fill, colors.fault_deep)
