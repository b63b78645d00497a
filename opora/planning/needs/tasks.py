"""Long work: analyses of one region or of all, with progress by chapter."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opora.evidence.survey.models import Round
from opora.foundation.jobs.progress import Progress
from opora.foundation.jobs.registry import work
from opora.foundation.territory.models import Region
from opora.planning.needs import actions
from opora.planning.needs.models import Analysis
from opora.planning.needs.reckoning import CHAPTERS

STEPS = ("facts", *CHAPTERS)
WORDS = {
    "facts": gettext_lazy("събиране на данните"),
    "services": gettext_lazy("услуги, места и персонал"),
    "needs": gettext_lazy("специализирана подкрепа и кризи"),
    "people": gettext_lazy("население и покритие"),
    "answers": gettext_lazy("останалите въпроси"),
    "cards": gettext_lazy("карти"),
    "story": gettext_lazy("текст и картини"),
}


@work(actions.KIND)
def analyse(progress: Progress, params: dict[str, Any]) -> dict[str, Any]:
    """Analyse one region after another: `work` is a list of (region code, round code).

    The mark is the last region finished; a region whose facts have not changed gets no second version.
    """
    wanted: list[tuple[str, str]] = [(region, round_) for region, round_ in params["work"]]
    codes = [region for region, _round in wanted]
    progress.total(len(wanted) * len(STEPS))
    begin = codes.index(progress.mark) + 1 if progress.mark in codes else 0
    for place, (code, round_) in enumerate(wanted[begin:], begin):
        _one(progress, Region.objects.get(code=code), Round.objects.get(code=round_), place * len(STEPS))
    return _outcome(wanted)


def _one(progress: Progress, region: Region, round_: Round, before: int) -> None:
    def tell(chapter: str) -> None:
        progress.step(before + STEPS.index(chapter), f"{region.full_name}: {WORDS[chapter]}")

    facts, result = actions.prepare(progress.actor, region, round_, tell)
    with progress.transaction(region.code, done=before + len(STEPS), note=region.full_name):
        actions.keep(progress.actor, region, round_, facts, result)


def _outcome(wanted: list[tuple[str, str]]) -> dict[str, Any]:
    if len(wanted) == 1:
        made = (
            Analysis.objects.filter(region__code=wanted[0][0], round__code=wanted[0][1])
            .order_by("-number")
            .first()
        )
        if made:
            return {"url": reverse("needs_analysis", args=[made.pk]), "link": _("Отвори анализа")}
    text = _("Готови са анализите на {n} области.").format(n=len(wanted))
    return {"url": reverse("needs_analyses"), "link": _("Отвори анализите"), "text": text}
