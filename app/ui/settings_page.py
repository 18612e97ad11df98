"""The settings: module, IMEI sources, language and sound, labels after PASS, and the upload."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

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
from app.ui.pages import may_manage
from app.ui.painted import Ground, Painted
from app.ui.platform_form import PlatformForm
from app.ui.port_list import PortRow
from app.ui.station_card import VOLUMES, StationCard
from app.ui.theme import Palette
from app.ui.upload_settings_card import UploadSettingsCard
from app.wording.language import LANGUAGES
from app.wording.reasons import sentence

_MARGIN, _GUTTER = 24.0, 16.0
_CARD_HEIGHT = 616.0
_UPLOAD_HEIGHT = 412.0
_NOTICE = 56.0


class SettingsPage(QScrollArea):
    """Two cards side by side, that of labels under them, and two about the upload; or all in one column where
    there is no room."""

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
        self.platform_form = PlatformForm(palette, self._sheet)
        self.upload_card = UploadSettingsCard(palette, self._sheet)
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
        self.platform_form.show_rights(may_manage(view))
        self.upload_card.show_rights(may_manage(view))

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
        self.notice.show_text(partial(sentence, reason) if reason is not None else "")
        self.place(self._box, self._zoom)
        self.verticalScrollBar().setValue(0)

    def show_upload_part(self) -> None:
        """Brings the cards about the upload into sight."""
        self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())

    def retranslate(self) -> None:
        self.notice.retranslate()
        self.station_card.retranslate()
        self.module_card.retranslate()
        self.after_pass.retranslate()
        self.platform_form.retranslate()
        self.upload_card.retranslate()

    def place(self, box: QRectF, zoom: float) -> None:
        self._box, self._zoom = box, zoom
        self.setGeometry(QRectF(box.topLeft() * zoom, box.size() * zoom).toRect())
        width, whole = box.width(), box.width() - 2 * _MARGIN
        self.notice.place(QRectF(_MARGIN, _GUTTER, whole, _NOTICE), zoom)
        top = _GUTTER if self.notice.isHidden() else _GUTTER + _NOTICE + _GUTTER
        place = self._place_wide if width >= FULL_WIDTH else self._place_narrow
        bottom = place(top, whole)
        self._sheet.place(QRectF(0, 0, width, max(bottom, box.height())), zoom)

    def _place_wide(self, top: float, whole: float) -> float:
        half, zoom = (whole - _GUTTER) / 2, self._zoom
        below = max(_CARD_HEIGHT + _GUTTER + top, self._box.height() - AFTER_PASS_HEIGHT - _GUTTER)
        self.after_pass.place(QRectF(_MARGIN, below, whole, AFTER_PASS_HEIGHT), zoom)
        last = below + AFTER_PASS_HEIGHT + _GUTTER
        for card, lower, left in (
            (self.station_card, self.platform_form, _MARGIN),
            (self.module_card, self.upload_card, _MARGIN + half + _GUTTER),
        ):
            card.place(QRectF(left, top, half, below - _GUTTER - top), zoom)
            lower.place(QRectF(left, last, half, _UPLOAD_HEIGHT), zoom)
        return last + _UPLOAD_HEIGHT + _GUTTER

    def _place_narrow(self, top: float, whole: float) -> float:
        cards: tuple[tuple[Painted, float], ...] = (
            (self.module_card, _CARD_HEIGHT),
            (self.station_card, _CARD_HEIGHT),
            (self.after_pass, AFTER_PASS_HEIGHT),
            (self.platform_form, _UPLOAD_HEIGHT),
            (self.upload_card, _UPLOAD_HEIGHT),
        )
        for card, height in cards:
            card.place(QRectF(_MARGIN, top, whole, height), self._zoom)
            top += height + _GUTTER
        return top
