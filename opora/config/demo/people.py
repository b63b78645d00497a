"""The invented people of the demonstration: one of each role, and the coordinators of the two living regions."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from opora.foundation.accounts.models import CoordinatorPost, Grant, User
from opora.register.models import Service


@dataclass(frozen=True)
class Person:
    """Somebody a visitor may be. `service` puts the grant at that service."""

    key: str
    name: str
    role: str
    scope: str
    organisation: str
    profession: str = ""
    service: str = ""
    post: int = 0


PEOPLE = (
    Person("coordinator-lovech", "Елена Градева", "regional_coordinator", "BG/LOV", "Област Ловеч", "координатор", post=1),
    Person("coordinator-lovech-2", "Стефан Ралев", "regional_coordinator", "BG/LOV", "Област Ловеч", "координатор", post=2),
    Person("coordinator-kardzhali", "Севда Мутафова", "regional_coordinator", "BG/KRZ", "Област Кърджали", "координатор", post=1),
    Person("coordinator-kardzhali-2", "Юлия Демирева", "regional_coordinator", "BG/KRZ", "Област Кърджали", "координатор", post=2),
    Person("head-troyan", "Ивелина Пенкова", "service_manager", "", "Център за обществена подкрепа – Троян", "ръководител", service="LOV-17"),
    Person("head-daga", "Румяна Ялъмова", "service_manager", "", "Дневен център за деца с увреждания „Дъга“", "ръководител", service="KRZ-10"),
    Person("worker-troyan", "Теодора Бойкова", "case_manager", "", "Център за обществена подкрепа – Троян", "социален работник", service="LOV-17"),
    Person("psychologist-troyan", "Милен Дечков", "specialist", "", "Център за обществена подкрепа – Троян", "психолог", service="LOV-17"),
    Person("orthopaedist", "Тодор Стаменски", "external_specialist", "", "Многопрофилна болница (измислена)", "ортопед", service="LOV-17"),
    Person("expert-lovech", "Радостина Чешмеджиева", "municipality_expert", "BG/LOV/LOV18", "Община Ловеч", "главен експерт"),
    Person("analyst", "Красимир Бойков", "ministry_viewer", "BG", "Министерство на труда и социалната политика", "анализатор"),
    Person("administrator", "Галина Сарова", "national_admin", "BG", "Агенция за социално подпомагане", "администратор"),
    Person("inspector", "Валери Градев", "quality_inspector", "BG", "Агенция за качеството на социалните услуги", "инспектор"),
    Person("evaluator", "Цветелина Върбева", "evaluator", "BG", "Независим оценител", "оценител"),
    Person("data-protection", "Нели Кинова", "dpo_auditor", "BG", "Агенция за социално подпомагане", "длъжностно лице по защита на данните"),
)  # fmt: skip


def settle(since: dt.date) -> None:
    """Give each of them an account without a password, their role in its place, and the coordinators their posts."""
    for person in PEOPLE:
        user = User.objects.create_user(
            f"{person.key}@example.bg", None, name=person.name, organisation=person.organisation,
            profession=person.profession, demonstration=True,
        )  # fmt: skip
        scope = Service.objects.get(code=person.service).path if person.service else person.scope
        grant = Grant.objects.create(user=user, role=person.role, scope=scope, since=since, given_by="Опора")
        if person.post:
            post = CoordinatorPost.objects.get(region__code=person.scope[3:], number=person.post)
            CoordinatorPost.objects.filter(pk=post.pk).update(holder=user, since=since)
            Grant.objects.filter(pk=grant.pk).update(post=post)
