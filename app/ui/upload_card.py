"""The upload to Developer Center: each product, the way there, and the button that begins or pauses it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtWidgets import QWidget

from app.core.upload_status import Phase, ProductStatus, UploadStatus
from app.ui.canvas import Canvas, broken_into_lines
from app.ui.controls import BUTTON_HEIGHT, OutlineButton
from app.ui.icons import Icon
from app.ui.marks import Mark
from app.ui.numbers import time_of_day
from app.ui.painted import Painted
from app.ui.theme import CAPTION, CARD_TITLE, Palette
from app.ui.upload_rows import ROW_HEIGHT, UploadRow
from app.wording.language import tr
from app.wording.reasons import sentence
from app.wording.upload_progress import passes_by_itself, way_there

_PADDING, _HEAD, _LEADING = 24.0, 52.0, 22.0


class UploadCard(Painted):
    """As high as it has products, and something to say of all of them."""

    upload_wanted = Signal()
    pause_wanted = Signal()
    set_up_wanted = Signal()
    troubles_wanted = Signal(str)
    """Of this product."""
    height_changed = Signal()

    def __init__(self, palette: Palette, now: Callable[[], datetime], parent: QWidget) -> None:
        super().__init__(palette, parent)
        self._now = now
        self.status = UploadStatus(Phase.NOT_SET_UP)
        self._may_manage = False
        self.button = OutlineButton(palette, Icon.UPLOAD, self)
        self.button.clicked.connect(self._press)
        self.rows: list[UploadRow] = []

    def show_status(self, status: UploadStatus, may_manage: bool) -> None:
        self.status, self._may_manage = status, may_manage
        if [row.product.pk for row in self.rows] != [product.pk for product in status.products]:
            self._build(status.products)
        for row, product in zip(self.rows, status.products, strict=True):
            row.product = product
        self.retranslate()
        self.height_changed.emit()

    def _build(self, products: tuple[ProductStatus, ...]) -> None:
        focused = next((row.product.pk for row in self.rows if row.hasFocus()), None)
        for row in self.rows:
            row.setParent(None)
            row.deleteLater()
        self.rows = [UploadRow(self.colors, product, self) for product in products]
        for first, second in pairwise([self.button, *self.rows]):
            QWidget.setTabOrder(first, second)
        for row in self.rows:
            row.clicked.connect(lambda _=False, pk=row.product.pk: self.troubles_wanted.emit(pk))
            row.setVisible(True)
            if row.product.pk == focused and row.isEnabled():
                row.setFocus()

    def _press(self) -> None:
        if self.status.phase is Phase.NOT_SET_UP:
            self.set_up_wanted.emit()
        elif self.status.phase is Phase.RUNNING:
            self.pause_wanted.emit()
        else:
            self.upload_wanted.emit()

    def retranslate(self) -> None:
        words = {
            Phase.NOT_SET_UP: tr("Set up"),
            Phase.IDLE: tr("Upload now"),
            Phase.RUNNING: tr("Pause upload"),
            Phase.PAUSED: tr("Resume"),
        }
        self.button.setText(words[self.status.phase])
        for row in self.rows:
            row.show_product(row.product)
        self.button.setVisible(self._may_manage)
        self.say(tr("Developer Center"), f"{way_there(self.status)} {self.told}".rstrip())
        self._arrange()
        self.update()

    @property
    def told(self) -> str:
        """What has to be said of the upload as a whole."""
        status = self.status
        if status.phase is Phase.NOT_SET_UP:
            return tr(
                "What is bound here is not uploaded. A supervisor chooses the data centre in the settings."
            )
        if status.trouble is not None:
            return sentence(status.trouble)
        if not status.products:
            return tr("Nothing is to be uploaded.")
        if status.last_run and status.phase is Phase.IDLE:
            return tr("Last upload {time}").format(time=time_of_day(status.last_run, self._now()))
        return ""

    # --- places

    def height_in(self, width: float) -> float:
        below = 0 if self._is_on_top else self._told_height(width)
        return self._rows_top(width) + len(self.rows) * ROW_HEIGHT + below + (12 if below else 7)

    @property
    def _is_on_top(self) -> bool:
        """Trouble stands above the products, so that nobody has to scroll to it."""
        return self.status.trouble is not None

    def _rows_top(self, width: float) -> float:
        return _HEAD + (self._told_height(width) + 6 if self._is_on_top else 0)

    def _told_height(self, width: float) -> float:
        lines = len(broken_into_lines(self.told, CAPTION, self._told_room(width))) if self.told else 0
        return 6 + lines * _LEADING if lines else 0.0

    def _told_room(self, width: float) -> float:
        return width - 2 * _PADDING - (30 if self._is_on_top else 0)

    def place(self, box: QRectF, zoom: float) -> None:
        super().place(box, zoom)
        self._arrange()

    def _arrange(self) -> None:
        width = self.area.width()
        wanted, top = self.button.wanted_width, self._rows_top(width)
        self.button.place(QRectF(width - _PADDING - wanted, 6, wanted, BUTTON_HEIGHT), self.zoom)
        for number, row in enumerate(self.rows):
            row.place(QRectF(0, top + number * ROW_HEIGHT, width, ROW_HEIGHT), self.zoom)

    def draw(self, canvas: Canvas) -> None:
        colors, width = canvas.palette, self.area.width()
        canvas.card(self.area, colors.surface, colors.line)
        room = width - 2 * _PADDING - (self.button.wanted_width + 12 if self._may_manage else 0)
        x = _PADDING + canvas.text(tr("Developer Center"), _PADDING, 28, room, CARD_TITLE) + 16
        way = QRectF(x, 6, room + _PADDING - x, 44)
        canvas.paragraph(way_there(self.status), way, CAPTION, colors.muted, (15, 14, 13, 12))
        if self.told:
            self._draw_told(canvas)

    def _draw_told(self, canvas: Canvas) -> None:
        colors, trouble, width = canvas.palette, self.status.trouble, self.area.width()
        top = _HEAD if trouble else _HEAD + len(self.rows) * ROW_HEIGHT
        box = QRectF(_PADDING, top, self._told_room(width), self._told_height(width))
        if trouble is None:
            canvas.paragraph(self.told, box, CAPTION, colors.muted)
            return
        mark, fill, sign = Mark.FAULT, colors.fault, colors.surface
        if passes_by_itself(trouble):
            mark, fill, sign = Mark.WARNING, colors.warning_fill, colors.text
        canvas.mark(mark, QPointF(_PADDING + 10, top + 14), 20, fill, sign)
        canvas.paragraph(self.told, box.translated(30, 0), CAPTION, colors.text)
