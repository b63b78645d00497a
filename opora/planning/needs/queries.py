"""Readers of analyses. What the actor may not see does not exist."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from opora.evidence.survey.models import Round
from opora.foundation.accounts.actors import Actor
from opora.foundation.territory.models import Region
from opora.planning.needs import policies
from opora.planning.needs import reckoning as r
from opora.planning.needs.models import PUBLISHED, Analysis, AnalysisQuerySet, ChapterText

LISTS = {"summary", "gaps", "method"}
"""Chapters whose sentences stand each by itself; the others flow."""


@dataclass(frozen=True)
class Reading:
    """An analysis as one reader sees it: working version or the published one, with the words people wrote."""

    analysis: Analysis
    result: r.Result
    texts: dict[str, ChapterText]
    working: bool

    def words(self, chapter: r.Chapter) -> list[str]:
        """Paragraphs of a chapter: a person's where there are such, else the program's."""
        edited = self.texts.get(chapter.key)
        if edited is None:
            return list(chapter.text) if chapter.key in LISTS else [" ".join(chapter.text)]
        return [part.strip() for part in edited.text.splitlines() if part.strip()]


def analyses(actor: Actor) -> AnalysisQuerySet:
    """Published ones and those the actor makes, newest first, without their contents."""
    own = Analysis.objects.within(actor.scopes(policies.AREA, "W")).values("pk")
    found = Analysis.objects.filter(Q(state=PUBLISHED) | Q(pk__in=own))
    return found.select_related("region", "round").defer("facts", "result", "public")


def reading(actor: Actor, pk: int, *, as_public: bool = False) -> Reading | None:
    """One analysis as this actor may read it; `as_public` shows even its makers what everybody sees."""
    found = Analysis.objects.select_related("region", "round", "previous").filter(pk=pk).first()
    if found is None or not policies.read(actor, found):
        return None
    working = policies.read_working_version(actor, found) and not as_public
    if not working and found.public is None:
        return None
    plain = found.result if working else found.public
    texts = {text.chapter: text for text in found.texts.all()}
    return Reading(found, r.result_from_json(plain), texts, working)


def latest_published(region_code: str) -> Analysis | None:
    """The newest analysis of a region that everybody may read."""
    return Analysis.objects.published().filter(region__code=region_code).select_related("region").first()


def regions_to_analyse(actor: Actor) -> list[Region]:
    """Regions whose analysis the actor may make."""
    if not actor.scopes(policies.AREA, "W"):
        return []
    return [region for region in Region.objects.all() if policies.analyse(actor, region.path)]


def rounds_for(actor: Actor, region: Region | None = None) -> list[Round]:
    """Rounds with cards in a region the actor may analyse (in that region, if given), newest first."""
    scopes = [region.path] if region else actor.scopes(policies.AREA, "W")
    if region and not policies.analyse(actor, region.path):
        return []
    return list(Round.objects.touching(scopes).select_related("template_version__template"))


def round_for(actor: Actor, region: Region, code: str) -> Round | None:
    """A round by code, if the region may be analysed from it."""
    return next((found for found in rounds_for(actor, region) if found.code == code), None)


def latest_rounds(actor: Actor) -> dict[str, Round]:
    """The last closed round with cards in each region the actor may analyse, by region code."""
    codes = [region.code for region in regions_to_analyse(actor)]
    closed = Round.objects.closed().touching(actor.scopes(policies.AREA, "W")).order_by("closed_at", "id")
    latest: dict[str, Round] = {}
    for found in closed:
        latest |= {region.code: found for region in regions_of_round(found)}
    return {code: latest[code] for code in codes if code in latest}


def regions_of_round(round_: Round) -> list[Region]:
    """Regions in which the round expects cards."""
    codes = {path.split("/")[1] for path in round_.cards.values_list("path", flat=True) if "/" in path}
    return [region for region in Region.objects.all() if region.code in codes]


def texts_of(analysis: Analysis) -> dict[str, ChapterText]:
    """Words people wrote, by chapter."""
    return {text.chapter: text for text in analysis.texts.all()}


def others(actor: Actor, analysis: Analysis) -> list[Analysis]:
    """Other versions of the same region that the actor may compare with, newest first."""
    if not policies.compare(actor, analysis):
        return []
    return list(analyses(actor).filter(region=analysis.region).exclude(pk=analysis.pk))
