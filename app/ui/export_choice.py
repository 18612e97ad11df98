"""Which units go into a relationship file, and as what: the two fields over the buttons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.core.layout import Layout
from app.core.relationship import LAYOUTS, Template
from app.core.selection import Selection
from app.station.shift_picture import ShiftPicture
from app.ui.date_panel import DatePanel
from app.ui.icons import Icon
from app.ui.journal_filters import PickButton, utc_of
from app.ui.pick_menu import Choice, open_menu
from app.ui.theme import Palette
from app.wording.language import tr

_LISTED = 20
"""At most so many orders and products are offered."""


class ExportChoice(QWidget):
    """Holds no place of its own: the card puts its fields where they belong, the page the panel of days."""

    changed = Signal()
    template_file_wanted = Signal()

    def __init__(self, palette: Palette, card: QWidget, page: QWidget, today: Callable[[], date]) -> None:
        super().__init__(card)
        self.setVisible(False)
        self.units = PickButton(palette, Icon.MENU, card)
        self.template = PickButton(palette, Icon.FILE, card)
        self.files = PickButton(palette, Icon.COPY, card)
        self.one_each = False
        """Whether each product gets a file of its own."""
        self.days = DatePanel(palette, page, today)
        self._picture = ShiftPicture()
        self._selection: Selection | None = None
        self.layout_: Layout = LAYOUTS[Template.EN]
        self.template_name: str = Template.EN
        self.units.clicked.connect(self._open_units)
        self.template.clicked.connect(self._open_templates)
        self.files.clicked.connect(self._open_files)
        self.days.chosen.connect(self._choose_days)
        self.days.closed.connect(self.units.setFocus)

    @property
    def selection(self) -> Selection:
        """What was chosen; nobody chose: the shift that is shown, whichever that is."""
        shift = self._picture.report.shift.id if self._picture.report else None
        return self._selection if self._selection is not None else Selection(shift=shift)

    @property
    def is_of_shift(self) -> bool:
        """All of the shift that is shown."""
        return self._selection is None

    def show_picture(self, picture: ShiftPicture) -> None:
        self._picture = picture
        self.retranslate()

    def begin(self) -> None:
        """Another shift, or its end: nothing of what was chosen before holds any more."""
        self.days.clear()
        self._selection, self.one_each = None, False
        self.layout_, self.template_name = LAYOUTS[Template.EN], Template.EN
        self._tell()

    def show_template_file(self, name: str, layout: Layout) -> None:
        self._choose_template(name, layout)

    def retranslate(self) -> None:
        self.units.setText(self._named(self.selection))
        self.units.setAccessibleDescription(tr("Units of the file"))
        self.template.setText(self._template_title(self.template_name))
        self.template.setAccessibleDescription(tr("Template of the file"))
        self.files.setText(self._files_title(self.one_each))
        self.files.setAccessibleDescription(tr("How many files"))
        self.days.retranslate()

    # --- names

    def _named(self, selection: Selection) -> str:
        if selection.new:
            return tr("Only new: {units}").format(units=self._named(replace(selection, new=False)))
        if selection.order is not None:
            return tr("Order {number}").format(number=selection.order)
        if selection.product is not None:
            return self._product_name(selection.product)
        if selection.since or selection.until:
            return self.days.name()
        if selection.shift is not None:
            return tr("Shift {id}").format(id=selection.shift)
        return tr("All units")

    def _product_name(self, pk: str) -> str:
        names: dict[str, str] = {product.pk: product.name for product in self._picture.products}
        return f"{pk} {names.get(pk, '')}".rstrip()

    def _template_title(self, name: str) -> str:
        titles: dict[str, str] = {Template.EN: tr("Platform, English"), Template.ZH: tr("Platform, Chinese")}
        return titles.get(name, name)

    def _files_title(self, one_each: bool) -> str:
        return tr("One for each product") if one_each else tr("One file")

    # --- choices

    def _open_units(self) -> None:
        picture, choices = self._picture, list[Choice]()
        if picture.report is not None:
            name = tr("Shift {id}").format(id=picture.report.shift.id)
            choices.append((name, partial(self._choose, None)))
        offered = [Selection(order=number) for number in picture.orders[:_LISTED]]
        offered += [Selection(product=one.pk) for one in picture.products[:_LISTED]]
        offered.append(Selection())
        shift = [] if picture.report is None else [Selection(shift=picture.report.shift.id)]
        choices += [(self._named(one), partial(self._choose, one)) for one in offered]
        choices.append((tr("Days…"), self.days.toggle))
        of, listed = replace(self.selection, new=False), [*shift, *offered]
        chosen = listed.index(of) if of in listed else len(listed) if of.since or of.until else None
        new = (tr("Only what is in no file yet"), self.selection.new, self._turn_new)
        open_menu(self.units, choices, chosen, [new])

    def _choose(self, selection: Selection | None) -> None:
        self.days.clear()
        self._selection = selection
        self._tell()

    def _turn_new(self) -> None:
        selection = replace(self.selection, new=not self.selection.new)
        of_shift = Selection(shift=self._picture.report.shift.id) if self._picture.report else None
        self._selection = None if selection == of_shift else selection
        self._tell()

    def _choose_days(self) -> None:
        since = utc_of(self.days.first) or None
        until = utc_of(self.days.last + timedelta(days=1)) if self.days.last else None
        self._selection = Selection(since=since, until=until, new=self.selection.new)
        self._tell()

    def _open_templates(self) -> None:
        choices: list[Choice] = [
            (self._template_title(name), partial(self._choose_template, name, LAYOUTS[name]))
            for name in Template
        ]
        named = list[str](Template)
        own = len(named) if self.template_name not in named else named.index(self.template_name)
        open_menu(self.template, [*choices, (tr("Template file…"), self.template_file_wanted.emit)], own)

    def _open_files(self) -> None:
        choices = [(self._files_title(one), partial(self._choose_files, one)) for one in (False, True)]
        open_menu(self.files, choices, int(self.one_each))

    def _choose_files(self, one_each: bool) -> None:
        self.one_each = one_each
        self._tell()

    def _choose_template(self, name: str, layout: Layout) -> None:
        self.template_name, self.layout_ = name, layout
        self._tell()

    def _tell(self) -> None:
        self.retranslate()
        self.changed.emit()
