"""AccessKey and AccessSecret from the settings: into the key store of this PC, and nowhere else."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial

from app.core.errors import Reason, Why
from app.core.people import Act
from app.main.asides import Asides, reason_against
from app.main.desk_work import DeskWork
from app.main.page_scans import for_a_page
from app.main.place import Place
from app.main.settings_keeping import setting_entry
from app.station.desk import Desk
from app.station.uploading import Uploader
from app.ui.main_window import MainWindow
from app.ui.pages import PageName
from app.ui.upload_settings_card import Answer, Keys
from app.wording.language import tr
from app.wording.reasons import sentence

_NAME = "access_keys"
"""How they are called on record, which says that they were stored or removed and nothing more."""


class UploadKeys:
    """Lives as long as the window. The key store is asked beside it."""

    def __init__(
        self, window: MainWindow, work: DeskWork, place: Place, uploader: Uploader, asides: Asides
    ) -> None:
        self._window, self._work, self._place, self._uploader = window, work, place, uploader
        self._asides = asides
        self.card = window.settings_page.upload_card
        self.card.forget_wanted.connect(self._forget)
        self.card.form.confirmed.connect(self._store)

    def look_for_them(self) -> None:
        """Where they are now; which they are nobody sees."""
        self._asides.do(_where_they_are, lambda found: self.card.show_keys(*found))

    # --- scans

    def takes_scan(self, text: str) -> bool:
        """While keys are entered a scan may be one of them: it goes into no field, and on no record.

        Cards and badges act as everywhere.
        """
        return for_a_page(text, self._window.view.state.rules) is not None and self._keeps_it_away()

    def takes_misread(self, _reason: Reason) -> bool:
        """As a scan."""
        return self._keeps_it_away()

    def _keeps_it_away(self) -> bool:
        if self._window.page is not PageName.SETTINGS or self.card.form.isHidden():
            return False
        self.card.form.tell(tr("A scan does not go in here, and it was not recorded. Type, or paste."), True)
        return True

    # --- changes

    def _store(self, key: str, secret: str) -> None:
        self._change(partial(self._place.keep_keys, key, secret), "stored", tr("Stored."))

    def _forget(self) -> None:
        self._change(_forget, "removed", tr("Removed."))

    def _change(self, change: Callable[[], None], after: str, told: str) -> None:
        """Whoever may, has it done beside the window; then it is on record."""

        def put_on_record(reason: Reason | None) -> None:
            if reason is not None:
                refused(reason)
            else:
                self._work.do(partial(_record, after), Act.MANAGE, lambda _: done(), refused)

        def done() -> None:
            self._show(told, Answer.GOOD)
            self._uploader.look()

        def refused(reason: Reason) -> None:
            self._show(sentence(reason), Answer.BAD)

        begin = partial(self._asides.do, partial(reason_against, change), put_on_record)
        self._work.do(lambda desk: None, Act.MANAGE, lambda _: begin(), refused)

    def _show(self, told: str, answer: Answer) -> None:
        self.card.form.end()
        self.card.show_answer(told, answer)
        self.look_for_them()


def _where_they_are() -> tuple[Keys, str]:
    from app.adapters.secrets import ACCESS_KEY, load_credentials

    reason = reason_against(lambda: load_credentials(os.environ))
    if reason is None:
        return (Keys.ENVIRONMENT if os.environ.get(ACCESS_KEY, "").strip() else Keys.STORED), ""
    return (Keys.MISSING, "") if reason.why is Why.KEYS_MISSING else (Keys.TROUBLE, sentence(reason))


def _forget() -> None:
    from app.adapters.secrets import forget_credentials

    forget_credentials()


def _record(after: str, desk: Desk) -> None:
    desk.journal.record(desk.stamp, setting_entry(_NAME, "", after))
