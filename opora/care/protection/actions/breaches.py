"""A breach told, written up, decided, notified and closed. The clock is counted here and nowhere else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from opora.care.protection import fields, kinds, policies
from opora.care.protection.actions import clocks
from opora.care.protection.actions.common import hold_numbers, kept_by, nameless, next_code, note, past
from opora.care.protection.models import Breach, BreachMark, BreachTold
from opora.foundation.accounts.actors import Actor
from opora.foundation.core import clock, shown, terms
from opora.foundation.core.errors import ActionRefused, Clash, NotAllowed
from opora.register.models import Service

Marks = Mapping[str, Iterable[str]]


@transaction.atomic
def tell_breach(
    actor: Actor, *, what: str, noticed_at: dt.datetime, service: Service | None = None
) -> Breach:
    """Somebody tells what they noticed; the clock begins then. NotAllowed; ActionRefused without words or for the future."""
    if not policies.tell_breach(actor):
        raise NotAllowed(_("Влезте с профила си, за да съобщите."))
    if not what.strip():
        raise ActionRefused(_("Напишете какво се е случило."))
    nameless(what)
    past(noticed_at)
    number = hold_numbers(noticed_at.astimezone(terms.SOFIA).year)
    same: Breach | None = Breach.objects.filter(
        told_by_id=actor.user_id, told=what.strip(), noticed_at=noticed_at, service=service
    ).first()
    if same is not None:
        return same  # the same form sent twice
    breach = Breach(
        code=next_code(number), service=service, path=_place(actor, service),
        told=what.strip(), what=what.strip(), told_at=clock.now(), told_by_id=actor.user_id, told_by=actor.name,
        noticed_at=noticed_at,
    )  # fmt: skip
    clocks.wind(breach)
    breach.save()
    clocks.tell_keepers(actor, breach)
    note(actor, breach, "told", audit_deed="registered")
    return breach


def _place(actor: Actor, service: Service | None) -> str:
    """The service's path, or the narrowest place in which the person works."""
    if service is not None:
        return service.path
    return max((held.scope for held in actor.holdings), key=len, default="BG")


@transaction.atomic
def write_breach(
    actor: Actor, breach: Breach, facts: Mapping[str, Any], marks: Marks, *, version: int = 0, seen: str | None = None
) -> Breach:  # fmt: skip
    """Write up what is known now; of a page (`seen`) only what its reader changed. NotAllowed, ActionRefused; Clash when
    somebody else saved (of a page: changed the same) meanwhile.
    """
    kept = kept_by(actor, breach)
    why = _("Друг човек записа промени, докато пишехте.")
    if seen is None and kept.version != version:
        raise Clash(why, theirs=kept)
    now = fields.values_of(kept)
    said = now | shown.brought({**facts, **marks}, now, seen, why)
    facts = {name: said[name] for name in fields.WRITTEN}
    marks = {about: said[about] for about in fields.LISTS}
    _check_facts(facts)
    changes = fields.changes(kept, facts) + _mark(kept, marks)
    if not changes:
        return kept
    moved = kept.noticed_at != facts["noticed_at"]
    for name in fields.WRITTEN:
        setattr(kept, name, facts[name])
    if moved:
        clocks.wind(kept)
    _save(kept)
    note(actor, kept, "written", changes=changes, audit_deed="changed")
    return kept


def _check_facts(facts: Mapping[str, Any]) -> None:
    if not str(facts["what"]).strip():
        raise ActionRefused(_("Напишете какво се е случило."))
    nameless(*(str(facts[name]) for name in fields.TEXTS))
    past(facts["noticed_at"])
    past(facts["happened_at"])
    past(facts["ended_at"])
    if facts["happened_at"] and facts["happened_at"] > facts["noticed_at"]:
        raise ActionRefused(_("Нарушението не може да е станало след часа, в който е узнато."))
    if facts["happened_at"] and facts["ended_at"] and facts["ended_at"] < facts["happened_at"]:
        raise ActionRefused(_("Краят е преди началото. Проверете двата часа."))


def _mark(breach: Breach, marks: Marks) -> list[tuple[str, str, str]]:
    """Set the marks, and say what changed."""
    changed = []
    for about, chosen in marks.items():
        now = {mark.code for mark in breach.marks.all() if mark.about == about}
        wanted = set(chosen)
        if now == wanted:
            continue
        breach.marks.filter(about=about).exclude(code__in=wanted).delete()
        fresh = [code for code, _words in fields.LISTS[about] if code in wanted - now]
        BreachMark.objects.bulk_create([BreachMark(breach=breach, about=about, code=code) for code in fresh])
        changed.append((about, fields.marks_in_words(about, now), fields.marks_in_words(about, wanted)))
    return changed


