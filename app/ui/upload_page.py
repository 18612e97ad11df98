"""What of the upload needs a person: the list, and the chosen one with both records."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtWidgets import QWidget

from app.station.upload_troubles import UploadTrouble
from app.station.view import StationView
from app.ui.bind_page import FULL_WIDTH
from app.ui.canvas import Canvas
from app.ui.controls import BUTTON_HEIGHT, OutlineButton
from app.ui.digits import tail
from app.ui.icons import Icon
from app.ui.marks import Mark, own_color
from app.ui.notice import Notice
from app.ui.numbers import count
from app.ui.pages import may_manage
from app.ui.painted import Painted
from app.ui.painted_list import PaintedList
from app.ui.theme import BODY, CAPTION, Palette, Style
from app.ui.upload_trouble_card import UploadTroubleCard, kind_of
from app.wording.language import ntr, tr
from app.wording.upload_progress import in_short

_MARGIN, _GUTTER = 24.0, 16.0
_TITLE, _NOTICE, _ROW = 68.0, 64.0, 62.0
_LIST, _NARROW_LIST = 440.0, 330.0
_HEADING = Style(30, 700)
_CODE = Style(17, 600, mono=True)


def what(trouble: UploadTrouble) -> str:
    """The second line of its row."""
    if trouble.reason is None:
        return tr("Unbound, still uploaded")
    return in_short(trouble.reason)


def spoken(trouble: UploadTrouble) -> str:
    return f"{trouble.item.sn} {trouble.item.pk} {what(trouble)}"


def paint_trouble(canvas: Canvas, trouble: UploadTrouble, box: QRectF) -> None:
    colors, left, middle = canvas.palette, box.left() + 24, box.center().y()
    mark = kind_of(trouble, colors).sign
    if isinstance(mark, Mark):
        sign = colors.text if mark is Mark.WARNING else colors.surface
        canvas.mark(mark, QPointF(left + 11, middle), 22, own_color(mark, colors), sign)
    x, room = left + 36, box.right() - 20 - left - 36
    if len(trouble.items) > 1:
        number = len(trouble.items)
        text = ntr("{count} unit of {pk}", "{count} units of {pk}", number)
        told = text.format(count=count(number), pk=trouble.item.pk)
        canvas.text(told, x, middle - 13, room, BODY.bold, smaller=(17, 16, 15))
    else:
        canvas.letters(tail(trouble.item.sn, _CODE, room), x, middle - 13, _CODE, colors.text)
    second = what(trouble) if len(trouble.items) > 1 else f"{what(trouble)}, {trouble.item.pk}"
    canvas.text(second, x, middle + 14, room, CAPTION, colors.muted, smaller=(15, 14))


def _is_wanted(trouble: UploadTrouble, pk: str | None) -> bool:
    return trouble.is_left_behind if pk == "" else trouble.item.pk == pk


class UploadPage(Painted):
    """Shows what was read; reports what people want to be done through its card."""

    left = Signal()

    def __init__(self, palette: Palette, now: Callable[[], datetime], parent: QWidget) -> None:
        super().__init__(palette, parent)
        self.back = OutlineButton(palette, Icon.BACK, self)
        self.notice = Notice(palette, self)
        self.list = PaintedList[UploadTrouble](palette, _ROW, spoken, paint_trouble, self)
        self.card = UploadTroubleCard(palette, now, self)
        self.troubles: Sequence[UploadTrouble] = ()
        self.back.clicked.connect(lambda: self.left.emit())
        self.list.chosen.connect(self.card.show_trouble)
        self.retranslate()

    def show_troubles(self, troubles: Sequence[UploadTrouble], pk: str | None = None) -> None:
        """The chosen one stays chosen; where it is gone, the one that `choose_product` would choose is."""
        chosen = self.card.trouble
        places = [number for number, one in enumerate(troubles) if chosen and one.seqs == chosen.seqs]
        places += [number for number, one in enumerate(troubles) if _is_wanted(one, pk)]
        self.troubles = troubles
        at = next(iter(places), 0) if troubles else None
        self.list.show_rows(troubles, at)
        self.card.show_trouble(troubles[at] if at is not None else None)
        self._arrange()

    def choose_product(self, pk: str) -> None:
        """The first one of it is chosen; without a product the first unit that was unbound."""
        of_it = next((number for number, one in enumerate(self.troubles) if _is_wanted(one, pk)), None)
        if of_it is not None:
            self.list.setCurrentIndex(self.list.model().index(of_it, 0))

    def choose_unit(self, code: str) -> bool:
        """The one with this SN or IMEI is chosen, where it is in the list."""
        for number, trouble in enumerate(self.troubles):
            if any(code in (item.sn, item.imei) for item in trouble.items):
                self.list.setCurrentIndex(self.list.model().index(number, 0))
                return True
        return False

    def show_told(self, text: str, good: bool = False) -> None:
        """What came of what was pressed."""
        self.notice.show_text(text, good)
        self._arrange()

    def show_view(self, view: StationView) -> None:
        self.card.show_rights(may_manage(view))

    def retranslate(self) -> None:
        self.back.setText(tr("Back to the shift"))
        self.list.setAccessibleName(tr("What needs a person"))
        self.say(tr("Developer Center"))
        self.card.retranslate()
        self._arrange()
        self.update()

    # --- places

    def place(self, box: QRectF, zoom: float) -> None:
        super().place(box, zoom)
        self._arrange()

    def _arrange(self) -> None:
        width, height, zoom = self.area.width(), self.area.height(), self.zoom
        wanted = self.back.wanted_width
        self.back.place(QRectF(width - _MARGIN - wanted, 14, wanted, BUTTON_HEIGHT), zoom)
        top = _TITLE
        if not self.notice.isHidden():
            self.notice.place(QRectF(_MARGIN, top, width - 2 * _MARGIN, _NOTICE), zoom)
            top += _NOTICE + _GUTTER
        list_width = _LIST if width >= FULL_WIDTH else _NARROW_LIST
        rest = max(0.0, height - top - _GUTTER)
        self._list_box = QRectF(_MARGIN, top, list_width, rest)
        self.list.place(self._list_box.adjusted(1, 8, -1, -8), zoom)
        self.list.setVisible(bool(self.troubles))
        left = _MARGIN + list_width + _GUTTER
        self.card.place(QRectF(left, top, width - left - _MARGIN, rest), zoom)
        self.update()

    _list_box = QRectF()

    def draw(self, canvas: Canvas) -> None:
        colors, width = canvas.palette, self.area.width()
        canvas.painter.fillRect(self.area, colors.bg)
        room = width - 2 * _MARGIN - self.back.wanted_width - 20
        canvas.text(
            tr("Developer Center: what needs a person"), _MARGIN, 35, room, _HEADING, smaller=(26, 22)
        )
        canvas.card(self._list_box, colors.surface, colors.line)
        if not self.troubles:
            box = self._list_box.adjusted(24, 20, -24, -20)
            canvas.paragraph(tr("Nothing is open."), box, BODY, colors.muted)
