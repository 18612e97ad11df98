"""The settings: the module's port, where IMEIs come from, language and sound."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from app.core.unit import ImeiSource
from app.station.view import StationView
from app.ui.bind_page import FULL_WIDTH
from app.ui.canvas import Canvas
from app.ui.module_card import ModuleCard
from app.ui.painted import Painted
from app.ui.port_list import PortRow
from app.ui.station_card import VOLUMES, StationCard
from app.ui.theme import Palette
from app.wording.language import LANGUAGES

_MARGIN, _GUTTER = 24.0, 16.0
_CARD_HEIGHT = 616.0


class _Ground(Painted):
    """Under the cards."""

    def draw(self, canvas: Canvas) -> None:
        canvas.painter.fillRect(self.area, canvas.palette.bg)


class SettingsPage(QScrollArea):
    """Two cards side by side, or one under the other where there is no room."""

    port_chosen = Signal(str)
    """A port or URL, `AUTOMATIC_PORT`, or nothing for no port at all."""
    source_chosen = Signal(str)
    """A value of `ImeiSource`."""
    language_chosen = Signal(str)
    """A code of `LANGUAGES`."""
    volume_chosen = Signal(int)
    """Per cent."""
    look_again_pressed = Signal()

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._sheet = _Ground(palette)
        self.station_card = StationCard(palette, self._sheet)
        self.module_card = ModuleCard(palette, self._sheet)
        self.setWidget(self._sheet)
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        sources, languages = list(ImeiSource), list(LANGUAGES)
        station, module = self.station_card, self.module_card
        station.language.chosen.connect(lambda number: self.language_chosen.emit(languages[number]))
        station.volume.chosen.connect(lambda number: self.volume_chosen.emit(VOLUMES[number]))
        module.source.chosen.connect(lambda number: self.source_chosen.emit(str(sources[number])))
        module.ports.chosen.connect(self.port_chosen)
        module.look_again.clicked.connect(lambda: self.look_again_pressed.emit())

    def show_view(self, view: StationView) -> None:
        self.module_card.show_view(view)

    def show_ports(self, rows: Sequence[PortRow], chosen: str) -> None:
        """`chosen` is the port as in `Settings.port`."""
        self.module_card.show_ports(rows, chosen)

    def show_choices(self, source: ImeiSource, language: str, volume: int) -> None:
        """`volume` in per cent; the nearest choice is shown."""
        self.module_card.source.choose(list(ImeiSource).index(source))
        self.station_card.language.choose(list(LANGUAGES).index(language))
        nearest = min(VOLUMES, key=lambda choice: abs(choice - volume))
        self.station_card.volume.choose(VOLUMES.index(nearest))

    def retranslate(self) -> None:
        self.station_card.retranslate()
        self.module_card.retranslate()

    def place(self, box: QRectF, zoom: float) -> None:
        self.setGeometry(QRectF(box.topLeft() * zoom, box.size() * zoom).toRect())
        width, whole = box.width(), box.width() - 2 * _MARGIN
        if width >= FULL_WIDTH:
            half = (whole - _GUTTER) / 2
            height = max(_CARD_HEIGHT + 2 * _GUTTER, box.height())
            card = QRectF(_MARGIN, _GUTTER, half, height - 2 * _GUTTER)
            self.station_card.place(card, zoom)
            self.module_card.place(card.translated(half + _GUTTER, 0), zoom)
        else:
            self.module_card.place(QRectF(_MARGIN, _GUTTER, whole, _CARD_HEIGHT), zoom)
            top = 2 * _GUTTER + _CARD_HEIGHT
            self.station_card.place(QRectF(_MARGIN, top, whole, _CARD_HEIGHT), zoom)
            height = 2 * _CARD_HEIGHT + 3 * _GUTTER
        self._sheet.place(QRectF(0, 0, width, height), zoom)
