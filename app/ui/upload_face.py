"""What the status strip says of the upload: quiet for as long as it needs no person."""

from __future__ import annotations

from app.core.upload_status import Phase, UploadStatus
from app.ui.icons import Icon
from app.ui.numbers import count
from app.ui.status_strip import Level, StatusFace
from app.wording.language import tr
from app.wording.reasons import sentence
from app.wording.upload_progress import passes_by_itself, platform_name


def upload_face(status: UploadStatus) -> StatusFace | None:
    """None where nothing is uploaded from this station."""
    if status.phase is Phase.NOT_SET_UP:
        return None
    waiting = count(status.to_upload + sum(one.blocked for one in status.products))
    trouble = status.trouble
    if trouble is None:
        text = tr("{count} to upload, paused") if status.phase is Phase.PAUSED else tr("{count} to upload")
        return StatusFace(Icon.UPLOAD, text.format(count=waiting), detail=platform_name(status.platform))
    if passes_by_itself(trouble):
        text, level = tr("{count} to upload, offline"), Level.QUIET
    else:
        text, level = tr("{count} to upload, blocked"), Level.AMBER
    return StatusFace(Icon.UPLOAD, text.format(count=waiting), level, sentence(trouble))
