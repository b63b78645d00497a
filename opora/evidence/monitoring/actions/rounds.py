"""Open a round with all its visits planned, and close it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opora.evidence.monitoring import norms, pairing, policies, queries, routing, stages, trail
from opora.evidence.monitoring.actions.moving import stage_row
from opora.evidence.monitoring.models import FrameworkVersion, Observer, Round, Visit, VisitStage
from opora.evidence.monitoring.routing import Stop
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.models import User
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused, NotAllowed
from opora.foundation.territory.models import Region
from opora.register.models import Service


def open_round(
    actor: Actor,
    *,
    version: FrameworkVersion,
    region: Region,
    starts: dt.date,
    ends: dt.date,
    people: Sequence[User],
    title: str = "",
) -> Round:
    """Plan a visit to every operating service of the region: day, place in the route, two observers.

    Raises NotAllowed, and ActionRefused where the period is too short or somewhere two observers are not to be had.
    """
    if not policies.open_round(actor, region.path):
        raise NotAllowed(_("Посещенията в областта се планират от нейните координатори."))
    _sound(version, starts, ends)
    services = queries.services_of(region)
    stops = routing.route(services, starts, norms.a_day())
    _fits(stops, ends)
    chosen = _chosen(people, services)
    with transaction.atomic():
        round_ = Round.objects.create(
            code=_next_code(region), title=title or _title(version), version=version, region=region, path=region.path,
            starts=starts, ends=ends, opened_at=clock.now(), opened_by=actor.name,
        )  # fmt: skip
        _plan(actor, round_, stops, chosen)
        trail.of_house(actor, "round_opened", round_.code, visits=len(stops))
    return round_


@transaction.atomic
def close_round(actor: Actor, round_: Round) -> Round:
    """End the round. Refused while a visit has no report yet: each is visited or excused first."""
    kept: Round = Round.objects.select_for_update(of=("self",)).get(pk=round_.pk)
    if not policies.run_round(actor, kept):
        raise NotAllowed(_("Кръгът се приключва от координаторите на областта."))
    if not kept.is_open:
        raise ActionRefused(_("Кръгът вече е приключен."))
    left = kept.visits.exclude(stage__in=(*stages.SEEN_BY_SERVICE, stages.EXCUSED)).count()
    if left:
        raise ActionRefused(
            ngettext(
                "Още %(n)d посещение няма доклад. Издайте го или отбележете, че посещението отпада.",
                "Още %(n)d посещения нямат доклад. Издайте ги или отбележете, че отпадат.",
                left,
            )
            % {"n": left}
        )
    kept.closed_at, kept.closed_by = clock.now(), actor.name
    kept.save(update_fields=["closed_at", "closed_by"])
    trail.of_house(actor, "round_closed", kept.code)
    return kept


def _sound(version: FrameworkVersion, starts: dt.date, ends: dt.date) -> None:
    if not version.is_published:
        raise ActionRefused(_("Рамката още не е публикувана. Публикувайте я и опитайте отново."))
    if ends < starts:
        raise ActionRefused(_("Краят на периода е преди началото му."))


def _fits(stops: Sequence[Stop], ends: dt.date) -> None:
    if not stops:
        raise ActionRefused(_("В областта няма действащи услуги."))
    last = max(stop.on for stop in stops)
    if last > ends:
        raise ActionRefused(
            _("Периодът е къс: последното посещение излиза на %(day)s. Удължете периода.")
            % {"day": last.strftime("%d.%m.%Y")}
        )


def _chosen(people: Sequence[User], services: Sequence[Service]) -> dict[int, list[User]]:
    found, without = pairing.pairs(people, services)
    if without:
        names = ", ".join(f"„{service.name}“" for service in without[:3])
        raise ActionRefused(
            _("За %(names)s не остават двама наблюдатели без връзка с услугата. Добавете още хора.")
            % {"names": names}
        )
    return found


def _plan(actor: Actor, round_: Round, stops: Sequence[Stop], chosen: dict[int, list[User]]) -> None:
    made = Visit.objects.bulk_create(
        Visit(
            code=f"{round_.code}-{number:02d}",
            round=round_,
            service=stop.service,
            path=stop.service.path,
            on=stop.on,
            order=stop.order,
        )
        for number, stop in enumerate(stops, 1)
    )
    VisitStage.objects.bulk_create(stage_row(actor, visit, stages.PLANNED) for visit in made)
    Observer.objects.bulk_create(
        Observer(visit=visit, place=place, user=person)
        for visit in made
        for place, person in enumerate(chosen[visit.service_id], 1)
    )


def _next_code(region: Region) -> str:
    year = clock.today().year
    Region.objects.select_for_update().get(pk=region.pk)  # one number is taken at a time
    taken = Round.objects.filter(code__startswith=f"{region.code}-{year}-").count()
    return f"{region.code}-{year}-{taken + 1}"


def _title(version: FrameworkVersion) -> str:
    return _("Посещения: %(framework)s") % {"framework": version.framework.title}
