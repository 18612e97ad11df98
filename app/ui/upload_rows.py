"""One product on its way to Developer Center: how many left, how many are there, and what is wrong."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtWidgets import QWidget

from app.core.upload_status import ProductStatus
from app.ui.canvas import Canvas, Pill
from app.ui.marks import Mark
from app.ui.numbers import count
from app.ui.painted import PaintedButton
from app.ui.theme import CAPTION, CODE, PILL, Palette, Style, metrics, text_width
from app.wording.language import ntr, tr
from app.wording.upload_progress import in_short

ROW_HEIGHT = 46.0
_PADDING = 24.0
_NAME, _PILL = 116.0, 176.0
_SENT = Style(17, 600)
_SIZES = (17.0, 16.0, 15.0, 14.0, 13.0, 12.0, 11.0)
_RIGHT = Qt.AlignmentFlag.AlignRight


def sent_of(product: ProductStatus) -> int:
    """What was refused still has to go."""
    return product.gone - product.blocked


def sent_text(product: ProductStatus) -> str:
    text = tr("{sent} of {total} sent")
    return text.format(sent=count(sent_of(product)), total=count(product.total))


def told_beside(product: ProductStatus) -> tuple[str, bool]:
    """How many are known to be there, or in short what blocks them; and whether that is bad news."""
    if product.trouble is not None:
        return in_short(product.trouble), True
    text = tr("{count} confirmed")
    return text.format(count=count(product.confirmed)), False


def pill_of(product: ProductStatus, colors: Palette) -> Pill:
    """The worst first."""
    if product.blocked or product.trouble is not None:
        return Pill(Mark.FAULT, tr("Blocked"), colors.fault_deep, colors.fault_tint, colors.surface)
    if product.conflicts:
        word = ntr("{count} conflict", "{count} conflicts", product.conflicts)
        text = word.format(count=count(product.conflicts))
        return Pill(
            Mark.WARNING,
            text,
            colors.text,
            colors.warning_tint,
            colors.text,
            shape_color=colors.warning_fill,
        )
    if is_settled(product):
        word = tr("Confirmed")
        if product.handled:
            word = tr("{count} handled")
        text = word.format(count=count(product.handled))
        return Pill(Mark.PASS, text, colors.passed, colors.passed_tint, colors.surface)
    return Pill(
        Mark.WAITING, tr("Waiting"), colors.text, colors.inset, colors.surface, shape_color=colors.muted
    )


def is_settled(product: ProductStatus) -> bool:
    """Nothing of it is open: it is known to be there, or somebody has seen to it."""
    return product.confirmed + product.handled == product.total


def has_troubles(product: ProductStatus) -> bool:
    """Whether there is something that a person can look at."""
    return bool(product.conflicts or product.blocked)


def _needs(sent: str, told: str, size: float) -> float:
    return text_width(sent, _SENT.sized(size)) + 8 + text_width(told, CAPTION.sized(size - 1))


class UploadRow(PaintedButton):
    """Leads to what is wrong with the product, where something is."""

    def __init__(self, palette: Palette, product: ProductStatus, parent: QWidget) -> None:
        super().__init__(palette, parent)
        self.show_product(product)

    def show_product(self, product: ProductStatus) -> None:
        self.product = product
        self.setEnabled(has_troubles(product))
        pill = pill_of(product, self.colors)
        self.setText(" ".join((product.pk, product.name, sent_text(product), pill.word)))
        self.setAccessibleDescription(told_beside(product)[0])
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(500 * self.zoom), round(ROW_HEIGHT * self.zoom))

    def draw(self, canvas: Canvas) -> None:
        colors, product, right = canvas.palette, self.product, self.area.width() - _PADDING
        canvas.text(product.pk, _PADDING, 12, _NAME - 12, CODE.sized(18), smaller=(16, 15, 14, 12))
        name = metrics(CAPTION).elidedText(product.name, Qt.TextElideMode.ElideRight, _NAME - 14)
        canvas.text(name, _PADDING, 33, _NAME - 12, CAPTION, colors.muted)
        pill = pill_of(product, colors)
        if pill.width > _PILL:
            pill = replace(pill, style=PILL.sized(15))
        canvas.pill(pill, right - min(pill.width, _PILL), 22, _PILL)
        left, end = _PADDING + _NAME, right - _PILL - 14
        self._draw_counts(canvas, left, end)
        self._draw_bar(canvas, QRectF(left, 29, end - left, 8))
        self.draw_focus(canvas, self.area.adjusted(8, 0, -8, 0), 6)

    def _draw_counts(self, canvas: Canvas, left: float, right: float) -> None:
        """Both in letters small enough that neither is cut."""
        sent, (told, is_bad) = sent_text(self.product), told_beside(self.product)
        size = next((one for one in _SIZES if _needs(sent, told, one) <= right - left), _SIZES[-1])
        ink = canvas.palette.fault if is_bad else canvas.palette.muted
        taken = canvas.text(told, right, 12, right - left - 40, CAPTION.sized(size - 1), ink, _RIGHT)
        canvas.text(sent, left, 12, right - left - taken - 8, _SENT.sized(size))

    def _draw_bar(self, canvas: Canvas, box: QRectF) -> None:
        colors, product = canvas.palette, self.product
        canvas.bar(box, colors.line)
        share = sent_of(product) / product.total if product.total else 0.0
        if share > 0:
            box.setWidth(max(8.0, box.width() * min(1.0, share)))
            canvas.bar(box, colors.passed if is_settled(product) else colors.accent)
