"""A page of labels on the screen, drawn from the same drawing as the printed one."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QWidget

from app.core.label_drawing import DrawnCode, DrawnLabel, DrawnText
from app.core.label_layout import Face, Marks
from app.station.label_plan import DrawnPage
from app.ui.canvas import Canvas
from app.ui.painted import Painted
from app.ui.theme import Palette, Style, font
from app.wording.language import is_chinese

_STYLES = {
    Face.REGULAR: Style(100, 400),
    Face.BOLD: Style(100, 700),
    Face.MONO: Style(100, 400, mono=True),
}
_INK = QColor(0, 0, 0)


class PagePicture(Painted):
    """The whole page as large as it fits, or the first of its labels alone."""

    def __init__(self, palette: Palette, parent: QWidget, first_alone: bool = False) -> None:
        super().__init__(palette, parent)
        self._first_alone = first_alone
        self._page: DrawnPage | None = None
        self._image = QImage()

    @property
    def page(self) -> DrawnPage | None:
        return self._page

    def show_page(self, page: DrawnPage | None, name: str) -> None:
        """`name` says what is seen."""
        self.say(name)
        if page is not self._page:
            self._page, self._image = page, QImage()
            self.update()

    @property
    def paper(self) -> QRectF:
        """Where the page lies in this part."""
        width, height = self._dots
        scale = min((self.area.width() - 4) / width, (self.area.height() - 4) / height)
        left = (self.area.width() - width * scale) / 2
        top = (self.area.height() - height * scale) / 2 if self._first_alone else 0.0
        return QRectF(left, top, width * scale, height * scale)

    @property
    def _dots(self) -> tuple[int, int]:
        if self._page is None:
            return (210, 297) if not self._first_alone else (50, 28)
        return self._page.label if self._first_alone else (self._page.width, self._page.height)

    def draw(self, canvas: Canvas) -> None:
        colors, paper = canvas.palette, self.paper
        if self._first_alone:
            canvas.card(self.area, colors.surface, colors.control, 1.5, 8)
            paper = _within(paper, self.area.adjusted(8, 8, -8, -8))
        else:
            canvas.painter.fillRect(paper.translated(3, 3), colors.line)
            canvas.painter.fillRect(paper, colors.surface)
        if self._page is not None and self._page.labels:
            canvas.painter.drawImage(paper, self._drawn(canvas.painter, paper))
        if not self._first_alone:
            canvas.frame(paper, colors.control, 1, 0.5)

    def _drawn(self, painter: QPainter, paper: QRectF) -> QImage:
        device = painter.device()
        sharp = self.zoom * (device.devicePixelRatioF() if device else 1.0)
        size = QSize(max(1, round(paper.width() * sharp)), max(1, round(paper.height() * sharp)))
        if self._image.size() != size and self._page is not None:
            self._image = QImage(size, QImage.Format.Format_RGB32)
            self._image.fill(QColor(255, 255, 255))
            pen = QPainter(self._image)
            try:
                pen.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
                pen.scale(size.width() / self._dots[0], size.height() / self._dots[1])
                self._paint(pen, self._page)
            finally:
                pen.end()
        return self._image

    def _paint(self, pen: QPainter, page: DrawnPage) -> None:
        if self._first_alone:
            paint_label(pen, page.labels[0][2])
            return
        width, height = page.label
        pen.setPen(QPen(self.colors.line, 0))
        style = Qt.PenStyle.DashLine if page.marks is Marks.FOLD else Qt.PenStyle.SolidLine
        pen.setPen(QPen(self.colors.line, 0, style))
        for left, top in page.places:
            pen.drawRect(QRectF(left, top, width, height))
        for left, top, label in page.labels:
            pen.save()
            pen.translate(left, top)
            paint_label(pen, label)
            pen.restore()


def _within(paper: QRectF, room: QRectF) -> QRectF:
    scale = min(room.width() / paper.width(), room.height() / paper.height())
    made = QRectF(0, 0, paper.width() * scale, paper.height() * scale)
    made.moveCenter(room.center())
    return made


def paint_label(pen: QPainter, label: DrawnLabel) -> None:
    """In dots from the label's upper left corner."""
    for code in label.codes:
        pen.fillPath(_modules(code), _INK)
    pen.setPen(_INK)
    for text in label.texts:
        _write(pen, text)


def _modules(code: DrawnCode) -> QPainterPath:
    """One path, so that no seams show between modules."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    for x, y, length in code.modules.runs():
        left, top = code.left + x * code.dots, code.top + y * code.height
        path.addRect(QRectF(left, top, length * code.dots, code.height))
    return path


def _write(pen: QPainter, text: DrawnText) -> None:
    style = _STYLES[text.face]
    letters = font(style, tracked=False)
    if is_chinese(text.text):
        letters = QFont(letters)
        letters.setFamilies(["Noto Sans SC", *letters.families()])
    pen.save()
    pen.translate(text.left, text.baseline)
    pen.scale(text.size / style.size, text.size / style.size)
    pen.setFont(letters)
    pen.drawText(QPointF(0, 0), text.text)
    pen.restore()
