"""AccessKey and AccessSecret, on their way into the key store of this PC. Neither is ever shown."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.ui.form_card import FormCard
from app.ui.line_field import LineField
from app.ui.theme import Palette
from app.wording.language import tr

_LONGEST = 256


class SecretField(LineField):
    """Shows dots, also for what is pasted, gives nothing to the clipboard, and is empty once out of sight."""

    def __init__(self, palette: Palette, parent: QWidget) -> None:
        super().__init__(palette, parent)
        self.edit.setMaxLength(_LONGEST)
        self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.edit.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.put("")


class KeysForm(FormCard):
    """What was typed is gone once it was handed on."""

    confirmed = Signal(str, str)
    """AccessKey and AccessSecret."""

    def __init__(self, palette: Palette, parent: QWidget) -> None:
        super().__init__(palette, parent)
        self.key, self.secret = SecretField(palette, self), SecretField(palette, self)
        self.add_row(self.key)
        self.add_row(self.secret)
        self.put_in_order(self.key.edit, self.secret.edit)
        for field in (self.key, self.secret):
            field.edit.textChanged.connect(lambda _: self._allow())
        self.closed.connect(self.end)
        self.retranslate()

    def begin(self) -> None:
        self.retranslate()
        self._clear()
        self.setVisible(True)
        self.raise_()
        self.key.edit.setFocus()

    def end(self) -> None:
        """Nothing is stored."""
        self._clear()
        self.setVisible(False)

    def _clear(self) -> None:
        for field in (self.key, self.secret):
            field.put("")
        self._allow()

    def _allow(self) -> None:
        self.confirm.setEnabled(bool(self.key.text.strip() and self.secret.text.strip()))

    def submit(self) -> None:
        key, secret = self.key.text.strip(), self.secret.text.strip()
        self._clear()
        self.confirmed.emit(key, secret)

    def retranslate(self) -> None:
        self.name(tr("AccessKey and AccessSecret"), tr("Store"))
        self.tell(
            tr("They go into the key store of this PC, and nowhere else. Nobody can read them again here.")
        )
        for field, text in ((self.key, "AccessKey"), (self.secret, "AccessSecret")):
            field.name(text)
            self.caption(field, text)
