"""The six doors of the demonstration: who is behind each and what that person does today."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from opora.foundation.accounts.queries import DemonstrationPerson


@dataclass(frozen=True)
class Doorway:
    """One person a visitor may look around as."""

    value: str
    title: str
    text: str
    icon: str


TODAY = {
    "regional_coordinator": (_("Областен координатор"), _("Вижте кой още не е върнал картата, напомнете и изгответе областния анализ."), "person"),
    "service_manager": (_("Ръководител на услуга"), _("Попълнете анкетната карта: повечето полета вече са попълнени от регистъра."), "person"),
    "case_manager": (_("Водещ на случай"), _("Намерете услуга за човека, с когото работите, и нейния телефон."), "person"),
    "municipality_expert": (_("Общински експерт"), _("Вижте местата, заетостта и чакащите в общината и поправете записите."), "person"),
    "ministry_viewer": (_("Анализатор в министерството"), _("Сравнете областите по тип услуга и изтеглете таблицата."), "person"),
}  # fmt: skip


def doorways(people: list[DemonstrationPerson]) -> tuple[list[Doorway], list[DemonstrationPerson]]:
    """The first person of each main role as a door, and everybody else for the link below."""
    main: dict[str, Doorway] = {}
    others = []
    for person in people:
        if person.role in TODAY and person.role not in main:
            title, text, icon = TODAY[person.role]
            main[person.role] = Doorway(person.key, f"{title}", f"{text} {person.name}, {person.place}.", icon)
        else:
            others.append(person)
    return [main[role] for role in TODAY if role in main], others
