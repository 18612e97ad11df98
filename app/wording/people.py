"""What people are called, and what they do."""

from __future__ import annotations

from app.core.people import BY_ITSELF, NO_SIGN_IN, NOBODY, Act, Role
from app.wording.language import mark, tr

_ROLES = {Role.OPERATOR: mark("Operator"), Role.SUPERVISOR: mark("Supervisor"), Role.QA: mark("QA")}


_ACTS = {
    Act.BIND: mark("bind units"),
    Act.VERIFY: mark("check units"),
    Act.CORRECT: mark("correct what was bound"),
    Act.MANAGE: mark("manage the station"),
    Act.PROVE: mark("read and prove the journal"),
}


_WORDS = {str(name): word for words in (_ROLES, _ACTS) for name, word in words.items()}


def role_name(role: Role) -> str:
    return tr(_ROLES[role])


def word_of(name: str) -> str:
    """A role or an act by its name in records; another text stays as it is."""
    return tr(_WORDS.get(name, name)) if name else name


_OF_NOBODY = {
    NO_SIGN_IN: mark("no sign-in"),
    NOBODY: mark("nobody signed in"),
    BY_ITSELF: mark("the station itself"),
}


def person(name: str | None) -> str:
    """A name as it stands in the journal; that nobody was signed in, in words."""
    return tr(_OF_NOBODY[name]) if name in _OF_NOBODY else name or ""
