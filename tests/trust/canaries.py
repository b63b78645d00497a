"""Two regions, four services, and in every private place of theirs a word that occurs nowhere else.

Who may read a word follows from the table of permissions, read here by its own few lines, and from nothing the
product computes.
"""

from __future__ import annotations

import csv
import datetime as dt
import itertools
from dataclasses import dataclass
from pathlib import Path

from opora.care.casework import actions as casework
from opora.care.casework.actions.groups import Mark
from opora.care.casework.actions.outside import Said
from opora.care.casework.models import ClientFile
from opora.care.casework.tests import make as files
from opora.care.casework.tests.make import as_actor
from opora.care.protection import actions as protection
from opora.evidence.monitoring import actions as monitoring
from opora.evidence.monitoring import stages
from opora.evidence.monitoring.actions import Typed
from opora.evidence.monitoring.tests import make as visits
from opora.evidence.survey import actions as survey_actions
from opora.evidence.survey.models import Card
from opora.evidence.survey.tests import make as survey
from opora.foundation.accounts import roles
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.models import User
from opora.foundation.accounts.tests import make as people
from opora.foundation.core import clock
from opora.foundation.documents.models import Attachment
from opora.foundation.jobs.models import Job
from opora.foundation.messages.actions import Letter, queue
from opora.foundation.territory.models import Region
from opora.improvement.practice import actions as practice
from opora.improvement.practice.models import Standing, Vote
from opora.improvement.practice.tests import make as practices
from opora.planning.needs import actions as needs
from opora.planning.needs.models import ChapterText
from opora.register.models import Professional, RegisterImport, Service
from opora.register.tests import make as register

PLACES = (("LOV18", "LOV"), ("LOV18", "LOV"), ("LOV34", "LOV"), ("KRZ16", "KRZ"))
"""Municipality and region of each of the four services."""
_table = Path(str(roles.__file__)).parent / "facts" / "permissions.csv"
_numbers = itertools.count(1)
Person = tuple[User | None, str, str]
"""Somebody, or a visitor; role; where."""


@dataclass(frozen=True)
class Canary:
    """A word, and who may read it: by area, letter and path; by role and path; or one person alone."""

    word: str
    what: str
    path: str = ""
    area: str = ""
    letter: str = "R"
    roles: tuple[str, ...] = ()
    owner: int | None = None
    in_audit: bool = False

    def may_be_read(self, user_id: int | None, role: str, scope: str) -> bool:
        if self.owner is not None and self.owner == user_id:
            return True
        if role == "public" or not self.path:
            return False
        if self.in_audit and permitted(role, scope, "audit_log", "R", self.path):
            return True
        if self.roles:
            return role in self.roles and (role == "national_admin" or covers(scope, self.path))
        return bool(self.area) and permitted(role, scope, self.area, self.letter, self.path)


def permitted(role: str, scope: str, area: str, letter: str, path: str) -> bool:
    """By the table alone."""
    with _table.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if (row["role"], row["area"]) == (role, area) and letter in row["may"]:
                near = row["where"] in ("region", "municipality", "own_service") and covers(scope, path)
                return row["where"] == "national" or near
    return False


def covers(scope: str, path: str) -> bool:
    return path == scope or path.startswith(scope + "/")


@dataclass(frozen=True)
class World:
    """The canaries, the four services and somebody of every role at each of them."""

    canaries: tuple[Canary, ...]
    services: tuple[Service, ...]
    people: tuple[Person, ...]


def word() -> str:
    """A word of Cyrillic letters that no other text contains."""
    letters = "бвгджзклмнпрст"
    number = next(_numbers)
    return "Ъщ" + "".join(letters[int(digit)] for digit in f"{number:04d}") + "ъщ"


def world() -> World:
    """Make all of it."""
    services = tuple(_service(number, place) for number, (place, _region) in enumerate(PLACES))
    people = tuple(_people(services))
    found = [canary for service in services for canary in _of_service(service)]
    found += [canary for service in services for canary in _of_file(service, people)]
    rounds = {region: _answered(region, services, found) for region in ("LOV", "KRZ")}
    for region, round_ in rounds.items():
        found += _of_region(region, round_)
        found += _of_visits(region, people)
        found += _of_practices(next(s for s in services if s.path.startswith(f"BG/{region}/")))
    for user, role, scope in people:
        if user is not None and role in ("regional_coordinator", "national_admin"):
            found += _of_person(user, scope)
    return World(tuple(found), services, people)


def _service(number: int, place: str) -> Service:
    where = register.municipality(place)
    register.settlement(where=where)
    provider = register.organisation(f"Доставчик {number}")
    return register.service(
        f"Убежище {number}", code=f"{place}-{number}", where=where, provider=provider, type="crisis_centre",
        groups=["children_disabilities"], staff={"психолог": (1, 0.5)},
    )  # fmt: skip


