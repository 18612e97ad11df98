"""The settings: the module's port, where IMEIs come from, language and sound, labels after PASS."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from app.core.errors import Reason
from app.core.unit import ImeiSource
from app.station.view import StationView
from app.ui.after_pass_card import HEIGHT as AFTER_PASS_HEIGHT
from app.ui.after_pass_card import AfterPassCard
from app.ui.bind_page import FULL_WIDTH
from app.ui.module_card import ModuleCard
from app.ui.notice import Notice
from app.ui.painted import Ground
from app.ui.port_list import PortRow
from app.ui.station_card import VOLUMES, StationCard
from app.ui.theme import Palette
from app.wording.language import LANGUAGES
from app.wording.reasons import sentence

_MARGIN, _GUTTER = 24.0, 16.0
_CARD_HEIGHT = 616.0
_NOTICE = 56.0


class SettingsPage(QScrollArea):
    """Two cards side by side and one under them, or all under each other where there is no room."""

    port_chosen = Signal(str)
    """A port or URL, `AUTOMATIC_PORT`, or nothing for no port at all."""
    source_chosen = Signal(str)
    """A value of `ImeiSource`."""
    language_chosen = Signal(str)
    """A code of `LANGUAGES`."""
    volume_chosen = Signal(int)
    """Per cent."""
    after_pass_chosen = Signal(object)
    """An `AfterPass`."""
    look_again_pressed = Signal()

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._sheet = Ground(palette)
        self.station_card = StationCard(palette, self._sheet)
        self.module_card = ModuleCard(palette, self._sheet)
        self.after_pass = AfterPassCard(palette, self._sheet)
        self.notice = Notice(palette, self._sheet)
        self._box, self._zoom = QRectF(), 1.0
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
        self.after_pass.entered.connect(self.after_pass_chosen)
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

    def show_refusal(self, reason: Reason | None) -> None:
        """Above the cards: why something was not changed. None takes it away."""
        self.notice.show_text(sentence(reason) if reason is not None else "")
        self.place(self._box, self._zoom)
        self.verticalScrollBar().setValue(0)

    def retranslate(self) -> None:
        self.station_card.retranslate()
        self.module_card.retranslate()
        self.after_pass.retranslate()

    def place(self, box: QRectF, zoom: float) -> None:
        self._box, self._zoom = box, zoom
        self.setGeometry(QRectF(box.topLeft() * zoom, box.size() * zoom).toRect())
        width, whole = box.width(), box.width() - 2 * _MARGIN
        self.notice.place(QRectF(_MARGIN, _GUTTER, whole, _NOTICE), zoom)
        top = _GUTTER if self.notice.isHidden() else _GUTTER + _NOTICE + _GUTTER
        if width >= FULL_WIDTH:
            half = (whole - _GUTTER) / 2
            below = max(_CARD_HEIGHT + _GUTTER + top, box.height() - AFTER_PASS_HEIGHT - _GUTTER)
            card = QRectF(_MARGIN, top, half, below - _GUTTER - top)
            self.station_card.place(card, zoom)
            self.module_card.place(card.translated(half + _GUTTER, 0), zoom)
        else:
            self.module_card.place(QRectF(_MARGIN, top, whole, _CARD_HEIGHT), zoom)
            top += _GUTTER + _CARD_HEIGHT
            self.station_card.place(QRectF(_MARGIN, top, whole, _CARD_HEIGHT), zoom)
            below = top + _CARD_HEIGHT + _GUTTER
        self.after_pass.place(QRectF(_MARGIN, below, whole, AFTER_PASS_HEIGHT), zoom)
        height = below + AFTER_PASS_HEIGHT + _GUTTER
        self._sheet.place(QRectF(0, 0, width, height), zoom)
