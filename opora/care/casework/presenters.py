"""How a file is shown: header, chronology, terms, family; no page reads a table by itself."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.paginator import Page
from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opora.care.casework import (
    crisis_view,
    forms,
    kinship,
    old_file_view,
    policies,
    policies_protection,
    queries,
    queries_changes,
    queries_old_file,
    stages,
)
from opora.care.casework.models import ClientFile, Deadline, Event
from opora.foundation.accounts.actors import Actor
from opora.foundation.core import clock, terms
from opora.foundation.ui import formats
from opora.foundation.ui.paging import page_of

_PRESENT = dict(forms.PRESENT)
EVENTS = 100
"""Lines of the chronology on a page; the whole of it is a paper."""


def age(file: ClientFile) -> str:
    """„12 години“; empty where the birth date is not known, and where only a pseudonym is shown."""
    years = None if file.person.hidden else file.person.age(clock.today())
    if years is None:
        return ""
    return ngettext("%(years)s година", "%(years)s години", years) % {"years": years}


@dataclass(frozen=True)
class Term:
    """A deadline in words: how long is left, and whether it needs somebody now."""

    deadline: Deadline

    @property
    def text(self) -> str:
        """What has to be done; remarks about the rule's source stand after a semicolon and are left to its page."""
        return self.deadline.text.partition(";")[0]

    @property
    def days(self) -> int:
        """Calendar days left in Bulgaria; negative when late."""
        return (self.deadline.due.astimezone(terms.SOFIA).date() - clock.today()).days

    @property
    def left(self) -> str:
        """„остават 3 дни“, „днес“, „2 дни след срока“."""
        if self.days == 0:
            return _("до края на днешния ден")
        if self.days < 0:
            return ngettext("%(n)s ден след срока", "%(n)s дни след срока", -self.days) % {"n": -self.days}
        return ngettext("остава %(n)s ден", "остават %(n)s дни", self.days) % {"n": self.days}

    @property
    def kind(self) -> str:
        """The tag it is shown with."""
        return "wrong" if self.days < 0 else "waiting" if self.days <= 7 else "info"

    @property
    def ground(self) -> str:
        """The rule's source, and whether anybody has checked it."""
        source = self.deadline.legal_ref or _("без посочен източник")
        return source if self.deadline.verified else _("%(source)s, непроверена норма") % {"source": source}

    @property
    def day(self) -> dt.date:
        """Its last day."""
        return self.deadline.due.astimezone(terms.SOFIA).date()


def as_task(deadline: Deadline) -> dict[str, object]:
    """A deadline as a line of a task list; on what it rests stands once under the list."""
    term, file = Term(deadline), deadline.file
    hint = _("до %(day)s") if deadline.verified else _("до %(day)s · непроверена норма")
    return {
        "title": f"{file.code} {file.person.name}: {term.text}",
        "href": reverse("casework_file", args=[file.code]),
        "hint": hint % {"day": formats.date(term.day)},
        "ground": (term.text, term.ground),
        "status": term.left,
        "kind": term.kind,
    }


def lead(file: ClientFile) -> str | None:
    """Who leads it today, until when and who comes after, if another one is named."""
    now, until = file.lead_now, file.lead_until
    if now is None or until is None:
        return now.name if now else None
    words = {
        "now": now.name,
        "day": formats.date(until),
        "next": file.next_lead.name if file.next_lead else "–",
    }
    return _("%(now)s до %(day)s, после %(next)s") % words


