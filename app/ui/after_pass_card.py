"""Whether a label of each unit is printed as soon as it has passed, in which layout, and where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.ui.controls import IconButton, Segments
from app.ui.form_card import FormCard
from app.ui.icons import Icon
from app.ui.journal_filters import PickButton
from app.ui.label_wish import LayoutChoice
from app.ui.line_field import LineField
from app.ui.pick_menu import open_menu
from app.ui.theme import Palette
from app.wording.language import tr

HEIGHT = 270.0


@dataclass(frozen=True, slots=True)
class AfterPass:
    """As in `Settings`."""

    wanted: bool = False
    layout: str = ""
    printer: str = ""


class AfterPassCard(FormCard):
    """Nothing counts before it was confirmed."""

    entered = Signal(object)
    """An `AfterPass`."""

    def __init__(self, palette: Palette, parent: QWidget) -> None:
        super().__init__(palette, parent)
        self.wanted = Segments(palette, 2, self)
        self.layout_ = PickButton(palette, Icon.FILE, self)
        self.printer = LineField(palette, self)
        self.printers = IconButton(palette, Icon.CHEVRON, self.printer)
        self._holds = AfterPass()
        self._layout, self._trouble = "", ""
        self._layouts: Sequence[LayoutChoice] = ()
        self._names: Sequence[str] = ()
        self.wanted.choose(0)
        self.wanted.chosen.connect(lambda _: self._check())
        self.layout_.clicked.connect(self._open_layouts)
        self.printer.typed.connect(lambda _: self._check())
        self.printers.clicked.connect(self._open_printers)
        self.closed.connect(self._put_back)
        self.add_row(self.wanted, self.layout_, self.printer)
        self.put_in_order(*self.wanted.segments, self.layout_, self.printer.edit, self.printers)
        self.setVisible(True)

    def show_lists(self, layouts: Sequence[LayoutChoice], printers: Sequence[str]) -> None:
        """What can be chosen: layouts of single labels, and the printers that the system knows."""
        self._layouts = [one for one in layouts if one.layout and one.layout.sheet is None]
        self._names = printers
        self.retranslate()

    def show_choice(self, choice: AfterPass) -> None:
        """What holds; what is being entered stays as long as that does not change."""
        if choice != self._holds:
            self._holds = choice
            self._put_back()
        self.retranslate()

    def _put_back(self) -> None:
        self._layout = self._holds.layout
        self.wanted.choose(1 if self._holds.wanted else 0)
        self.printer.put(self._holds.printer)
        self.retranslate()

    def show_trouble(self, text: str) -> None:
        """Why the last label was not printed; empty once one was."""
        self._trouble = text
        self._check()

    @property
    def choice(self) -> AfterPass:
        return AfterPass(self.wanted.number == 1, self._layout, self.printer.text.strip())

    def submit(self) -> None:
        self.entered.emit(self.choice)

    def _check(self) -> None:
        choice = self.choice
        lacks = choice.wanted and not choice.printer
        self.confirm.setEnabled(choice != self._holds and not lacks)
        if lacks:
            self.tell(tr("Say where the labels are printed."), is_refusal=True)
        elif self._trouble:
            self.tell(self._trouble, is_refusal=True)
        else:
            self.tell(
                tr("Binding never waits for the printer; a label that fails is told below, in the strip.")
            )

    def _open_layouts(self) -> None:
        open_menu(self.layout_, [(one.title, partial(self._pick, one.name)) for one in self._layouts])

    def _pick(self, name: str) -> None:
        self._layout = name
        self.retranslate()

    def _open_printers(self) -> None:
        choices = [(name, partial(self._use, name)) for name in self._names]
        open_menu(self.printers, choices or [(tr("The system knows no printer"), lambda: None)])

    def _use(self, name: str) -> None:
        self.printer.put(name)
        self._check()

    def _arrange(self) -> None:
        super()._arrange()
        if not self._rows:
            return
        box = self.printer.area.adjusted(self.printer.area.width() - 40, 5, -5, -5)
        self.printers.place(box, self.zoom)

    def retranslate(self) -> None:
        self.name(tr("Label after PASS"), tr("Use it"))
        self.caption(self.wanted, tr("A label of each unit that passed"))
        self.wanted.name(tr("A label of each unit that passed"), [tr("Off"), tr("Print it")])
        self.caption(self.layout_, tr("Layout"))
        title = next((one.title for one in self._layouts if one.name == self._layout), self._layout)
        self.layout_.setText(title)
        self.layout_.setAccessibleDescription(tr("Layout"))
        self.caption(self.printer, tr("Printer: name, {address}, device").format(address="tcp://HOST"))
        self.printer.name(tr("Printer"))
        self.printers.setAccessibleName(tr("Printers of this computer"))
        self._check()
