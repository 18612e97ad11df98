"""Which days are looked through: some that are often wanted, or the first and the last one by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from app.ui.canvas import Canvas
from app.ui.controls import BUTTON_HEIGHT, OutlineButton
from app.ui.icons import Icon
from app.ui.line_field import LineField
from app.ui.painted import Painted
from app.ui.theme import CAPTION, Palette
from app.wording.language import tr

WIDTH, HEIGHT = 348.0, 404.0
_PADDING, _ROW = 16.0, 50.0
_DAYS_BACK = (None, 0, 6, 29)
"""Of the buttons: no limit at all, or how many days before today the first one is."""


class DatePanel(Painted):
    """Opens under its field and closes when something was chosen."""

    chosen = Signal()
    opening = Signal()
    """It comes now, and wants a place that is seen."""
    closed = Signal()
    """It had the focus."""

    def __init__(self, palette: Palette, parent: QWidget, today: Callable[[], date]) -> None:
        super().__init__(palette, parent)
        self._today = today
        self.first: date | None = None
        self.last: date | None = None
        self._is_wrong = False
        self.buttons = [OutlineButton(palette, Icon.CALENDAR, self) for _ in _DAYS_BACK]
        for button, back in zip(self.buttons, _DAYS_BACK, strict=True):
            button.clicked.connect(partial(self._choose_days, back))
        self.since, self.until = LineField(palette, self), LineField(palette, self)
        self.show_days = OutlineButton(palette, Icon.SEARCH, self)
        for field in (self.since, self.until):
            field.entered.connect(self._choose_written)
        self.show_days.clicked.connect(self._choose_written)
        self.setVisible(False)

    def clear(self) -> None:
        """All dates again; nobody is told."""
        self.first = self.last = None
        self.fold()

    def toggle(self) -> None:
        if self.isHidden():
            self.opening.emit()
            self.setVisible(True)
            self._is_wrong = False
            self.since.put(self.first.isoformat() if self.first else "")
            self.until.put(self.last.isoformat() if self.last else "")
            self.raise_()
            self.buttons[0].setFocus()

        else:
            self.fold()

    def fold(self) -> None:
        """Goes away; nothing is chosen."""
        focused = self.window().focusWidget()
        had_focus = focused is not None and self.isAncestorOf(focused)
        self.setVisible(False)
        if had_focus:
            self.closed.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """It goes with its page, and does not come back with it."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.setVisible(False)

    def name(self) -> str:
        """The chosen days, as the field says them."""
        if self.first is None or self.last is None:
            day = self.first or self.last
            if day is None:
                return tr("All dates")
            text = tr("since {date}") if self.first else tr("until {date}")
            return text.format(date=day.isoformat())
        if self.first == self.last:
            return self.first.isoformat()
        same_year = self.first.year == self.last.year
        last = f"{self.last:%m-%d}" if same_year else self.last.isoformat()
        return tr("{first} to {last}").format(first=self.first.isoformat(), last=last)

    def retranslate(self) -> None:
        names = (tr("All dates"), tr("Today"), tr("Last 7 days"), tr("Last 30 days"))
        for button, name in zip(self.buttons, names, strict=True):
            button.setText(name)
        self.since.name(tr("First day"))
        self.until.name(tr("Last day"))
        self.show_days.setText(tr("Show these days"))

    def place(self, box: QRectF, zoom: float) -> None:
        super().place(box, zoom)
        y, width = _PADDING, box.width() - 2 * _PADDING
        for button in self.buttons:
            button.place(QRectF(_PADDING, y, width, BUTTON_HEIGHT), zoom)
            y += _ROW
        half = (width - 12) / 2
        self.since.place(QRectF(_PADDING, y + 26, half, 44), zoom)
        self.until.place(QRectF(_PADDING + half + 12, y + 26, half, 44), zoom)
        self.show_days.place(QRectF(_PADDING, y + 120, width, BUTTON_HEIGHT), zoom)

    def draw(self, canvas: Canvas) -> None:
        colors = canvas.palette
        canvas.card(self.area, colors.surface, colors.control, 1.5)
        top, half = _PADDING + len(self.buttons) * _ROW, (self.area.width() - 2 * _PADDING - 12) / 2
        canvas.text(tr("First day"), _PADDING, top + 10, half, CAPTION, colors.muted)
        canvas.text(tr("Last day"), _PADDING + half + 12, top + 10, half, CAPTION, colors.muted)
        box = QRectF(_PADDING, top + 72, self.area.width() - 2 * _PADDING, 44)
        ink = colors.fault if self._is_wrong else colors.muted
        canvas.paragraph(self._format, box, CAPTION, ink, (15,))

    @property
    def _format(self) -> str:
        return tr("Write a day as {example}, or nothing.").format(example=self._today())

    def _choose_days(self, back: int | None) -> None:
        today = self._today()
        self._close(*(None, None) if back is None else (today - timedelta(days=back), today))

    def _choose_written(self) -> None:
        try:
            days = [_day(field.text) for field in (self.since, self.until)]
        except ValueError:
            self._is_wrong = True
            self.update()
            return
        self._close(*days)

    def _close(self, first: date | None, last: date | None) -> None:
        self.first, self.last = (last, first) if first and last and last < first else (first, last)
        self.fold()
        self.chosen.emit()


def _day(text: str) -> date | None:
    """Raises ValueError where it is none."""
    return date.fromisoformat(text.strip()) if text.strip() else None
