"""Writing a card, offering it, and the decision of who publishes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from opora.foundation.accounts.actors import Actor
from opora.foundation.core import clock, shown, words
from opora.foundation.core.errors import ActionRefused, Clash, NotAllowed
from opora.foundation.messages import actions as messages
from opora.improvement.practice import letters, policies, stages
from opora.improvement.practice.actions.common import next_code, note, wanted
from opora.improvement.practice.models import TEXTS, Condition, Element, Outcome, Practice, PracticeStage
from opora.register.models import Service

FIELDS = ("title", "title_en", "summary", "summary_en", *TEXTS)


@transaction.atomic
def begin_card(actor: Actor, service: Service, *, title: str, summary: str) -> Practice:
    """A draft of a card. NotAllowed."""
    if not policies.write_for(actor, service):
        raise NotAllowed(_("Практика се описва от услугата, в която е създадена, или от координатора."))
    card = Practice.objects.create(
        code=next_code("П"), service=service, path=service.path, title=title.strip(), summary=summary.strip(),
        made_at=clock.now(), made_by=actor.name,
    )  # fmt: skip
    card.groups.set(service.target_groups.all())
    _index(card)
    _enter(actor, card, stages.DRAFT)
    note(actor, "practice.begun", card.code, service)
    return card


@transaction.atomic
def write_card(
    actor: Actor, card: Practice, said: Mapping[str, Any], *, version: int = 0, seen: str | None = None
) -> Practice:
    """New words for the card; of a page (`seen`) only what its reader changed. NotAllowed; Clash when somebody saved (of a
    page: changed the same) meanwhile.
    """
    kept = _locked(card)
    _writable(actor, kept)
    why = _("Колега промени картата, докато пишехте.")
    if seen is None and kept.version != version:
        raise Clash(why, theirs=kept, version=kept.version)
    now = card_words(kept)
    said = now | shown.brought(said, now, seen, why)
    for field in FIELDS:
        setattr(kept, field, said[field].strip())
    kept.version += 1
    _index(kept)
    kept.groups.set(said["groups"])
    note(actor, "practice.written", kept.code, kept.service)
    return kept


def card_words(card: Practice) -> dict[str, Any]:
    """What a page of the card changes, as it stands."""
    return {field: getattr(card, field) for field in FIELDS} | {"groups": list(card.groups.all())}


@transaction.atomic
def set_conditions(actor: Actor, card: Practice, rows: Iterable[Mapping[str, Any]]) -> None:
    """What must be in place, all rows at once. NotAllowed."""
    kept = _locked(card)
    _writable(actor, kept)
    kept.conditions.all().delete()
    Condition.objects.bulk_create(Condition(practice=kept, **row) for row in rows)
    note(actor, "practice.conditions_set", kept.code, kept.service)


@transaction.atomic
def set_elements(actor: Actor, card: Practice, lines: Iterable[str], *, seen: str | None = None) -> None:
    """The cores of the practice. Refused once somebody's fidelity was marked against them. NotAllowed, ActionRefused;
    Clash when a colleague changed what the page had shown (`seen`).
    """
    kept = _locked(card)
    _writable(actor, kept)
    texts = [line.strip() for line in lines if line.strip()]
    now = [element.text for element in kept.elements.all()]
    said, stands = {"elements": "\n".join(texts)}, {"elements": "\n".join(now)}
    if texts == now or not shown.brought(said, stands, seen, _("Колега промени основите, докато пишехте.")):
        return
    if kept.elements.filter(marks__isnull=False).exists():
        raise ActionRefused(_("Спрямо тези основи вече са правени измервания. Те не се променят."))
    kept.elements.all().delete()
    Element.objects.bulk_create(Element(practice=kept, text=text) for text in texts)
    note(actor, "practice.elements_set", kept.code, kept.service)


@transaction.atomic
def set_outcomes(actor: Actor, card: Practice, rows: Iterable[Mapping[str, Any]]) -> None:
    """What is measured. A row with values at adopters keeps its name. NotAllowed, ActionRefused."""
    kept = _locked(card)
    _writable(actor, kept)
    standing = {outcome.title: outcome for outcome in kept.outcomes.all()}
    wanted_rows = {row["title"]: row for row in rows}
    for title, outcome in standing.items():
        if title in wanted_rows:
            Outcome.objects.filter(pk=outcome.pk).update(**wanted_rows[title])
        elif outcome.values.exists():
            raise ActionRefused(_("„%(title)s“ вече е измервано и остава.") % {"title": title})
        else:
            outcome.delete()
    Outcome.objects.bulk_create(
        Outcome(practice=kept, **row) for title, row in wanted_rows.items() if title not in standing
    )
    note(actor, "practice.outcomes_set", kept.code, kept.service)


@transaction.atomic
def offer_card(actor: Actor, card: Practice) -> Practice:
    """Ask for publication. ActionRefused where a part that everybody needs is empty."""
    kept = _locked(card)
    if kept.stage not in (stages.DRAFT, stages.RETURNED) or not policies.works_on_card(actor, kept):
        raise NotAllowed(_("Тази карта не може да се предложи сега."))
    if missing := missing_parts(kept):
        raise ActionRefused(
            _("Преди да предложите картата, попълнете: %(parts)s.") % {"parts": ", ".join(missing)}
        )
    return _move(actor, kept, stages.OFFERED)


def missing_parts(card: Practice) -> list[str]:
    """What a card needs before it is offered and does not have."""
    found = [str(label) for field, label in needed().items() if not getattr(card, field).strip()]
    return found + ([] if card.elements.exists() else [_("основите на практиката")])


def needed() -> dict[str, str]:
    """Parts without which a card cannot be offered, in words."""
    return {
        "problem": _("проблемът"),
        "solution": _("решението"),
        "method": _("методът"),
        "effect": _("ефектът"),
    }


@transaction.atomic
def publish_card(actor: Actor, card: Practice, *, grade: int, why: str, address: str = "") -> Practice:
    """Open the card to everybody with a grade of its evidence and the reasons for it; the service is written to.

    `address`: of this Opora, for the letter. NotAllowed, ActionRefused.
    """
    kept = _locked(card)
    if kept.stage != stages.OFFERED or not policies.decide_card(actor, kept):
        raise NotAllowed(_("Публикува се предложена карта, от координатор на областта."))
    kept.grade, kept.grade_why = grade, wanted(why, _("Напишете защо доказателствата са на тази степен."))
    kept.published_at = clock.now()
    _move(actor, kept, stages.PUBLISHED, kept.grade_why)
    messages.queue(actor, letters.of_card(kept, address))
    return kept


@transaction.atomic
def return_card(actor: Actor, card: Practice, *, why: str, address: str = "") -> Practice:
    """Back to the service, with what is missing, and a letter. NotAllowed, ActionRefused."""
    kept = _locked(card)
    if kept.stage != stages.OFFERED or not policies.decide_card(actor, kept):
        raise NotAllowed(_("Връща се предложена карта, от координатор на областта."))
    _move(actor, kept, stages.RETURNED, wanted(why, _("Напишете какво да се допълни.")))
    messages.queue(actor, letters.of_card(kept, address))
    return kept


@transaction.atomic
def withdraw_card(actor: Actor, card: Practice, *, why: str) -> Practice:
    """Take a published card off the public pages; who adapted it keeps it. NotAllowed, ActionRefused."""
    kept = _locked(card)
    if kept.stage != stages.PUBLISHED or not policies.decide_card(actor, kept):
        raise NotAllowed(_("Сваля се публикувана карта, от координатор на областта."))
    return _move(actor, kept, stages.WITHDRAWN, wanted(why, _("Напишете защо картата се сваля.")))


def _locked(card: Practice) -> Practice:
    rows = Practice.objects.select_for_update(of=("self",)).select_related("service")
    found: Practice = rows.get(pk=card.pk)
    return found


def _writable(actor: Actor, card: Practice) -> None:
    if not policies.write_card(actor, card):
        raise NotAllowed(_("Тази карта не се променя сега."))


def _index(card: Practice) -> None:
    parts = (getattr(card, field) for field in ("title", "title_en", "summary", "summary_en", *TEXTS))
    card.search_text = words.search_text(*parts, card.service.name)
    card.save()


def _move(actor: Actor, card: Practice, stage: str, why: str = "") -> Practice:
    card.stage = stage
    card.version += 1
    card.save()
    _enter(actor, card, stage, why)
    note(actor, f"practice.{stage}", card.code, card.service)
    return card


def _enter(actor: Actor, card: Practice, stage: str, why: str = "") -> None:
    PracticeStage.objects.create(
        practice=card, stage=stage, at=clock.now(), by=actor.name, organisation=actor.organisation, note=why
    )
