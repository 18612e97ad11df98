"""How many backups stay, and where each goes as well."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.core.errors import Refused, Why, because
from app.core.settings import BACKUPS_KEPT, Settings
from app.ui.controls import OutlineButton
from app.ui.form_card import FormCard
from app.ui.icons import Icon
from app.ui.line_field import LineField
from app.ui.order_form import whole_number
from app.ui.theme import BODY, Palette, metrics
from app.wording.language import tr
from app.wording.reasons import sentence


class BackupForm(FormCard):
    """Tells what was entered; shows the answer in place."""

    entered = Signal(int, str)
    """How many stay, and the second folder or nothing."""
    folder_wanted = Signal()

    def __init__(self, palette: Palette, parent: QWidget) -> None:
        super().__init__(palette, parent)
        self.kept = LineField(palette, self)
        self.choose = OutlineButton(palette, Icon.FILE, self)
        self.without = OutlineButton(palette, Icon.CLOSE, self)
        self.folder = ""
        self._is_same_disk = self._is_looking = False
        self.kept.typed.connect(lambda _: self._check())
        self.choose.clicked.connect(lambda: self.folder_wanted.emit())
        self.without.clicked.connect(lambda: self.show_folder(""))
        self.add_row(self.kept)
        self.add_row(self.choose)
        self.add_row(self.without)
        self.put_in_order(self.kept.edit, self.choose, self.without)

    def open_form(self, kept: int, folder: str) -> None:
        """With what holds now."""
        self.kept.put(str(kept))
        self.show_folder(folder)
        self.setVisible(True)
        self.kept.edit.setFocus()

    def begin_look(self) -> None:
        """A folder is looked at, which may take long on a share."""
        self._is_looking = True
        self._check()

    def show_folder(self, folder: str, is_same_disk: bool = False) -> None:
        self.folder, self._is_same_disk, self._is_looking = folder, is_same_disk, False
        self.retranslate()

    def show_no_folder(self, text: str) -> None:
        """The one that was chosen cannot be taken; the one before stays."""
        self._is_looking = False
        self.show_refusal(text)

    def submit(self) -> None:
        try:
            self.entered.emit(self._number(), self.folder)
        except Refused as refusal:
            self.show_refusal(sentence(refusal.reason))

    def _number(self) -> int:
        low, high = BACKUPS_KEPT
        refused = Refused(because(Why.SETTING_REFUSED, setting="backups_kept", low=low, high=high))
        number = whole_number(self.kept.text, refused)
        if number is None:
            raise refused
        return replace(Settings(), backups_kept=number).backups_kept

    def _check(self) -> None:
        self.confirm.setEnabled(not self._is_looking)
        if self._is_looking:
            self.tell(tr("The folder is being looked at."))
            return
        try:
            self._number()
        except Refused as refusal:
            self.tell(sentence(refusal.reason), is_refusal=True)
            self.confirm.setEnabled(False)
        else:
            self.tell(self._about_folder())

    def _about_folder(self) -> str:
        if not self.folder:
            return tr("A backup on the disk that breaks is none: choose a folder on another disk or a share.")
        if self._is_same_disk:
            return tr("This folder is on the same disk as the journal. If that disk breaks, both are lost.")
        return tr("Nothing is ever taken away in the second folder; see that it does not fill up.")

    def place_text(self) -> None:
        """The folder, as much of it as has room."""
        room = max(80, int(self.choose.area.width()) - 70)
        shown = metrics(BODY).elidedText(self.folder, Qt.TextElideMode.ElideMiddle, room)
        self.choose.setText(shown or tr("Choose a folder…"))
        self.choose.setAccessibleDescription(self.folder)

    def _arrange(self) -> None:
        super()._arrange()
        self.place_text()

    def retranslate(self) -> None:
        self.name(tr("Backups"), tr("Keep this"))
        self.kept.name(tr("Backups that stay in the station's folder"))
        self.caption(self.kept, tr("Backups that stay in the station's folder"))
        self.caption(self.choose, tr("Each goes to this folder as well"))
        self.without.setText(tr("No second folder"))
        self.without.setVisible(bool(self.folder))
        self._check()
