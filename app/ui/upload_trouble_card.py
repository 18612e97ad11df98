"""One thing about the upload that needs a person: both records, what to do, and the buttons for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.station.upload_troubles import UploadTrouble
from app.ui.canvas import Canvas, Pill
from app.ui.controls import BUTTON_HEIGHT, OutlineButton
from app.ui.icons import Icon
from app.ui.marks import Mark
from app.ui.painted import Painted
from app.ui.theme import BODY, CODE, Palette
from app.ui.upload_act_form import UploadAct, UploadActForm, verb
from app.ui.upload_records import HEIGHT as RECORDS
from app.ui.upload_records import UploadRecords
from app.wording.language import tr
from app.wording.reasons import sentence

_PADDING, _HEAD = 24.0, 62.0
_ICONS = {UploadAct.HANDLE: Icon.PENCIL, UploadAct.TAKE_OFF: Icon.BIN, UploadAct.REPLACE: Icon.UPLOAD}


def kind_of(trouble: UploadTrouble, colors: Palette) -> Pill:
    if trouble.is_left_behind or trouble.is_conflict:
        word = tr("Unbound, still uploaded") if trouble.is_left_behind else tr("Conflict")
        return Pill(
            Mark.WARNING,
            word,
            colors.text,
            colors.warning_tint,
            colors.text,
            shape_color=colors.warning_fill,
        )
    return Pill(Mark.FAULT, tr("Blocked"), colors.fault_deep, colors.fault_tint, colors.surface)


def advice(trouble: UploadTrouble) -> str:
    """Who must do what."""
    if trouble.reason is not None:
        return sentence(trouble.reason)
    return tr(
        "This unit was unbound after its upload, and Developer Center still holds it. "
        "Take it off the platform, unless it is to stay there."
    )


def acts_on(trouble: UploadTrouble) -> Sequence[UploadAct]:
    """Which make sense."""
    if trouble.is_left_behind:
        return (UploadAct.TAKE_OFF,)
    acts = [UploadAct.HANDLE]
    if trouble.can_be_replaced:
        acts.append(UploadAct.REPLACE)
    if not trouble.item.live and len(trouble.items) == 1:
        acts.append(UploadAct.TAKE_OFF)
    return acts


class UploadTroubleCard(Painted):
    """Trying again needs no reason; everything else does."""

    again_wanted = Signal(object)
    """The `UploadTrouble`."""

    def __init__(self, palette: Palette, now: Callable[[], datetime], parent: QWidget) -> None:
        super().__init__(palette, parent)
        self.trouble: UploadTrouble | None = None
        self._may_manage = False
        self.records = UploadRecords(palette, now, self)
        self.again = OutlineButton(palette, Icon.REFRESH, self)
        self.acts = {act: OutlineButton(palette, _ICONS[act], self) for act in UploadAct}
        self.form = UploadActForm(palette, self)
        self.again.clicked.connect(lambda: self.trouble and self.again_wanted.emit(self.trouble))
        for act, button in self.acts.items():
            button.clicked.connect(partial(self._begin, act))
        self.form.closed.connect(self.close_form)

    def show_trouble(self, trouble: UploadTrouble | None) -> None:
        """A form that was begun for the same one stays."""
        same = trouble is not None and self.trouble is not None and trouble.seqs == self.trouble.seqs
        self.trouble = trouble
        if not same:
            self.form.end()
        self.records.show_trouble(trouble)
        self.records.setVisible(trouble is not None)
        self.retranslate()

    def show_rights(self, may_manage: bool) -> None:
        self._may_manage = may_manage
        if not may_manage:
            self.form.end()
        self.retranslate()

    def _begin(self, act: UploadAct) -> None:
        if self.trouble is not None:
            self.form.begin(act, self.trouble)
            self.retranslate()

    def close_form(self) -> None:
        """Nothing more is done in it."""
        self.form.end()
        self.retranslate()

    def retranslate(self) -> None:
        self.again.setText(tr("Try again"))
        for act, button in self.acts.items():
            button.setText(verb(act))
        acts = acts_on(self.trouble) if self.trouble and self._may_manage and self.form.isHidden() else ()
        for act, button in self.acts.items():
            button.setVisible(act in acts)
        self.again.setVisible(bool(acts) and self.trouble is not None and not self.trouble.is_left_behind)
        self.form.retranslate()
        told = self.trouble
        self.say(kind_of(told, self.colors).word if told else "", advice(told) if told else "")
        self._arrange()
        self.update()

    # --- places

    def place(self, box: QRectF, zoom: float) -> None:
        super().place(box, zoom)
        self._arrange()

    def _arrange(self) -> None:
        width, height, zoom = self.area.width(), self.area.height(), self.zoom
        self.records.place(QRectF(_PADDING, _HEAD, width - 2 * _PADDING, RECORDS), zoom)
        top = _HEAD + RECORDS + 12
        self.form.place(QRectF(0, top, width, max(0.0, height - top)), zoom)
        spots = list(self._spots(width))
        rows = 1 + max((row for _, _, row in spots), default=0)
        foot = height - rows * (BUTTON_HEIGHT + 8) - 8
        for button, x, row in spots:
            box = QRectF(x, foot + row * (BUTTON_HEIGHT + 8), button.wanted_width, BUTTON_HEIGHT)
            button.place(box, zoom)
        self._sentence_room = max(40.0, foot - top - 12)

    def _spots(self, width: float) -> Iterator[tuple[OutlineButton, float, int]]:
        """Each button that is shown, from where, in which row."""
        x, row = _PADDING, 0
        for button in (self.again, *self.acts.values()):
            if not button.isHidden():
                if x > _PADDING and x + button.wanted_width > width - _PADDING:
                    x, row = _PADDING, row + 1
                yield button, x, row
                x += button.wanted_width + 10

    _sentence_room = 100.0

    def draw(self, canvas: Canvas) -> None:
        colors, width = canvas.palette, self.area.width()
        canvas.card(self.area, colors.surface, colors.line)
        if self.trouble is None:
            box = self.area.adjusted(_PADDING, 20, -_PADDING, -20)
            canvas.paragraph(tr("Nothing at Developer Center needs a person."), box, BODY, colors.muted)
            return
        pill = kind_of(self.trouble, colors)
        canvas.pill(pill, _PADDING, 32, width - 2 * _PADDING)
        room = width - 2 * _PADDING - pill.width - 16
        end, pk = width - _PADDING, self.trouble.item.pk
        canvas.text(pk, end, 32, room, CODE, colors.muted, Qt.AlignmentFlag.AlignRight, (18, 16, 14))
        if self.form.isHidden():
            top = _HEAD + RECORDS + 12
            box = QRectF(_PADDING, top, width - 2 * _PADDING, min(self._sentence_room, 120.0))
            canvas.paragraph(advice(self.trouble), box, BODY, colors.text, (17, 16, 15))
