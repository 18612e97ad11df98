"""The relationship file: of which units, how it is laid out, and whether it has been made."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtWidgets import QWidget

from app.core.relationship import FileKind
from app.station.shift_picture import FileMade, ShiftPicture
from app.ui.canvas import Canvas
from app.ui.controls import BUTTON_HEIGHT, OutlineButton
from app.ui.export_choice import ExportChoice
from app.ui.icons import Icon
from app.ui.marks import Mark
from app.ui.numbers import count, time_of_day
from app.ui.painted import Painted
from app.ui.theme import CAPTION, CARD_TITLE, Palette, Style, text_width
from app.wording.language import Words, ntr, said, tr

_PADDING = 24.0
_FIELDS_TOP, _FIELD, _FIRST_ROW, _ROW = 46.0, 44.0, 113.0, 44.0
_KIND = Style(18, 700)
_STATE = Style(17, 600)
_BARE, _FOOT = 187.0, 42.0
_HINT, _SMALLER = 150.0, (15.0, 14.0)
"""Room for what kind of file it is, and the sizes that are tried where it needs more."""


class ExportCard(Painted):
    """Its foot says how far the file is, what came of it, or asks whether one may be replaced."""

    wanted = Signal(str)
    """A `FileKind`."""
    replacing = Signal()
    """The file that was asked about may be replaced."""
    called_off = Signal()
    height_changed = Signal()

    def __init__(self, palette: Palette, now: Callable[[], datetime], page: QWidget) -> None:
        super().__init__(palette, page)
        self._now = now
        self._picture = ShiftPicture()
        self._may_manage = self._is_writing = self._asks = self._is_trouble = False
        self._message = ""
        self._words: Words = ""
        self.choice = ExportChoice(palette, self, page, lambda: now().date())
        self.buttons = {kind: OutlineButton(palette, Icon.DOWNLOAD, self) for kind in FileKind}
        self.cancel = OutlineButton(palette, Icon.CLOSE, self)
        self.replace = OutlineButton(palette, Icon.REFRESH, self)
        for kind, button in self.buttons.items():
            button.clicked.connect(lambda _=False, one=kind: self.wanted.emit(str(one)))
        self.cancel.clicked.connect(self._call_off)
        self.replace.clicked.connect(self._replace)
        self.choice.changed.connect(self._choice_changed)

    # --- what is shown

    def show_picture(self, picture: ShiftPicture, may_manage: bool) -> None:
        before, rows = self._picture, self.rows
        self._picture, self._may_manage = picture, may_manage
        self.choice.show_picture(picture)
        if _chapter(before) != _chapter(picture):
            self.choice.begin()
        elif self._is_trouble and rows is not None and rows != self.rows:
            self.show_result("")
        self._show()

    @property
    def rows(self) -> int | None:
        """How many units a file of what is chosen would hold; None where that is not counted yet."""
        if self.choice.is_of_shift:
            return self._picture.rows
        return self._picture.chosen_rows if self._picture.chosen == self.choice.selection else None

    def show_progress(self, text: str) -> None:
        self._show_foot(text, is_writing=True)

    def show_result(self, text: Words, is_trouble: bool = False) -> None:
        self._show_foot(text, is_trouble=is_trouble)

    def ask_to_replace(self, file: str) -> None:
        """Nothing was written; the buttons beside the question decide."""
        self._show_foot(lambda: tr("{file} is there already.").format(file=file), asks=True)

    def forget_result(self) -> None:
        """What is being written, or asked, stays."""
        if not self._is_writing and not self._asks:
            self.show_result("")

    @property
    def message(self) -> str:
        return self._message

    @property
    def wanted_height(self) -> float:
        """Its foot is there while it says something."""
        return _BARE + (_FOOT if self._message else 0)

    @property
    def is_writing(self) -> bool:
        return self._is_writing

    def _show_foot(
        self, text: Words, is_writing: bool = False, asks: bool = False, is_trouble: bool = False
    ) -> None:
        had_foot = bool(self._message)
        self._words, self._is_writing, self._asks, self._is_trouble = text, is_writing, asks, is_trouble
        self._show()
        if bool(self._message) is not had_foot:
            self.height_changed.emit()

    def _call_off(self) -> None:
        if self._asks:
            self.show_result(lambda: tr("No file was written."))
        else:
            self.called_off.emit()

    def _replace(self) -> None:
        self.show_result("")
        self.replacing.emit()

    def _choice_changed(self) -> None:
        if not self._is_writing:
            self.show_result("")

    def _show(self) -> None:
        self._message = said(self._words)
        busy = self._is_writing or self._asks
        for button in self.buttons.values():
            button.setVisible(self._may_manage and not busy)
        self.choice.units.setEnabled(not busy)
        self.choice.template.setEnabled(not busy)
        self.choice.files.setEnabled(not busy)
        self.cancel.setVisible(busy)
        self.replace.setVisible(self._asks)
        self.say(tr("Relationship file"), self._message)
        self._arrange()
        self.update()

    def state_of(self, kind: FileKind) -> tuple[Mark, str]:
        """Whether the units that are chosen have gone out in such a file."""
        made = self._picture.newest_file(self.choice.selection, kind, self.choice.one_each)
        if made is None:
            return Mark.WAITING, tr("Not exported")
        text = tr("Exported {time}").format(time=time_of_day(made.at, self._now()))
        if self._is_whole(made):
            return Mark.PASS, text
        rows = ntr("{count} row", "{count} rows", made.count).format(count=count(made.count))
        return Mark.WARNING, f"{text}, {rows}"

    def _is_whole(self, made: FileMade) -> bool:
        return not self.choice.is_of_shift or made.count == self._picture.rows

    # --- places

    def retranslate(self) -> None:
        self.choice.retranslate()
        self.buttons[FileKind.CSV].setText(tr("Export CSV"))
        self.buttons[FileKind.XLSX].setText(tr("Export XLSX"))
        self.cancel.setText(tr("Cancel"))
        self.replace.setText(tr("Replace it"))
        self._show()

    def place(self, box: QRectF, zoom: float) -> None:
        super().place(box, zoom)
        self._arrange()

    def _arrange(self) -> None:
        half = (self.area.width() - 2 * _PADDING - 12) / 2
        self.choice.units.place(QRectF(_PADDING, _FIELDS_TOP, half, _FIELD), self.zoom)
        self.choice.template.place(QRectF(_PADDING + half + 12, _FIELDS_TOP, half, _FIELD), self.zoom)
        self.choice.files.place(QRectF(_PADDING + half + 12, 7, half, 36), self.zoom)
        right, wide = self.area.width() - _PADDING, max(one.wanted_width for one in self.buttons.values())
        for number, button in enumerate(self.buttons.values()):
            top = _FIRST_ROW + number * _ROW - BUTTON_HEIGHT / 2
            button.place(QRectF(right - wide, top, wide, BUTTON_HEIGHT), self.zoom)
        self._row_room = right - wide - 12
        top = self.area.height() - _FOOT - 4
        for button in (self.cancel, self.replace):
            if not button.isHidden():
                width = button.wanted_width
                button.place(QRectF(right - width, top, width, 38), self.zoom)
                right -= width + 8
        self._foot_room = right - _PADDING

    _row_room = _foot_room = 100.0

    def draw(self, canvas: Canvas) -> None:
        colors, width = canvas.palette, self.area.width()
        canvas.card(self.area, colors.surface, colors.line)
        self._draw_title(canvas, (width - 12) / 2 - _PADDING)
        for number, kind in enumerate(FileKind):
            self._draw_row(canvas, kind, _FIRST_ROW + number * _ROW)
        if self._message:
            box = QRectF(_PADDING, self.area.height() - _FOOT - 4, self._foot_room, _FOOT)
            ink = colors.fault if self._is_trouble else colors.text
            canvas.paragraph(self._message, box, CAPTION, ink, (15, 14, 13, 12, 11))

    def _draw_title(self, canvas: Canvas, room: float) -> None:
        """With the number of its rows, where that is known."""
        rows = self.rows
        text = "" if rows is None else ntr("{count} row", "{count} rows", rows).format(count=count(rows))
        left = room - text_width(text, CAPTION.sized(13)) - 20
        title = canvas.text(tr("Relationship file"), _PADDING, 28, left, CARD_TITLE, smaller=(20, 18, 16))
        x, sizes = _PADDING + title + 14, (15, 14, 13, 12)
        canvas.text(text, x, 30, room - title - 14, CAPTION, canvas.palette.muted, smaller=sizes)

    @property
    def _hints(self) -> dict[FileKind, str]:
        return {FileKind.CSV: tr("For the platform"), FileKind.XLSX: tr("Text cells")}

    def _state_left(self, kind: FileKind) -> float:
        """The states of both kinds of file begin at one place, as long as they have room there."""
        after = {one: _hint_width(hint) for one, hint in self._hints.items()}
        left = {one: max(_PADDING + 78 + width, self._usual_left) for one, width in after.items()}
        common = max(left.values())
        room = self._row_room - common - 28
        texts = (self.state_of(one)[1] for one in FileKind)
        fit = all(text_width(text, _STATE.sized(13)) <= room for text in texts)
        return common if fit else left[kind]

    @property
    def _usual_left(self) -> float:
        return min(_PADDING + 230, self._row_room - 250)

    def _draw_row(self, canvas: Canvas, kind: FileKind, middle: float) -> None:
        colors = canvas.palette
        canvas.text(kind.upper(), _PADDING, middle, 64, _KIND)
        x, hint = self._state_left(kind), self._hints[kind]
        canvas.text(hint, _PADDING + 62, middle, _HINT, CAPTION, colors.muted, smaller=_SMALLER)
        mark, text = self.state_of(kind)
        fills = {Mark.PASS: colors.passed, Mark.WARNING: colors.warning_fill, Mark.WAITING: colors.muted}
        sign = colors.text if mark is Mark.WARNING else colors.surface
        canvas.mark(mark, QPointF(x + 10, middle), 20, fills[mark], sign)
        canvas.text(text, x + 28, middle, self._row_room - x - 28, _STATE, smaller=(16, 15, 14, 13, 12, 11))


def _chapter(picture: ShiftPicture) -> tuple[int | None, bool]:
    """What is chosen for a file is chosen for this."""
    return picture.report.shift.id if picture.report else None, picture.is_open


def _hint_width(hint: str) -> float:
    widths = [text_width(hint, CAPTION.sized(size)) for size in (CAPTION.size, *_SMALLER)]
    return next((width for width in widths if width <= _HINT), _HINT)
