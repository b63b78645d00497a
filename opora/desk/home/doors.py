"""The six doors of the demonstration: who is behind each and what that person does today."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from opora.foundation.accounts.queries import DemonstrationPerson

# Who stands behind each door: the region with work to finish comes first.
FACES = {
    "regional_coordinator": "coordinator-lovech",
    "service_manager": "head-troyan",
    "case_manager": "worker-troyan",
}


@dataclass(frozen=True)
class Doorway:
    """One person a visitor may look around as, and what that person does today."""

    key: str
    title: str
    text: str
    who: str


TODAY = {
    "regional_coordinator": (
        _("Областен координатор"),
        _("Вижте кой не е върнал картата, напомнете и изгответе анализа."),
    ),
    "service_manager": (
        _("Ръководител на услуга"),
        _("Попълнете анкетната карта. Повечето полета вече са попълнени."),
    ),
    "case_manager": (_("Водещ на случай"), _("Намерете услуга за човека, с когото работите.")),
    "municipality_expert": (_("Общински експерт"), _("Вижте места, заетост и чакащи в общината.")),
    "ministry_viewer": (_("Анализатор в министерството"), _("Сравнете областите и изтеглете таблицата.")),
}


def doorways(people: list[DemonstrationPerson]) -> tuple[list[Doorway], list[DemonstrationPerson]]:
    """One person of each main role as a door, and everybody else for the link below."""
    main: dict[str, DemonstrationPerson] = {}
    for person in people:
        if person.role in TODAY and (person.role not in main or person.key == FACES.get(person.role)):
            main[person.role] = person
    doors = [_doorway(main[role]) for role in TODAY if role in main]
    behind = {person.key for person in main.values()}
    return doors, [person for person in people if person.key not in behind]


def _doorway(person: DemonstrationPerson) -> Doorway:
    title, text = TODAY[person.role]
    return Doorway(person.key, str(title), str(text), f"{person.name}, {person.place}")
