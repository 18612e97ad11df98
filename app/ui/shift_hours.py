"""How the shift went: passes for each hour beside the target, and what else was counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QWidget

from app.core.reconciliation import ShiftReport
from app.ui.canvas import Canvas
from app.ui.marks import Mark, own_color
from app.ui.numbers import count
from app.ui.painted import Painted
from app.ui.theme import CAPTION, CARD_TITLE, Palette, Style, text_width
from app.wording.language import ntr, tr
from app.wording.verdicts import short

_PADDING = 24.0
_COUNT = Style(17, 600)
_MOST_HOURS = 14
_WIDEST_STEP, _GAP = 64.0, 12.0
_RIGHT, _CENTER = Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignHCenter


def hours_between(by_hour: Mapping[str, int]) -> list[tuple[str, int]]:
    """Hour of day and passes; hours without any too. At most the newest fourteen."""
    if not by_hour:
        return []
    hours = sorted(map(datetime.fromisoformat, by_hour))
    first = max(hours[0], hours[-1] - timedelta(hours=_MOST_HOURS - 1))
    steps = int((hours[-1] - first) / timedelta(hours=1)) + 1
    shown = [first + timedelta(hours=step) for step in range(steps)]
    return [(f"{hour:%H}", by_hour.get(f"{hour:%Y-%m-%dT%H:%M}", 0)) for hour in shown]


def passed_text(report: ShiftReport) -> str:
    """With those that are bound no more, which the sum does not have."""
    passed = tr("{count} passed").format(count=count(report.passes))
    if not report.taken_back:
        return passed
    return tr("{passed}, {count} taken back").format(passed=passed, count=count(report.taken_back))


def kinds_in(kinds: Sequence[str], room: float) -> str:
    """As many as there is room for, and how many more there are."""
    for shown in range(len(kinds), 0, -1):
        more = len(kinds) - shown
        text = ", ".join(kinds[:shown])
        if more:
            rest = ntr("{count} more kind …", "{count} more kinds …", more).format(count=count(more))
            text = f"{text}, {rest}"
        if text_width(text, CAPTION) <= room:
            return text
    return ", ".join(kinds[:1])


class HoursCard(Painted):
    """Which faults there were stands under the counts, and in full in its hint."""

    def __init__(self, palette: Palette, parent: QWidget) -> None:
        super().__init__(palette, parent)
        self._report: ShiftReport | None = None
        self._target = 0
        self._hours: list[tuple[str, int]] = []

    def show_report(self, report: ShiftReport | None, target: int) -> None:
        self._report, self._target = report, target
        self._hours = hours_between(report.by_hour) if report else []
        self.setToolTip("\n".join(self.faults))
        told = [f"{hour}: {passes}" for hour, passes in self._hours]
        self.say(tr("By hour"), ", ".join([*(text for _, text in self._counts), *told, *self.faults]))
        self.update()

    def retranslate(self) -> None:
        self.show_report(self._report, self._target)

    @property
    def faults(self) -> list[str]:
        """How many of each kind, the most frequent first."""
        kinds = sorted(self._report.faults.items(), key=lambda one: -one[1]) if self._report else []
        return [f"{short(verdict)} {count(number)}" for verdict, number in kinds]

    @property
    def _counts(self) -> list[tuple[Mark, str]]:
        report = self._report
        if report is None:
            return []
        faults = sum(report.faults.values())
        return [
            (Mark.PASS, passed_text(report)),
            (
                Mark.SAME,
                ntr("{count} re-scan", "{count} re-scans", report.rescans).format(
                    count=count(report.rescans)
                ),
            ),
            (Mark.FAULT, ntr("{count} fault", "{count} faults", faults).format(count=count(faults))),
        ]

    # --- painting

    def draw(self, canvas: Canvas) -> None:
        canvas.card(self.area, canvas.palette.surface, canvas.palette.line)
        title = canvas.text(tr("By hour"), _PADDING, 30, 200, CARD_TITLE)
        self._draw_counts(canvas, self.area.width() - _PADDING - _PADDING - title - 16)
        self._draw_faults(canvas)
        if self._hours:
            self._draw_chart(canvas)
        else:
            text = tr("Nothing was bound in this shift yet.") if self._report else ""
            room = self.area.width() - 2 * _PADDING
            canvas.text(text, _PADDING, self.area.height() / 2 + 14, room, CAPTION, canvas.palette.muted)

    def _draw_counts(self, canvas: Canvas, room: float) -> None:
        style = next(
            (s for s in (_COUNT, *map(_COUNT.sized, (16, 15, 14))) if self._counts_width(s) <= room),
            _COUNT.sized(13),
        )
        right = self.area.width() - _PADDING
        for mark, text in reversed(self._counts):
            width = canvas.text(text, right, 30, room, style, align=_RIGHT)
            center = QPointF(right - width - 18, 30)
            canvas.mark(mark, center, 20, own_color(mark, canvas.palette), canvas.palette.surface)
            right = center.x() - 30

    def _counts_width(self, style: Style) -> float:
        return sum(text_width(text, style) + 48 for _, text in self._counts)

    def _draw_faults(self, canvas: Canvas) -> None:
        room, right = self.area.width() - 2 * _PADDING, self.area.width() - _PADDING
        canvas.text(kinds_in(self.faults, room), right, 59, room, CAPTION, canvas.palette.muted, _RIGHT)

    def _draw_chart(self, canvas: Canvas) -> None:
        colors, width = canvas.palette, self.area.width()
        label = tr("target {count}").format(count=count(self._target)) if self._target else ""
        right = width - _PADDING - (text_width(label, CAPTION) + 12 if label else 0)
        top, base = 86.0 if self.faults else 62.0, self.area.height() - 36
        most = max(self._target, *(passes for _, passes in self._hours), 1)
        step = min(_WIDEST_STEP, (right - _PADDING) / len(self._hours))
        for number, (hour, passes) in enumerate(self._hours):
            x = _PADDING + 6 + number * step
            height = (base - top) * passes / most
            bar = QRectF(x, base - height, step - _GAP, height)
            self._draw_bar(canvas, bar, passes, colors.accent)
            canvas.text(hour, bar.center().x(), base + 18, step, CAPTION, colors.muted, _CENTER)
        canvas.painter.fillRect(QRectF(_PADDING, base, right - _PADDING, 1), colors.control)
        if label:
            y = base - (base - top) * self._target / most
            canvas.painter.setPen(QPen(colors.control, 1.5, Qt.PenStyle.DashLine))
            canvas.painter.drawLine(QPointF(_PADDING, y), QPointF(right, y))
            canvas.text(label, right + 10, y, width - right, CAPTION, colors.muted)

    def _draw_bar(self, canvas: Canvas, bar: QRectF, passes: int, color: QColor) -> None:
        canvas.card(bar, color, radius=min(4.0, bar.height() / 2))
        inside = bar.height() >= 26
        ink = canvas.palette.surface if inside else canvas.palette.text
        middle = bar.top() + 15 if inside else bar.top() - 11
        room = bar.width() - 4 if inside else bar.width() + _GAP - 2
        style, center = _COUNT.sized(16), bar.center().x()
        canvas.text(count(passes), center, middle, room, style, ink, _CENTER, smaller=(14, 12, 10, 9))
