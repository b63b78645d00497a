"""Consents: given by whoever may by their age, taken back at any time. Nobody's consent is changed afterwards."""

from __future__ import annotations

import datetime as dt
import secrets

from django.db import transaction
from django.utils.translation import gettext as _

from opora.care.casework import policies
from opora.care.casework.actions.common import chain_of, locked, not_in_the_future, write_event
from opora.care.casework.models import ClientFile, Consent, Relation
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit import actions as audit
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused, NotAllowed
from opora.foundation.rules import queries as rules
from opora.foundation.ui import formats


@transaction.atomic
def give_consent(
    actor: Actor, file: ClientFile, *, purpose: str, how: str, since: dt.date, giver: Relation | None = None,
    beside: Relation | None = None, about: str = "", until: dt.date | None = None,
) -> Consent:  # fmt: skip
    """Record a consent. No `giver` means the person of the file; `beside` is who consents together with them.

    NotAllowed. ActionRefused with the article when the age asks for another giver (ЗЗЛД 25в).
    """
    kept = _writable(actor, file)
    if purpose not in dict(Consent.PURPOSES) or how not in dict(Consent.HOW):
        raise ActionRefused(_("Изберете за какво е съгласието и как е дадено."))
    not_in_the_future(since)
    if until is not None and until < since:
        raise ActionRefused(_("Краят на съгласието е преди началото. Проверете двете дати."))
    check_giver(kept, giver, beside, since)
    said = {
        "purpose": purpose, "about": about.strip(), "giver": giver, "beside": beside, "how": how, "since": since, "until": until,
    }  # fmt: skip
    if (before := kept.consents.standing().filter(**said).first()) is not None:
        return before  # a form that was sent twice
    made = Consent.objects.create(
        file=kept, **said, at=clock.now(), by=actor.name, organisation=actor.organisation,
    )  # fmt: skip
    words = {"what": made.get_purpose_display(), "how": made.get_how_display()}
    text = _("Дадено е съгласие: %(what)s, %(how)s.") % words
    write_event(actor, kept, kind="consent", on=since, text=text, key=secrets.token_hex(16))
    audit.record(
        actor,
        "case.consent_given",
        kept.code,
        chain=chain_of(kept),
        details={"consent": made.pk, "purpose": purpose},
    )
    return made


@transaction.atomic
def withdraw_consent(actor: Actor, consent: Consent, *, on: dt.date, by: Relation | None = None) -> Consent:
    """It is taken back from a day, by a relative or (no `by`) by the person. NotAllowed, ActionRefused."""
    kept = _writable(actor, consent.file)
    now = kept.consents.select_for_update().get(pk=consent.pk)
    not_in_the_future(on)
    if now.withdrawn_on is not None:
        raise ActionRefused(
            _("Съгласието вече е оттеглено на %(day)s.") % {"day": formats.date(now.withdrawn_on)}
        )
    if on < now.since:
        raise ActionRefused(
            _("Съгласието е дадено на %(day)s. Изберете този или по-късен ден.")
            % {"day": formats.date(now.since)}
        )
    if by is None:
        _old_enough(kept, on)
    elif by.file_id != kept.pk or not (by.decides or by == now.giver):
        raise ActionRefused(
            _("Оттегля го който го е дал, детето според възрастта си или законен представител.")
        )
    now.withdrawn_on, now.withdrawn_by, now.withdrawn_self = on, by, by is None
    now.withdrawn_at, now.withdrawal_noted_by = clock.now(), actor.name
    now.save()
    text = _("Съгласието е оттеглено: %(what)s.") % {"what": now.get_purpose_display()}
    write_event(actor, kept, kind="consent", on=on, text=text, key=secrets.token_hex(16))
    audit.record(
        actor, "case.consent_withdrawn", kept.code, chain=chain_of(kept), details={"consent": now.pk}
    )
    return now


def check_giver(file: ClientFile, giver: Relation | None, beside: Relation | None, on: dt.date) -> None:
    """Whether these may consent for a person of that age on that day. ActionRefused with the article."""
    age = _age(file, on)
    for one in filter(None, (giver, beside)):
        _decides(file, one, on)
    if giver is None:
        _old_enough(file, on)
    together = rules.rule("consent_together_age", on)
    alone = rules.rule("consent_age", on).number or 0
    if together.number is None or not alone <= age < together.number:
        return
    if giver is not None or beside is None:
        raise ActionRefused(
            _(
                "Между %(from)d и %(to)d години съгласието дава детето заедно с родител или попечител (%(law)s, %(checked)s)."
            )
            % {
                "from": alone,
                "to": together.number,
                "law": together.legal_ref,
                "checked": _checked(together.verified),
            }
        )


def _old_enough(file: ClientFile, on: dt.date) -> None:
    rule = rules.rule("consent_age", on)
    if rule.number is not None and _age(file, on) < rule.number:
        raise ActionRefused(
            _("Под %(age)d години детето не дава и не оттегля съгласие само. Прави го родителят, който упражнява родителските "
              "права, или настойникът (%(law)s). Запишете мнението на детето като негови думи.")
            % {"age": rule.number, "law": rule.legal_ref}
        )  # fmt: skip


def _decides(file: ClientFile, one: Relation, on: dt.date) -> None:
    gone = one.person.dead or (one.until is not None and one.until <= on)
    if one.file_id != file.pk or gone or not one.decides:
        rule = rules.rule("consent_age", on)
        words = {"name": one.person.first_name, "law": rule.legal_ref}
        raise ActionRefused(
            _("В досието не пише, че %(name)s е законен представител днес. Съгласие дава родител с родителски права или настойник "
              "(%(law)s). Ако е такъв, отбележете го в „Семейство“.") % words
        )  # fmt: skip


def _age(file: ClientFile, on: dt.date) -> int:
    age = file.person.age(on)
    if age is None:
        raise ActionRefused(_("Кой дава съгласие зависи от възрастта. Първо запишете датата на раждане."))
    return age


def _checked(verified: bool) -> str:
    return _("проверена норма") if verified else _("непроверена норма")


def _writable(actor: Actor, file: ClientFile) -> ClientFile:
    kept = locked(file)
    if not policies.write_file(actor, kept):
        raise NotAllowed(_("По това досие работят други хора или то е закрито."))
    return kept
