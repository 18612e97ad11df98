"""The Labels page: which SNs, in which format, on what; and beside it what would be printed."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.station.view import StationView
from app.ui.bind_page import FULL_WIDTH
from app.ui.canvas import Canvas
from app.ui.label_format_card import HEIGHT as FORMAT_HEIGHT
from app.ui.label_format_card import FormatCard
from app.ui.label_layout_card import HEIGHT as LAYOUT_HEIGHT
from app.ui.label_layout_card import LayoutCard
from app.ui.label_preview_card import PreviewCard
from app.ui.label_source_card import HEIGHT as SOURCE_HEIGHT
from app.ui.label_source_card import SourceCard
from app.ui.label_wish import LabelWish
from app.ui.painted import Painted
from app.ui.theme import Palette

_MARGIN, _GUTTER = 24.0, 16.0
_LEFT = 560.0
_PAUSE_MS = 200
_FULL_HEIGHT = FORMAT_HEIGHT + SOURCE_HEIGHT + LAYOUT_HEIGHT + 4 * _GUTTER


class LabelsPage(Painted):
    """Tells when something else is wanted; what follows from it is shown by the preview."""

    settled = Signal()
    """Somebody wants something else, and has not changed it for a moment."""

    def __init__(self, palette: Palette, parent: QWidget) -> None:
        super().__init__(palette, parent)
        self.format, self.source = FormatCard(palette, self), SourceCard(palette, self)
        self.layout_, self.preview = LayoutCard(palette, self), PreviewCard(palette, self)
        parts = (self.format.changed, self.source.changed, self.layout_.changed)
        for signal in (*parts, self.preview.details.changed):
            signal.connect(self._change)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.settled)
        details = self.preview.details
        self.layout_.details_wanted.connect(lambda: self.preview.show_details(details.isHidden()))
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(self.preview.foot.press_print)

    def _change(self) -> None:
        self.preview.clear_told()
        self.preview.begin_plan()
        self._pause.start()

    @property
    def wish(self) -> LabelWish:
        """Raises `Refused` where a number of the code's is none."""
        source, layout = self.source, self.layout_
        return LabelWish(
            pk=self.format.pk.text.strip(),
            template=self.format.template.text,
            source=source.source,
            first=source.first.text.strip(),
            count=source.count.text.strip(),
            pattern=source.pattern_row.pattern.text.strip(),
            counter=source.counter.text.strip(),
            target=layout.target,
            layout=layout.chosen,
            start_at=layout.start.text.strip() or "1",
            dpi=layout.dpi,
            code=self.preview.details.code,
            texts=self.preview.details.values,
            own_texts=self.preview.details.own_values,
        )

    def enter(self) -> None:
        """It came to the front."""
        (self.source.first if self.format.pk.text else self.format.pk).setFocus()

    def take_device(self, pk: str, sn: str) -> bool:
        """A device code was scanned: it goes where nothing stands yet. Whether anything of it did."""
        before = self.format.pk.text, self.source.entered
        self.format.take_product(pk)
        if self.format.pk.text.strip() == pk:
            self.source.take_first(sn)
        return before != (self.format.pk.text, self.source.entered)

    def show_view(self, view: StationView) -> None:
        rules = view.state.rules
        self.format.show_products(rules.products, rules.every_format)
        self.source.show_orders(rules.orders)

    def retranslate(self) -> None:
        for card in (self.format, self.source, self.layout_, self.preview):
            card.retranslate()

    def place(self, box: QRectF, zoom: float) -> None:
        """In a lower window the cards share what is missing."""
        super().place(box, zoom)
        width, missing = box.width(), max(0.0, _FULL_HEIGHT - box.height())
        left = _LEFT if width >= FULL_WIDTH else 548.0
        top = _GUTTER
        for card, high in (
            (self.format, FORMAT_HEIGHT - missing * 0.2),
            (self.source, SOURCE_HEIGHT - missing * 0.5),
            (self.layout_, LAYOUT_HEIGHT - missing * 0.3),
        ):
            card.place(QRectF(_MARGIN, top, left, high), zoom)
            top += high + _GUTTER
        if missing == 0:
            self.layout_.place(
                QRectF(_MARGIN, top - LAYOUT_HEIGHT - _GUTTER, left, box.height() - top + LAYOUT_HEIGHT), zoom
            )
        x = _MARGIN + left + _GUTTER
        self.preview.place(QRectF(x, _GUTTER, width - _MARGIN - x, box.height() - 2 * _GUTTER), zoom)

    def draw(self, canvas: Canvas) -> None:
        canvas.painter.fillRect(self.area, canvas.palette.bg)
