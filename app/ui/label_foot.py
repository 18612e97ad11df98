"""What is pressed on the Labels page: print, save, call off. No scan presses anything here."""

from __future__ import annotations

from enum import Enum
from functools import partial

from PySide6.QtCore import QElapsedTimer, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.ui.canvas import Canvas
from app.ui.controls import IconButton, OutlineButton
from app.ui.icons import Icon
from app.ui.label_wish import SaveAs
from app.ui.line_field import LineField
from app.ui.painted import Painted, PaintedButton
from app.ui.pick_menu import open_menu
from app.ui.second_press import PAUSE_MS
from app.ui.theme import Palette, Style, text_width
from app.wording.language import tr

REASON_HEIGHT, BUTTON, GAP = 44.0, 52.0, 8.0
_LABEL, _NARROW = Style(17, 600), (16.0, 15.0, 14.0, 13.0, 12.0)


class PrintButton(PaintedButton):
    """Is pressed with the mouse, or by the page's Ctrl+Enter: a scanner types Enter too."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()

    def draw(self, canvas: Canvas) -> None:
        colors, enabled, middle = canvas.palette, self.isEnabled(), self.area.height() / 2
        border = None if enabled else colors.control
        canvas.card(self.area, colors.accent if enabled else colors.inset, border, 1.5, 8)
        ink = colors.surface if enabled else colors.muted
        room = self.area.width() - 60
        style = next(
            (one for one in (_LABEL, *map(_LABEL.sized, _NARROW)) if text_width(self.text(), one) <= room),
            _LABEL.sized(_NARROW[-1]),
        )
        left = (self.area.width() - text_width(self.text(), style) - 28) / 2
        canvas.icon(Icon.PRINTER, QPointF(left + 10, middle), 20, ink)
        canvas.text(self.text(), left + 28, middle, room + 10, style, ink)
        if self.hasFocus():
            canvas.frame(self.area.adjusted(3, 3, -3, -3), colors.surface, 2.5, 5)


class Pressing(Enum):
    """What the foot is for just now."""

    IDLE = "idle"
    ASKING = "asking"
    """A printer was chosen, and waits for a last word."""
    WORKING = "working"


class LabelFoot(Painted):
    """Reason of a reprint, print, save."""

    print_pressed = Signal()
    save_wanted = Signal(str, bool)
    """A `SaveAs`, and whether SVGs are wanted as well."""
    called_off = Signal()
    reason_typed = Signal()

    def __init__(self, palette: Palette, parent: QWidget) -> None:
        super().__init__(palette, parent)
        self.reason = LineField(palette, self, prose=True)
        self.print = PrintButton(palette, self)
        self.save = OutlineButton(palette, Icon.DOWNLOAD, self)
        self.more = IconButton(palette, Icon.CHEVRON, self)
        self.cancel = OutlineButton(palette, Icon.CLOSE, self)
        self.pressing = Pressing.IDLE
        self._asks_why = self._may = False
        self._worked = QElapsedTimer()
        self._was_working = False
        self.print.clicked.connect(self.press_print)
        self.save.clicked.connect(lambda: self.save_wanted.emit(SaveAs.PDF, False))
        self.more.clicked.connect(self._open_more)
        self.cancel.clicked.connect(lambda: self.called_off.emit())
        self.reason.typed.connect(lambda _: self._reason_typed())

    def press_print(self) -> None:
        if (
            self.isVisible()
            and self.print.isEnabled()
            and not self.print.isHidden()
            and not self._is_second()
        ):
            self.print_pressed.emit()

    def _is_second(self) -> bool:
        """A double click, or a triple one, that began the batch which has just gone out begins no other: what
        stands there now are the next SNs."""
        goes_on = self._worked.isValid() and not self._worked.hasExpired(PAUSE_MS)
        is_second = goes_on and self.pressing is Pressing.IDLE
        if is_second:
            self._worked.start()
        return is_second

    @property
    def why(self) -> str:
        """The reason of a reprint."""
        return self.reason.text.strip()

    def show_state(self, pressing: Pressing, label: str, may: bool, asks_why: bool) -> None:
        """`label` stands on the button; `asks_why` that nothing is printed without a reason."""
        if asks_why is not self._asks_why and pressing is Pressing.IDLE:
            self.reason.put("")
        self.pressing, self._may, self._asks_why = pressing, may, asks_why
        self.print.setText(label)
        self._show()

    def _reason_typed(self) -> None:
        self._show()
        self.reason_typed.emit()

    @property
    def wanted_height(self) -> float:
        return 2 * BUTTON + GAP + (REASON_HEIGHT + 32 if self._asks_for_reason else 0.0)

    @property
    def _asks_for_reason(self) -> bool:
        return self._asks_why and self.pressing is Pressing.IDLE

    def _show(self) -> None:
        idle, working = self.pressing is Pressing.IDLE, self.pressing is Pressing.WORKING
        if working:
            self._was_working = True
        elif self._was_working:
            self._was_working = False
            self._worked.start()
        allowed = self._may and (not self._asks_why or bool(self.why))
        self.reason.setVisible(self._asks_for_reason)
        self.print.setVisible(not working)
        self.print.setEnabled(allowed)
        for button in (self.save, self.more):
            button.setVisible(idle)
            button.setEnabled(allowed)
        self.cancel.setVisible(not idle)
        self._arrange()
        self.update()

    def _open_more(self) -> None:
        kinds = (
            (tr("PNG pictures…"), SaveAs.PICTURES, False),
            (tr("Package as the platform's…"), SaveAs.PACKAGE, False),
            (tr("Package with SVG…"), SaveAs.PACKAGE, True),
            (tr("ZPL file…"), SaveAs.ZPL, False),
        )
        open_menu(self.more, [(text, partial(self.save_wanted.emit, kind, svg)) for text, kind, svg in kinds])

    def retranslate(self) -> None:
        self.reason.name(tr("Reason of the reprint"))
        self.save.setText(tr("Save PDF"))
        self.more.setAccessibleName(tr("Save as…"))
        self.more.setToolTip(tr("Save as…"))
        self.print.setToolTip("Ctrl+Enter")
        self.cancel.setText(tr("Cancel"))
        self._show()

    def place(self, box: QRectF, zoom: float) -> None:
        super().place(box, zoom)
        self._arrange()

    def _arrange(self) -> None:
        width, bottom, zoom = self.area.width(), self.area.height(), self.zoom
        low, high = bottom - BUTTON, bottom - 2 * BUTTON - GAP
        self.save.place(QRectF(0, low, width - 60, BUTTON), zoom)
        self.more.place(QRectF(width - 52, low, 52, BUTTON), zoom)
        self.cancel.place(QRectF(0, low, width, BUTTON), zoom)
        self.print.place(QRectF(0, high, width, BUTTON), zoom)
        self.reason.place(QRectF(0, high - GAP - REASON_HEIGHT, width, REASON_HEIGHT), zoom)

    def draw(self, canvas: Canvas) -> None:
        colors = canvas.palette
        canvas.painter.fillRect(self.area, colors.surface)
        if self._asks_for_reason:
            middle = self.reason.y() / self.zoom - 12
            room = self.area.width()
            text, sizes = tr("Reason of the reprint"), (15, 14, 13, 12)
            canvas.text(
                text, 0, middle, room, Style(16, 500), colors.muted, Qt.AlignmentFlag.AlignLeft, sizes
            )