def _of_service(service: Service) -> list[Canary]:
    head, address, professional = word(), word(), word()
    service.head, service.address = f"Ана {head}", f"ул. {address} 3"
    service.save()
    Professional.objects.create(
        name=f"Борис {professional}", profession="психолог", service=service,
        municipality=service.municipality, path=service.path,
    )  # fmt: skip
    return [
        Canary(head, "head", service.path, "service_register"),
        Canary(address, "address", service.path, "service_register", "W"),
        Canary(professional, "professional", service.path, "service_register"),
    ]


def _of_file(service: Service, people: tuple[Person, ...]) -> list[Canary]:
    """A child known in the service: for whoever works on the file, and for the head."""
    worker = next(
        user for user, role, scope in people if role == "case_manager" and scope == service.path and user
    )
    child, mother, note, wish = word(), word(), word(), word()
    file = casework.open_file(
        as_actor(worker), service, person={"first_name": "Ина", "last_name": child}, asked_by="parent", ground="wish",
        wished_on=clock.today(), wish=f"Искаме {wish}.", lead=worker,
        parent={"kind": "mother", "first_name": "Ева", "last_name": mother},
    )  # fmt: skip
    casework.enter_stage(as_actor(worker), file, "intake", on=clock.today())
    casework.add_note(
        as_actor(worker), file, kind="call", on=clock.today(), text=f"Казаха {note}.", key="canary"
    )
    goal = word()
    files.goal(as_actor(worker), files.plan(as_actor(worker), file), "social", title=f"Цел {goal}")
    own = {"path": service.path, "roles": ("service_manager",), "owner": worker.pk}
    found = [Canary(one, "client file", **own) for one in (child, mother, note, wish, goal)]
    found += [Canary(one, "opinion", **own) for one in _opinions(as_actor(worker), file)]
    found += (
        _of_crisis(file, worker) + _of_group(file, worker) + _of_protection(service, file, worker, people)
    )
    return found + _of_emergency(file, people) + _of_sealed(service, worker, people)


def _opinions(worker: Actor, file: ClientFile) -> list[str]:
    """What a specialist outside was asked and answered, and what only the team may read."""
    question, answer, quiet = word(), word(), word()
    request, _secret, _code = files.asked(file, question=f"Питаме за {question}.")
    casework.answer_request(request, Said(f"Отговор {answer}."))
    casework.write_team_opinion(worker, file, Said(f"Само за нас {quiet}."), key="canary")
    return [question, answer, quiet]


def _of_crisis(file: ClientFile, worker: User) -> list[Canary]:
    """Who told of a danger and what, how great it is, what was agreed: for whoever works on the file, and the head."""
    actor, soon = as_actor(worker), clock.today() + dt.timedelta(days=7)
    told, what, why, call = word(), word(), word(), word()
    now = clock.now() - dt.timedelta(hours=1)
    casework.receive_signal(
        actor, file, source="school", whom=f"Леля {told}", what=f"Чу {what}.", received_at=now
    )
    casework.set_risk(actor, file, file.person, level=2, why=f"Видях {why}.", factors={}, review_on=soon)
    lines = {"sign": ["Вика"], "call": [f"Баба {call}"], "step": ["Излизам"]}
    casework.write_safety_plan(actor, file, lines=lines, agreed_with="детето", review_on=soon)
    own = {"path": file.path, "roles": ("service_manager",), "owner": worker.pk}
    return [Canary(one, "crisis", **own) for one in (told, what, why, call)]


def _of_group(file: ClientFile, worker: User) -> list[Canary]:
    """A group with a session, and a visit of tomorrow: for who leads the group, and the head."""
    actor = as_actor(worker)
    programme, note = word(), word()
    made = casework.make_group(
        actor, file.service, name="Рисуване", lead=worker, programme=f"За {programme}."
    )
    casework.bring_in(actor, made, [file], since=clock.today())
    marks = {file.pk: Mark("present", note=f"Показа {note}.")}
    casework.write_session(actor, made, on=clock.today(), topic="Цвят", marks=marks, key="canary")
    casework.plan_visit(actor, file, kind="session", at=clock.now() + dt.timedelta(days=1))
    own = {"path": file.path, "roles": ("service_manager",), "owner": worker.pk}
    return [Canary(programme, "group", **own), Canary(note, "group", **own)]


