"""The pages about people, wired to the station: first start, sign-in, people, and who has gone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from app.core.badges import checked_badge
from app.core.errors import Reason, Refused, Why, because
from app.core.people import Act, Person, badge_digest
from app.main.desk_work import DeskWork
from app.main.people_acts import PeopleActs
from app.main.place import Place
from app.main.settings_keeping import keep_changes
from app.station.desk import Desk
from app.station.sign_in import Member, members
from app.station.station import Station
from app.station.view import StationView
from app.ui.bridge import Bridge
from app.ui.first_start_page import FirstStartPage
from app.ui.idle_watch import IdleWatch
from app.ui.main_window import MainWindow
from app.ui.pages import PageName
from app.ui.people_page import PeoplePage
from app.ui.person_form import PersonDraft, PersonForm
from app.ui.sign_in_page import SignInPage
from app.wording.language import tr
from app.wording.people import role_name


class PeopleDesk:
    """Adds three pages to the window, and takes the scans that are badges to be taught."""

    def __init__(self, window: MainWindow, station: Station, bridge: Bridge, place: Place) -> None:
        self._window, self._station, self._place = window, station, place
        self._work, self._acts = DeskWork(station, bridge), PeopleActs(place)
        self._signed_in: str | None = None
        self.first = window.add_page(PageName.FIRST_START, FirstStartPage)
        self.sign_in = window.add_page(PageName.SIGN_IN, SignInPage)
        self.people = window.add_page(PageName.PEOPLE, PeoplePage)
        self.idle = IdleWatch(place.settings.rules().idle_seconds)
        self._connect(bridge)

    def _connect(self, bridge: Bridge) -> None:
        self.first.supervisor_entered.connect(self._make_supervisor)
        self.first.no_sign_in_chosen.connect(lambda: self._use_sign_in(False))
        self.sign_in.pin_entered.connect(self._sign_in)
        self.sign_in.sign_out_pressed.connect(self._sign_out)
        self.sign_in.cancelled.connect(self._window.show_binding)
        self.people.editor.add_entered.connect(self._add)
        self.people.editor.change_entered.connect(self._change)
        self.people.editor.retire_confirmed.connect(self._retire)
        self.people.sign_in_chosen.connect(self._use_sign_in)
        self.people.idle_chosen.connect(self._use_idle)
        self._window.page_shown.connect(self._page_shown)
        bridge.published.connect(self._look)
        self.idle.touched.connect(self._touched)
        self.idle.idle.connect(self._window.show_binding)

    def open(self) -> None:
        """The window is shown now: people type and click there."""
        self.idle.watch(self._window.windowHandle())

    # --- scans

    def takes_scan(self, text: str) -> bool:
        """Whether this is a badge that is taught, and not for the station."""
        form = self._taught
        if form is None:
            return False
        try:
            self._refuse_taken(checked_badge(text, self._window.view.state.rules.every_format), form)
        except Refused as refusal:
            self._show_refusal(refusal.reason)
        else:
            form.take_scan(text)
        return True

    def _refuse_taken(self, badge: str, form: PersonForm) -> None:
        """At once, as far as it is known here; the journal has the last word."""
        digest = badge_digest(badge)
        for one in self._window.view.state.rules.people:
            if one.badge == digest and one.name != form.known_name:
                raise Refused(because(Why.BADGE_TAKEN, name=one.name))

    def takes_misread(self, reason: Reason) -> bool:
        """The same for a scan that could not be rebuilt."""
        if self._taught is None:
            return False
        self._show_refusal(reason)
        return True

    @property
    def _taught(self) -> PersonForm | None:
        """The form that waits for a badge."""
        if self._window.page is PageName.FIRST_START:
            return self.first.form
        if self._window.page is PageName.PEOPLE and self.people.editor.takes_scans:
            return self.people.editor.form
        return None

    def _show_refusal(self, reason: Reason) -> None:
        shown = self.first if self._window.page is PageName.FIRST_START else self.people
        shown.show_refusal(reason)

    # --- pages

    def _page_shown(self, page: str) -> None:
        self.idle.restart()
        if page == PageName.FIRST_START:
            self.first.begin()
        elif page == PageName.SIGN_IN:
            self.sign_in.begin()
            self._work.do(_members, None, self.sign_in.show_members, self.sign_in.show_refusal)
        elif page == PageName.PEOPLE:
            self.people.begin()
            self._load()

    def _load(self) -> None:
        settings = self._place.settings
        self.people.show_choices(settings.sign_in, settings.idle_minutes)
        self._work.do(_members, Act.MANAGE, self.people.show_members, self.people.show_refusal)

    def _look(self, view: StationView) -> None:
        """Whoever was signed out, by the idle time too, leaves no page open for the next one."""
        if self._signed_in is not None and view.operator is None and view.state.rules.sign_in:
            self._window.show_binding()
        self._signed_in = view.operator

    def _touched(self) -> None:
        """On Binding scans alone count: an elbow on the keyboard is nobody at work."""
        if self._window.page is not PageName.BINDING:
            self._station.touched()

    # --- first start and sign-in

    def _make_supervisor(self, draft: PersonDraft) -> None:
        act = partial(self._acts.make_supervisor, draft)
        self._work.do(act, Act.MANAGE, self._station.signed_in, self.first.show_refusal)

    def _sign_in(self, name: str, pin: str) -> None:
        self._work.do(partial(self._acts.sign_in, name, pin), None, self._welcome, self.sign_in.show_refusal)

    def _welcome(self, person: Person) -> None:
        self._station.signed_in(person)
        self._window.show_binding()

    def _sign_out(self) -> None:
        self._station.sign_out_pressed()
        self._window.show_binding()

    # --- people

    def _add(self, draft: PersonDraft) -> None:
        told = tr("{name} may sign in as {role}.").format(name=draft.name.strip(), role=role_name(draft.role))
        self._do(partial(self._acts.add, draft), told)

    def _change(self, draft: PersonDraft) -> None:
        told = tr("What was changed of {name} holds from now on.").format(name=draft.name)
        self._do(partial(self._acts.change, draft), told)

    def _retire(self, name: str) -> None:
        told = tr("{name} may not sign in any more.").format(name=name)
        self._do(partial(self._acts.retire, name), told)

    def _do(self, act: Callable[[Desk], None], told: str) -> None:
        def done(_nothing: None) -> None:
            self.people.editor.close_form(told)
            self._load()

        self._work.do(act, Act.MANAGE, done, self.people.show_refusal)

    # --- settings

    def _use_sign_in(self, wanted: bool) -> None:
        self._keep(lambda: self._station.use_sign_in(wanted), sign_in=wanted)

    def _use_idle(self, minutes: int) -> None:
        def use() -> None:
            rules = self._place.settings.rules()
            self._station.change_rules(rules)
            self.idle.set_seconds(rules.idle_seconds)

        self._keep(use, idle_minutes=minutes)

    def _keep(self, then: Callable[[], None], **change: Any) -> None:
        def done(changed: bool) -> None:
            if changed:
                then()

        def refused(reason: Reason) -> None:
            settings = self._place.settings
            self.people.show_choices(settings.sign_in, settings.idle_minutes)
            self._show_refusal(reason)

        self._work.do(partial(keep_changes, self._place, change), Act.MANAGE, done, refused)


def _members(desk: Desk) -> Sequence[Member]:
    return members(desk.journal)
