"""What people write into the papers of data protection: parts of an impact assessment, editions of the written rules."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from opora.care.protection import policies, queries_texts, written_rules
from opora.care.protection.actions.common import nameless
from opora.care.protection.impact.texts import BY_KEY
from opora.care.protection.models import ImpactText, RulesEdition, RulesLine
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit import actions as audit
from opora.foundation.core import clock
from opora.foundation.core.errors import Clash, NotAllowed
from opora.register.models import Organisation


@transaction.atomic
def write_impact(actor: Actor, organisation: Organisation, key: str, *, text: str, seen: int) -> ImpactText:
    """New words in one part; `seen` is the row the writer began from. NotAllowed; Clash when somebody wrote meanwhile."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    if key not in BY_KEY or not policies.write_impact(actor, organisation, key):
        raise NotAllowed(_("Тази част я пише друг човек."))
    nameless(text)
    now = queries_texts.impact_texts(organisation).get(key)
    if now is not None and now.text == text.strip():
        return now
    if now is not None and now.pk != seen:
        raise Clash(
            _("%(who)s записа тази част, докато пишехте. Вашият текст е запазен по-долу.") % {"who": now.by},
            theirs=now,
        )
    made = ImpactText.objects.create(
        organisation=organisation,
        key=key,
        text=text.strip(),
        at=clock.now(),
        by_id=actor.user_id,
        by=actor.name,
    )
    audit.record(actor, "protection.impact_changed", key, chain=f"org:{organisation.pk}")
    return made


@transaction.atomic
def take_edition(actor: Actor) -> RulesEdition:
    """Keep the written rules as they are now, to be printed; the same rules are the same edition. NotAllowed."""
    if not policies.keeps_breaches(actor):
        raise NotAllowed(_("Правилата се печатат от ръководител или от длъжностното лице."))
    last, lines = queries_texts.newest_edition(lock=True), written_rules.lines()
    if last is not None and not written_rules.differences(queries_texts.lines_of(last), lines):
        return last
    made = RulesEdition.objects.create(number=(last.number if last else 0) + 1, at=clock.now(), by=actor.name)
    RulesLine.objects.bulk_create(
        [RulesLine(edition=made, part=one.part, key=one.key, text=one.text) for one in lines]
    )
    audit.record(actor, "protection.rules_printed", f"edition {made.number}")
    return made
