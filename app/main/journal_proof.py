"""The proof of the journal from the window: verify beside the working station, rebuild on its thread."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import closing

from app.adapters.proof_file import keep_proof, load_proof
from app.adapters.sqlite_reader import SqliteJournalReader
from app.adapters.station_folder import StationFolder
from app.core.errors import Faulted, Refused, StationError
from app.core.people import Act
from app.core.record import ChainCheck, Proof
from app.core.unit import EMPTY_UNIT
from app.main.place import Place
from app.ports.journal import RebuildResult
from app.station.desk import Desk
from app.station.station import Station
from app.ui.background import Background, Progress
from app.ui.bridge import Bridge
from app.ui.icons import Icon
from app.ui.main_window import MainWindow, this_moment
from app.ui.numbers import time_of_day
from app.ui.proof_badge import ProofBadge, ProofFace, ProofState
from app.ui.relay import Relay
from app.ui.status_strip import Level, StatusFace
from app.wording.findings import finding
from app.wording.language import tr
from app.wording.proofs import proof_detail, proof_title
from app.wording.reasons import sentence

_log = logging.getLogger(__name__)


class JournalProof:
    """What does not hold stays on badge and status strip until a verification finds that it holds."""

    def __init__(
        self,
        badge: ProofBadge,
        tell: Callable[[str], None],
        window: MainWindow,
        station: Station,
        bridge: Bridge,
        place: Place,
    ) -> None:
        """`tell` shows a sentence on the page."""
        self._tell = tell
        self._badge, self._window, self._station, self._bridge = badge, window, station, bridge
        folder = StationFolder(place.folder)
        self._journal, self._file = folder.journal, folder.proof
        self._proof = load_proof(self._file)
        self._work: Background | None = None
        self._called_off = threading.Event()
        self._rebuilding = False
        self._relay = Relay()
        self._relay.arrived.connect(
            lambda share: self._show_progress(tr("Rebuilding, binding waits"), *share)
        )
        badge.verify.clicked.connect(self.verify)
        badge.rebuild.clicked.connect(self.rebuild)
        badge.cancel.clicked.connect(self._call_off)
        self.show()

    def close(self) -> None:
        self._call_off()
        if self._work is not None:
            self._work.wait()

    def show(self) -> None:
        """What is known; also after the language has changed."""
        if self._is_running:
            return
        face = self._face()
        self._badge.show_face(face)
        chip = StatusFace(Icon.JOURNAL, face.title, Level.RED, face.said)
        self._window.status.show_alarm(chip if face.state is ProofState.BROKEN else None)

    @property
    def _is_running(self) -> bool:
        return self._work is not None or self._rebuilding

    def _face(self) -> ProofFace:
        if self._proof is None:
            return ProofFace()
        check, time = self._proof.check, time_of_day(self._proof.at, this_moment())
        state = ProofState.HOLDS if check.finding is None else ProofState.BROKEN
        said, rebuilds = finding(check), check.finding == "bindings"
        return ProofFace(state, proof_title(check), proof_detail(check, time), said, rebuilds=rebuilds)

    # --- verify

    def verify(self) -> None:
        """The station is asked whether they may. What it cannot write is looked at all the same."""
        if not self._is_running:
            allowed = self._station.at_desk(lambda desk: desk.stamp.at, Act.PROVE)
            self._bridge.when_done(allowed, self._begin)

    def _begin(self, allowed: Future[str]) -> None:
        error = allowed.exception()
        if isinstance(error, Refused):
            self._show_trouble(error)
        elif not self._is_running:
            self._called_off.clear()
            self._work = Background(self._verify)
            self._work.progressed.connect(lambda done, of: self._show_progress(tr("Verifying"), done, of))
            self._work.finished.connect(self._verified)
            self._show_progress(tr("Verifying"), 0, 1)
            self._work.start()

    def _verify(self, progress: Progress) -> ChainCheck:
        with closing(SqliteJournalReader(self._journal)) as reader:
            return reader.verify(progress)

    def _verified(self, done: Future[ChainCheck]) -> None:
        self._work = None
        error = done.exception()
        if isinstance(error, StationError):
            self._show_trouble(error)
        elif error is not None:
            raise error
        elif self._called_off.is_set() and done.result().finding is None:
            self.show()
        else:
            self._keep(Proof(done.result(), self._now()))
            self.show()

    def _now(self) -> str:
        utc = this_moment()
        utc -= utc.utcoffset() or (utc - utc)
        return f"{utc:%Y-%m-%dT%H:%M:%S}.000Z"

    def _keep(self, proof: Proof) -> None:
        self._proof = proof
        try:
            keep_proof(self._file, proof)
        except Faulted as fault:
            _log.warning("%s", sentence(fault.reason))

    # --- rebuild

    def rebuild(self) -> None:
        """It holds the journal's lock: not while a unit is in hand, and binding waits until it is done."""
        if self._is_running:
            return
        if self._window.view.state.unit != EMPTY_UNIT:
            self._tell(tr("A unit is in hand; nothing was rebuilt. Finish it first, or scan CANCEL."))
            return
        self._called_off.clear()
        self._rebuilding = True
        self._show_progress(tr("Rebuilding, binding waits"), 0, 1)
        self._bridge.when_done(self._station.at_desk(self._rebuild, Act.CORRECT), self._rebuilt)

    def _rebuild(self, desk: Desk) -> RebuildResult:
        """On the station's thread."""
        return desk.journal.rebuild(desk.stamp, self._tell_progress)

    def _tell_progress(self, done: int, total: int) -> bool:
        self._relay.send((done, total))
        return not self._called_off.is_set()

    def _rebuilt(self, done: Future[RebuildResult]) -> None:
        self._rebuilding = False
        error = done.exception()
        if isinstance(error, StationError):
            self._show_trouble(error)
        elif error is not None:
            raise error
        else:
            self.show()
            if not done.result().cancelled:
                self.verify()

    # --- both

    def _call_off(self) -> None:
        self._called_off.set()
        if self._work is not None:
            self._work.cancel()

    def _show_progress(self, title: str, done: int, total: int) -> None:
        if self._is_running:
            self._badge.show_face(ProofFace(ProofState.RUNNING, title, share=done / max(1, total)))

    def _show_trouble(self, error: StationError) -> None:
        """What was known before stays."""
        self.show()
        self._tell(sentence(error.reason))
