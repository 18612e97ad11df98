"""What a supervisor does about a unit that did not reach the platform as it should: always with a reason."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.station.upload_troubles import UploadTrouble
from app.ui.form_card import FormCard
from app.ui.line_field import LineField
from app.ui.theme import Palette
from app.wording.language import tr


class UploadAct(Enum):
    """Each goes on record with its reason."""

    REPLACE = auto()
    TAKE_OFF = auto()
    HANDLE = auto()


def verb(act: UploadAct) -> str:
    return {
        UploadAct.HANDLE: tr("Mark as handled"),
        UploadAct.TAKE_OFF: tr("Take off the platform"),
        UploadAct.REPLACE: tr("Write our SN"),
    }[act]


def meaning(act: UploadAct, trouble: UploadTrouble) -> str:
    """What will come of it."""
    item = trouble.item
    return {
        UploadAct.HANDLE: tr(
            "Nothing is changed at Developer Center, and the station does not try again. "
            "The reason stays on record."
        ),
        UploadAct.TAKE_OFF: tr(
            "The device {imei} is deleted at Developer Center, if it is held there with SN {sn}."
        ).format(imei=item.imei, sn=item.sn),
        UploadAct.REPLACE: tr(
            "At Developer Center the SN of device {imei} becomes {sn}. Do this only if the journal is right."
        ).format(imei=item.imei, sn=item.sn),
    }[act]


class UploadActForm(FormCard):
    """Carried out by a click on its button or Ctrl+Enter, which no scanner types."""

    confirmed = Signal(object, object, str)
    """An `UploadAct`, the `UploadTrouble` and the reason."""

    def __init__(self, palette: Palette, parent: QWidget) -> None:
        super().__init__(palette, parent)
        self.reason = LineField(palette, self, prose=True)
        self.reason.typed.connect(lambda _: self._allow())
        self.add_row(self.reason)
        self.put_in_order(self.reason.edit)
        self._begun: tuple[UploadAct, UploadTrouble] | None = None

    def begin(self, act: UploadAct, trouble: UploadTrouble) -> None:
        self._begun = act, trouble
        self.reason.put("")
        self.retranslate()
        self._allow()
        self.setVisible(True)
        self.raise_()
        self.reason.edit.setFocus()

    def end(self) -> None:
        """Nothing is done."""
        self._begun = None
        self.setVisible(False)

    def _allow(self) -> None:
        self.confirm.setEnabled(bool(self.reason.text.strip()))

    def submit(self) -> None:
        if self._begun is not None:
            act, trouble = self._begun
            self.confirmed.emit(act, trouble, self.reason.text)

    def retranslate(self) -> None:
        if self._begun is not None:
            act, trouble = self._begun
            self.name(verb(act), verb(act))
            self.tell(meaning(act, trouble))
        self.reason.name(tr("Reason"))
        self.caption(self.reason, tr("Reason"))
