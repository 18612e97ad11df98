"""The sentences about what is typed in by hand."""

from __future__ import annotations

from app.core.errors import Why
from app.wording.language import mark

TYPING: dict[Why, str] = {
    Why.TYPED_NOT_ALLOWED: mark(
        "SNs and IMEIs of the product {pk} may not be typed; nothing was taken. Scan the unit."
    ),
    Why.TYPED_DIFFER: mark(
        "The two entries are not the same; nothing was taken. Read the label again and type both anew."
    ),
    Why.TYPED_NOT_WANTED: mark(
        "This is not waited for any more; nothing was taken. Go back to Binding and see what is missing."
    ),
    Why.TYPED_NOT_A_CODE: mark(
        "No QR code of this product holds the SN {sn} (its form is {format}); nothing was taken. "
        "Read the label again and type both anew."
    ),
    Why.TYPED_TOO_FAST: mark(
        "That came too quickly for a hand, so a scanner may have typed it; nothing was taken. "
        "Type the number, or go back to Binding and scan it."
    ),
    Why.DROPPED_TYPED: mark(
        "The unit in hand was dropped, because its product may not be typed any more; nothing was bound. "
        "Scan it."
    ),
}
