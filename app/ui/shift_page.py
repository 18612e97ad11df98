"""The shift's page: whether every label is accounted for, how it went, what is open, and the files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from app.core.upload_status import Phase, UploadStatus
from app.station.shift_picture import ShiftPicture
from app.station.view import StationView
from app.ui.backup_form import BackupForm
from app.ui.bind_page import FULL_WIDTH
from app.ui.date_panel import HEIGHT as DAYS_HEIGHT
from app.ui.date_panel import WIDTH as DAYS_WIDTH
from app.ui.export_card import ExportCard
from app.ui.files_card import FilesCard
from app.ui.numbers import count
from app.ui.pages import may_hand_over, may_manage
from app.ui.painted import Ground, Painted
from app.ui.shift_hours import HoursCard
from app.ui.shift_problems import Opened, ProblemsCard, upload_problems
from app.ui.shift_sum import SumCard
from app.ui.shift_title import HEIGHT as TITLE_HEIGHT
from app.ui.shift_title import ShiftTitle
from app.ui.standing_notice import StandingNotice
from app.ui.theme import Palette
from app.ui.upload_card import UploadCard
from app.wording.language import Words, ntr, tr

_MARGIN, _GUTTER = 24.0, 16.0
_HOURS, _PROBLEMS = 190.0, 140.0
"""Least heights."""
_FILES, _FORM = 148.0, 376.0
_NARROW = (240.0, 212.0)
"""Hours and problems, one under the other."""


class ShiftPage(QScrollArea):
    """Reports what people press; shows what was read. It scrolls where there is no room."""

    closing = Signal(object, str)
    """How many labels are left (None where nobody counted), and the explanation."""

    def __init__(self, palette: Palette, now: Callable[[], datetime], parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._sheet = Ground(palette)
        sheet = self._sheet
        self.title = ShiftTitle(palette, now, sheet)
        self.notice = StandingNotice(palette, sheet)
        self.sum = SumCard(palette, sheet)
        self.hours = HoursCard(palette, sheet)
        self.problems = ProblemsCard(palette, now, sheet)
        self.export = ExportCard(palette, now, sheet)
        self.upload = UploadCard(palette, now, sheet)
        self.files = FilesCard(palette, now, sheet)
        self.backup_form = BackupForm(palette, sheet)
        self.setWidget(sheet)
        self.picture = ShiftPicture()
        self._view = StationView()
        self._upload, self._left_behind = UploadStatus(Phase.NOT_SET_UP), 0
        self._box, self._zoom, self._is_closing = QRectF(0, 0, FULL_WIDTH, 648), 1.0, False
        self._connect()
        self._put_in_order()
        self.retranslate()

    def _connect(self) -> None:
        self.sum.changed.connect(self._show_sum)
        self.sum.height_changed.connect(self._arrange)
        self.notice.height_changed.connect(self._arrange)
        self.export.height_changed.connect(self._arrange)
        self.upload.height_changed.connect(self._arrange)
        self.problems.labels_wanted.connect(self.sum.focus_count)
        self.export.choice.days.opening.connect(self._place_days)
        self.backup_form.closed.connect(self.close_backup_form)
        self.title.close_shift.clicked.connect(self._close)
        self._closing_keys = [QShortcut(QKeySequence(keys), self) for keys in ("Ctrl+Return", "Ctrl+Enter")]
        for shortcut in self._closing_keys:
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(self._close)

    def _put_in_order(self) -> None:
        """The Tab key goes through the parts as they are read."""
        title, export = self.title, self.export
        order: list[QWidget] = [title.report, title.order, title.open_shift]
        order += [title.close_shift, title.hand_over]
        order += [self.notice.close_notice, self.sum.left.edit, self.sum.explain, self.sum.reason.edit]
        choice = export.choice
        order += [choice.units, choice.template, choice.files, *export.buttons.values()]
        order += [
            export.replace,
            export.cancel,
            self.upload.button,
            *self.upload.rows,
            self.files.import_file,
            self.files.change,
            self.files.back_up,
            self.files.cancel,
        ]
        for first, second in pairwise(order):
            QWidget.setTabOrder(first, second)

    # --- what is shown

    def show_picture(self, picture: ShiftPicture) -> None:
        self.picture = picture
        self._show()

    def show_upload(self, status: UploadStatus) -> None:
        self._upload = status
        self.upload.show_status(status, self.may_manage)
        self._show_sum()

    def show_left_behind(self, number: int) -> None:
        """Units that were unbound, and that the platform still holds."""
        self._left_behind = number
        self._show_sum()

    def show_view(self, view: StationView) -> None:
        before, self._view = self._view, view
        same = (before.station, before.operator, before.backup) == (view.station, view.operator, view.backup)
        if before.operator != view.operator:
            self._forget_messages()
        if not same or (before.state.rules, before.shift) != (view.state.rules, view.shift):
            self._show()

    def _forget_messages(self) -> None:
        """What was said to somebody else."""
        self.notice.show_text("")
        self.export.forget_result()

    def show_message(self, text: Words, is_trouble: bool = False) -> None:
        """At the top, which comes into sight."""
        self.notice.show_text(text, is_trouble)
        self.verticalScrollBar().setValue(0)

    def open_backup_form(self, kept: int, folder: str) -> None:
        """In the place of the card about files, with what holds now; it comes into sight."""
        self.export.choice.days.setVisible(False)
        self.backup_form.open_form(kept, folder)
        self._show_files(False)
        self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())

    def close_backup_form(self) -> None:
        if not self.backup_form.isHidden():
            self.backup_form.setVisible(False)
            self._show_files(True)
            if self.isVisible():
                self.files.change.setFocus()

    def _show_files(self, are_shown: bool) -> None:
        """Beside another form Ctrl+Enter closes no shift."""
        self.files.setVisible(are_shown)
        for shortcut in self._closing_keys:
            shortcut.setEnabled(are_shown)
        self._arrange()

    def show_closing(self, is_closing: bool) -> None:
        """While the shift is being closed it cannot be closed again."""
        self._is_closing = is_closing
        self._show_sum()

    @property
    def may_manage(self) -> bool:
        return may_manage(self._view)

    def _show(self) -> None:
        picture, may = self.picture, self.may_manage
        self.title.show_picture(picture, self._view.station, may, may_hand_over(self._view))
        self.sum.show_report(picture.report, picture.is_open, may, self._view.operator or "")
        self.hours.show_report(picture.report, picture.target)
        self.export.show_picture(picture, may)
        self.upload.show_status(self._upload, may)
        self.files.show_files(picture.files)
        self.files.show_backup(self._view.backup, may)
        self.backup_form.allow(may)
        self._show_sum()

    @property
    def _opened(self) -> Opened | None:
        report = self.picture.report
        if report is None:
            return None
        counted = replace(report, reconciliation=self.sum.total)
        return Opened(counted, self.picture.is_open, self.sum.is_uncounted, self.may_manage)

    def _show_sum(self) -> None:
        missing = self.sum.total.missing or 0
        uploads = tuple(upload_problems(self._upload, self._left_behind))
        self.problems.show_problems(self._opened, uploads)
        reason = self._reason(missing)
        self.title.show_reason(reason, self.picture.is_open and not reason and not self._is_closing)

    def _reason(self, missing: int) -> str:
        """Why the shift cannot be closed yet."""
        if not self.picture.is_open or not missing or self.sum.explanation or not self.may_manage:
            return ""
        if self.sum.counted is None:
            return tr("Count the labels that are left")
        if missing > 0:
            text = ntr("{count} label to explain first", "{count} labels to explain first", missing)
        else:
            text = ntr("{count} label too many to explain", "{count} labels too many to explain", -missing)
        return text.format(count=count(abs(missing)))

    def _close(self) -> None:
        if self.title.close_shift.isEnabled() and not self.title.close_shift.isHidden():
            self.show_closing(True)
            self.closing.emit(self.sum.counted, self.sum.explanation)

    def retranslate(self) -> None:
        parts = (self.title, self.notice, self.sum, self.hours, self.problems)
        for part in (*parts, self.export, self.upload, self.files, self.backup_form):
            part.retranslate()
        self._show()

    # --- places

    def place(self, box: QRectF, zoom: float) -> None:
        self._box, self._zoom = box, zoom
        self.setGeometry(QRectF(box.topLeft() * zoom, box.size() * zoom).toRect())
        self._arrange()

    def _arrange(self) -> None:
        width, zoom = self._box.width(), self._zoom
        self.title.place(QRectF(0, 0, width, TITLE_HEIGHT), zoom)
        whole, top = width - 2 * _MARGIN, TITLE_HEIGHT
        self.notice.setVisible(bool(self.notice.text))
        if self.notice.text:
            height = self.notice.height_in(whole)
            self.notice.place(QRectF(_MARGIN, top, whole, height), zoom)
            top += height + 12
        height = self.sum.wanted_height
        self.sum.place(QRectF(_MARGIN, top, whole, height), zoom)
        top += height + _GUTTER
        bottom = self._place_wide(top, whole) if width >= FULL_WIDTH else self._place_narrow(top, whole)
        self._sheet.place(QRectF(0, 0, width, max(bottom, self._box.height())), zoom)
        self._place_days()

    def _place_files(self, top: float, whole: float) -> float:
        """At the end, since they are looked for less often than all that is above; or the form about them."""
        height = _FILES if self.backup_form.isHidden() else _FORM
        for part in (self.files, self.backup_form):
            part.place(QRectF(_MARGIN, top, whole, height), self._zoom)
        return top + height + _GUTTER

    def _place_wide(self, top: float, whole: float) -> float:
        half, zoom = (whole - _GUTTER) / 2, self._zoom
        export, upload = self.export.wanted_height, self.upload.height_in(half)
        least = max(_HOURS + _PROBLEMS, export + upload) + _GUTTER
        room = max(least, self._box.height() - top - _GUTTER)
        hours = max(_HOURS, min(0.5 * (room - _GUTTER), 300.0))
        right = _MARGIN + half + _GUTTER
        self.hours.place(QRectF(_MARGIN, top, half, hours), zoom)
        low = top + hours + _GUTTER
        self.problems.place(QRectF(_MARGIN, low, half, room - hours - _GUTTER), zoom)
        self.export.place(QRectF(right, top, half, export), zoom)
        low = top + export + _GUTTER
        self.upload.place(QRectF(right, low, half, room - export - _GUTTER), zoom)
        return self._place_files(top + room + _GUTTER, whole)

    def _place_narrow(self, top: float, whole: float) -> float:
        hours, problems = _NARROW
        cards: tuple[tuple[Painted, float], ...] = (
            (self.hours, hours),
            (self.problems, problems),
            (self.export, self.export.wanted_height),
            (self.upload, self.upload.height_in(whole)),
        )
        for card, height in cards:
            card.place(QRectF(_MARGIN, top, whole, height), self._zoom)
            top += height + _GUTTER
        return self._place_files(top, whole)

    def _place_days(self) -> None:
        """Beside the field that opens them, within what is seen of the sheet."""
        days, card = self.export.choice.days, self.export
        left = card.x() / self._zoom + _MARGIN
        seen = (self.verticalScrollBar().value() + self.viewport().height()) / self._zoom
        top = max(0.0, min(card.y() / self._zoom + 102, seen - DAYS_HEIGHT - 8))
        days.place(QRectF(left, top, DAYS_WIDTH, DAYS_HEIGHT), self._zoom)
