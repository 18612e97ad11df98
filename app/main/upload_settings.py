"""The settings of the upload: what could never work is refused, the rest is kept and on record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from app.core.errors import Reason
from app.core.people import Act
from app.core.settings import Settings
from app.main.asides import Asides, reason_against
from app.main.desk_work import DeskWork
from app.main.place import Place
from app.main.settings_keeping import keep_changes
from app.main.upload_keys import UploadKeys
from app.station.uploading import Uploader
from app.ui.main_window import MainWindow
from app.ui.platform_form import PlatformChoice
from app.ui.save_dialog import ask_which_file
from app.ui.upload_settings_card import Answer
from app.wording.language import tr
from app.wording.reasons import sentence


class UploadSettings:
    """The network and the key store are asked beside the window, whose end waits for neither for long."""

    def __init__(self, window: MainWindow, work: DeskWork, place: Place, uploader: Uploader) -> None:
        self._window, self._work, self._place, self._uploader = window, work, place, uploader
        self.form, self.card = window.settings_page.platform_form, window.settings_page.upload_card
        self._asides = Asides()
        self.keys = UploadKeys(window, work, place, uploader, self._asides)
        self.form.confirmed.connect(self._check)
        self.form.file_wanted.connect(self._ask_for_file)
        self.card.chosen.connect(self._choose_when)
        self.card.test_wanted.connect(self._test)

    def close(self) -> None:
        self._asides.close()

    def show(self) -> None:
        """What holds."""
        settings = self._place.settings
        self.form.show_choice(_choice_of(settings))
        self.card.show_choice(settings.upload_at_shift_close, settings.upload_minutes)

    # --- the way there

    def _ask_for_file(self) -> None:
        title = tr("Certificates of your own authority")
        ask_which_file(self._window, title, ["pem", "crt", "cer"], lambda path: self.form.use_file(str(path)))

    def _check(self, choice: PlatformChoice) -> None:
        """Whether it could work at all: address, proxy and certificates are read, nothing is sent."""
        changes = {
            "data_centre": choice.centre,
            "upload_proxy": choice.proxy,
            "upload_ca_file": choice.ca_file,
        }

        def checked(reason: Reason | None) -> None:
            if reason is not None:
                self.form.show_refusal(sentence(reason))
            else:
                self._keep(changes, self._saved, lambda why: self.form.show_refusal(sentence(why)))

        self._asides.do(partial(_nonsense_in, self._place.settings, changes), checked)

    def _saved(self) -> None:
        self.form.show_saved(_choice_of(self._place.settings), tr("Saved."))
        self.card.show_answer("", Answer.NONE)

    def _choose_when(self, at_shift_close: bool, minutes: int) -> None:
        def refused(reason: Reason) -> None:
            self.show()
            self.card.show_answer(sentence(reason), Answer.BAD)

        changes = {"upload_at_shift_close": at_shift_close, "upload_minutes": minutes}
        self._keep(changes, lambda: self.card.show_answer("", Answer.NONE), refused)

    def _keep(
        self, changes: dict[str, Any], then: Callable[[], None], refused: Callable[[Reason], None]
    ) -> None:
        def kept(_changed: bool) -> None:
            self._uploader.look()
            then()

        self._work.do(partial(keep_changes, self._place, changes), Act.MANAGE, kept, refused)

    # --- the connection

    def _test(self) -> None:
        self.card.show_answer(tr("Developer Center is being asked."), Answer.WAITS)
        self._work.do(
            lambda desk: None,
            Act.MANAGE,
            lambda _: self._asides.do(self._place.check_platform, self._tested),
            lambda reason: self.card.show_answer(sentence(reason), Answer.BAD),
        )

    def _tested(self, reason: Reason | None) -> None:
        if reason is None:
            self.card.show_answer(tr("Developer Center answers, and accepts this AccessKey."), Answer.GOOD)
        else:
            self.card.show_answer(sentence(reason), Answer.BAD)


def _choice_of(settings: Settings) -> PlatformChoice:
    return PlatformChoice(settings.data_centre, settings.upload_proxy, settings.upload_ca_file)


def _nonsense_in(before: Settings, changes: dict[str, Any]) -> Reason | None:
    """Why an upload could never work with these."""
    from app.adapters.platform_address import open_client
    from app.main.platform import options_of

    def check() -> None:
        after = replace(before, **changes)
        if after.data_centre:
            open_client(options_of(after)).close()

    return reason_against(check)
