"""Readers of opinions and of requests for them. What is for the team only comes out of here for nobody else."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet, Subquery

from opora.care.casework import policies, queries, wall
from opora.care.casework.models import (
    Assessment,
    AssessmentPart,
    ClientFile,
    Event,
    Opinion,
    OpinionRequest,
)
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.models import Grant, User
from opora.foundation.core import clock, sealing
from opora.foundation.documents.models import Attachment
from opora.foundation.drafts import queries as drafts
from opora.register import queries as register
from opora.register.models import Professional

LINK = "casework_opinionrequest.link"
CODE = "casework_opinionrequest.code"
OWNER = "casework.opinion"
"""Whose the documents are, in the words of the room of documents."""
MOST_EVENTS = 30
MOST_PROFESSIONALS = 60


def link_index(secret: str) -> str:
    """Under what a link is found; the secret itself is kept nowhere."""
    return sealing.blind(secret, column=LINK)


def code_index(file: ClientFile, number: int, code: str) -> str:
    """What is kept of a code; the same digits of another request differ."""
    return sealing.blind(f"{file.code}/{number}:{code}", column=CODE)


def draft_key(request: OpinionRequest) -> str:
    """Where what the specialist is writing is kept."""
    return f"opinion:{request.file.code}:{request.pk}"


def opinions_of(actor: Actor, file: ClientFile) -> list[Opinion]:
    """Opinions of a file the actor may read, the newest first; the team's own only for the team."""
    found = Opinion.objects.filter(file__in=queries.readable(actor, file))
    if not policies.read_team_opinions(actor, file):
        found = found.for_the_file()
    return list(found.select_related("file", "request").prefetch_related("parts"))


def opinion_for(actor: Actor, file: ClientFile, number: int) -> Opinion | None:
    """One of them."""
    return next((one for one in opinions_of(actor, file) if one.number == number), None)


def requests_of(actor: Actor, file: ClientFile) -> list[OpinionRequest]:
    """Requests of a file, the newest first; for who works on it."""
    if not policies.read_team_opinions(actor, file):
        return []
    return list(file.opinion_requests.select_related("opinion"))


def request_for(actor: Actor, file: ClientFile, number: int) -> OpinionRequest | None:
    """One of them."""
    return next((one for one in requests_of(actor, file) if one.number == number), None)


def newest_parts(actor: Actor, file: ClientFile) -> list[AssessmentPart]:
    """Parts of the newest assessment of a file the actor may read; none where there is no assessment."""
    newest = Assessment.objects.filter(file__in=queries.readable(actor, file)).values("pk")[:1]
    return list(AssessmentPart.objects.filter(assessment=Subquery(newest)).select_related("assessment"))


def readers_of(file: ClientFile) -> list[tuple[User, str]]:
    """Who sees what is for the team only: the heads of the service, and who works on the file today, with their part."""
    held = Grant.objects.in_force(clock.today())
    parts = file.path.split("/")
    above = ["/".join(parts[: count + 1]) for count in range(len(parts))]
    heads = held.filter(role="service_manager", scope__in=above).values("user_id")
    found = {
        user.pk: (user, "") for user in User.objects.filter(pk__in=heads, is_active=True).order_by("name")
    }
    working = set(held.filter(role__in=policies.ASSIGNED, scope__in=above).values_list("user_id", flat=True))
    for member in queries.team_of(file):
        if member.user_id in working and member.user.is_active:
            found.setdefault(member.user_id, (member.user, str(member.get_part_display())))
    return list(found.values())


def notes_to_show(actor: Actor, file: ClientFile) -> QuerySet[Event]:
    """Lines of the chronology that may be shown to a specialist, the newest first."""
    return queries.chronology(actor, file).filter(team_only=False).exclude(kind__in=Event.BY_ITSELF)


def professionals_near(actor: Actor, file: ClientFile) -> list[Professional]:
    """Specialists of the register in the region of the file."""
    region = "/".join(file.path.split("/")[:2])
    found = register.professionals_for(actor).filter(path__under=region)
    return list(found.order_by("profession", "name")[:MOST_PROFESSIONALS])


@wall.across
def request_behind(secret: str) -> OpinionRequest | None:
    """The request a link leads to; none for one that is unknown or dead, whatever it died of."""
    rows = OpinionRequest.objects.select_related("file__service", "file__person", "assessment")
    found = rows.filter(link_index=link_index(secret)).first()
    return found if found is not None and found.lives(clock.now()) else None


def draft_of(actor: Actor, request: OpinionRequest) -> dict[str, str]:
    """What the specialist has written so far."""
    kept = drafts.draft(actor, draft_key(request)).data
    return {str(name): str(value) for name, value in kept.items()}


def names_to_hide(request: OpinionRequest) -> tuple[list[str], list[str]]:
    """Names that may stay in what the specialist reads, and those blackened: the family always, the child unless shown."""
    child = request.file.person.full_name
    family: Iterable[str] = (one.person.full_name for one in queries.family_of(request.file))
    return ([child], list(family)) if request.by_name else ([], [child, *family])


@wall.across
def receipt_of(pk: int) -> Opinion | None:
    """The opinion a receipt is for."""
    return Opinion.objects.filter(pk=pk, team_only=False).select_related("file", "request").first()


def document_of(opinion: Opinion) -> Attachment | None:
    """The document an opinion came as; the caller has read the opinion."""
    return Attachment.objects.of(OWNER, str(opinion.pk)).filter(token=opinion.document).first()
