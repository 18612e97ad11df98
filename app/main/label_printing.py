"""What is pressed on the Labels page: print, save, call off."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from dataclasses import replace
from functools import partial
from pathlib import Path

from app.core.errors import Refused, StationError, Why
from app.main.label_jobs import Files, LabelJobs
from app.main.label_making import Job, LabelMaking, reason_of
from app.main.place import Place
from app.station.label_plan import LabelPlan
from app.station.labels import BatchResult, LabelRun, Step
from app.station.station import Station
from app.ui.bridge import Bridge
from app.ui.label_source_card import Entered
from app.ui.label_wish import SaveAs, Target
from app.ui.labels_page import LabelsPage
from app.ui.main_window import MainWindow
from app.ui.numbers import count
from app.ui.save_dialog import ask_where_to_save
from app.ui.system_printer import Printer, ask_for_printer, new_printer, print_once, use_paper
from app.wording.labels import made, step_name
from app.wording.language import ntr, tr
from app.wording.reasons import sentence


class LabelPrinting:
    """One batch at a time; a printer that was chosen waits for a last word."""

    def __init__(
        self,
        page: LabelsPage,
        window: MainWindow,
        jobs: LabelJobs,
        station: tuple[Station, Bridge, Place],
        printed: Callable[[str, Entered], None],
    ) -> None:
        """`printed` hears the last SN of what went out, and what stood on the page when it began."""
        self._page, self._window, self._jobs, self._printed = page, window, jobs, printed
        self._making = LabelMaking(*station)
        self._pending: Callable[[], None] | None = None
        self._is_over = False
        self._entered = page.source.entered
        self.is_begun = False
        """Something is being made; then the page is looked at anew."""
        foot = page.preview.foot
        foot.print_pressed.connect(self._press)
        foot.save_wanted.connect(self._ask_where)
        foot.called_off.connect(self._call_off)

    def close(self) -> None:
        """Nothing is shown any more."""
        self._is_over = True
        self._making.close()

    @property
    def is_busy(self) -> bool:
        """Something is being made, or waits for a last word."""
        return self.is_begun or self._pending is not None

    def leave(self) -> None:
        """Something else is wanted: what was not confirmed is dropped."""
        if self._pending is not None:
            self._call_off()

    def _call_off(self) -> None:
        if self.is_begun:
            self._making.call_off()
        else:
            self._pending = None
            self._page.preview.show_told("")

    # --- print

    def _press(self) -> None:
        plan, pending = self._page.preview.plan, self._pending
        if plan is None or self.is_begun:
            return
        if pending is not None:
            self._pending = None
            pending()
        elif self._page.layout_.target is not Target.ZPL:
            self._ask_for_printer(plan)
        elif address := self._page.layout_.printer.text.strip():
            self._go(plan, lambda: self._jobs.to_label_printer(self._run(plan), address), address)
        else:
            self._ask_where(SaveAs.ZPL, False)

    def _ask_for_printer(self, plan: LabelPlan) -> None:
        printer = new_printer()
        use_paper(printer, plan.layout.page)
        ask_for_printer(self._window, printer, lambda: self.use_printer(printer))

    def use_printer(self, printer: Printer) -> None:
        """It was chosen. The dialog's own button may have been pressed by a scan: nothing is printed yet."""
        plan = self._page.preview.plan
        if plan is None or self.is_begun:
            return
        name = printer.printerName() or Path(printer.outputFileName()).name
        text = ntr(
            "{count} page goes to {printer}. Nothing is printed yet.",
            "{count} pages go to {printer}. Nothing is printed yet.",
            plan.pages,
        )
        told = text.format(count=count(plan.pages), printer=name)
        if print_once(printer):
            told += " " + tr("Each label is printed once: copies and page ranges of the dialog do not count.")
        self._page.preview.ask(told, tr("Print now"))
        self._pending = partial(self._print, plan, printer, name)

    def _print(self, plan: LabelPlan, printer: Printer, name: str) -> None:
        self._go(plan, lambda: self._jobs.to_printer(self._run(plan), plan.start_at, printer), name)

    # --- save

    def _ask_where(self, kind: str, also_svg: bool) -> None:
        plan = self._page.preview.plan
        if plan is None:
            return
        first = plan.labels[0].device
        ending = "" if kind == SaveAs.PICTURES else f".{kind}"
        name = f"labels-{first.pk}-{first.sn}{ending}"
        ask_where_to_save(
            self._window, tr("Save labels"), name, lambda path: self.save(Files(path, SaveAs(kind), also_svg))
        )

    def save(self, files: Files) -> None:
        """Where somebody chose."""
        plan = self._page.preview.plan
        if plan is not None and not self.is_begun:
            self._save(plan, files)

    def _save(self, plan: LabelPlan, files: Files) -> None:
        def replacing() -> None:
            self._save(plan, replace(files, replace=True))

        job = partial(self._job_of_files, plan, files)
        self._go(plan, job, files.path.name, replacing if not files.replace else None)

    def _job_of_files(self, plan: LabelPlan, files: Files) -> Job:
        return self._jobs.to_files(self._run(plan), plan.start_at, files)

    # --- the work

    def _run(self, plan: LabelPlan) -> LabelRun:
        """What it makes is said by whoever makes it."""
        return plan.run("", self._page.preview.foot.why)

    def _go(
        self,
        plan: LabelPlan,
        job: Callable[[], Job],
        where: str,
        replacing: Callable[[], None] | None = None,
    ) -> None:
        try:
            begun = job()
        except Refused as refused:
            self._page.preview.show_told(sentence(refused.reason), is_trouble=True)
            return
        self.is_begun = True
        self._page.preview.show_work(step_name(Step.MAKING), 0.0)
        self._entered = self._page.source.entered
        self._making.begin(begun, self._show, partial(self._finish, plan, where, replacing))

    def _show(self, step: Step, done: int, total: int) -> None:
        if self.is_begun and not self._is_over:
            share = (done / total + (1 if step is Step.READING_BACK else 0)) / 2
            finished = step is Step.READING_BACK and done == total
            text = tr("Goes out; this cannot be called off.") if finished else ""
            told = text or f"{step_name(step)}: {count(done)} / {count(total)}"
            self._page.preview.show_work(told, share, can_cancel=not finished)

    def _finish(
        self,
        plan: LabelPlan,
        where: str,
        replacing: Callable[[], None] | None,
        done: Future[BatchResult],
    ) -> None:
        self.is_begun = False
        if self._is_over:
            return
        preview, error = self._page.preview, done.exception()
        if isinstance(error, CancelledError):
            return  # the station ended
        if error is None and done.result().cancelled:
            preview.show_told(tr("Called off. Nothing went out, and nothing is on record."))
            self._printed("", self._entered)
        elif error is None:
            preview.show_told(made(done.result(), where))
            self._printed(str(plan.labels[-1].device.sn), self._entered)
        elif (reason := reason_of(error)).why is Why.FILE_EXISTS and replacing is not None:
            preview.ask(tr("{file} is there already.").format(file=where), tr("Replace it"))
            self._pending = replacing
        else:
            preview.show_told(sentence(reason), is_trouble=True)
            self._printed("", self._entered)
            if not isinstance(error, StationError):
                raise error  # a bug, for the guard
