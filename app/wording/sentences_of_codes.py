"""The sentences about what was scanned, read or entered: codes, IMEIs and code formats."""

from __future__ import annotations

from app.core.errors import Why
from app.wording.language import mark

CODES: dict[Why, str] = {
    Why.EMPTY_SCAN: mark("The scan was empty; nothing was taken. Scan again."),
    Why.NOT_UTF8: mark(
        "The scanner sent something that is not text; nothing was taken. "
        "Scan again; if it happens again, have the scanner's settings checked."
    ),
    Why.CONTROL_CHARACTER: mark(
        "Character {position} of the scan cannot be printed ({code}); nothing was taken. "
        "Scan again; if it happens again, have the scanner's settings checked."
    ),
    Why.INVISIBLE_CHARACTER: mark(
        "Character {position} of the scan is invisible ({code}); nothing was taken. "
        "Scan again; if it happens again, the label is wrong: tell the supervisor."
    ),
    Why.FOREIGN_CHARACTER: mark(
        "Character {position} of the scan belongs in no code ({code}); nothing was taken. "
        "Scan again; if it happens again, have the scanner's keyboard layout checked."
    ),
    Why.UNKNOWN_TEXT: mark(
        "This is none of the codes that the station knows (length {length}); nothing was taken. "
        "Scan the QR on the housing or the module's label."
    ),
    Why.LOOKS_LIKE: mark(
        "Unknown code: it looks like {looks_like}; nothing was taken. "
        "Scan the QR on the housing or the module's label."
    ),
    Why.TWO_SCANS: mark("Two scans ran together (“{v}”); nothing was taken. Scan one code at a time."),
    Why.AMBIGUOUS_CODE: mark(
        "“{text}” can be read in two ways; nothing was taken. "
        "Tell the supervisor: two code formats in the settings overlap."
    ),
    Why.KEY_MISSING: mark(
        "The device QR holds no “{key}=”; nothing was taken. "
        "Scan the QR on the housing; if it happens again, the label is wrong: tell the supervisor."
    ),
    Why.KEY_TWICE: mark(
        "The device QR holds “{key}=” twice with different values; nothing was taken. "
        "The label is wrong: tell the supervisor."
    ),
    Why.KEY_CASE: mark(
        "The device QR says “{key}” where lower-case letters belong; nothing was taken. "
        "The label is wrong: tell the supervisor."
    ),
    Why.KEY_NOT_VALUE: mark(
        "“{piece}” in the device QR is not of the form key=value; nothing was taken. "
        "Scan again; if it happens again, the label is wrong: tell the supervisor."
    ),
    Why.PK_LENGTH: mark(
        "The PK “{pk}” has the wrong length: {length} instead of {wanted}. "
        "It was not taken; compare it with the product's PK."
    ),
    Why.PK_CHARACTERS: mark(
        "The PK “{pk}” may hold only digits and the letters A to Z. "
        "It was not taken; compare it with the product's PK."
    ),
    Why.SN_LENGTH: mark(
        "The SN “{sn}” has the wrong length: {length} instead of {wanted}. "
        "It was not taken; compare it with the label."
    ),
    Why.SN_CHARACTERS: mark(
        "The SN “{sn}” may hold only digits and the letters A to Z. "
        "It was not taken; compare it with the label."
    ),
    Why.V_DIGITS: mark(
        "The version “{v}” in the device QR is not a number of 1 to 3 digits; nothing was taken. "
        "Scan again; if it happens again, the label is wrong: tell the supervisor."
    ),
    Why.TWO_IMEIS: mark(
        "The label holds two IMEIs, {imei} and {other}; neither was taken. Scan the label of one module only."
    ),
    Why.DAMAGED_CARD: mark(
        "The command card “{text}” is damaged or of another version; nothing was done. "
        "Scan it again; if it happens again, print the cards anew."
    ),
    Why.BADGE_CHARACTERS: mark(
        "A badge has {fewest} to {most} characters; it was not taken. Use another badge."
    ),
    Why.NOT_REBUILT: mark(
        "A keyboard layout has changed what the scanner typed; nothing was taken. "
        "Tell the supervisor: check the scanner in the settings."
    ),
    Why.IMEI_CHARACTERS: mark(
        "“{imei}” is not an IMEI: an IMEI is 15 digits and nothing else. "
        "It was not taken; compare it with the module's label."
    ),
    Why.IMEI_LENGTH: mark(
        "“{imei}” is not an IMEI: its length is {length} instead of 15. "
        "It was not taken; compare it with the module's label."
    ),
    Why.IMEI_PLACEHOLDER: mark(
        "{imei} is not a real IMEI but a filler that many modules share. "
        "It was not taken; the module needs an IMEI of its own."
    ),
    Why.IMEI_CHECK_DIGIT: mark(
        "The IMEI {imei} is wrong: last digit {found}, expected {expected}. "
        "It was not taken; compare it with the module's label."
    ),
    Why.TEMPLATE_FIELD_MISSING: mark(
        "The format “{template}” lacks the field “{field}”; it was not taken. Put the field in, in braces."
    ),
    Why.TEMPLATE_FIELD_TWICE: mark(
        "The format “{template}” has the field “{field}” twice; it was not taken. Leave one of them out."
    ),
    Why.TEMPLATE_FIELD_UNKNOWN: mark(
        "The format “{template}” has a field “{field}” that does not exist; it was not taken. "
        "Use pk, sn or v."
    ),
    Why.TEMPLATE_BRACE: mark(
        "Character {position} of the format “{template}” is a brace without its partner, or not a field; "
        "it was not taken. Write a brace that is text twice."
    ),
    Why.TEMPLATE_CLASS: mark(
        "In the format “{template}” the field “{field}” cannot be “{wanted}”; it was not taken. "
        "Use digits and letters and a length that fits, for example [0-9]{{15}}."
    ),
    Why.TEMPLATE_TOUCHING: mark(
        "In the format “{template}” two fields touch, so nobody can tell where one ends; it was not taken. "
        "Put a character between them."
    ),
    Why.TEMPLATE_AMBIGUOUS: mark(
        "Codes of the format “{template}” could be read in two ways; it was not taken. "
        "Give the fields a fixed length, or part them by a character that they cannot hold."
    ),
    Why.TEMPLATE_CHARACTER: mark(
        "The format “{template}” holds “{character}”, which a scan cannot hold; it was not taken. "
        "Use only plain letters, digits and signs."
    ),
    Why.TEMPLATE_EDGE: mark(
        "The format “{template}” begins or ends with a character that is cut off from scans; "
        "it was not taken. Use no blank at the ends and no ] at the beginning."
    ),
    Why.TEMPLATE_RESERVED: mark(
        "The format “{template}” begins with “{prefix}” as the command cards do; it was not taken. "
        "Let it begin with something else."
    ),
    Why.TEMPLATE_NOT_READ_BACK: mark(
        "“{text}”, made by the format “{template}”, would not be read back as it was meant; "
        "nothing was made. Check that PK and SN fit the format."
    ),
    Why.TEMPLATE_PLATFORM: mark(
        "The format “{template}” would also read codes of the platform's own format; it was not taken. "
        "Use the platform's format, or one that differs from it."
    ),
}
