"""The clock of a breach: wound by the rule of its day, and the letters it sends. No letter holds a word of what happened."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from opora.care.protection import queries
from opora.care.protection.models import Breach
from opora.foundation.accounts.actors import Actor, system
from opora.foundation.accounts.models import User
from opora.foundation.core import clock, terms
from opora.foundation.messages.actions import Letter, queue
from opora.foundation.rules import queries as rules

RULE = "breach_notice_hours"
REMIND = "breach_remind_hours"


def wind(breach: Breach) -> None:
    """Set the end of the term from when the breach was noticed, by the rule in force that day; no number, no end."""
    rule = rules.rule(RULE, breach.noticed_at.astimezone(terms.SOFIA).date())
    hours = int(rule.number) if rule.number is not None and rule.unit == "hours" else None
    breach.hours = hours
    breach.due = None if hours is None else terms.due(breach.noticed_at, hours, "hours")
    breach.legal_ref, breach.verified = rule.legal_ref, rule.verified


def tell_keepers(actor: Actor, breach: Breach) -> None:
    """At once, at night too: to the heads of the service and the officers, but not to who told it."""
    with override("bg"):
        subject = _("Съобщено е за нарушение %(code)s") % {"code": breach.code}
        body = _("Служител съобщи за нарушение на сигурността на лични данни. %(until)s Отворете Опора.") % {
            "until": _until(breach)
        }
    people = [one for one in queries.keepers_of(breach) if one.pk != actor.user_id]
    queue(system(), [_letter(breach, "told", one, subject, body) for one in people])


@transaction.atomic
def remind() -> int:
    """Write once before the end of each running term, and once after it; gives how many letters are new."""
    before = rules.number(REMIND)
    now = clock.now()
    if before is None:
        return 0
    ends = (
        Breach.objects.running().filter(due__lte=now + dt.timedelta(hours=before)).select_related("service")
    )
    letters = [letter for breach in ends for letter in _reminders(breach, late=breach.due <= now)]
    return queue(system(), letters)[1] if letters else 0


def _reminders(breach: Breach, *, late: bool) -> list[Letter]:
    with override("bg"):
        said = {"code": breach.code, "until": _until(breach)}
        if late:
            subject = _("Срокът по нарушение %(code)s изтече") % said
            body = (
                _(
                    "Комисията още не е уведомена по %(code)s. %(until)s Отворете Опора и запишете причините за забавянето."
                )
                % said
            )
        else:
            subject = _("Срокът по нарушение %(code)s изтича") % said
            body = _("Комисията още не е уведомена по %(code)s. %(until)s Отворете Опора.") % said
    # A term that is wound anew gets letters of its own.
    kind = f"{'late' if late else 'ends'}:{breach.due:%Y%m%d%H%M}"
    return [_letter(breach, kind, one, subject, body) for one in queries.keepers_of(breach)]


def _until(breach: Breach) -> str:
    if breach.due is None:
        return _("Срокът за уведомяване няма число в правилата.")
    moment = breach.due.astimezone(terms.SOFIA)
    return _("Срокът за уведомяване на Комисията е до %(at)s.") % {"at": f"{moment:%d.%m.%Y, %H:%M}"}


def _letter(breach: Breach, kind: str, person: User, subject: str, body: str) -> Letter:
    return Letter(
        key=f"breach-{kind}:{breach.pk}:{person.pk}", to_email=person.email, to_name=person.name, subject=subject,
        body=body, path=breach.path, about=breach.code, urgent=True,
    )  # fmt: skip
