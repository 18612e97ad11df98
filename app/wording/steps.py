"""What to do about a fault, in at most two steps; that CONTINUE comes last is the page's to say.

For each verdict by the reason; under None what is to be done for every other reason.
"""

from __future__ import annotations

from app.core.errors import Why
from app.core.verdicts import Verdict
from app.wording.language import mark

_ASIDE = mark("Put this unit in the HOLD tray.")
_SUPERVISOR = mark("Tell the supervisor.")
_HELP = mark("Call help.")
_FIXTURE = mark("Check the cable and the fixture.")
_HOUSING = mark("Find the QR on the housing.")
_NOT_BOUND = mark("Keep this unit: it is not bound.")
_AGAIN = mark("Again? Tell the supervisor.")

_PUT_ASIDE: dict[Why | None, tuple[str, ...]] = {None: (_ASIDE, _SUPERVISOR)}

STEPS: dict[Verdict, dict[Why | None, tuple[str, ...]]] = {
    Verdict.WRONG_PRODUCT: _PUT_ASIDE,
    Verdict.TAC_NOT_ALLOWED: _PUT_ASIDE,
    Verdict.SN_NOT_ISSUED: _PUT_ASIDE,
    Verdict.RETIRED: _PUT_ASIDE,
    Verdict.SN_TAKEN: _PUT_ASIDE,
    Verdict.IMEI_TAKEN: _PUT_ASIDE,
    Verdict.CROSSED: _PUT_ASIDE,
    Verdict.IMEI_MISMATCH: _PUT_ASIDE,
    Verdict.IMEI_INVALID: _PUT_ASIDE,
    Verdict.UNKNOWN_CODE: {
        None: (_HOUSING, _AGAIN),
        Why.AMBIGUOUS_CODE: (_ASIDE, _SUPERVISOR),
        Why.TWO_SCANS: (mark("Scan one code at a time."), _AGAIN),
        Why.DAMAGED_CARD: (mark("Scan the card again."), _AGAIN),
        Why.NOT_REBUILT: (_SUPERVISOR, mark("Have the scanner checked.")),
    },
    Verdict.MODULE_FAULT: {
        None: (_FIXTURE, _HELP),
        Why.MODULE_WITHOUT_IMEI: (_ASIDE, _HELP),
        Why.MODULE_IMEI_NEVER_WRITTEN: (_ASIDE, _HELP),
        Why.MODULE_NOT_LIFTED: (mark("Take the last unit off."), mark("Put this unit on, scan it again.")),
        Why.MODULE_NOT_PUT_ON: (mark("Put the unit on the fixture."), mark("Scan its QR again.")),
        Why.PORT_BUSY: (mark("Close the program on the port."), _HELP),
        Why.PORT_DENIED: (_HELP,),
        Why.UNEXPECTED: (_HELP,),
    },
    Verdict.JOURNAL_FAULT: {
        None: (_NOT_BOUND, _HELP),
        Why.DISK_FULL: (_NOT_BOUND, mark("Call help: disk full.")),
        Why.JOURNAL_LOCKED: (_NOT_BOUND, mark("Call help: journal in use.")),
        Why.JOURNAL_READ_ONLY: (_NOT_BOUND, mark("Call help: write-protected.")),
        Why.JOURNAL_DAMAGED: (_NOT_BOUND, mark("Call help: journal damaged.")),
        Why.JOURNAL_GONE: (_NOT_BOUND, mark("Call help: journal gone.")),
        Why.UNEXPECTED: (mark("Keep this unit: not confirmed."), _HELP),
    },
}
