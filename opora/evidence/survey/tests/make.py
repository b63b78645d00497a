"""Makers of templates, rounds and cards, for the tests of this room and of the rooms above."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

from opora.engines.questionnaire.sheets import markdown_cells
from opora.evidence.survey import actions, stages
from opora.evidence.survey.actions.templates import keep_version
from opora.evidence.survey.models import Card, Round, TemplateVersion
from opora.foundation.accounts.actors import Actor, Holding
from opora.foundation.core import clock
from opora.register.models import Service
from opora.register.tests import make as register

_keys = itertools.count(1)

CARD = """
| survey |              |            |                        |                |          |               |                |                       |             |            |
|        | type         | name       | label::Български (bg)  | label::English (en) | required | relevant  | constraint     | constraint_message::Български (bg) | prefill | appearance |
|        | begin_group  | places     | Места                  | Places         |          |               |                |                       |             |            |
|        | integer      | capacity   | Капацитет              | Capacity       | да       |               | . > 0          | Капацитетът е над 0.  | register.capacity |      |
|        | integer      | occupied   | Заети места            | Occupied       | да       |               | . <= ${capacity} | Заетите са не повече от капацитета. | register.occupied | |
|        | decimal      | fee        | Такса                  | Fee            |          |               |                |                       |             |            |
|        | end_group    |            |                        |                |          |               |                |                       |             |            |
|        | begin_group  | needs      | Нужди                  | Needs          |          |               |                |                       |             |            |
|        | select_one yes_no | lacks | Липсва ли **специалист**? | Lacks anybody? | да    |               |                |                       |             |            |
|        | text         | whom       | Какъв специалист?      | Whom?          | да       | ${lacks} = 'yes' |             |                       |             |            |
|        | select_multiple groups | target | За кого?           | For whom?      |          |               |                |                       | register.target_groups |  |
|        | date         | since      | От кога?               | Since when?    |          | ${lacks} = 'yes' | . <= today() |                       |             |            |
|        | end_group    |            |                        |                |          |               |                |                       |             |            |
|        | begin_repeat | staff      | Персонал               | Staff          |          |               |                |                       | register.posts |         |
|        | text         | profession | Професия               | Profession     | да       |               |                |                       | register.posts.profession | |
|        | decimal      | filled     | Заети щатове           | Filled         |          |               | . >= 0         |                       | register.posts.filled |   |
|        | calculate    | filled0    |                        |                |          |               |                |                       |             |            |
|        | end_repeat   |            |                        |                |          |               |                |                       |             |            |
|        | calculate    | people     |                        |                |          |               |                |                       |             |            |
| choices |             |            |                        |                |
|        | list_name    | name       | label::Български (bg)  | label::English (en) |
|        | yes_no       | yes        | Да                     | Yes            |
|        | yes_no       | no         | Не                     | No             |
|        | groups       | children_disabilities | деца с увреждания | children with disabilities |
|        | groups       | adults_disabilities | пълнолетни лица с увреждания | adults with disabilities |
| settings |            |            |                        |                |
|        | form_id      | form_title | version                | default_language |
|        | needs_test   | Карта за нуждите | 2026112201       | Български (bg) |
"""


def tables(text: str = CARD, **settings: str) -> dict[str, list[list[str]]]:
    """Cell tables of a template written in Markdown; `settings` replaces cells of the sheet settings."""
    found: dict[str, list[list[str]]] = {}
    current = ""
    for cells in map(markdown_cells, text.strip().splitlines()):
        if cells and cells[0]:
            current = cells[0].lower()
            found[current] = []
        elif len(cells) > 1 and current:
            found[current].append(cells[1:])
    calculations(found["survey"])
    head, values = found["settings"]
    for name, value in settings.items():
        values[head.index(name)] = value
    return found


def calculations(survey: list[list[str]]) -> None:
    """Adds the column `calculation`, too wide for the table above."""
    expressions = {"filled0": "coalesce(${filled}, 0)", "people": "sum(${filled0})"}
    survey[0].append("calculation")
    for row in survey[1:]:
        row.append(expressions.get(row[1], ""))


def coordinator(scope: str = "BG/LOV", name: str = "Ралица Стоева") -> Actor:
    """The regional coordinator."""
    return Actor(
        user_id=101,
        name=name,
        organisation="Област Ловеч",
        holdings=(Holding("regional_coordinator", scope),),
    )


def manager(service: Service, name: str = "Жана Илиева", user_id: int = 202) -> Actor:
    """The head of a service."""
    holding = Holding("service_manager", service.path)
    return Actor(user_id=user_id, name=name, organisation=service.organisation.name, holdings=(holding,))


def template_version(text: str = CARD, *, published: bool = True, **settings: str) -> TemplateVersion:
    """A version of a template; the built-in test card when nothing is said."""
    made = keep_version(coordinator(), tables(text, **settings), file_name="card.xlsx")
    return actions.publish_version(coordinator(), made) if published and not made.published else made


def round_(
    *,
    version: TemplateVersion | None = None,
    path: str = "BG/LOV",
    days: int = 14,
    services: int = 0,
    **given: Any,
) -> Round:
    """An open round over the services of a place; `services` makes that many first."""
    for number in range(services):
        register.service(f"Услуга {number}", staff={"психолог": (1, 0.5)})
    deadline = clock.today() + dt.timedelta(days=days)
    version = version or template_version()
    return actions.open_round(
        coordinator(path), template_version=version, path=path, deadline=deadline, **given
    )


def card(
    *, stage: str = stages.NOT_STARTED, service: Service | None = None, answers: dict[str, Any] | None = None
) -> Card:
    """One card in the state named, brought there by the actions a person would take."""
    service = service or register.service(groups=["children_disabilities"], staff={"психолог": (1, 0.5)})
    made = round_(path="/".join(service.path.split("/")[:2])).cards.get(service=service)
    if stage != stages.NOT_STARTED:
        bring(made, stage, answers)
    return Card.objects.get(pk=made.pk)


def bring(made: Card, stage: str, answers: dict[str, Any] | None = None) -> None:
    """Take a card to a state."""
    by, over = manager(made.service), coordinator(made.path[:6])
    if stage == stages.EXCUSED:
        return actions.excuse_card(over, made, reason="Услугата е в ремонт.")
    actions.save_card(by, made, whole(made) | (answers or {}), base_version=0)
    if stage == stages.DRAFT:
        return None
    actions.submit_card(by, Card.objects.get(pk=made.pk), key=f"key-{next(_keys)}")
    if stage == stages.RETURNED:
        actions.return_card(over, Card.objects.get(pk=made.pk), reason="Допълнете таксата.")
    if stage == stages.VERIFIED:
        actions.verify_card(over, Card.objects.get(pk=made.pk))
    return None


def whole(made: Card) -> dict[str, Any]:
    """Answers that may be sent, on top of what the register gave."""
    return {**made.answers, "needs": {**made.answers.get("needs", {}), "lacks": "yes", "whom": "логопед"}}
