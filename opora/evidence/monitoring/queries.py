"""Readers of frameworks, rounds and visits. What the actor may not see does not exist here.

For rooms above: `marks_of`, `latest_visits`, `closed_rounds`, `tree_of`.
"""

from __future__ import annotations

from django.db.models import Count, Prefetch, Q, QuerySet

from opora.engines.scoring import Framework as Tree
from opora.evidence.monitoring import content, policies, results
from opora.evidence.monitoring.models import (
    MATURITY,
    Anchor,
    Framework,
    FrameworkVersion,
    Indicator,
    Observer,
    Round,
    Tie,
    Upload,
    Visit,
    VisitQuerySet,
)
from opora.evidence.monitoring.results import ServiceMarks
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.models import Grant, User
from opora.foundation.core import clock
from opora.foundation.territory.models import Region
from opora.register.models import Service


def frameworks(actor: Actor) -> QuerySet[Framework]:
    """All frameworks with their versions; drafts only for whoever makes them."""
    if not policies.works_with_visits(actor):
        return Framework.objects.none()
    versions = FrameworkVersion.objects.annotate(used=Count("rounds", distinct=True))
    if not policies.edit_frameworks(actor):
        versions = versions.published()
    return Framework.objects.prefetch_related(Prefetch("versions", versions))


def framework_version(actor: Actor, code: str, number: int) -> FrameworkVersion | None:
    """One version; a draft only for whoever makes frameworks."""
    if not policies.works_with_visits(actor):
        return None
    found = FrameworkVersion.objects.filter(framework__code=code, number=number).select_related("framework")
    if not policies.edit_frameworks(actor):
        found = found.published()
    return found.first()


def published_versions() -> list[FrameworkVersion]:
    """What a round may use: the newest published version of each framework."""
    newest: dict[int, FrameworkVersion] = {}
    for version in FrameworkVersion.objects.published().select_related("framework").order_by("number"):
        newest[version.framework_id] = version
    return sorted(newest.values(), key=lambda v: (v.framework.kind != "maturity", v.framework.title))


def indicators_of(version: FrameworkVersion) -> list[Indicator]:
    """Indicators in their order, with domain and anchors."""
    found = Indicator.objects.filter(domain__version=version).select_related("domain")
    return list(found.prefetch_related("anchors").order_by("domain__order", "order"))


def anchors_of(version: FrameworkVersion) -> list[tuple[str, int, str]]:
    """Code of the indicator, level, and what the level looks like."""
    found = Anchor.objects.filter(indicator__domain__version=version).order_by()
    return list(found.values_list("indicator__code", "level", "text"))


def rounds(actor: Actor) -> QuerySet[Round]:
    """Rounds of the actor's places, and those with a visit they may see."""
    if not policies.works_with_visits(actor):
        return Round.objects.none()
    own = Round.objects.within(actor.scopes(policies.AREA)).values("pk")
    touched = visits(actor).values("round")
    found = Round.objects.filter(Q(pk__in=own) | Q(pk__in=touched))
    return found.select_related("version__framework", "region")


def closed_rounds(actor: Actor, region: Region | None = None, *, kind: str = MATURITY) -> QuerySet[Round]:
    """Finished rounds of one kind of framework, newest first; of one region if given."""
    found = rounds(actor).filter(closed_at__isnull=False, version__framework__kind=kind)
    return found.filter(region=region) if region else found


def round_by_code(actor: Actor, code: str) -> Round | None:
    """One round."""
    return rounds(actor).filter(code=code).first()


def visits(actor: Actor) -> VisitQuerySet:
    """Visits in the actor's places and those they are sent to."""
    if not policies.works_with_visits(actor):
        return Visit.objects.none()
    user = actor.user_id if actor.holds(*policies.OBSERVES) else None
    found = Visit.objects.seen_by(actor.scopes(policies.AREA), user)
    return _with_service(found)


def _with_service(found: VisitQuerySet) -> VisitQuerySet:
    observers = Observer.objects.select_related("user").order_by("place")
    return found.select_related(
        "round__version__framework", "round__region", "service__organisation", "service__municipality__region",
        "service__type",
        "report",
        "answer",
        "programme",
    ).prefetch_related(Prefetch("observers", observers))  # fmt: skip


