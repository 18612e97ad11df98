"""The pages by their names, and who is shown a tab of which."""

from __future__ import annotations

from collections.abc import Container
from enum import StrEnum
from typing import Protocol

from PySide6.QtCore import QRectF

from app.core.people import Act, Role
from app.core.typed_entry import wanted
from app.station.view import StationView
from app.wording.language import tr


class PageName(StrEnum):
    """What can stand between header and status strip."""

    BINDING = "binding"
    SHIFT = "shift"
    IMPORT = "import"
    UPLOAD = "upload"
    ORDERS = "orders"
    JOURNAL = "journal"
    LABELS = "labels"
    SETTINGS = "settings"
    PEOPLE = "people"
    SIGN_IN = "sign-in"
    FIRST_START = "first-start"
    TYPING = "typing"
    HAND_OVER = "hand-over"
    CRASH = "crash"


TABS = (
    PageName.BINDING,
    PageName.SHIFT,
    PageName.JOURNAL,
    PageName.LABELS,
    PageName.SETTINGS,
    PageName.ORDERS,
    PageName.PEOPLE,
)
"""In the order of the header, which is that of the keys: Ctrl+1 is the first."""

_OF_QA = (PageName.BINDING, PageName.SHIFT, PageName.ORDERS, PageName.JOURNAL)

_UNDER = {
    PageName.IMPORT: PageName.SHIFT,
    PageName.HAND_OVER: PageName.SHIFT,
    PageName.UPLOAD: PageName.SHIFT,
}
"""Pages without a tab of their own, and from which one they are reached."""


class Page(Protocol):
    """A widget that stands between header and status strip. It shows what it is given and reports what people
    did with signals."""

    def place(self, box: QRectF, zoom: float) -> None:
        """Fills this box of logical pixels of the window."""
        ...

    def setVisible(self, visible: bool) -> None: ...

    def setFocus(self) -> None: ...

    def update(self) -> None: ...

    def show_view(self, view: StationView) -> None: ...

    def retranslate(self) -> None:
        """Reads all texts again, after the language has changed."""
        ...


def tab_of(name: PageName) -> PageName:
    """Which tab is lit while this page is in front."""
    return _UNDER.get(name, name)


def may_manage(view: StationView) -> bool:
    """Whether whoever is at the station may do what supervisors do."""
    person = view.state.operator
    return not view.state.rules.sign_in or (person is not None and person.may(Act.MANAGE))


def may_hand_over(view: StationView) -> bool:
    """A shift is open, and there are people to whom whoever is here may hand it over."""
    is_open = view.shift is not None and view.shift.closed_seq is None
    return is_open and view.state.rules.sign_in and may_manage(view)


def tabs_for(view: StationView) -> tuple[PageName, ...]:
    """Whoever is at the station sees these tabs; operators, and nobody, see none."""
    if view.nobody_yet:
        return ()
    if not view.state.rules.sign_in:
        return TABS
    operator = view.state.operator
    if operator is None or operator.role is Role.OPERATOR:
        return ()
    return TABS if operator.role is Role.SUPERVISOR else _OF_QA


def may_show(
    name: PageName, view: StationView, tabs: Container[PageName], asks_for_the_first: bool = True
) -> bool:
    """Until there is somebody who could sign in, the first start is all there is."""
    if name is PageName.CRASH:
        return True
    if view.nobody_yet and asks_for_the_first:
        return name is PageName.FIRST_START
    if name is PageName.SIGN_IN:
        return view.state.rules.sign_in
    if name is PageName.TYPING:
        return wanted(view.state) is not None
    if name is PageName.HAND_OVER:
        return may_hand_over(view)
    if name is PageName.IMPORT:
        return may_manage(view)
    return tab_of(name) in tabs


def title(page: PageName) -> str:
    """What stands on its tab."""
    return {
        PageName.BINDING: tr("Binding"),
        PageName.SHIFT: tr("Shift"),
        PageName.ORDERS: tr("Orders"),
        PageName.JOURNAL: tr("Journal"),
        PageName.LABELS: tr("Labels"),
        PageName.SETTINGS: tr("Settings"),
        PageName.PEOPLE: tr("People"),
    }.get(page, "")
