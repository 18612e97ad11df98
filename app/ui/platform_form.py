"""The way to Developer Center: data centre or free address, proxy, certificates. All is saved, or nothing.

Nothing here is saved by Enter: a click on the button does it, or Ctrl+Enter, which no scanner types.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Signal
from PySide6.QtWidgets import QWidget

from app.ui.controls import OutlineButton, Segments
from app.ui.form_card import PADDING, FormCard
from app.ui.icons import Icon
from app.ui.line_field import LineField
from app.ui.theme import Palette
from app.wording.language import tr

_CENTRES = ("", "china", "europe")
"""No upload, and the two data centres; the last choice is a free address."""
_FREE = len(_CENTRES)


@dataclass(frozen=True, slots=True)
class PlatformChoice:
    """As in the settings."""

    centre: str = ""
    proxy: str = ""
    ca_file: str = ""


class PlatformForm(FormCard):
    """Shows what holds until somebody changes it; *Cancel* shows that again."""

    confirmed = Signal(object)
    """A `PlatformChoice`."""
    file_wanted = Signal()

    def __init__(self, palette: Palette, parent: QWidget) -> None:
        super().__init__(palette, parent)
        self._saved = PlatformChoice()
        self._may_manage = False
        self.centre = Segments(palette, _FREE + 1, self)
        self.address, self.proxy = LineField(palette, self), LineField(palette, self)
        self.ca_file = LineField(palette, self)
        self.choose = OutlineButton(palette, Icon.FILE, self)
        self.add_row(self.centre)
        self.add_row(self.address, self.proxy)
        self.add_row(self.ca_file)
        fields = (self.address, self.proxy, self.ca_file)
        self.put_in_order(*self.centre.segments, *(field.edit for field in fields), self.choose)
        self.centre.chosen.connect(lambda _: self._changed())
        for field in fields:
            field.typed.connect(lambda _: self._changed())
        self.choose.clicked.connect(lambda: self.file_wanted.emit())
        self.closed.connect(self.drop)
        self.setVisible(True)
        self.retranslate()

    def show_choice(self, saved: PlatformChoice) -> None:
        """What holds; what somebody is typing stays."""
        begun, self._saved = self.is_begun, saved
        if not begun:
            self._put_back()
        self._show()

    def show_saved(self, saved: PlatformChoice, told: str) -> None:
        self._saved = saved
        self._put_back()
        self.tell(told)

    def show_rights(self, may_manage: bool) -> None:
        self._may_manage = may_manage
        self._show()

    def drop(self) -> None:
        """What was typed."""
        self._put_back()
        self.tell(self._meaning())

    def _put_back(self) -> None:
        saved = self._saved
        free = saved.centre not in _CENTRES
        self.centre.choose(_FREE if free else _CENTRES.index(saved.centre))
        self.address.put(saved.centre if free else "")
        self.proxy.put(saved.proxy)
        self.ca_file.put(saved.ca_file)
        for field in (self.address, self.proxy, self.ca_file):
            field.edit.home(False)
        self._show()

    def use_file(self, path: str) -> None:
        self.ca_file.put(path)
        self._changed()

    @property
    def entered(self) -> PlatformChoice:
        number = self.centre.number
        centre = _CENTRES[number] if 0 <= number < _FREE else self.address.text.strip()
        return PlatformChoice(centre, self.proxy.text.strip(), self.ca_file.text.strip())

    @property
    def is_begun(self) -> bool:
        return self.entered != self._saved

    def _changed(self) -> None:
        """By hand: what was said of the last try is over."""
        self.tell(self._meaning())
        self._show()

    def _show(self) -> None:
        is_free = self.centre.number == _FREE
        self.address.setEnabled(is_free)
        self.address.edit.setVisible(is_free)
        for part in (self.centre, self.proxy, self.ca_file, self.choose):
            part.setEnabled(self._may_manage)
        self.allow(self._may_manage and self.is_begun)
        self.confirm.setEnabled(True)

    def _meaning(self) -> str:
        if self.centre.number == 0:
            return tr("Nothing is uploaded from this station.")
        return tr(
            "Certificates are always verified. Without a proxy here the one of the system is used; "
            "`none` goes past that one too."
        )

    def submit(self) -> None:
        self.confirmed.emit(self.entered)

    def retranslate(self) -> None:
        self.name(tr("Developer Center"), tr("Save"))
        choices = [tr("No upload"), tr("China"), tr("Europe"), tr("Other address")]
        self.centre.name(tr("Data centre"), choices)
        captions = (
            (self.centre, tr("Data centre"), ""),
            (self.address, tr("Address"), "https://…"),
            (self.proxy, tr("Proxy"), "http://HOST:PORT"),
            (self.ca_file, tr("Certificates of your own authority"), "PEM"),
        )
        for part, text, hint in captions:
            self.caption(part, text, hint)
        for field, text, _ in captions[1:]:
            if isinstance(field, LineField):
                field.name(text)
        self.choose.setText(tr("Choose…"))
        self.tell(self._meaning())

    def _arrange(self) -> None:
        super()._arrange()
        if self._rows:
            width, zoom = self.choose.wanted_width, self.zoom
            top, height = self.ca_file.y() / zoom, self.ca_file.height() / zoom
            right = self.area.width() - PADDING
            self.ca_file.place(QRectF(PADDING, top, right - PADDING - width - 12, height), zoom)
            self.choose.place(QRectF(right - width, top, width, height), zoom)
