"""What labels are printed on: sheets, single labels, or a label printer."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRectF, Signal
from PySide6.QtWidgets import QWidget

from app.core.label_layout import DPI, LabelLayout
from app.core.settings import DEFAULT_SINGLE
from app.ui.canvas import Canvas
from app.ui.controls import SEGMENTS_HEIGHT, OutlineButton, Segments
from app.ui.icons import Icon
from app.ui.journal_filters import PickButton
from app.ui.label_wish import LayoutChoice, Target
from app.ui.line_field import LineField
from app.ui.painted import Painted
from app.ui.pick_menu import open_menu
from app.ui.theme import CAPTION, CARD_TITLE, Palette
from app.wording.language import tr

HEIGHT = 192.0
_PADDING, _GAP = 24.0, 12.0
_FIELD = 44.0
_USUAL = ("a4-24-70x37", DEFAULT_SINGLE)


class LayoutCard(Painted):
    """Offers the layouts that suit what is printed on."""

    changed = Signal()
    file_wanted = Signal()
    details_wanted = Signal()

    def __init__(self, palette: Palette, parent: QWidget) -> None:
        super().__init__(palette, parent)
        self.target_choice = Segments(palette, len(Target), self)
        self.pick = PickButton(palette, Icon.FILE, self)
        self.start = LineField(palette, self)
        self.dots = PickButton(palette, Icon.SCAN, self)
        self.printer = LineField(palette, self)
        self.details = OutlineButton(palette, Icon.PENCIL, self)
        self._layouts: Sequence[LayoutChoice] = ()
        self._chosen: dict[Target, LayoutChoice | None] = dict.fromkeys(Target)
        self.dpi: int | None = None
        """None is the layout's."""
        self.start.put("1")
        self.target_choice.choose(Target.SHEET.value)
        self.target_choice.chosen.connect(lambda _: self._choose())
        self.pick.clicked.connect(self._open_layouts)
        self.dots.clicked.connect(self._open_dots)
        self.start.typed.connect(lambda _: self._choose())
        self.printer.typed.connect(lambda _: self.changed.emit())
        self.details.clicked.connect(lambda: self.details_wanted.emit())

    @property
    def target(self) -> Target:
        return Target(self.target_choice.number)

    @property
    def chosen(self) -> LayoutChoice | None:
        return self._chosen[self.target]

    def show_layouts(self, layouts: Sequence[LayoutChoice]) -> None:
        """What was chosen stays chosen, as it reads now."""
        self._layouts = layouts
        named = {one.name: one for one in layouts}
        for target in Target:
            before = self._chosen[target]
            self._chosen[target] = (named.get(before.name) or before) if before else self._first(target)
        self.retranslate()

    def show_layout(self, choice: LayoutChoice) -> None:
        """A file that was chosen; a layout goes where it belongs."""
        if choice.layout is not None and choice not in self._offered():
            self.target_choice.choose((Target.SHEET if choice.layout.sheet else Target.SINGLE).value)
        self._pick(choice)

    def _first(self, target: Target) -> LayoutChoice | None:
        fitting = [one for one in self._layouts if one.layout and suits(one.layout, target)]
        usual = (one for one in fitting if one.name in _USUAL)
        return next(usual, next(iter(fitting), None))

    def _offered(self) -> list[LayoutChoice]:
        """Wrong files too: whoever chooses one is told what is wrong."""
        return [one for one in self._layouts if one.layout is None or suits(one.layout, self.target)]

    def _choose(self) -> None:
        self.retranslate()
        self.changed.emit()

    def _open_layouts(self) -> None:
        choices = [(one.title, partial(self._pick, one)) for one in self._offered()]
        open_menu(self.pick, [*choices, (tr("Layout file…"), self.file_wanted.emit)])

    def _pick(self, choice: LayoutChoice) -> None:
        self._chosen[self.target] = choice
        self._choose()

    def _open_dots(self) -> None:
        open_menu(self.dots, [(str(one), partial(self._use_dots, one)) for one in DPI])

    def _use_dots(self, dpi: int) -> None:
        self.dpi = dpi
        self._choose()

    # --- places

    def retranslate(self) -> None:
        self.target_choice.name(tr("Printed on"), [tr("Sheets"), tr("Single label"), tr("ZPL printer")])
        self.pick.setText(self.chosen.title if self.chosen else tr("Choose a layout"))
        self.pick.setAccessibleDescription(tr("Layout"))
        self.details.setText(tr("Texts and code"))
        self.start.name(tr("Start at"), self._place_of_start)
        layouts = self.chosen.layout.dpi if self.chosen and self.chosen.layout else DPI[0]
        self.dots.setText(str(self.dpi or layouts))
        self.dots.setAccessibleDescription(tr("Dots per inch"))
        self.printer.name(tr("Printer"))
        self.printer.edit.setPlaceholderText(tr("{address} or a device").format(address="tcp://HOST"))
        self.start.setVisible(self.target is Target.SHEET)
        for part in (self.dots, self.printer):
            part.setVisible(self.target is Target.ZPL)
        self.say(tr("Layout"), self.pick.text())
        self._arrange()
        self.update()

    @property
    def _place_of_start(self) -> str:
        """Where on the sheet the first label lies."""
        sheet = self.chosen.layout.sheet if self.chosen and self.chosen.layout else None
        number = self.start.text.strip()
        if sheet is None or not number.isdecimal() or not 1 <= int(number) <= sheet.labels:
            return ""
        row, column = divmod(int(number) - 1, sheet.columns)
        return tr("row {row}, column {column}").format(row=row + 1, column=column + 1)

    def place(self, box: QRectF, zoom: float) -> None:
        super().place(box, zoom)
        self._arrange()

    def _arrange(self) -> None:
        width, zoom, whole = self.area.width(), self.zoom, self.area.width() - 2 * _PADDING
        low, wanted = HEIGHT - self.area.height(), self.details.wanted_width
        self.details.place(QRectF(width - _PADDING - wanted, 8 - 0.2 * low, wanted, 38 - 0.15 * low), zoom)
        self.target_choice.place(QRectF(_PADDING, 50 - 0.35 * low, whole, SEGMENTS_HEIGHT - 2), zoom)
        parts = [part for part in self._fields if not part.isHidden()]
        shares = {1: (1.0,), 2: (0.55, 0.45), 3: (0.36, 0.25, 0.39)}[len(parts)]
        room, x = whole - _GAP * (len(parts) - 1), _PADDING
        for part, share in zip(parts, shares, strict=True):
            part.place(QRectF(x, 134 - 0.75 * low, room * share, _FIELD), zoom)
            x += room * share + _GAP

    @property
    def _fields(self) -> tuple[PickButton | LineField, ...]:
        return self.pick, self.start, self.dots, self.printer

    def draw(self, canvas: Canvas) -> None:
        colors = canvas.palette
        canvas.card(self.area, colors.surface, colors.line)
        room = self.details.x() / self.zoom - _PADDING - 8
        canvas.text(
            tr("Layout"), _PADDING, self.details.geometry().center().y() / self.zoom, room, CARD_TITLE
        )
        captions = (
            tr("Layout"),
            tr("Start at"),
            tr("Dots per inch"),
            tr("Printer"),
        )
        for part, caption in zip(self._fields, captions, strict=True):
            if not part.isHidden():
                x, wide = part.x() / self.zoom, part.width() / self.zoom
                middle = part.y() / self.zoom - 14
                canvas.text(caption, x, middle, wide, CAPTION, colors.muted, smaller=(15, 14, 13, 12))


def suits(layout: LabelLayout, target: Target) -> bool:
    return (layout.sheet is not None) is (target is Target.SHEET)
