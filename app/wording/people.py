"""What people are called, and what they do."""

from __future__ import annotations

from app.core.people import Act, Role
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
