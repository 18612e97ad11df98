"""How the upload stands, in words."""

from __future__ import annotations

from app.core.upload_item import UploadState
from app.core.upload_status import Problem, ProductStatus
from app.wording.language import mark, tr
from app.wording.reasons import sentence

_STATES = {
    UploadState.WAITING: mark("Waiting"),
    UploadState.SENT: mark("Sent, no answer yet"),
    UploadState.CONFIRMED: mark("Confirmed"),
    UploadState.CONFLICT: mark("Conflict"),
    UploadState.BLOCKED: mark("Refused"),
    UploadState.REPLACING: mark("Being replaced"),
    UploadState.WITHDRAWING: mark("Being taken off"),
    UploadState.WITHDRAWN: mark("Not on the platform"),
    UploadState.HANDLED: mark("Handled"),
}


def upload_state(state: UploadState) -> str:
    return tr(_STATES[state])


def product_line(one: ProductStatus) -> str:
    """How one product stands, in a line."""
    told = tr("{pk}: {gone} of {total} sent, {confirmed} confirmed").format(
        pk=one.pk, gone=one.gone, total=one.total, confirmed=one.confirmed
    )
    for count, text in (
        (one.conflicts, tr("{count} in conflict")),
        (one.blocked, tr("{count} refused")),
        (one.changing, tr("{count} being changed")),
        (one.handled, tr("{count} handled")),
    ):
        told = tr("{told}, {more}").format(told=told, more=text.format(count=count)) if count else told
    return told


def problem_line(problem: Problem) -> str:
    return tr("{imei}: {told}").format(imei=problem.item.imei, told=sentence(problem.reason))
