"""A person's week as iCalendar (RFC 5545): number of the file and kind, never a name, a service or a crisis."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import override
from icalendar import Calendar, Event

from opora.care.casework import queries, queries_work
from opora.care.casework.models import Deadline, Visit
from opora.foundation.accounts.actors import Actor
from opora.foundation.core import clock, terms

BACK, MOST = dt.timedelta(days=30), 500


def kind_of(rule: str) -> str:
    """What a term is about, in two or three words."""
    words = {
        "preliminary_assessment_term": _("предварителна оценка"),
        "needs_assessment_term": _("оценка и план"),
        "plan_review_interval": _("преглед на план"),
    }
    return words.get(rule, _("срок"))


def feed(actor: Actor, link: Callable[[Visit], str], term_link: Callable[[Deadline], str]) -> bytes:
    """The calendar of the actor; the links lead to where a visit is written down and a term is met."""
    calendar = Calendar()
    calendar.add("prodid", "-//Opora//calendar//BG")
    calendar.add("version", "2.0")
    with override("bg"):
        calendar.add("x-wr-calname", _("Опора"))
        visits = queries_work.visits_of(actor).waiting().filter(at__gte=clock.now() - BACK)
        for visit in visits[:MOST]:
            calendar.add_component(_visit(visit, link(visit)))
        for deadline in queries.deadlines_led_by(actor)[:MOST]:
            calendar.add_component(_term(deadline, term_link(deadline)))
    return bytes(calendar.to_ical())


def _visit(visit: Visit, href: str) -> Event:
    event = _event(f"visit-{visit.pk}", f"{visit.file.code} {str(visit.get_kind_display()).lower()}", href)
    event.add("dtstart", visit.at.astimezone(dt.UTC))
    event.add("dtend", (visit.at + dt.timedelta(minutes=visit.minutes)).astimezone(dt.UTC))
    return event


def _term(deadline: Deadline, href: str) -> Event:
    event = _event(f"term-{deadline.pk}", f"{deadline.file.code} {kind_of(deadline.rule)}", href)
    event.add("dtstart", deadline.due.astimezone(terms.SOFIA).date())
    event.add("transp", "TRANSPARENT")
    return event


def _event(uid: str, summary: str, href: str) -> Event:
    event = Event()
    event.add("uid", f"{uid}@opora")
    event.add("dtstamp", clock.now().astimezone(dt.UTC))
    event.add("summary", summary)
    event.add("url", href)
    event.add("description", href)  # many calendars show no URL property
    event.add("class", "PRIVATE")
    return event
