"""Readers of what people wrote: parts of impact assessments, editions of the written rules."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from opora.care.casework import queries_trust
from opora.care.protection import policies
from opora.care.protection.models import ImpactText, RulesEdition
from opora.care.protection.written_rules import Difference, Line, differences
from opora.foundation.accounts.actors import Actor
from opora.foundation.core import clock
from opora.register.models import Organisation, Service


def controllers_for(actor: Actor) -> QuerySet[Organisation]:
    """Providers with a working service whose assessment the actor reads: own ones for a head, all for the officer."""
    working = Service.objects.operating(clock.today())
    if not policies.is_officer(actor):
        working = working.within(queries_trust.headed_by(actor))
    own = Organisation.objects.filter(pk__in=working.values("organisation"))
    return own.order_by("sort_name")


def controllers_with_counts(actor: Actor) -> QuerySet[Organisation]:
    """The same, each with `written`: how many parts have words."""
    newest = ImpactText.objects.newest().exclude(text="")
    written = Count("impact_texts", filter=Q(impact_texts__in=newest), distinct=True)
    return controllers_for(actor).annotate(written=written)


def controller_for(actor: Actor, pk: int) -> Organisation:
    """One provider. Organisation.DoesNotExist when there is none for this actor."""
    return controllers_for(actor).get(pk=pk)


def impact_texts(organisation: Organisation) -> dict[str, ImpactText]:
    """The newest words of each part."""
    return {one.key: one for one in ImpactText.objects.newest().filter(organisation=organisation)}


def services_of(organisation: Organisation) -> list[Service]:
    """Its working services."""
    found = Service.objects.operating(clock.today()).filter(organisation=organisation)
    return list(found.select_related("type", "municipality").order_by("sort_name"))


def editions() -> QuerySet[RulesEdition]:
    """Editions of the written rules, the newest first."""
    return RulesEdition.objects.all()


def edition(number: int) -> RulesEdition:
    """One edition. RulesEdition.DoesNotExist."""
    return RulesEdition.objects.get(number=number)


def newest_edition(*, lock: bool = False) -> RulesEdition | None:
    """The last one that was printed."""
    rows = RulesEdition.objects.select_for_update() if lock else RulesEdition.objects.all()
    return rows.first()


def lines_of(edition: RulesEdition) -> list[Line]:
    """Its sentences in order."""
    return [Line(one.part, one.key, one.text) for one in edition.lines.all()]


def edition_before(edition: RulesEdition) -> RulesEdition | None:
    """The edition printed before this one."""
    return RulesEdition.objects.filter(number__lt=edition.number).first()


def changes_between(before: RulesEdition, after: RulesEdition) -> list[Difference]:
    """What changed from one edition to another."""
    return differences(lines_of(before), lines_of(after))