def _of_protection(
    service: Service, file: ClientFile, worker: User, people: tuple[Person, ...]
) -> list[Canary]:
    """Why the file is to be erased, why it must stay, why it is watched, why somebody wants a list of all, a breach."""
    head = next(u for u, role, scope in people if role == "service_manager" and scope == service.path and u)
    officer = next(u for u, role, _scope in people if role == "dpo_auditor" and u)
    document, held, watched, listed, breach = word(), word(), word(), word(), word()
    casework.ask_to_erase(as_actor(head), file, ground="unlawful", document=f"Решение {document}")
    casework.hold_file(as_actor(worker), file, why=f"Дело {held}")
    casework.watch(as_actor(officer), file.code, why=f"Примамка {watched}")
    casework.ask_for_list(as_actor(head), service, why=f"За {listed}")
    told = f"Чуждо писмо {breach}"
    protection.tell_breach(as_actor(worker), what=told, noticed_at=clock.now(), service=service)
    both = ("service_manager", "dpo_auditor")
    return [
        Canary(document, "erasure", path=service.path, roles=both),
        Canary(held, "hold", path=service.path, roles=("service_manager",), owner=worker.pk),
        Canary(watched, "watched", path=service.path, roles=("dpo_auditor",)),
        Canary(listed, "list", path=service.path, roles=both),
        Canary(breach, "breach", path=service.path, roles=both),
    ]


def _of_emergency(file: ClientFile, people: tuple[Person, ...]) -> list[Canary]:
    """What a stranger wrote to open the file two hours ago: for its head."""
    stranger = next(
        user for user, role, scope in people if role == "case_manager" and scope != file.path and user
    )
    why = word()
    with clock.at(clock.now() - dt.timedelta(hours=2)):
        casework.open_in_emergency(
            as_actor(stranger), file, reason="danger", why=f"Опасност за живота {why}."
        )
    return [Canary(why, "emergency", path=file.path, roles=("service_manager",))]


def _of_sealed(service: Service, worker: User, people: tuple[Person, ...]) -> list[Canary]:
    """A sealed child: the name for nobody, the wish to open the file for the head."""
    head = next(
        user for user, role, scope in people if role == "service_manager" and scope == service.path and user
    )
    child, kept, why = word(), word(), word()
    file = casework.open_file(
        as_actor(worker), service, person={"first_name": "Ада", "last_name": child}, asked_by="parent", ground="wish",
        wished_on=clock.today(), lead=worker,
    )  # fmt: skip
    casework.seal_file(as_actor(head), file, kind="violence", why=f"Пази от {kept}.")
    casework.ask_to_unseal(as_actor(worker), file, why=f"За {why}.")
    asked = Canary(why, "unsealing", path=service.path, roles=("service_manager",))
    return [Canary(child, "sealed file"), Canary(kept, "seal"), asked]


def _answered(region: str, services: tuple[Service, ...], found: list[Canary]) -> object:
    version = survey.template_version()
    round_ = survey.round_(path=f"BG/{region}", version=version)
    for card in round_.cards.select_related("round__template_version", "service"):
        answer, sender, note, mail = word(), word(), word(), word()
        by, over = survey.manager(card.service, f"Вера {sender}"), survey.coordinator(f"BG/{region}")
        answers = survey.whole(card)
        answers["needs"]["whom"] = answer
        survey_actions.save_card(by, card, answers, base_version=0)
        survey_actions.submit_card(by, Card.objects.get(pk=card.pk), key=f"canary-{card.code}")
        survey_actions.return_card(over, Card.objects.get(pk=card.pk), reason=f"Допълнете {note}.")
        letter = Letter(
            f"canary-{card.code}", "a@example.bg", f"Напомняне {mail}", "текст", card.path, card.code
        )
        queue(over, [letter])
        found += [Canary(one, "card", card.path, "surveys_visits") for one in (answer, note)]
        # Who sent the card stands in the audit as well: whoever keeps watch over it may read the name.
        found.append(Canary(sender, "sender", card.path, "surveys_visits", in_audit=True))
        found.append(Canary(mail, "letter", card.path, "surveys_visits", "A"))
    return round_


def _of_region(region: str, round_: object) -> list[Canary]:
    place, chapter, stranger = Region.objects.get(code=region), word(), word()
    made = needs.analyse(survey.coordinator(place.path), place, round_)  # type: ignore[arg-type]
    ChapterText.objects.create(
        analysis=made, chapter=made.result["chapters"][0]["key"], text=f"Чернова {chapter}.",
        edited_at=clock.now(), edited_by="Ралица Стоева",
    )  # fmt: skip
    people.user("specialist", place.path + f"/{region}18/org:9/svc:Z", name=f"Георги {stranger}")
    return [
        Canary(chapter, "draft analysis", place.path, "planning", "W"),
        Canary(stranger, "account", place.path, roles=("national_admin", "regional_coordinator")),
    ]


