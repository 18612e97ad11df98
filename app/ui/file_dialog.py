"""Files and folders are chosen in a window of the program's own, so that no scan can answer it. What a path
leads to is found out on a thread of its own: a share that does not answer stops nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from enum import Enum
from functools import partial
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QDialog, QWidget
from shiboken6 import isValid

from app.ui.background import Background
from app.ui.file_sheet import SIZE, FileSheet
from app.ui.folder_look import Found, Look, Seen, look_at
from app.ui.last_folder import last_folder, places, remember_folder
from app.ui.main_window import zoom_for
from app.ui.pick_menu import Choice, open_menu
from app.ui.theme import load_palette
from app.wording.language import tr

_PATIENCE_MS = 700
"""A look that takes longer is said aloud."""


class Purpose(Enum):
    """What is wanted of the person."""

    SAVE = 0
    OPEN = 1
    FOLDER = 2


@dataclass(frozen=True, slots=True)
class Wanted:
    """Without `suffixes` any file will do; where one is saved the first is added to a name without any."""

    purpose: Purpose
    title: str
    suffixes: Sequence[str] = ()
    name: str = ""


class FileDialog(QDialog):
    """Blocks nothing: it opens, and tells what was chosen."""

    chosen = Signal(object)
    """A `Path`: in a folder that answered, and of the kind that was wanted."""

    def __init__(self, parent: QWidget, wanted: Wanted) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(wanted.title)
        self._wanted, self._asked = wanted, 0
        self.folder, self._seen = last_folder(), list[Seen]()
        self._shows_all = not wanted.suffixes or wanted.purpose is Purpose.FOLDER
        window = parent.window()
        self._zoom = zoom_for(window.width(), window.height())
        self.sheet = FileSheet(load_palette(), self)
        self._late = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._late.timeout.connect(self._say_late)
        self._connect()
        self._name()
        self.resize(*(round(one * self._zoom) for one in SIZE))
        self.show_folder(self.folder)

    def _connect(self) -> None:
        sheet = self.sheet
        sheet.where.clicked.connect(self._open_places)
        sheet.up.clicked.connect(lambda: self.show_folder(self.folder.parent))
        sheet.list.chosen.connect(self._take_name)
        sheet.list.activated.connect(self._activate)
        sheet.list.doubleClicked.connect(self._double_click)
        sheet.kind.clicked.connect(self._open_kinds)
        sheet.name.entered.connect(self._enter_name)
        sheet.confirm.clicked.connect(self.submit)
        sheet.cancel.clicked.connect(self.reject)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, autoRepeat=False).activated.connect(self.submit)
        order: list[QWidget] = [sheet.name.edit, sheet.kind, sheet.confirm, sheet.cancel]
        for first, second in pairwise([sheet.where, sheet.up, sheet.list, *order]):
            QWidget.setTabOrder(first, second)
        sheet.name.edit.setFocus()

    def _name(self) -> None:
        sheet, wanted = self.sheet, self._wanted
        verbs = {Purpose.SAVE: tr("Save"), Purpose.OPEN: tr("Open"), Purpose.FOLDER: tr("Choose")}
        caption = tr("Name of a folder") if wanted.purpose is Purpose.FOLDER else tr("File name")
        sheet.show_texts(wanted.title, caption, verbs[wanted.purpose])
        sheet.name.put(wanted.name)
        sheet.name.edit.setSelection(0, len(Path(wanted.name).stem))
        sheet.kind.setVisible(bool(wanted.suffixes) and wanted.purpose is Purpose.OPEN)

    @property
    def is_looking(self) -> bool:
        """The last path that was asked for has not answered yet."""
        return self._late.isActive() or self.sheet.is_late

    # --- what people do

    def submit(self) -> None:
        """What stands in the field: a name, or a whole path."""
        self._look(self._path(), self._answer)

    def show_folder(self, folder: Path) -> None:
        self._look(folder, self._show)

    def _path(self) -> Path:
        typed = Path(self.sheet.name.text.strip())
        path = self.folder / typed
        if self._wanted.purpose is Purpose.SAVE and typed.name and not typed.suffix:
            return path.with_name(f"{path.name}.{self._wanted.suffixes[0]}")
        return path

    def _enter_name(self) -> None:
        """Enter leads into a folder and chooses no file: a slow scanner types it too."""
        self._look(self.folder / self.sheet.name.text.strip(), self._step_into)

    def _activate(self, index: QModelIndex) -> None:
        seen = self.sheet.list.rows[index.row()]
        if seen.is_folder:
            self.show_folder(self.folder / seen.name)

    def _double_click(self, index: QModelIndex) -> None:
        if not self.sheet.list.rows[index.row()].is_folder:
            self.submit()

    def _take_name(self, seen: Seen) -> None:
        if not seen.is_folder:
            self.sheet.name.put(seen.name)

    def _open_places(self) -> None:
        """The folders that this one lies in, and where people keep files."""
        folders = dict.fromkeys([self.folder, *self.folder.parents, *places()])
        choices: list[Choice] = [(str(one), partial(self.show_folder, one)) for one in folders]
        open_menu(self.sheet.where, choices, chosen=0)

    def _open_kinds(self) -> None:
        choices: list[Choice] = [(self._kind(one), partial(self._show_kind, one)) for one in (False, True)]
        open_menu(self.sheet.kind, choices, int(self._shows_all))

    def _kind(self, is_all: bool) -> str:
        return tr("All files") if is_all else ", ".join(self._wanted.suffixes).upper()

    def _show_kind(self, is_all: bool) -> None:
        self._shows_all = is_all
        self._show_seen()

    # --- what is found

    def _look(self, path: Path, then: Callable[[Look], None]) -> None:
        """The newest question counts; the thread of one that is never answered is left to itself."""
        self._asked += 1
        work = Background(lambda _: look_at(path), may_be_left=True)
        work.finished.connect(partial(self._looked, self._asked, then))
        self._late.start()
        self.sheet.tell("")
        work.start()

    def _looked(self, asked: int, then: Callable[[Look], None], done: Future[Look]) -> None:
        """It may come when the dialog is closed and gone."""
        if isValid(self) and asked == self._asked:
            self._late.stop()
            self.sheet.tell("")
            then(done.result())

    def _say_late(self) -> None:
        self.sheet.tell(tr("There is no answer yet. Another folder can be chosen meanwhile."), is_late=True)

    def _show(self, look: Look) -> None:
        if look.found is Found.FOLDER:
            self.folder, self._seen = look.path, list(look.seen)
            self._show_seen()
        else:
            self.sheet.tell(self._trouble(look), is_trouble=True)

    def _show_seen(self) -> None:
        self.sheet.where.setText(str(self.folder))
        self.sheet.kind.setText(self._kind(self._shows_all))
        self.sheet.list.show_rows([one for one in self._seen if self._is_shown(one)], None)

    def _is_shown(self, seen: Seen) -> bool:
        if seen.is_folder or self._wanted.purpose is Purpose.FOLDER:
            return seen.is_folder
        return self._shows_all or Path(seen.name).suffix.lower()[1:] in self._wanted.suffixes

    def _step_into(self, look: Look) -> None:
        if look.found is Found.FOLDER:
            self.sheet.name.put("")
            self._show(look)
        elif not self._fits(look):
            self.sheet.tell(self._trouble(look), is_trouble=True)

    def _answer(self, look: Look) -> None:
        if self._fits(look):
            remember_folder(look.path if look.found is Found.FOLDER else look.path.parent)
            self.accept()
            self.chosen.emit(look.path)
        else:
            self._step_into(look)

    def _fits(self, look: Look) -> bool:
        fitting = {
            Purpose.SAVE: (Found.FILE, Found.NOTHING),
            Purpose.OPEN: (Found.FILE,),
            Purpose.FOLDER: (Found.FOLDER,),
        }
        return look.found in fitting[self._wanted.purpose]

    def _trouble(self, look: Look) -> str:
        texts = {
            Found.FILE: tr("{path} is a file, no folder."),
            Found.NOTHING: tr("There is no {path}."),
            Found.NOWHERE: tr("There is no {path}."),
            Found.UNUSABLE: tr("{path} belongs to the system or is a device: no file of this program."),
            Found.UNREADABLE: tr("{path} cannot be read: {detail}."),
        }
        return texts[look.found].format(path=look.path, detail=look.detail)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.sheet.fill(self.width(), self.height(), self._zoom)
