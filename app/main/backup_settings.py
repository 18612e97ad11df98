"""The form about backups, wired to the station's settings."""

from __future__ import annotations

from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import Any

from app.adapters.second_folder import look_at_second_folder
from app.core.errors import StationError
from app.core.people import Act
from app.main.desk_work import DeskWork
from app.main.place import Place
from app.main.settings_keeping import keep_changes
from app.station.station import Station
from app.ui.background import Background, Progress
from app.ui.bridge import Bridge
from app.ui.main_window import MainWindow
from app.ui.save_dialog import ask_which_folder
from app.ui.shift_page import ShiftPage
from app.wording.language import tr
from app.wording.reasons import sentence


class BackupSettings:
    """A folder is looked at on a thread of its own: a share may answer late or never."""

    def __init__(
        self, page: ShiftPage, window: MainWindow, station: Station, bridge: Bridge, place: Place
    ) -> None:
        self._page, self._window, self._place = page, window, place
        self._work = DeskWork(station, bridge)
        self._looking: Background | None = None
        self._form = page.backup_form
        page.files.change.clicked.connect(self._open)
        self._form.folder_wanted.connect(self._ask)
        self._form.entered.connect(self._keep)
        window.page_shown.connect(lambda _: page.close_backup_form())

    def close(self) -> None:
        if self._looking is not None:
            self._looking.wait()

    def _open(self) -> None:
        settings = self._place.settings
        self._page.open_backup_form(settings.backups_kept, settings.second_backup_folder)

    def _ask(self) -> None:
        ask_which_folder(self._window, tr("Second folder for backups"), self.look_at)

    def look_at(self, folder: Path) -> None:
        """The folder that was chosen."""
        if self._looking is None:
            self._form.begin_look()
            self._looking = Background(partial(self._look, folder))
            self._looking.finished.connect(partial(self._looked, folder))
            self._looking.start()

    def _look(self, folder: Path, _progress: Progress) -> bool:
        return look_at_second_folder(folder, self._place.folder)

    def _looked(self, folder: Path, done: Future[bool]) -> None:
        self._looking = None
        error = done.exception()
        if isinstance(error, StationError):
            self._form.show_no_folder(sentence(error.reason))
        elif error is not None:
            raise error
        else:
            self._form.show_folder(str(folder), is_same_disk=not done.result())

    def _keep(self, kept: int, folder: str) -> None:
        wanted: dict[str, Any] = {"backups_kept": kept, "second_backup_folder": folder}
        change = {name: one for name, one in wanted.items() if getattr(self._place.settings, name) != one}

        def done(_changed: bool) -> None:
            self._page.close_backup_form()
            self._page.show_message(lambda: tr("The next backup is made so: {kept} stay.").format(kept=kept))

        keep = partial(keep_changes, self._place, change)
        self._work.do(keep, Act.MANAGE, done, lambda reason: self._form.show_refusal(sentence(reason)))