def _of_visits(region: str, people: tuple[Person, ...]) -> list[Canary]:
    """A visit with its report, voices for observers and coordinators, and one whose marks only one observer has seen."""
    one, other = (
        next(
            user for user, role, scope in people if role == wanted and covers(scope, f"BG/{region}") and user
        )
        for wanted in ("regional_coordinator", "quality_inspector")
    )
    round_ = visits.round_(services=[], region=region, observers=[one, other])
    done, *rest = round_.visits.order_by("code")
    said, told, alone = word(), word(), word()
    voice = Typed(visits.key(), f"voice:user-{visits.key()}", f"Казах {said}.")
    monitoring.receive(as_actor(one), visits.again(done), [voice])
    visits.bring(done, stages.CONSENSUS)
    monitoring.issue_report(as_actor(one), visits.again(done), strengths=f"Видяхме {told}.", advice="Да.")
    for visit in rest[:1]:
        visits.mark(visit.observers.get(user=one), 2, note=f"Виждам {alone}.")
    path = done.path
    return [
        Canary(told, "visit report", path, "surveys_visits", owner=other.pk),
        Canary(said, "voice", path, "surveys_visits", "A", owner=other.pk),
        *([Canary(alone, "blind mark", owner=one.pk)] if rest else []),
    ]


CARD_READERS = (
    "national_admin",
    "ministry_viewer",
    "quality_inspector",
    "regional_coordinator",
    "municipality_expert",
    "service_manager",
)
AWARD_READERS = ("national_admin", "ministry_viewer", "quality_inspector", "regional_coordinator")


def _of_practices(service: Service) -> list[Canary]:
    """A card nobody published, an adaptation of a published one, a nomination, and why somebody of the panel voted so."""
    draft, asked, told, voted = word(), word(), word(), word()
    practices.card(service, stage="draft", problem=f"Пречеше {draft}.")
    origin = register.service(
        where=service.municipality, provider=service.organisation, groups=["children_disabilities"]
    )
    card = practices.card(origin)
    keeper = as_actor(practices.coordinator(service.path[:6]))
    made = practice.ask_to_adapt(keeper, card, service, why=f"Искаме {asked}.")
    practice.answer_request(keeper, made, agree=True, words="Може.")
    period = practice.open_period(keeper, service.municipality.region, 2026, title="")
    practice.nominate(keeper, period, service, why=f"Заради {told}.")
    member = people.user("evaluator", "BG")
    Standing.objects.create(period=period, service=service, standing="lottery", listed=True, order=1)
    seat = practice.seat_member(keeper, period, member)
    Vote.objects.create(member=seat, service=service, choice="for", why=f"Заради {voted}.", at=clock.now())
    region = service.path[:6]
    return [
        Canary(draft, "practice draft", service.path, roles=CARD_READERS),
        Canary(asked, "adaptation", service.path, roles=CARD_READERS),
        Canary(told, "nomination", region, roles=AWARD_READERS),
        Canary(voted, "vote", region, "good_practice", "W"),
    ]


def _of_person(user: User, scope: str) -> list[Canary]:
    title, file, attached = word(), word(), word()
    Job.objects.create(
        kind="needs.analyse", title=f"Работа {title}", owner_id=user.pk, owner_name=user.name,
        created_at=clock.now(), queued_at=clock.now(),
    )  # fmt: skip
    RegisterImport.objects.create(
        digest=f"{user.pk:064d}", file_name=f"{file}.xlsx", content=b"PK", uploaded_by=user
    )
    Attachment.objects.create(
        token=f"{user.pk:032d}", owner="nobody", owner_id="1", path=scope, name=f"{attached}.pdf", kind="pdf",
        size=1, sha256="0" * 64, stored_as=f"{user.pk}", added_at=clock.now(), added_by="Опора",
    )  # fmt: skip
    return [
        Canary(title, "job", owner=user.pk),
        Canary(file, "workbook", owner=user.pk),
        Canary(attached, "attachment"),
    ]


def _people(services: tuple[Service, ...]) -> list[tuple[User | None, str, str]]:
    """Every role, at each of the four services where the role has a place, once where it has the country."""
    found: list[tuple[User | None, str, str]] = [(None, "public", "BG")]
    for role in people.ACCOUNT_ROLES:
        for scope in dict.fromkeys(_scope(role, service) for service in services):
            found.append((people.user(role, scope), role, scope))
    return found


def _scope(role: str, service: Service) -> str:
    depth = {"regional_coordinator": 2, "municipality_expert": 3}
    own = ("service_manager", "case_manager", "specialist", "external_specialist")
    parts = service.path.split("/")
    return "/".join(parts[: depth[role]]) if role in depth else service.path if role in own else "BG"