def visits_of(actor: Actor, round_: Round) -> VisitQuerySet:
    """The visits of a round that the actor may see."""
    return visits(actor).filter(round=round_)


def visit_by_code(actor: Actor, code: str) -> Visit | None:
    """One visit, or None also when it stands outside the actor's places."""
    return visits(actor).filter(code=code).first()


def visits_of_service(actor: Actor, service: Service) -> VisitQuerySet:
    """All visits to a service, newest first."""
    return visits(actor).filter(service=service).order_by("-round__opened_at")


def open_visits(actor: Actor) -> VisitQuerySet:
    """Visits of rounds that run; their observers only for whoever may be one."""
    found = visits(actor).filter(round__closed_at__isnull=True)
    return found if actor.holds(*policies.OBSERVES) else found.prefetch_related(None)


def marks_of(actor: Actor, round_: Round) -> list[ServiceMarks]:
    """Final marks and those of each observer, service by service, of every visit whose marks the actor may see."""
    found = [visit for visit in visits_of(actor, round_) if policies.see_marks(actor, visit)]
    return results.of_visits(found)


def marks_of_visit(actor: Actor, visit: Visit) -> ServiceMarks | None:
    """The same of one visit; None while the actor may not see them."""
    return results.of_visits([visit])[0] if policies.see_marks(actor, visit) else None


def latest_visits(actor: Actor, region: Region | None = None, *, kind: str = MATURITY) -> dict[int, Visit]:
    """The newest visit of a kind with a report, of each service (by its key), in one region if given."""
    of_kind = visits(actor).reported().filter(round__version__framework__kind=kind)
    found = of_kind.order_by("on", "round__opened_at", "pk")
    if region is not None:
        found = found.filter(round__region=region)
    return {visit.service_id: visit for visit in found}


def tree_of(version: FrameworkVersion) -> Tree:
    """The version as the engine `scoring` takes it."""
    return content.tree(content.of_version(version), max(version.framework.levels))


def possible_observers(region: Region) -> list[User]:
    """People who may be sent to visits in a region: its coordinators first, then the rest by name."""
    grants = Grant.objects.in_force(clock.today()).filter(role__in=policies.OBSERVES, user__is_active=True)
    own: dict[int, tuple[bool, str]] = {}
    for grant in grants.select_related("user"):
        place = grant.scope == region.path or grant.scope.startswith(f"{region.path}/")
        if place or grant.scope == "BG" or grant.role == "regional_coordinator":
            first = grant.role == "regional_coordinator" and place
            key = (not first, grant.user.name)
            own[grant.user_id] = min(own.get(grant.user_id, key), key)
    people = User.objects.in_bulk(list(own))
    return [people[pk] for pk in sorted(own, key=lambda pk: own[pk])]


def upload(actor: Actor, pk: int) -> Upload | None:
    """A spreadsheet that waits to be accepted."""
    if not policies.edit_frameworks(actor):
        return None
    found = Upload.objects.filter(pk=pk, content__isnull=False, version__published_at__isnull=True)
    return found.select_related("version__framework").first()


def regions_to_visit(actor: Actor) -> list[Region]:
    """Regions in which the actor may plan rounds."""
    return [region for region in Region.objects.all() if policies.open_round(actor, region.path)]


def services_of(region: Region) -> list[Service]:
    """Every operating service of a region."""
    found = Service.objects.within([region.path]).operating(clock.today())
    return list(found.select_related("organisation", "municipality", "settlement"))


def service_by_code(code: str) -> Service | None:
    """A service by its code, for whoever declares a tie to it."""
    return Service.objects.filter(code=code.strip()).select_related("organisation").first()


def ties_of(actor: Actor) -> QuerySet[Tie]:
    """What the person has declared."""
    return Tie.objects.filter(user_id=actor.user_id or 0, ended_at__isnull=True).select_related(
        "organisation", "service"
    )
