"""What the shortlist stands on, read from the rooms below: candidates, their gates, their marks.

Whether the actor may see it is asked before, of the period; the panel sees marks of all candidates of its region.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from opora.evidence.monitoring import policies as visit_policies
from opora.evidence.monitoring import queries as monitoring
from opora.evidence.monitoring import results
from opora.evidence.monitoring import stages as visit_stages
from opora.evidence.monitoring.models import MATURITY, Indicator, Round, Visit
from opora.evidence.monitoring.results import Final, ServiceMarks
from opora.evidence.survey import stages as card_stages
from opora.evidence.survey.models import Card
from opora.foundation.accounts.actors import Actor
from opora.foundation.rules import queries as rules
from opora.foundation.ui import formats
from opora.improvement.practice import shortlist
from opora.improvement.practice.models import Clearance, Nomination, Period
from opora.improvement.practice.shortlist import Agreed, Criterion, Marked
from opora.register.models import Service

SETTLED = (visit_stages.CONSENSUS, visit_stages.REPORTED, visit_stages.ANSWERED, visit_stages.AGREED)
"""States of a visit in which differences between the observers were talked over."""


@dataclass(frozen=True)
class Gate:
    """A fact that must hold before a service is ranked. `passed` None: nobody has checked it yet."""

    code: str
    title: str
    passed: bool | None
    found: str


@dataclass(frozen=True)
class Candidate:
    """A service of the region with its gates, its marks, and who nominated it."""

    service: Service
    gates: tuple[Gate, ...]
    marks: ServiceMarks | None
    nominations: tuple[Nomination, ...]

    @property
    def passes(self) -> bool:
        """Whether every gate holds."""
        return all(gate.passed for gate in self.gates)

    @property
    def nominated(self) -> bool:
        """Whether a nomination was kept."""
        return any(one.state == "kept" for one in self.nominations)

    def final(self, code: str) -> Final | None:
        """The mark of one indicator with what each observer gave."""
        return next((one for one in self.marks.marks if one.code == code), None) if self.marks else None


def round_of(period: Period) -> Round | None:
    """The round of visits the period reads."""
    rows = Round.objects.filter(code=period.round_code, version__framework__kind=MATURITY)
    return rows.select_related("version__framework").first()


def rounds_to_read(region_codes: Collection[str]) -> list[Round]:
    """Rounds by a framework of maturity in the regions, newest first."""
    rows = Round.objects.filter(region__code__in=region_codes, version__framework__kind=MATURITY)
    return list(rows.select_related("region").order_by("-starts", "-id"))


def indicators_of(round_: Round | None) -> list[Indicator]:
    """Indicators of the round's framework with their domains, in order."""
    if round_ is None:
        return []
    rows = Indicator.objects.filter(domain__version_id=round_.version_id).select_related("domain")
    return list(rows.order_by("domain__order", "order"))


def criteria_of(indicators: Iterable[Indicator]) -> tuple[Criterion, ...]:
    """Indicators with their share of the whole weight: domains share it by weight, indicators inside a domain too."""
    indicators = list(indicators)
    inside: dict[str, float] = {}
    domains: dict[str, float] = {}
    for one in indicators:
        inside[one.domain.code] = inside.get(one.domain.code, 0.0) + float(one.weight)
        domains[one.domain.code] = float(one.domain.weight)
    above = sum(domains.values()) or 1.0
    found = [
        Criterion(
            one.code, one.title, one.domain.code,
            domains[one.domain.code] / above * float(one.weight) / (inside[one.domain.code] or 1.0),
        )
        for one in indicators
    ]  # fmt: skip
    return tuple(one for one in found if one.weight > 0)


def domains_of(indicators: Iterable[Indicator]) -> dict[str, str]:
    """Domain code → its name."""
    return {one.domain.code: one.domain.name for one in indicators}


def agreed_of(period: Period) -> Agreed:
    """What was agreed for the period; thresholds come from the rules."""

    def number(code: str) -> float:
        return rules.number(code) or 0.0

    return Agreed(
        period.awards, float(period.spread), number("practice_shortlist_share"), number("practice_robust_share"),
        number("practice_least_observed"),
    )  # fmt: skip


