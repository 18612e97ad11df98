"""What is done about people at the station's desk, on the station's thread."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.errors import Refused, Why, because
from app.core.people import Person, checked_name, confirmed_pin
from app.main.place import Place
from app.station.desk import Desk
from app.station.orders import informed
from app.station.sign_in import add_person, change_person, sign_in
from app.ui.person_form import PersonDraft


@dataclass(frozen=True, slots=True)
class PeopleActs:
    """Each raises `Refused` or `Faulted` where nothing was done."""

    place: Place

    def make_supervisor(self, draft: PersonDraft, desk: Desk) -> Person:
        """The first person of all; needs a PIN, for a badge can be lost."""
        checked_name(draft.name)
        pin = confirmed_pin(draft.pin, draft.again)
        self._add(draft, pin, desk)
        return self._known(checked_name(draft.name), desk)

    def sign_in(self, name: str, pin: str, desk: Desk) -> Person:
        return sign_in(desk.journal, self.place.pins(), desk.stamp, name, pin)

    def add(self, draft: PersonDraft, desk: Desk) -> None:
        checked_name(draft.name)
        self._add(draft, _pin_if_any(draft), desk)

    def change(self, draft: PersonDraft, desk: Desk) -> None:
        change_person(
            desk.journal,
            self.place.pins(),
            desk.stamp,
            informed(self.place.settings.rules(), desk.journal).every_format,
            draft.name,
            draft.role,
            draft.badge,
            _pin_if_any(draft),
            draft.without_badge,
        )

    def retire(self, name: str, desk: Desk) -> None:
        desk.journal.retire_person(desk.stamp, name)

    def _add(self, draft: PersonDraft, pin: str | None, desk: Desk) -> None:
        formats = informed(self.place.settings.rules(), desk.journal).every_format
        add_person(
            desk.journal, self.place.pins(), desk.stamp, formats, draft.name, draft.role, draft.badge, pin
        )

    def _known(self, name: str, desk: Desk) -> Person:
        record = desk.journal.pin_record(name)
        if record is None:
            raise Refused(because(Why.NO_SUCH_PERSON, name=name))
        return record.person


def _pin_if_any(draft: PersonDraft) -> str | None:
    return confirmed_pin(draft.pin, draft.again) if draft.pin or draft.again else None
