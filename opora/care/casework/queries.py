"""The only readers of client files. The actor comes first; what they may not see does not exist."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from opora.care.casework import header, policies, seals, stages, wall
from opora.care.casework.models import (
    IDENTIFIER,
    ArchiveOpening,
    Assessment,
    AssessmentPart,
    ClientFile,
    Deadline,
    Emergency,
    Enclosure,
    Event,
    FileQuerySet,
    Member,
    Person,
    Plan,
    Relation,
    SealOpening,
)
from opora.care.casework.policies import AREA, ASSIGNED
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.models import Grant, User
from opora.foundation.core import clock, sealing, words
from opora.foundation.rules import queries as rules
from opora.register.models import Service

MOST_ALIKE = 500
RELATED = ("person", "lead", "next_lead", "service__municipality", "service__type", "service__organisation")


def files_for(actor: Actor) -> FileQuerySet:
    """Files the actor may read, and those open in an emergency.

    Of their own not the sealed ones and not those that went to another service, unless they were opened to this person.
    """
    here = Q(read_until__isnull=True) | Q(read_until__gte=clock.today())
    found = files_of(actor)
    if actor.user_id is None:
        return found.filter(here, sealed=False)
    now = clock.now()
    opened = SealOpening.objects.running(now).filter(user_id=actor.user_id)
    asked = ArchiveOpening.objects.running(now).filter(user_id=actor.user_id)
    found = found.filter(Q(sealed=False) | Q(pk__in=opened.values("file_id")))
    found = found.filter(here | Q(pk__in=asked.values("file_id")))
    urgent = Emergency.objects.running(now).filter(user_id=actor.user_id)
    return found | ClientFile.objects.filter(sealed=False, pk__in=urgent.values("file_id"))


def files_of(actor: Actor) -> FileQuerySet:
    """Files that are the actor's to know of: of the services they head, and those they work on today.

    Sealed ones are among them under a pseudonym; what is inside is read through `files_for`.
    """
    headed = [
        h.scope for h in actor.holdings if h.role == "service_manager" and actor.may(AREA, "R", h.scope)
    ]
    found: FileQuerySet = ClientFile.objects.within(headed)
    own = [h.scope for h in actor.holdings if h.role in ASSIGNED]
    if own and actor.user_id is not None:
        mine = ClientFile.objects.within(own).worked_on_by(actor.user_id, clock.today())
        found = found | mine
    return found


def file_for(actor: Actor, code: str) -> ClientFile:
    """One file by code, with what its header shows. ClientFile.DoesNotExist when there is none for this actor."""
    found = allowed(actor, ClientFile.objects.select_related(*RELATED).get(code=code))
    header.know(actor, found)
    return found


def allowed(actor: Actor, file: ClientFile) -> ClientFile:
    """The same file with true names, for who may read it. ClientFile.DoesNotExist."""
    if not policies.read_file(actor, file):
        raise ClientFile.DoesNotExist
    if file.sealed:
        seals.reveal(file.person)
    return file


def again(actor: Actor, file: ClientFile) -> ClientFile:
    """The file as it stands now, read once more, for who may read it. ClientFile.DoesNotExist."""
    return allowed(actor, ClientFile.objects.select_related(*RELATED).get(pk=file.pk))


def readable(actor: Actor, file: ClientFile) -> list[ClientFile]:
    """The file alone where the actor may read it, else nothing: for the rows of one file, `file__in=`."""
    return [file] if policies.read_file(actor, file) else []


def listed(actor: Actor, *, asked: str = "", stage: str = "open", lead: str = "") -> QuerySet[ClientFile]:
    """Files of the list with their next deadline, the last touched first."""
    found = files_of(actor).select_related(*RELATED)
    if stage == "open":
        found = found.open()
    elif stage in stages.STAGES:
        found = found.filter(stage=stage)
    if lead == "me" and actor.user_id is not None:
        found = found.led_by(actor.user_id, clock.today())
    waiting = Deadline.objects.waiting().order_by("due")
    return named(found, asked).prefetch_related(Prefetch("deadlines", waiting, to_attr="waiting"))


def named(files: QuerySet[ClientFile], asked: str) -> QuerySet[ClientFile]:
    """Of these, whose person fits: code, ЕГН, telephone, or every word as the beginning or the sound of a name.

    A sealed file is found by its code only: a pseudonym found by the number of a person would say who it is.
    """
    asked = words.normal(asked)[:120]
    digits = words.phone_digits(asked)
    if not asked:
        return files
    if len(digits) == 10 and digits == asked:
        return files.filter(Q(person__identifier_index=index_of(digits)) | _called_on(digits), sealed=False)
    if len(digits) >= 5 and not any(sign.isalpha() for sign in asked):
        return files.filter(_called_on(digits), sealed=False)
    if any(sign.isdigit() for sign in asked):
        return files.filter(code__icontains=asked)
    for word in words.tokens(asked):
        like = Q(person__sort_name__startswith=word) | Q(person__sort_name__contains=f" {word}")
        heard = words.sound_key(word)
        files = files.filter(like | Q(person__sound_text__contains=f" {heard}"))
    return files


def _called_on(digits: str) -> Q:
    """Whose telephone, or that of somebody near them, has these digits."""
    near = Relation.objects.filter(file=OuterRef("pk"), person__phone_digits__contains=digits)
    return Q(person__phone_digits__contains=digits) | Q(Exists(near))


def found(actor: Actor, asked: str, most: int) -> list[ClientFile]:
    """At most so many files that fit, open ones first."""
    if not files_of(actor).exists():
        return []
    return list(listed(actor, asked=asked, stage="all")[:most])


def index_of(identifier: str) -> str:
    """Under what an identity number is found."""
    return sealing.blind(identifier, column=IDENTIFIER)


@dataclass(frozen=True)
class Alike:
    """A file that may be about the same person: what may be shown of it to this actor, and why it came up."""

    file: ClientFile
    visible: bool
    exact: bool


@wall.across
def alike(
    actor: Actor, *, first_name: str, last_name: str, born: dt.date | None, identifier: str = ""
) -> list[Alike]:
    """Files about the same ЕГН, or a person who sounds so and is born that day (or has no birth date here).

    Looks at every file of the country but sealed ones, since a child may be known elsewhere; of those the actor may not
    see only the service and its telephone are shown.
    """
    same = Q(identifier_index=index_of(identifier)) if identifier else Q(pk__in=[])
    heard = [words.sound_key(name) for name in (first_name, last_name) if words.tokens(name)]
    if len(heard) == 2:
        sounds = Q(sound_text__contains=f" {heard[0]} ") & Q(sound_text__contains=f" {heard[1]} ")
        same |= sounds & (Q(born=born) | Q(born__isnull=True) if born else Q())
    # People first: their number and birthday have an index, and a file is found by its person.
    people = list(Person.objects.filter(same).order_by().values_list("pk", flat=True)[:MOST_ALIKE])
    files = ClientFile.objects.filter(person__in=people, sealed=False).select_related(*RELATED)
    found = list(files.order_by("-last_event_at")[:5])
    seen = set(files_for(actor).filter(pk__in=[one.pk for one in found]).values_list("pk", flat=True))
    index = index_of(identifier) if identifier else ""
    return [Alike(one, one.pk in seen, bool(index) and one.person.identifier_index == index) for one in found]


def family_of(file: ClientFile) -> list[Relation]:
    """Family and close people with their true names; the caller has read the file through `file_for`."""
    found = list(file.relations.select_related("person", "through__person"))
    for relation in found:
        seals.reveal(relation.person)
        if relation.through:
            seals.reveal(relation.through.person)
    return found


def chronology(actor: Actor, file: ClientFile) -> QuerySet[Event]:
    """Everything that happened, newest first; nothing for a file that is not the actor's, and nothing of the team's own
    for who reads it in an emergency.
    """
    found = Event.objects.filter(file__in=readable(actor, file))
    return found if policies.reads_by_work(actor, file) else found.filter(team_only=False)


def enclosed() -> QuerySet[Enclosure]:
    """Enclosures with their attachments, for lines of a chronology read through `chronology`."""
    return Enclosure.objects.select_related("attachment")


def corrections(file: ClientFile, events: list[Event]) -> list[Event]:
    """What corrects these lines, newest first; the caller has read them through `chronology`."""
    return list(file.events.filter(kind="correction", corrects__in=events))


def assessment_of(actor: Actor, file: ClientFile) -> Assessment | None:
    """The newest assessment of a file the actor may read."""
    found = Assessment.objects.filter(file__in=readable(actor, file)).select_related("file")
    return found.prefetch_related("parts").first()


def plan_of(actor: Actor, file: ClientFile, number: int | None = None) -> Plan | None:
    """The newest plan of a file the actor may read, or the one of that number."""
    found = Plan.objects.filter(file__in=readable(actor, file)).select_related("file", "assessment")
    found = found.prefetch_related("goals__activities", "goals__marks")
    return (found.filter(number=number) if number else found).first()


def approved_plan(file: ClientFile) -> Plan | None:
    """The plan in force."""
    return (
        file.plans.filter(state=Plan.APPROVED).prefetch_related("goals__activities", "goals__marks").first()
    )


def reached_goals(file: ClientFile) -> list[str]:
    """Titles of the goals of the plan in force that are reached; the caller has read the file through `file_for`."""
    plan = approved_plan(file)
    return [goal.title for goal in plan.goals.all() if goal.is_reached] if plan else []


def needs_of(assessment: Assessment) -> list[AssessmentPart]:
    """Domains with a need, the greatest first."""
    return list(assessment.parts.filter(need__gte=1).order_by("-need", "id"))


def strong_needs(assessment: Assessment) -> list[AssessmentPart]:
    """Needs at or above the level from which a specialist is proposed (rule `specialist_from_need`)."""
    level = rules.number("specialist_from_need")
    found = [
        part for part in assessment.parts.all() if part.need and level is not None and part.need >= level
    ]
    return sorted(found, key=lambda part: -(part.need or 0))


def team_of(file: ClientFile) -> list[Member]:
    """Who works on the file today."""
    return file.team_on(clock.today())


def next_deadline(file: ClientFile) -> Deadline | None:
    """The term that ends first."""
    return Deadline.objects.waiting().filter(file=file).first()


def deadlines_for(actor: Actor, *, until: dt.datetime | None = None) -> QuerySet[Deadline]:
    """Terms not yet met on the actor's files, the nearest first."""
    found = (
        Deadline.objects.waiting()
        .filter(file__in=files_of(actor))
        .select_related("file__person", "file__lead", "file__next_lead")
    )
    return found.filter(due__lte=until) if until else found


def deadlines_led_by(actor: Actor) -> QuerySet[Deadline]:
    """Those of files the actor leads today."""
    mine = ClientFile.objects.led_by(actor.user_id or 0, clock.today())
    return deadlines_for(actor).filter(file__in=mine)


def services_to_open_in(actor: Actor) -> QuerySet[Service]:
    """Services in which the actor opens files."""
    scopes = [h.scope for h in actor.holdings if h.role in ("service_manager", "case_manager")]
    return Service.objects.within(scopes).operating(clock.today())


def workers_of(service: Service) -> list[User]:
    """Who may work on files of the service: its case managers and specialists today."""
    grants = Grant.objects.in_force(clock.today()).filter(
        scope=service.path, role__in=(*ASSIGNED, "service_manager")
    )
    return list(User.objects.filter(pk__in=grants.values("user_id"), is_active=True).order_by("name"))


def lead_of(actor: Actor) -> User | None:
    """Who leads a file this person opens: themselves, if they lead cases."""
    if not actor.holds("case_manager") or actor.user_id is None:
        return None
    return User.objects.filter(pk=actor.user_id).first()


def person_of(actor: Actor, file: ClientFile) -> Person:
    """The person of a file the actor may read."""
    return allowed(actor, file).person