def candidates(period: Period, round_: Round | None, nominated: Iterable[Nomination]) -> list[Candidate]:
    """Every service with a visit in the round or a nomination, with a fixed number of queries."""
    visits = {v.service_id: v for v in _visits(round_)}
    nominations = _by_service(nominated)
    wanted = set(visits) | set(nominations)
    services = (
        Service.objects.filter(pk__in=wanted)
        .select_related("type", "municipality__region", "organisation")
        .prefetch_related("target_groups")
    )
    marks = {one.service_id: one for one in results.of_visits(v for v in visits.values() if v.both_locked)}
    cards, clear = _cards(wanted), _clearances(period)
    return [
        Candidate(
            service,
            (
                _card_gate(cards.get(service.pk)),
                _visit_gate(visits.get(service.pk)),
                _clear_gate(clear.get(service.pk)),
            ),
            marks.get(service.pk),
            tuple(nominations.get(service.pk, ())),
        )
        for service in services.order_by("sort_name", "code")
    ]


def _visits(round_: Round | None) -> Iterable[Visit]:
    rows = (
        Visit.objects.filter(round=round_).exclude(stage=visit_stages.EXCUSED)
        if round_
        else Visit.objects.none()
    )
    return rows.select_related("service")


def _by_service(found: Iterable[Nomination]) -> dict[int, list[Nomination]]:
    grouped: dict[int, list[Nomination]] = {}
    for one in found:
        grouped.setdefault(one.service_id, []).append(one)
    return grouped


def _cards(services: Iterable[int]) -> dict[int, Card]:
    """The newest card each service was asked for."""
    rows = (
        Card.objects.filter(service_id__in=list(services))
        .select_related("round")
        .order_by("round__opened_at")
    )
    return {card.service_id: card for card in rows.defer("answers", "prefill")}


def _clearances(period: Period) -> dict[int, Clearance]:
    rows = period.clearances.order_by("at", "id")
    return {one.service_id: one for one in rows}


def _card_gate(card: Card | None) -> Gate:
    title = _("Картата е върната")
    if card is None:
        return Gate("card", title, False, _("няма искана карта"))
    words = f"{card.code}: {str(card_stages.STAGES[card.stage]).lower()}"
    return Gate("card", title, card.stage in card_stages.IN, words)


def _visit_gate(visit: Visit | None) -> Gate:
    title = _("Посетена от двама наблюдатели")
    if visit is None:
        return Gate("visit", title, False, _("няма посещение в този кръг"))
    words = f"{visit.code}: {str(visit_stages.STAGES[visit.stage]).lower()}"
    return Gate("visit", title, visit.stage in SETTLED, words)


def _clear_gate(found: Clearance | None) -> Gate:
    title = _("Няма отворено предписание")
    if found is None:
        return Gate("clear", title, None, _("още не е проверено"))
    words = _("%(source)s, проверено на %(day)s от %(who)s") % {
        "source": found.source, "day": formats.date(found.at), "who": found.by,
    }  # fmt: skip
    return Gate("clear", title, found.clear, words)


def marked(found: Iterable[Candidate]) -> list[Marked]:
    """Marks of those who pass, as the ranking takes them."""
    return [_marked(one) for one in found if one.passes and one.marks is not None]


def _marked(one: Candidate) -> Marked:
    assert one.marks is not None
    pairs = {}
    for final in one.marks.marks:
        levels = [float(seen.level) for seen in final.seen if seen.level is not None]
        if len(levels) == 2:
            pairs[final.code] = (levels[0], levels[1])
    return Marked(one.service.code, one.marks.levels(), pairs)


def levels_of(visits: Iterable[Visit]) -> Mapping[int, dict[str, float]]:
    """Known final marks by service, of visits whose marks stand."""
    return {
        one.service_id: {code: level for code, level in one.levels().items() if level is not None}
        for one in results.of_visits(visits)
    }


def scores(actor: Actor, services: Collection[int]) -> dict[int, float]:
    """Weighted mean level of the newest visit of each service whose marks the actor may see in the room below."""
    newest: dict[int, Visit] = {}
    rows = monitoring.visits(actor).visited().filter(service_id__in=services)
    for visit in rows.filter(round__version__framework__kind=MATURITY).order_by("round__starts", "pk"):
        if visit_policies.see_marks(actor, visit):
            newest[visit.service_id] = visit
    weights = {
        pk: criteria_of(indicators_of(one))
        for pk, one in {v.round_id: v.round for v in newest.values()}.items()
    }
    rounds = {service: visit.round_id for service, visit in newest.items()}
    found = {}
    for service, levels in levels_of(newest.values()).items():
        known = [c for c in weights[rounds[service]] if c.code in levels]
        mean = shortlist.mean([levels[c.code] for c in known], [c.weight for c in known])
        if mean is not None:
            found[service] = mean
    return found


def evidence_address(visit_code: str) -> str:
    """The page of the visit in the room below."""
    try:
        return reverse("monitoring_visit", args=[visit_code])
    except NoReverseMatch:
        return ""