class FileView:
    """One file for its page."""

    def __init__(self, actor: Actor, file: ClientFile) -> None:
        self.actor, self.file = actor, file

    @property
    def facts(self) -> list[tuple[str, Any]]:
        """The header: what must be known at a glance."""
        leader, term = self.file.lead_now, self.next_term
        return [
            (_("Възраст"), age(self.file)),
            (_("Услуга"), self.file.service.name),
            (_("Водещ на случая"), lead(self.file)),
            (_("Телефон на водещия"), leader.phone if leader else None),
            (_("Следващ срок"), f"{formats.date(term.day)}, {term.left}" if term else _("няма")),
            *crisis_view.header(self.file),
        ]

    @cached_property
    def next_term(self) -> Term | None:
        """The term that ends first."""
        return Term(self._waiting[0]) if self._waiting else None

    @cached_property
    def _waiting(self) -> list[Deadline]:
        return list(self.file.deadlines.waiting())

    @cached_property
    def terms(self) -> list[dict[str, object]]:
        """All terms that run."""
        return [as_task(one) | {"title": Term(one).text, "href": None} for one in self._waiting]

    @cached_property
    def changes(self) -> int:
        """How many changes from another file this person may take over."""
        return len(queries_changes.offers_for(self.actor, self.file))

    @property
    def arrival(self) -> list[tuple[str, object]]:
        """Where a file that another service handed over came from; asked only of those."""
        came = queries_old_file.arrival_of(self.file) if self.file.asked_by == "service" else None
        return old_file_view.arrival_facts(came) if came else []

    @property
    def state(self) -> tuple[str, str]:
        """The stage in words and its tag."""
        return str(stages.STAGES[self.file.stage]), stages.TAGS[self.file.stage]

    @cached_property
    def team(self) -> list[tuple[str, str]]:
        """Who works on the file today, with their part and telephone."""
        return [
            (
                member.user.name,
                " · ".join(part for part in (str(member.get_part_display()), member.user.phone) if part),
            )
            for member in queries.team_of(self.file)
        ]

    @cached_property
    def family(self) -> list[tuple[str, str]]:
        """Family and close people."""
        near = kinship.current(queries.family_of(self.file))
        return [(relation.person.name, _relation(relation)) for relation in near if not relation.person.dead]

    @property
    def opened_to(self) -> str:
        """„3-ма имат достъп“ in plain words."""
        count = len(queries.team_of(self.file))
        return ngettext("%(n)s човек работи по досието", "%(n)s души работят по досието", count) % {
            "n": count
        }

    @cached_property
    def _events(self) -> QuerySet[Event]:
        return queries.chronology(self.actor, self.file).prefetch_related(
            Prefetch("enclosures", queries.enclosed())
        )

    @cached_property
    def _newest(self) -> list[Event]:
        """The first page and one line more, which tells whether there is another."""
        return list(self._events[: EVENTS + 1])

    @property
    def recent_kinds(self) -> list[str]:
        """Kinds of notes this person wrote here last, the newest first, so that the usual one is chosen already."""
        mine = [one for one in self._newest if one.by_id == self.actor.user_id]
        return list(dict.fromkeys(one.kind for one in mine if one.kind not in Event.BY_ITSELF))

    def page(self, number: str | None) -> Page[Event]:
        """A page of the chronology, newest first; the first where the number says nothing."""
        return page_of(self._events, number, EVENTS, first=self._newest)

    def events(self, page: Page[Event]) -> list[dict[str, Any]]:
        """Its lines, each with what corrects it, wherever that stands."""
        here = list(page)
        beside = here if page.paginator.num_pages == 1 else queries.corrections(self.file, here)
        corrected: dict[int | None, list[Event]] = {}
        for one in beside:
            if one.kind == "correction":
                corrected.setdefault(one.corrects_id, []).append(one)
        return [self._event(event, corrected.get(event.pk, [])) for event in here]

    def _event(self, event: Event, corrections: list[Event]) -> dict[str, Any]:
        return {
            "title": _("Етап: %(stage)s") % {"stage": stages.STAGES[event.stage]}
            if event.stage
            else event.get_kind_display(),
            "at": event.on,
            "by": ", ".join(part for part in (event.by, event.profession, event.organisation) if part),
            "event": event,
            "present": ", ".join(str(_PRESENT[code]) for code in event.present if code in _PRESENT),
            "corrections": corrections,
            "enclosures": event.enclosures.all(),
            "may_correct": event.kind not in Event.BY_ITSELF
            and event.by_id == self.actor.user_id
            and self.file.is_open,
        }

    @property
    def may_write(self) -> bool:
        """Whether the actor may add to it now."""
        return policies.write_file(self.actor, self.file)

    @property
    def may_keep(self) -> bool:
        """Whether the actor says how long it is kept."""
        return policies_protection.keep_file(self.actor, self.file)

    @property
    def may_move(self) -> bool:
        """Whether there is a next stage for the actor."""
        return self.may_write or policies.reopen(self.actor, self.file)


def _relation(relation: Any) -> str:
    parts = [kinship.called(relation)]
    parts += [_("законен представител")] if relation.decides else []
    parts += [relation.person.phone] if relation.person.phone else []
    return " · ".join(parts)
