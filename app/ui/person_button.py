"""Who is at the station, in the header: a click leads to where people change."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QWidget

from app.ui.canvas import Canvas
from app.ui.header_parts import CAPTION_MIDDLE, LONGEST_NAME, VALUE, VALUE_MIDDLE
from app.ui.icons import Icon
from app.ui.painted import PaintedButton
from app.ui.theme import CAPTION, Palette, text_width
from app.wording.language import tr

_ICON_ROOM = 34.0


@dataclass(frozen=True, slots=True)
class PersonFace:
    """`caption` is what they are here, `name` who; without an icon it is set against the right edge."""

    caption: str
    name: str
    icon: bool = True

    @property
    def width(self) -> float:
        text = max(text_width(self.caption, CAPTION), min(text_width(self.name, VALUE), LONGEST_NAME))
        return text + (_ICON_ROOM if self.icon else 0.0) + 2


class PersonButton(PaintedButton):
    """As high as the header. Takes no focus: on Binding the keys are the scanner's."""

    def __init__(self, palette: Palette, parent: QWidget) -> None:
        super().__init__(palette, parent)
        self.face = PersonFace("", "")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_face(self, face: PersonFace | None) -> None:
        """Without one nobody signs in here."""
        self.setVisible(face is not None)
        if face is not None and face != self.face:
            self.face = face
            self.setToolTip(tr("Sign in, or change the person: F2"))
            self.say(f"{face.caption}: {face.name}", self.toolTip())
            self.update()

    def draw(self, canvas: Canvas) -> None:
        colors, face, width = canvas.palette, self.face, self.area.width()
        x, align = width, Qt.AlignmentFlag.AlignRight
        if face.icon:
            canvas.icon(Icon.PERSON, QPointF(12, 41), 24, colors.ink_muted)
            x, align = _ICON_ROOM, Qt.AlignmentFlag.AlignLeft
        room = width - (_ICON_ROOM if face.icon else 0)
        canvas.text(face.caption, x, CAPTION_MIDDLE, room, CAPTION, colors.ink_muted, align)
        canvas.text(face.name, x, VALUE_MIDDLE, room, VALUE, colors.ink_text, align)
