"""The sentences about products, work orders, shifts and modes."""

from __future__ import annotations

from app.core.errors import Why
from app.wording.language import mark

ORDERS: dict[Why, str] = {
    Why.PRODUCT_NOT_ORDERED: mark(
        "No open work order asks for the product {pk}, only for {wanted}; nothing was bound. "
        "Put the unit aside."
    ),
    Why.SN_NOT_ON_LIST: mark(
        "SN {sn} is on no list of issued SNs of the open work orders ({order}); nothing was bound. "
        "Put the unit aside."
    ),
    Why.TAC_NOT_ALLOWED: mark(
        "The module's type {tac} is not allowed in this product, only {wanted}; nothing was bound. "
        "Put the unit aside."
    ),
    Why.DROPPED_MODE: mark(
        "The unit in hand was dropped, because the mode was changed; nothing was bound. Begin it again."
    ),
    Why.UNDO_WHILE_VERIFYING: mark(
        "In verify mode nothing is undone; nothing was changed. Scan BIND-MODE first."
    ),
    Why.PRODUCT_NAME: mark(
        "“{name}” cannot be a product's name; nothing was changed. Use up to {most} printable characters."
    ),
    Why.TAC_DIGITS: mark("“{tac}” is no type allocation code; nothing was changed. Enter its 8 digits."),
    Why.DEVICE_NAME: mark(
        "“{pattern}” cannot be a pattern for Device Name; nothing was changed. "
        "Use printable text, and in it pk, sn or imei in braces."
    ),
    Why.TARGET_RANGE: mark(
        "The target must be from 0 to {high} units per hour; nothing was changed. Choose another one."
    ),
    Why.ORDER_NUMBER: mark(
        "“{number}” cannot be the number of a work order; nothing was changed. "
        "Use 1 to {most} printable characters."
    ),
    Why.ORDER_QUANTITY: mark(
        "A work order asks for 1 to {high} units; nothing was changed. Enter another quantity."
    ),
    Why.ORDER_EXISTS: mark(
        "There is a work order {order} already; nothing was changed. Choose another number."
    ),
    Why.ORDER_NOT_OPEN: mark(
        "There is no open work order {order}; nothing was changed. See `order list` for those that are open."
    ),
    Why.ISSUED_EMPTY: mark(
        "The list of issued SNs holds none; nothing was changed. Choose the file with the SNs, or none."
    ),
    Why.ISSUED_OF_OTHERS: mark(
        "The list holds SNs of {holds} alone, and none of the wanted product {pk}; nothing was taken. "
        "Choose the list of {pk}, or correct the order's product."
    ),
    Why.ISSUED_TWICE: mark(
        "On the list of the open work order {order} stand SNs of this list already ({count}, such as {sn}); "
        "nothing was changed. Close that order first, or take these SNs off the list."
    ),
    Why.SHIFT_IS_OPEN: mark(
        "Shift {shift} is open already; nothing was changed. Close it first, or hand it over."
    ),
    Why.SHIFT_NOT_OPEN: mark("No shift is open; nothing was changed. Open one first."),
    Why.ALREADY_IN_CHARGE: mark(
        "{name} has this shift already; nothing was changed. Choose somebody else to take it over."
    ),
    Why.SN_OF_SEVERAL: mark(
        "SN {sn} is known in several products ({products}); nothing was compared. Scan the whole device QR."
    ),
    Why.LEFT_RANGE: mark(
        "From 0 to {high} labels can be left; nothing was changed. Count them again and enter the number."
    ),
    Why.LABELS_TOO_MANY: mark(
        "Labels that were never issued: {more}. The shift is still open, and nothing was changed. "
        "Count what is left again, or explain it."
    ),
    Why.LABELS_MISSING: mark(
        "Labels that nobody accounts for: {missing}. The shift is still open, and nothing was changed. "
        "Count what is left again, or explain it."
    ),
    Why.SHIFT_NOT_CLOSED: mark(
        "The shift is still open, because {path} could not be written ({detail}); nothing was changed, and "
        "no file was left. Remove the cause or choose another folder, then close the shift again."
    ),
    Why.EVERYBODY_HAS_A_BADGE: mark(
        "Everybody has a badge already; nothing was changed. Name who is to get a new one with `--for`."
    ),
}
