"""The files that went out, and the backups: what leaves the station besides units."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtWidgets import QWidget

from app.ports.backups import BackupFound
from app.station.shift_picture import FileMade
from app.ui.canvas import Canvas
from app.ui.controls import OutlineButton
from app.ui.icons import Icon
from app.ui.numbers import count, time_of_day
from app.ui.painted import Painted
from app.ui.theme import BODY, CAPTION, CARD_TITLE, Palette, metrics
from app.wording.language import ntr, tr

_PADDING, _HEAD, _ROW, _FOOT = 24.0, 46.0, 24.0, 52.0
_RIGHT = Qt.AlignmentFlag.AlignRight


class FilesCard(Painted):
    """The newest files, as many as there is room for; at its foot the newest backup."""

    def __init__(self, palette: Palette, now: Callable[[], datetime], page: QWidget) -> None:
        super().__init__(palette, page)
        self._now = now
        self._files: Sequence[FileMade] = ()
        self._backup: BackupFound | None = None
        self._may_manage, self._progress = False, ""
        self.import_file = OutlineButton(palette, Icon.FILE, self)
        self.back_up = OutlineButton(palette, Icon.COPY, self)
        self.change = OutlineButton(palette, Icon.PENCIL, self)
        self.cancel = OutlineButton(palette, Icon.CLOSE, self)

    def show_files(self, files: Sequence[FileMade]) -> None:
        self._files = files
        self.say(tr("Files"), ", ".join(self._name(one) for one in files[:10]))
        self.update()

    def show_backup(self, backup: BackupFound | None, may_manage: bool) -> None:
        self._backup, self._may_manage = backup, may_manage
        self._arrange()
        self.update()

    def show_progress(self, text: str) -> None:
        """How far a backup is; empty where none is being made."""
        self._progress = text
        self._arrange()
        self.update()

    @property
    def backup_line(self) -> str:
        if self._progress:
            return self._progress
        if self._backup is None:
            return tr("No backup yet")
        return tr("Backup {time}").format(time=time_of_day(self._backup.when, self._now()))

    def _name(self, one: FileMade) -> str:
        rows = ntr("{count} row", "{count} rows", one.count).format(count=count(one.count))
        return f"{one.file}, {rows}, {time_of_day(one.at, self._now())}"

    def retranslate(self) -> None:
        self.import_file.setText(tr("Import file…"))
        self.back_up.setText(tr("Back up now"))
        self.change.setText(tr("Change…"))
        self.change.setAccessibleDescription(tr("How many backups stay, and where each goes as well"))
        self.cancel.setText(tr("Cancel"))
        self.show_files(self._files)
        self._arrange()

    def place(self, box: QRectF, zoom: float) -> None:
        super().place(box, zoom)
        self._arrange()

    def _arrange(self) -> None:
        self.import_file.setVisible(self._may_manage)
        width = self.import_file.wanted_width
        self.import_file.place(QRectF(self.area.width() - _PADDING - width, 8, width, 36), self.zoom)
        self.back_up.setVisible(self._may_manage and not self._progress)
        self.cancel.setVisible(bool(self._progress))
        button = self.cancel if self._progress else self.back_up
        width = button.wanted_width
        box = QRectF(self.area.width() - _PADDING - width, self.area.height() - 45, width, 38)
        button.place(box, self.zoom)
        self.change.setVisible(self._may_manage and not self._progress)
        width = self.change.wanted_width
        self.change.place(QRectF(box.left() - 10 - width, box.top(), width, box.height()), self.zoom)

    def draw(self, canvas: Canvas) -> None:
        colors, width = canvas.palette, self.area.width()
        canvas.card(self.area, colors.surface, colors.line)
        canvas.text(tr("Files"), _PADDING, 26, width / 3, CARD_TITLE)
        room = int((self.area.height() - _HEAD - _FOOT) / _ROW)
        for number, one in enumerate(self._files[:room]):
            self._draw_file(canvas, one, _HEAD + (number + 0.5) * _ROW)
        if not self._files:
            canvas.text(
                tr("No file has gone out yet."), _PADDING, _HEAD + 14, width - 48, CAPTION, colors.muted
            )
        self._draw_backup(canvas)

    def _draw_file(self, canvas: Canvas, one: FileMade, middle: float) -> None:
        colors, right = canvas.palette, self.area.width() - _PADDING
        rows = ntr("{count} row", "{count} rows", one.count).format(count=count(one.count))
        told = f"{rows}, {time_of_day(one.at, self._now())}"
        width = canvas.text(told, right, middle, right - 200, CAPTION, colors.muted, _RIGHT)
        room = right - width - 16 - _PADDING
        name = metrics(BODY).elidedText(one.file, Qt.TextElideMode.ElideMiddle, room)
        canvas.text(name, _PADDING, middle, room + 4, BODY)

    def _draw_backup(self, canvas: Canvas) -> None:
        colors, top = canvas.palette, self.area.height() - _FOOT
        canvas.painter.fillRect(QRectF(1, top, self.area.width() - 2, 1), colors.line)
        middle = top + 26
        canvas.icon(Icon.COPY, QPointF(_PADDING + 10, middle), 20, colors.muted)
        room = self.area.width() - _PADDING * 2 - 32 - 12
        if self._progress:
            room -= self.cancel.wanted_width
        elif self._may_manage:
            room -= self.back_up.wanted_width + 10 + self.change.wanted_width
        canvas.text(self.backup_line, _PADDING + 32, middle, room, BODY, smaller=(17, 16, 15, 14))
