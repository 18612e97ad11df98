"""The people who may sign in, one under the other."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtWidgets import QWidget

from app.station.sign_in import Member
from app.ui.canvas import Canvas
from app.ui.icons import Icon
from app.ui.marks import Mark
from app.ui.painted import Painted
from app.ui.row_list import ROW_HEIGHT, ROW_MARGIN, Row, RowList
from app.ui.theme import CAPTION, Palette, Style
from app.wording.language import tr
from app.wording.people import role_name

_NAME, _WORD = Style(18, 600), Style(17, 500)
_ROLE_WIDTH, _KEY_WIDTH = 124.0, 76.0


class MemberRow(Row):
    """Name and role; with keys also whether there are a badge and a PIN."""

    def __init__(self, palette: Palette, member: Member, with_keys: bool) -> None:
        super().__init__(palette, member.name)
        self.member, self._with_keys = member, with_keys
        self.retranslate()

    def retranslate(self) -> None:
        keys = [tr("Badge")] if self.member.has_badge else []
        keys += [tr("PIN")] if self.member.has_pin else []
        said = [self.member.name, role_name(self.member.role), *(keys if self._with_keys else [])]
        self.setText(", ".join(said))

    def sizeHint(self) -> QSize:
        return QSize(round(300 * self.zoom), round(ROW_HEIGHT * self.zoom))

    def draw_row(self, canvas: Canvas) -> None:
        colors, member, middle = canvas.palette, self.member, self.area.height() / 2
        at = columns(self.area.width(), self._with_keys)
        canvas.icon(Icon.PERSON, QPointF(ROW_MARGIN + 12, middle), 22, colors.muted)
        canvas.text(member.name, ROW_MARGIN + 36, middle, at[0] - ROW_MARGIN - 44, _NAME)
        canvas.text(
            role_name(member.role), at[0], middle, _ROLE_WIDTH - 8, _WORD, colors.muted, smaller=(15,)
        )
        for x, there in zip(at[1:], (member.has_badge, member.has_pin), strict=False):
            if there:
                canvas.mark(Mark.PASS, QPointF(x + 12, middle), 19, colors.passed, colors.surface)
            else:
                canvas.text("–", x + 7, middle, 20, _WORD, colors.muted)


def columns(width: float, with_keys: bool) -> tuple[float, ...]:
    """Where role, and with keys badge and PIN, begin in a list of this width."""
    keys = 2 * _KEY_WIDTH if with_keys else 0.0
    role = width - ROW_MARGIN - keys - _ROLE_WIDTH
    return (role, role + _ROLE_WIDTH, role + _ROLE_WIDTH + _KEY_WIDTH) if with_keys else (role,)


class MemberHeadings(Painted):
    """What stands over the columns; as wide as the list."""

    def draw(self, canvas: Canvas) -> None:
        colors, middle, style = canvas.palette, self.area.height() / 2, CAPTION.bold
        at = columns(self.area.width(), with_keys=True)
        words = (tr("Role"), tr("Badge"), tr("PIN"))
        canvas.text(tr("Name"), ROW_MARGIN, middle, at[0] - ROW_MARGIN - 8, style, colors.muted)
        for x, word in zip(at, words, strict=True):
            canvas.text(word, x, middle, _KEY_WIDTH - 4, style, colors.muted, smaller=(15,))
        line = QRectF(0, self.area.height() - 1, self.area.width(), 1)
        canvas.painter.fillRect(line, colors.line)


class MemberList(RowList[MemberRow]):
    """What is chosen is a name."""

    def __init__(self, palette: Palette, parent: QWidget, with_keys: bool) -> None:
        super().__init__(palette, parent)
        self._with_keys = with_keys

    def show_members(self, members: Sequence[Member]) -> None:
        self.show_rows([MemberRow(self._palette, member, self._with_keys) for member in members])
        self.choose(None)

    def member(self, name: str) -> Member | None:
        return next((row.member for row in self.buttons if row.key == name), None)

    def retranslate(self) -> None:
        for row in self.buttons:
            row.retranslate()
            row.update()
