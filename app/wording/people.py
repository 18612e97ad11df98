"""What people are called."""

from __future__ import annotations

from app.core.people import Role
from app.wording.language import mark, tr

_ROLES = {Role.OPERATOR: mark("Operator"), Role.SUPERVISOR: mark("Supervisor"), Role.QA: mark("QA")}


def role_name(role: Role) -> str:
    return tr(_ROLES[role])