@transaction.atomic
def decide_breach(actor: Actor, breach: Breach, *, risk: str, why: str) -> Breach:
    """A named person says how great the risk for people is, and why. NotAllowed; ActionRefused without a reason."""
    kept = kept_by(actor, breach)
    if risk not in dict(kinds.RISKS) or not why.strip():
        raise ActionRefused(_("Изберете какъв е рискът и напишете защо. Мотивите остават в регистъра."))
    nameless(why)
    if actor.user_id is None:
        raise NotAllowed(_("Решението се взема от човек с име."))
    if (kept.risk, kept.decision_why) == (risk, why.strip()):
        return kept  # the same form sent twice
    changes = [("risk", fields.risk_in_words(kept.risk), fields.risk_in_words(risk))]
    kept.risk, kept.decision_why = risk, why.strip()
    kept.decided_at, kept.decided_by = clock.now(), actor.name
    _save(kept)
    note(actor, kept, "decided", words=why.strip(), changes=changes, audit_deed="decided")
    return kept


@transaction.atomic
def notify(
    actor: Actor, breach: Breach, *, whom: str, at: dt.datetime, how: str, late_why: str = ""
) -> BreachTold:
    """Note that somebody was told; telling the Commission stops the clock. After the term a reason for the delay is asked."""
    kept = kept_by(actor, breach)
    if whom not in dict(kinds.WHOM) or not how.strip():
        raise ActionRefused(_("Изберете кой е уведомен и напишете как: номер на писмото, телефон, разговор."))
    nameless(how, late_why)
    past(at)
    if at < kept.noticed_at:
        raise ActionRefused(_("Уведомяването е преди узнаването. Проверете часа."))
    same = kept.notices.filter(whom=whom, at=at, how=how.strip()).first()
    if same is not None:
        return same  # the same form sent twice
    if whom == "commission":
        _stop_clock(kept, at, late_why.strip())
    elif whom == "people" and kept.people_told_at is None:
        kept.people_told_at = at
        _save(kept)
    made = BreachTold.objects.create(breach=kept, whom=whom, at=at, how=how.strip(), by=actor.name)
    words = f"{dict(kinds.WHOM)[whom]}: {how.strip()}" + (f" {late_why.strip()}" if late_why.strip() else "")
    note(actor, kept, "notified", words=words, audit_deed="notice_sent")
    return made


def _stop_clock(breach: Breach, at: dt.datetime, late_why: str) -> None:
    """The first telling counts; one written down later but made earlier takes its place."""
    first = at if breach.notified_at is None else min(at, breach.notified_at)
    if breach.due is not None and first > breach.due:
        if not (late_why or breach.late_why):
            raise ActionRefused(
                _("Срокът е минал. Напишете причините за забавянето: те се съобщават на Комисията.")
            )
        breach.late_why = late_why or breach.late_why
    breach.notified_at = first
    _save(breach)


@transaction.atomic
def close_breach(actor: Actor, breach: Breach, *, closing: str, untold_why: str = "") -> Breach:
    """Nothing more is to be done. NotAllowed; ActionRefused while something of it is missing."""
    kept = kept_by(actor, breach)
    nameless(closing, untold_why)
    if (missing := fields.in_the_way(kept, untold_why=untold_why.strip())) is not None:
        raise ActionRefused(missing)
    if not closing.strip():
        raise ActionRefused(_("Напишете какво се промени, за да не се повтори."))
    kept.closing, kept.untold_why = closing.strip(), untold_why.strip()
    kept.closed_at, kept.closed_by = clock.now(), actor.name
    _save(kept)
    words = f"{closing.strip()} {untold_why.strip()}".strip()
    note(actor, kept, "closed", words=words, audit_deed="closed")
    return kept


@transaction.atomic
def reopen_breach(actor: Actor, breach: Breach, *, why: str) -> Breach:
    """Something new was learnt. NotAllowed; ActionRefused for an open one or without a reason."""
    kept = kept_by(actor, breach, closed=True)
    if kept.is_open:
        raise ActionRefused(_("Нарушението е отворено."))
    if not why.strip():
        raise ActionRefused(_("Напишете какво ново се е узнало."))
    nameless(why)
    kept.closed_at, kept.closed_by = None, ""
    _save(kept)
    note(actor, kept, "reopened", words=why.strip(), audit_deed="reopened")
    return kept


def _save(breach: Breach) -> None:
    breach.version += 1
    breach.save()
