"""Open, widen and close a collection of cards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opora.engines.questionnaire import Form
from opora.evidence.survey import checking, policies, prefill, queries, sheets, stages, trail
from opora.evidence.survey.actions.moving import stage_row
from opora.evidence.survey.models import Card, CardNumber, CardStage, Round, TemplateVersion
from opora.foundation.accounts.actors import Actor
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused, NotAllowed
from opora.foundation.territory.models import Municipality
from opora.register.models import Service, ServiceType


def open_round(
    actor: Actor,
    *,
    template_version: TemplateVersion,
    path: str,
    deadline: dt.date,
    title: str = "",
    types: Iterable[ServiceType] = (),
    municipalities: Iterable[Municipality] = (),
) -> Round:
    """Open a collection: every operating service in `path` (of the types and municipalities named) gets its
    card.
    """
    types, municipalities = list(types), list(municipalities)
    _may_open(actor, template_version, path, deadline)
    asked = queries.for_prefill(services_asked(path, types=types, municipalities=municipalities))
    if not asked:
        raise ActionRefused(_("В избрания обхват няма действащи услуги. Изберете друг обхват."))
    with transaction.atomic():
        round_ = Round.objects.create(
            code=_next_round_code(path),
            title=title or template_version.template.title,
            template_version=template_version,
            path=path,
            deadline=deadline,
            opened_at=clock.now(),
            opened_by=actor.name,
        )
        round_.types.set(types)
        round_.municipalities.set(municipalities)
        issued = _issue(actor, round_, asked)
        trail.record(actor, "survey.round_opened", round_.code, path, cards=len(issued))
    return round_


def services_asked(
    path: str, *, types: Iterable[ServiceType] = (), municipalities: Iterable[Municipality] = ()
) -> QuerySet[Service]:
    """The operating services a round of this scope expects a card of."""
    found = Service.objects.within([path]).operating(clock.today())
    if types := list(types):
        found = found.filter(type__in=types)
    if municipalities := list(municipalities):
        found = found.filter(municipality__in=municipalities)
    return found


def add_card(actor: Actor, round_: Round, service: Service) -> Card:
    """Expect a card of one more service, for example one opened after the round."""
    _run(actor, round_)
    if Card.objects.filter(round=round_, service=service).exists():
        raise ActionRefused(_("Услугата вече има карта в това събиране."))
    with transaction.atomic():
        card = _issue(actor, round_, queries.for_prefill(Service.objects.filter(pk=service.pk)))[0]
        trail.record(actor, "survey.card_added", card.code, card.path)
    return card


def close_round(actor: Actor, round_: Round) -> None:
    """End the collection. Refused while cards are still missing: each is verified, sent or excused first."""
    _run(actor, round_)
    missing = Card.objects.filter(round=round_).missing().count()
    if missing:
        raise ActionRefused(
            ngettext(
                "Липсва още %(n)d карта. Изчакайте я или освободете услугата с причина.",
                "Липсват още %(n)d карти. Изчакайте ги или освободете услугите с причина.",
                missing,
            )
            % {"n": missing}
        )
    with transaction.atomic():
        round_.closed_at, round_.closed_by = clock.now(), actor.name
        round_.save(update_fields=["closed_at", "closed_by"])
        trail.record(actor, "survey.round_closed", round_.code, round_.path)


def reopen_round(actor: Actor, round_: Round) -> None:
    """Collect again in a round that was closed."""
    if not policies.run_round(actor, round_):
        raise NotAllowed(_("Нямате право да водите това събиране."))
    with transaction.atomic():
        round_.closed_at, round_.closed_by = None, ""
        round_.save(update_fields=["closed_at", "closed_by"])
        trail.record(actor, "survey.round_reopened", round_.code, round_.path)


def _may_open(actor: Actor, version: TemplateVersion, path: str, deadline: dt.date) -> None:
    if not policies.open_round(actor, path):
        raise NotAllowed(_("Можете да откривате събиране само във Вашата област."))
    if not version.published:
        raise ActionRefused(_("Образецът още не е публикуван. Публикувайте го и опитайте отново."))
    if deadline < clock.today():
        raise ActionRefused(_("Срокът е в миналото. Изберете днешна или бъдеща дата."))


def _next_round_code(path: str) -> str:
    place = [*path.split("/"), ""][1] or "BG"
    prefix = f"{place}-{clock.today().year}-"
    taken = Round.objects.filter(code__startswith=prefix).values_list("code", flat=True)
    return prefix + str(max((int(code.rpartition("-")[2]) for code in taken), default=0) + 1)


def _issue(actor: Actor, round_: Round, services: QuerySet[Service]) -> list[Card]:
    form = sheets.form_of(round_.template_version)
    asked = list(services)
    codes = _take_numbers(len(asked))
    cards = [_new_card(form, round_, service, code) for service, code in zip(asked, codes, strict=True)]
    Card.objects.bulk_create(cards)
    CardStage.objects.bulk_create(stage_row(actor, card, stages.NOT_STARTED) for card in cards)
    return cards


def _new_card(form: Form, round_: Round, service: Service, code: str) -> Card:
    answers, sources = prefill.first_answers(form, service)
    card = Card(code=code, round=round_, service=service, path=service.path, answers=answers, prefill=sources)
    checking.note(card, checking.check(form, answers))
    return card


def _take_numbers(count: int) -> list[str]:
    year = clock.today().year
    CardNumber.objects.get_or_create(year=year)
    CardNumber.objects.filter(year=year).update(last=F("last") + count)
    last = CardNumber.objects.get(year=year).last
    return [f"К-{year}-{number:03d}" for number in range(last - count + 1, last + 1)]


def _run(actor: Actor, round_: Round) -> None:
    if not policies.run_round(actor, round_):
        raise NotAllowed(_("Нямате право да водите това събиране."))
    if not round_.is_open:
        raise ActionRefused(_("Събирането е приключено."))
