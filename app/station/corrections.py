"""Corrections of what was bound: each is an event of its own, with a reason and who approved it."""

from __future__ import annotations

from dataclasses import replace

from app.core.codes import DeviceCode, Imei, is_imei
from app.core.correcting import Correction
from app.core.errors import Refused, Why, because
from app.core.people import Act, Person
from app.core.record import BoundRecord, Committed, Entry, EventKind, Stamp, Standing
from app.core.verdicts import Verdict
from app.ports.journal import Journal
from app.ports.journal_reads import JournalReader

REASON_MAX = 500

FREE = "free"
"""What `after` says of what may be bound again. Else it says what happened: scrapped, spoiled, released."""


class Corrections:
    """What a supervisor may put right. The journal is the judge of what makes sense on what stands.

    Every method raises `Refused` or `Faulted` where nothing was changed. Refusals of every method:
    NOT_ALLOWED, and REASON_NEEDED where the reason has not 1 to `REASON_MAX` characters.
    """

    def __init__(self, journal: Journal, stamp: Stamp, approver: Person | None) -> None:
        """`approver` is None only in a workshop without sign-in."""
        self._journal = journal
        self._stamp = replace(stamp, approver=approver.name) if approver else stamp
        self._approver = approver

    def carry_out(self, correction: Correction, reason: str) -> Committed:
        """Any of those below."""
        device, imei = correction.device, correction.imei
        match correction.kind:
            case EventKind.UNBOUND if device is not None:
                return self.unbind(device, reason)
            case EventKind.SCRAPPED:
                return self.scrap(device, imei, reason)
            case EventKind.REINSTATED:
                return self.reinstate(device, imei, reason)
            case EventKind.SPOILED if device is not None:
                return self.spoil(device, reason)
            case EventKind.RELEASED if imei is not None:
                return self.release(imei, reason)
            case _:
                raise Refused(because(Why.NOTHING_NAMED))

    def unbind(self, device: DeviceCode, reason: str) -> Committed:
        """Ends the binding; the IMEI and the SN may be bound again. Refusal: NOT_BOUND."""
        reason = self._approved(reason)
        record = self._journal.standing(device, None).of_device
        if record is None:
            raise Refused(because(Why.NOT_BOUND, pk=device.pk, sn=device.sn))
        stamp = replace(self._stamp, work_order=counted_in(self._journal, record))
        return self._journal.record(stamp, unbinding(record, reason))

    def scrap(self, device: DeviceCode | None, imei: Imei | None, reason: str) -> Committed:
        """Retires the IMEI, the SN, or both of one unit, and ends their binding.

        Refusals: NOTHING_NAMED, ALREADY_SCRAPPED; NOT_ONE_UNIT where one of them is bound to something else.
        """
        if device is not None and imei is not None:
            standing = self._journal.standing(device, imei)
            if standing.of_device != standing.of_imei:
                raise Refused(because(Why.NOT_ONE_UNIT, imei=imei, sn=device.sn))
        return self._record(EventKind.SCRAPPED, device, imei, reason, EventKind.SCRAPPED)

    def reinstate(self, device: DeviceCode | None, imei: Imei | None, reason: str) -> Committed:
        """Takes back a scrap, named as it was; or a spoiled label. Refusals: NOTHING_NAMED, NOT_SCRAPPED."""
        return self._record(EventKind.REINSTATED, device, imei, reason, FREE)

    def spoil(self, device: DeviceCode, reason: str) -> Committed:
        """The label is destroyed: its SN is refused from now on.

        Refusals: SPOILED_WHILE_BOUND, ALREADY_SCRAPPED.
        """
        return self._record(EventKind.SPOILED, device, None, reason, EventKind.SPOILED)

    def release(self, imei_text: str, reason: str) -> Committed:
        """Lets exactly this IMEI with a wrong check digit pass once.

        Refusals: RELEASE_NOT_NEEDED, and those of `Imei` where it is wrong in another way.
        """
        imei = Imei.released(imei_text)
        if is_imei(imei_text):
            raise Refused(because(Why.RELEASE_NOT_NEEDED, imei=imei_text))
        return self._record(EventKind.RELEASED, None, imei, reason, EventKind.RELEASED)

    def _record(
        self, kind: EventKind, device: DeviceCode | None, imei: Imei | None, reason: str, after: str
    ) -> Committed:
        reason = self._approved(reason)
        if device is None and imei is None:
            raise Refused(because(Why.NOTHING_NAMED))
        standing = self._journal.standing(device, imei)
        record = standing.of_device or standing.of_imei
        order = counted_in(self._journal, record) if record else None
        entry = Entry(
            kind,
            pk=device.pk if device else None,
            sn=device.sn if device else None,
            label_imei=imei,
            before=_told(standing),
            after=after,
            reason=reason,
        )
        return self._journal.record(replace(self._stamp, work_order=order), entry)

    def _approved(self, reason: str) -> str:
        if self._approver is not None:
            self._approver.require(Act.CORRECT)
        reason = reason.strip()
        if not 1 <= len(reason) <= REASON_MAX:
            raise Refused(because(Why.REASON_NEEDED, most=REASON_MAX))
        return reason


def counted_in(journal: JournalReader, record: BoundRecord) -> str | None:
    """The order in which this unit counts: the open one whose list holds its label, else its own."""
    return journal.standing(DeviceCode(record.pk, record.sn), None).issued or record.work_order


def unbinding(record: BoundRecord, reason: str, verdict: Verdict | None = None) -> Entry:
    """The counter-entry to a live binding."""
    return Entry(
        EventKind.UNBOUND,
        verdict,
        pk=record.pk,
        sn=record.sn,
        label_imei=record.imei,
        before=_told(Standing(of_device=record)),
        after=FREE,
        reason=reason,
    )


def _told(standing: Standing) -> str:
    """What stands, with the events that say so, for whoever reads this event alone."""
    live = {one.seq: one for one in (standing.of_device, standing.of_imei) if one}
    retired = {
        standing.device_scrapped: EventKind.SCRAPPED,
        standing.imei_scrapped: EventKind.SCRAPPED,
        standing.spoiled: EventKind.SPOILED,
    }
    words = [f"{EventKind.BOUND} #{seq} {one.pk} {one.sn} {one.imei}" for seq, one in live.items()]
    words += [f"{kind} #{seq}" for seq, kind in retired.items() if seq is not None]
    words += [EventKind.RELEASED] if standing.released else []
    return "; ".join(words) or FREE
