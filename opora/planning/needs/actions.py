"""Writers of analyses."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opora.evidence.survey.models import Round
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.actions import record
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused, Clash, NotAllowed
from opora.foundation.jobs.actions import start as start_job
from opora.foundation.jobs.models import Job
from opora.foundation.territory.models import Region
from opora.planning.needs import policies, queries, wording
from opora.planning.needs import reckoning as r
from opora.planning.needs.gathering import gather
from opora.planning.needs.models import DRAFT, PUBLISHED, Analysis, ChapterText

Tell = Callable[[str], None]
KIND = "needs.analyse"
"""The long work `tasks.analyse` does."""


def request_analysis(
    actor: Actor, round_: Round, regions: Sequence[Region] | None = None, *, key: str | None = None
) -> Job:
    """Put the analysis in the queue: of these regions, or of all that the round covers and the actor may analyse.

    With a `key` the same request sent twice gives the same job. Raises NotAllowed where nothing is left to do.
    """
    covered = queries.regions_of_round(round_)
    wanted = [
        region for region in (covered if regions is None else regions) if policies.analyse(actor, region.path)
    ]
    if any(region not in covered for region in wanted):
        wanted = []
    return request(actor, {region.code: round_ for region in wanted}, key=key)


def request_latest(actor: Actor, *, key: str | None = None) -> Job:
    """Put in the queue the analysis of every region the actor may analyse, each from its last closed round."""
    return request(actor, queries.latest_rounds(actor), key=key)


def request(actor: Actor, wanted: Mapping[str, Round], *, key: str | None = None) -> Job:
    """Put in the queue the analysis of each region (by code) from its round. Raises NotAllowed."""
    mine = {region.code for region in queries.regions_to_analyse(actor)}
    if not wanted or not mine.issuperset(wanted):
        raise NotAllowed(_("Анализът на областта се прави от нейните координатори."))
    names = [region.full_name for region in queries.regions_to_analyse(actor) if region.code in wanted]
    several = ngettext("{n} област", "{n} области", len(names)).format(n=len(names))
    title = _("Анализ на потребностите: {name}").format(name=names[0] if len(names) == 1 else several)
    params = {"work": [[code, round_.code] for code, round_ in wanted.items()]}
    return start_job(actor, KIND, params, title=title, key=key)


def analyse(actor: Actor, region: Region, round_: Round, *, tell: Tell = lambda _chapter: None) -> Analysis:
    """Make a new version from what is known today; `tell` hears the name of each part as it begins.

    Equal inputs give no new version: the last one is returned as it is. Raises NotAllowed.
    """
    facts, result = prepare(actor, region, round_, tell)
    return keep(actor, region, round_, facts, result)


def prepare(
    actor: Actor, region: Region, round_: Round, tell: Tell = lambda _chapter: None
) -> tuple[r.Facts, r.Result]:
    """Read and reckon without writing anything, so that a job can tell how far it is. Raises NotAllowed."""
    if not policies.analyse(actor, region.path):
        raise NotAllowed(_("Анализът на областта се прави от нейните координатори."))
    tell("facts")
    facts = gather(region, round_)
    return facts, r.reckon(facts, tell)


def keep(actor: Actor, region: Region, round_: Round, facts: r.Facts, result: r.Result) -> Analysis:
    """Keep what `prepare` gave as a new version, unless the last one stands on the very same facts."""
    with transaction.atomic():
        Region.objects.select_for_update().get(pk=region.pk)  # one number is taken at a time
        before: Analysis | None = Analysis.objects.filter(region=region).order_by("-number").first()
        if before and before.facts_sha256 == facts.sha256 and before.round_id == round_.pk:
            return before
        last = Analysis.objects.filter(region=region).aggregate(last=Max("number"))["last"] or 0
        made = Analysis.objects.create(
            region=region,
            round=round_,
            path=region.path,
            number=last + 1,
            previous=before,
            facts=facts.as_json(),
            facts_sha256=facts.sha256,
            result=r.as_json(result),
            made_at=clock.now(),
            made_by=actor.name,
        )
        record(actor, "needs.analysed", made.code, details={"round": round_.code, "facts": facts.sha256})
    return made


def write_chapter(
    actor: Actor, analysis: Analysis, chapter: str, text: str, *, version: int
) -> ChapterText | None:
    """Put a person's words in place of the program's; empty text takes them back.

    `version` is that of the words the person saw, 0 for the program's. Raises NotAllowed, Clash.
    """
    if not policies.edit(actor, analysis):
        raise NotAllowed(_("Публикуван анализ не се променя. Направете нова версия."))
    with transaction.atomic():
        now = ChapterText.objects.select_for_update().filter(analysis=analysis, chapter=chapter).first()
        if (now.version if now else 0) != version:
            theirs = now.text if now else ""
            raise Clash(
                _("Междувременно друг човек промени тази глава."),
                theirs=theirs,
                version=now.version if now else 0,
            )
        record(actor, "needs.chapter_written", analysis.code, details={"chapter": chapter})
        return _write(actor, analysis, chapter, text.strip(), now)


def _write(
    actor: Actor, analysis: Analysis, chapter: str, text: str, now: ChapterText | None
) -> ChapterText | None:
    if not text:
        if now:
            now.delete()
        return None
    row = now or ChapterText(analysis=analysis, chapter=chapter, version=0)
    row.text, row.version = text, row.version + 1
    row.edited_at, row.edited_by = clock.now(), actor.name
    row.save()
    return row


def publish(actor: Actor, analysis: Analysis) -> Analysis:
    """Open the analysis to everybody with small numbers hidden. Raises ActionRefused, NotAllowed."""
    if not policies.publish(actor, analysis):
        raise NotAllowed(_("Този анализ вече е публикуван или не е Ваш."))
    full = r.result_from_json(analysis.result)
    public = r.published(r.from_json(analysis.facts), full)
    texts = list(analysis.texts.all())
    for text in texts:
        told = wording.told_anyway(text.text, full, public)
        if told:
            raise ActionRefused(
                _("В главата „{chapter}“ пише „{words}“: това число е скрито. Променете изречението.").format(
                    chapter=next(c.title for c in full.chapters if c.key == text.chapter), words=told
                )
            )
    with transaction.atomic():
        changed = Analysis.objects.filter(pk=analysis.pk, state=DRAFT).update(
            state=PUBLISHED, public=r.as_json(public), published_at=clock.now(), published_by=actor.name
        )
        if not changed:
            raise ActionRefused(_("Този анализ вече е публикуван."))
        record(actor, "needs.published", analysis.code, details={"facts": analysis.facts_sha256})
    analysis.refresh_from_db()
    return analysis
