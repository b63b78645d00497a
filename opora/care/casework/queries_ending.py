"""Readers of contracts, reviews, closings and transfers."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, prefetch_related_objects

from opora.care.casework import policies, policies_ending, queries, queries_trust, wall
from opora.care.casework.models import ClientFile, Contract, Deadline, Goal, Plan, Review, Transfer
from opora.care.casework.models.ending import TransferQuerySet
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.models import Grant, User
from opora.foundation.core import clock, terms, words
from opora.foundation.documents import queries as documents
from opora.foundation.documents.models import Attachment
from opora.register.models import Service

CONTRACT_OWNER = "casework.contract"
MOST_SERVICES = 20


def contracts_of(file: ClientFile) -> list[Contract]:
    """Contracts, the newest first; the caller has read the file through `file_for`."""
    return list(file.contracts.all())


def contract_file(actor: Actor, contract: Contract) -> Attachment | None:
    """The signed paper as it was attached."""
    return next(iter(documents.attachments(actor, CONTRACT_OWNER, str(contract.pk))), None)


def may_see_contract_file(actor: Actor, owner_id: str) -> bool:
    """Who may take papers from the file of the contract."""
    contract = (
        Contract.objects.filter(pk=owner_id if owner_id.isdigit() else 0).select_related("file").first()
    )
    return contract is not None and policies.take_papers(actor, contract.file)


def last_goal_day(plan: Plan | None) -> dt.date | None:
    """The last day of a plan's goals: until when a contract is offered."""
    return max((goal.due for goal in plan.goals.all()), default=None) if plan else None


def reviews_of(file: ClientFile, plan: Plan | None) -> list[Review]:
    """Reviews with their goals and marks, the newest first; the caller has read the file through `file_for`. `plan` is
    the one in force, read already.
    """
    found = list(file.reviews.all())
    for one in found:
        if plan is not None and one.plan_id == plan.pk:
            one.plan = plan
    others = [one for one in found if plan is None or one.plan_id != plan.pk]
    prefetch_related_objects(others, "plan__goals__marks")
    return found


def review_due(file: ClientFile) -> dt.date | None:
    """When the plan is to be reviewed by the rule whose term runs; none where the rule has no number."""
    found = Deadline.objects.filter(file=file, rule="plan_review_interval").order_by("-since").first()
    return found.due.astimezone(terms.SOFIA).date() if found else None


def marked_until(goal: Goal, day: dt.date, at: dt.datetime | None = None) -> int | None:
    """The goal's level on a day, as it was known at a time; none before the first mark."""
    known = [one for one in goal.marks.all() if one.on <= day and (at is None or one.at <= at)]
    return known[-1].level if known else None


def transfers_of(file: ClientFile) -> list[Transfer]:
    """Where the file was offered, the newest first; the caller has read it through `file_for`."""
    return list(file.transfers.select_related("to__municipality", "made"))


def _to_answer(actor: Actor) -> TransferQuerySet:
    services = Service.objects.within(queries_trust.headed_by(actor))
    waiting = Transfer.objects.offered().filter(to__in=services)
    return waiting.select_related("file__service__municipality", "file__person", "to").order_by("asked_at")


def transfer_to_confirm(actor: Actor, file: ClientFile) -> Transfer | None:
    """The offer of a sealed file that waits for this second person; `file` is theirs by work."""
    found = file.transfers.waiting().select_related("to__municipality").first()
    if found is not None:
        found.file = file
    return found if found is not None and policies_ending.confirm_transfer(actor, found) else None


@wall.across
def transfers_to_answer(actor: Actor, most: int) -> list[Transfer]:
    """Files of other services that wait for this head, the oldest first."""
    return list(_to_answer(actor)[:most])


@wall.across
def transfer_to_answer(actor: Actor, pk: int) -> Transfer:
    """One of them. Transfer.DoesNotExist."""
    found: Transfer = _to_answer(actor).get(pk=pk)
    return found


def services_named(asked: str, *, besides: Service) -> list[Service]:
    """Operating services whose code, name or town fits and whose head can answer here; the same region first."""
    heads = Grant.objects.in_force(clock.today()).filter(role="service_manager").values("scope")
    found = Service.objects.operating(clock.today()).filter(path__in=heads).exclude(pk=besides.pk)
    found = found.select_related("municipality", "type")
    for word in words.tokens(asked):
        found = found.filter(Q(search_text__contains=word) | Q(code__iexact=asked.strip()))
    region = besides.municipality.code[:3]
    return sorted(found[:200], key=lambda one: (one.municipality.code[:3] != region, one.sort_name))[
        :MOST_SERVICES
    ]


def workers_to_lead(actor: Actor, transfer: Transfer) -> list[User]:
    """Who of the receiving service may lead the file."""
    return queries.workers_of(transfer.to) if policies_ending.answer_transfer(actor, transfer) else []
