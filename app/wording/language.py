"""The language of all texts: gettext catalogues under `resources/i18n`, English in the code."""

from __future__ import annotations

import gettext
import locale
import os
from collections.abc import Callable

from app.paths import resource

LANGUAGES = {"en": "English", "zh_CN": "简体中文"}
"""Every language that is complete, by its own name."""

_current: gettext.NullTranslations = gettext.NullTranslations()
_current_code = "en"


def use(code: str) -> None:
    """From now on texts come in this language, one of `LANGUAGES`; another one means English."""
    global _current, _current_code
    catalogue = resource(f"i18n/{code}.mo")
    _current_code = code if catalogue.is_file() else "en"
    if _current_code == "en":
        _current = gettext.NullTranslations()
        return
    with catalogue.open("rb") as file:
        _current = gettext.GNUTranslations(file)


def current() -> str:
    return _current_code


def of_this_computer() -> str:
    """The language that the computer is set to, as far as we speak it."""
    name = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG")
    name = name or locale.getlocale()[0] or ""
    return "zh_CN" if name.lower().startswith(("zh", "chinese")) else "en"


def is_chinese(text: str) -> bool:
    return any(character >= "⺀" for character in text)


def tr(text: str) -> str:
    """The text in the language that people chose."""
    return _current.gettext(text)


def ntr(singular: str, plural: str, number: int) -> str:
    """The text for this number of things."""
    return _current.ngettext(singular, plural, number)


Words = str | Callable[[], str]
"""A text, or what says it: that is asked again when the language has changed."""


def said(words: Words) -> str:
    return words if isinstance(words, str) else words()


def mark(text: str) -> str:
    """Marks a text that is translated later, where it is shown."""
    return text
