"""The open shift goes over to somebody who shows who they are, and who is signed in from then on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from app.core.errors import Reason, Refused, Why, because
from app.core.people import Act, Person, badge_digest
from app.core.scan import clean_text
from app.main.desk_work import DeskWork
from app.main.people_acts import PeopleActs
from app.main.place import Place
from app.station.desk import Desk
from app.station.shifts import Shifts
from app.station.sign_in import Member, members
from app.station.station import Station
from app.ui.bridge import Bridge
from app.ui.hand_over_page import HandOverPage
from app.ui.main_window import MainWindow
from app.ui.pages import PageName

Tell = Callable[[int, str], None]
"""The shift, and who has it now."""


class HandOverDesk:
    """Its page is reached from the shift's. Who hands over is asked for their role at the station's desk."""

    def __init__(
        self, window: MainWindow, station: Station, bridge: Bridge, place: Place, handed_over: Tell
    ) -> None:
        self._window, self._station, self._handed_over = window, station, handed_over
        self._work, self._acts = DeskWork(station, bridge), PeopleActs(place)
        self.page = window.add_page(PageName.HAND_OVER, HandOverPage)
        self.page.pin_entered.connect(self._by_pin)
        self.page.cancelled.connect(lambda: window.show_page(PageName.SHIFT))
        window.page_shown.connect(self._show_page)

    def ask(self) -> None:
        self._window.show_page(PageName.HAND_OVER)

    def takes_scan(self, text: str) -> bool:
        """Somebody's badge is whoever takes over; every other scan acts as anywhere."""
        digest = badge_digest(clean_text(text))
        is_badge = any(one.badge == digest for one in self._window.view.state.rules.people)
        if self._window.page is not PageName.HAND_OVER or not is_badge:
            return False
        self._to(partial(_owner_of, digest))
        return True

    def takes_misread(self, reason: Reason) -> bool:
        """A badge that could not be rebuilt is said on this page, and goes nowhere."""
        if self._window.page is not PageName.HAND_OVER:
            return False
        self.page.show_refusal(reason)
        return True

    def _show_page(self, name: str) -> None:
        if name == PageName.HAND_OVER:
            self.page.begin()
            self._work.do(_others, Act.MANAGE, self.page.show_members, self.page.show_refusal)

    def _by_pin(self, name: str, pin: str) -> None:
        self._to(partial(self._acts.sign_in, name, pin))

    def _to(self, receiver: Callable[[Desk], Person]) -> None:
        self._work.do(partial(_hand_over, receiver), Act.MANAGE, self._done, self.page.show_refusal)

    def _done(self, done: tuple[int, Person]) -> None:
        shift, person = done
        self._station.signed_in(person)
        self._handed_over(shift, person.name)
        self._window.show_binding()


def _hand_over(receiver: Callable[[Desk], Person], desk: Desk) -> tuple[int, Person]:
    """On the station's thread."""
    person = receiver(desk)
    shift = Shifts(desk.journal, desk.stamp, desk.person).hand_over_to(person)
    return shift.id, person


def _owner_of(digest: str, desk: Desk) -> Person:
    for one in desk.journal.people():
        if one.badge == digest:
            return one
    raise Refused(because(Why.BADGE_OF_NOBODY))


def _others(desk: Desk) -> Sequence[Member]:
    """Everybody who may bind, but for whoever is in charge already."""
    shift = desk.journal.current_shift()
    people = {one.name for one in desk.journal.people() if one.may(Act.BIND)}
    return [one for one in members(desk.journal) if one.name in people - {shift.operator if shift else None}]
