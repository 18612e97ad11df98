"""The field of a payload template: its fields are tinted, what is no field is underlined in red."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFontMetricsF,
    QKeyEvent,
    QPalette,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextDocument,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from app.ui.canvas import Canvas
from app.ui.painted import Painted
from app.ui.theme import Palette, Style, font

_LETTERS = Style(20, 500, mono=True)
_FIELD = re.compile(r"\{(pk|sn|v)(:[^{}]*(\{[0-9,]*\})?)?\}")
_ANYTHING = re.compile(r"\{\{|\}\}|\{[^{}]*\}?|\}")


class _Tinted(QSyntaxHighlighter):
    def __init__(self, palette: Palette, document: QTextDocument) -> None:
        super().__init__(document)
        self._known, self._unknown = QTextCharFormat(), QTextCharFormat()
        self._known.setBackground(palette.accent_tint)
        self._known.setForeground(palette.accent)
        self._unknown.setForeground(palette.fault)
        self._unknown.setUnderlineColor(palette.fault)
        self._unknown.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SpellCheckUnderline)

    def highlightBlock(self, text: str) -> None:
        known = [(one.start(), one.end()) for one in _FIELD.finditer(text)]
        for start, end in known:
            self.setFormat(start, end - start, self._known)
        for one in _ANYTHING.finditer(text):
            inside = any(start <= one.start() < end for start, end in known)
            if not inside and one[0] not in ("{{", "}}"):
                self.setFormat(one.start(), one.end() - one.start(), self._unknown)


class _OneLine(QPlainTextEdit):
    """Enter and Tab are no letters here."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)


class TemplateField(Painted):
    """As `LineField`."""

    typed = Signal()
    """By hand or by `insert`; what `put` puts in is not told."""

    def __init__(self, palette: Palette, parent: QWidget) -> None:
        super().__init__(palette, parent)
        self.edit = _OneLine(self)
        self.edit.setFrameShape(QFrame.Shape.NoFrame)
        self.edit.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.edit.setWordWrapMode(QTextOption.WrapMode.NoWrap)
        self.edit.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.edit.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.edit.setTabChangesFocus(True)
        self.edit.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.edit.document().setDocumentMargin(0)
        colors = self.edit.palette()
        colors.setColor(QPalette.ColorRole.Base, palette.surface)
        colors.setColor(QPalette.ColorRole.Text, palette.text)
        self.edit.setPalette(colors)
        self._tinted = _Tinted(palette, self.edit.document())
        self._is_put = False
        self._end = 0.0
        self.edit.textChanged.connect(self._changed)
        self.edit.installEventFilter(self)
        self.setFocusProxy(self.edit)

    @property
    def text(self) -> str:
        return self.edit.toPlainText().replace("\n", "")

    def put(self, text: str) -> None:
        self._is_put = True
        self.edit.setPlainText(text)
        self._is_put = False

    def insert(self, text: str) -> None:
        """Where the caret is."""
        self.edit.insertPlainText(text)
        self.edit.setFocus()

    def name(self, name: str) -> None:
        self.edit.setAccessibleName(name)
        self.say(name)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The edge around it shows whether it has the focus."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().eventFilter(watched, event)

    def _changed(self) -> None:
        if not self._is_put:
            self.typed.emit()

    def keep_free(self, width: float) -> None:
        """Room at the right end for something that lies on the field."""
        self._end = width

    def place(self, box: QRectF, zoom: float) -> None:
        super().place(box, zoom)
        letters = font(_LETTERS.sized(_LETTERS.size * zoom))
        self.edit.setFont(letters)
        high = QFontMetricsF(letters).height() / zoom
        inner = QRectF(14, (box.height() - high) / 2, box.width() - 24 - self._end, high + 2)
        self.edit.setGeometry(QRectF(inner.topLeft() * zoom, inner.size() * zoom).toRect())

    def draw(self, canvas: Canvas) -> None:
        colors, focused = canvas.palette, self.edit.hasFocus()
        edge, width = (colors.accent, 2.5) if focused else (colors.control, 1.5)
        canvas.card(self.area, colors.surface, edge, width, 8)
