"""What of the upload needs a person, on its page, and what people do about it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from contextlib import closing
from functools import partial

from app.adapters.sqlite_reader import SqliteJournalReader
from app.adapters.station_folder import StationFolder
from app.core.errors import Reason, StationError
from app.core.people import Act
from app.core.scan import ScannedDevice, ScannedLabel
from app.core.upload_status import Phase
from app.main.desk_work import DeskWork
from app.main.page_scans import for_a_page
from app.main.place import Place
from app.station.upload_acts import UploadActs
from app.station.upload_troubles import UploadTrouble, troubles_of
from app.station.uploading import Uploader
from app.ui.background import Background, Progress
from app.ui.main_window import MainWindow, this_moment
from app.ui.pages import PageName
from app.ui.upload_act_form import UploadAct
from app.ui.upload_page import UploadPage
from app.wording.language import ntr, tr
from app.wording.reasons import sentence

_SHOWN_ON = (PageName.SHIFT, PageName.UPLOAD)


class UploadActsDesk:
    """Reads what needs a person while a page that shows it is in front."""

    def __init__(
        self,
        window: MainWindow,
        work: DeskWork,
        place: Place,
        uploader: Uploader,
        left_behind: Callable[[int], None],
    ) -> None:
        """`left_behind` hears how many units were unbound after their upload and are there still."""
        self._window, self._work, self._place, self._uploader = window, work, place, uploader
        self._left_behind = left_behind
        self._is_over = self._is_stale = False
        self._reading: Background | None = None
        self._wanted_pk: str | None = None
        self.page = window.add_page(
            PageName.UPLOAD, lambda palette, parent: UploadPage(palette, this_moment, parent)
        )
        window.page_shown.connect(self._show_page)
        self.page.left.connect(lambda: window.show_page(PageName.SHIFT))
        self.page.card.again_wanted.connect(self._try_again)
        self.page.card.form.confirmed.connect(self._act)

    def close(self) -> None:
        self._is_over = True
        if self._reading is not None:
            self._reading.wait()

    def _show_page(self, name: str) -> None:
        if name == PageName.UPLOAD:
            self.page.show_told("")
        self.read_if_shown()

    def show_product(self, pk: str) -> None:
        """In front; of this product first, where one is named."""
        self._wanted_pk = pk
        self.page.choose_product(pk)
        self._window.show_page(PageName.UPLOAD)

    def takes_scan(self, text: str) -> bool:
        """A unit that needs a person is chosen, unless a form is open; cards and badges act as everywhere."""
        if self._window.page is not PageName.UPLOAD:
            return False
        scan = for_a_page(text, self._window.view.state.rules)
        if scan is None:
            return False
        if not self.page.card.form.isHidden():
            self.page.show_told(tr("The scan was not used: close the form first."))
        elif self.page.choose_unit(_code_of(scan)):
            self.page.show_told("")
        else:
            self.page.show_told(tr("The unit that was scanned is not in this list."))
        return True

    def takes_misread(self, reason: Reason) -> bool:
        """A scan that could not be rebuilt is said on this page, and goes nowhere."""
        if self._window.page is not PageName.UPLOAD:
            return False
        self.page.show_told(sentence(reason))
        return True

    def read_if_shown(self) -> None:
        """Beside the station; where it is being read already, once more after that."""
        if self._window.page not in _SHOWN_ON or self._is_over:
            return
        self._is_stale = self._reading is not None
        if self._reading is None:
            self._reading = Background(self._read)
            self._reading.finished.connect(self._show_read)
            self._reading.start()

    def _read(self, _progress: Progress) -> tuple[UploadTrouble, ...]:
        with closing(SqliteJournalReader(StationFolder(self._place.folder).journal)) as reader:
            return troubles_of(reader)

    def _show_read(self, done: Future[tuple[UploadTrouble, ...]]) -> None:
        self._reading = None
        error = done.exception()
        if isinstance(error, StationError):
            self.page.show_told(sentence(error.reason))
        elif error is not None:
            raise error
        else:
            troubles = done.result()
            self.page.show_troubles(troubles, self._wanted_pk)
            self._left_behind(sum(1 for one in troubles if one.is_left_behind))
        if self._is_stale:
            self.read_if_shown()

    # --- what people do

    def _try_again(self, trouble: UploadTrouble) -> None:
        self._work.do(
            lambda desk: UploadActs.of(desk).try_again(trouble.seqs),
            Act.MANAGE,
            partial(self._done, goes_on=True),
            lambda reason: self.page.show_told(sentence(reason)),
        )

    def _act(self, act: UploadAct, trouble: UploadTrouble, reason: str) -> None:
        def do(acts: UploadActs) -> int:
            work = {
                UploadAct.HANDLE: acts.handle,
                UploadAct.TAKE_OFF: acts.take_off,
                UploadAct.REPLACE: acts.replace,
            }
            return work[act](trouble.seqs, reason)

        def refused(why: Reason) -> None:
            self.page.card.form.show_refusal(sentence(why))

        goes_on = act is not UploadAct.HANDLE
        then = partial(self._done, goes_on=goes_on)
        self._work.do(lambda desk: do(UploadActs.of(desk)), Act.MANAGE, then, refused)

    def _done(self, number: int, goes_on: bool) -> None:
        """It is on record. What has to be asked of the platform is asked now, unless somebody paused that."""
        self.page.card.close_form()
        self.page.show_told(self._outcome(number, goes_on), good=number > 0)
        if goes_on and number and self._uploader.status.phase is Phase.IDLE:
            self._uploader.upload_now()
        else:
            self._uploader.look()
        self.read_if_shown()

    def _outcome(self, number: int, goes_on: bool) -> str:
        if not number:
            return tr("Nothing was changed: it stands otherwise by now.")
        if not goes_on:
            return ntr(
                "{count} unit is marked as handled.", "{count} units are marked as handled.", number
            ).format(count=number)
        if self._uploader.status.phase is Phase.PAUSED:
            return tr("It is done once the upload is resumed.")
        return tr("Developer Center is being asked.")


def _code_of(scan: object) -> str:
    """SN or IMEI."""
    if isinstance(scan, ScannedDevice):
        return str(scan.device.sn)
    return scan.imei if isinstance(scan, ScannedLabel) else ""
