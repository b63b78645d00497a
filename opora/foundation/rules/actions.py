"""Writers of rules."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from opora.foundation.accounts.actors import Actor
from opora.foundation.audit.actions import record
from opora.foundation.core import clock, shown
from opora.foundation.core.errors import ActionRefused, NotAllowed
from opora.foundation.rules import policies
from opora.foundation.rules.facts import builtin
from opora.foundation.rules.models import Rule

BEGINNING = dt.date(2000, 1, 1)


@transaction.atomic
def load_builtin_rules() -> int:
    """Put in the rules Opora comes with that are not there yet; gives how many. Never touches an edited rule."""
    known, now = set(Rule.objects.values_list("code", flat=True)), clock.now()
    rows = [
        Rule(valid_from=BEGINNING, changed_at=now, changed_by="Опора", verified=False, **fact)
        for code, fact in builtin().items()
        if code not in known
    ]
    return len(Rule.objects.bulk_create(rows))


@transaction.atomic
def change_rule(
    actor: Actor, rule: Rule, *, value: str, legal_ref: str, verified: bool, valid_from: dt.date, reason: str,
    seen: str | None = None,
) -> Rule:  # fmt: skip
    """Give the rule a new value from a day on; the former value stays in its history. Of a page (`seen`) what its reader
    did not touch stays as a colleague wrote it; Clash where both changed the same.
    """
    if not policies.change_rule(actor):
        raise NotAllowed(_("Правилата ги променя националният администратор."))
    if not reason.strip():
        raise ActionRefused(_("Напишете основание за промяната."))
    newest = Rule.objects.select_for_update().filter(code=rule.code).order_by("-valid_from").first()
    if newest and valid_from < newest.valid_from:
        raise ActionRefused(_("Денят е преди началото на сегашната стойност. Изберете по-късен ден."))
    now = as_written(newest or rule)
    said: dict[str, Any] = {"value": value, "legal_ref": legal_ref, "verified": verified}
    said = now | shown.brought(said, now, seen, _("Колега промени това правило, докато пишехте."))
    new, _created = Rule.objects.update_or_create(
        code=rule.code,
        valid_from=valid_from,
        defaults={
            "text": rule.text, "text_en": rule.text_en, "unit": rule.unit, "value": str(said["value"]).strip(),
            "legal_ref": str(said["legal_ref"]).strip(), "known_from": "expert", "verified": said["verified"], "changed_by": actor.name,
            "changed_at": clock.now(), "reason": reason.strip(), "valid_to": None,
        },
    )  # fmt: skip
    earlier = Rule.objects.filter(code=rule.code, valid_from__lt=valid_from, valid_to__isnull=True)
    earlier.update(valid_to=valid_from - dt.timedelta(days=1))
    record(
        actor,
        "change",
        f"rule {rule.code}",
        ground=reason,
        details={"from": rule.value, "to": new.value, "verified": new.verified},
    )
    return new


def as_written(rule: Rule) -> dict[str, Any]:
    """What of a rule an expert writes."""
    return {"value": rule.value, "legal_ref": rule.legal_ref, "verified": rule.verified}
