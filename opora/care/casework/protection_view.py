"""How the protection of files is shown: alerts, requests of two persons, how long a file is kept."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opora.care.casework import keeping, policies_protection, queries_protection, retention
from opora.care.casework.models import Alert, BulkExport, ClientFile, Erasure
from opora.foundation.accounts.actors import Actor
from opora.foundation.core import clock
from opora.foundation.ui import formats

MOST = 20
Facts = list[tuple[str, object]]


def _known(*rows: tuple[str, object]) -> Facts:
    """Rows that say something."""
    return [row for row in rows if row[1] is not None]


@dataclass(frozen=True)
class AlertLine:
    """One alert."""

    alert: Alert

    @property
    def title(self) -> str:
        """What happened, in a few words."""
        words = {
            Alert.HOUR: _("%(n)s досиета за час"),
            Alert.DAY: _("%(n)s досиета за ден, спряно"),
            Alert.BAIT: _("Отворено наблюдавано досие"),
            Alert.BULK: _("%(n)s архива на досиета за ден"),
        }
        return words[self.alert.kind] % {"n": self.alert.count}

    @property
    def state(self) -> tuple[str, str]:
        """Words and tag."""
        if self.alert.answered_at is None:
            kind = self.alert.kind
            return (_("чака втория фактор"), "info") if kind == Alert.HOUR else (_("чака отговор"), "waiting")
        return {Alert.HOUR: _("показан втори фактор"), Alert.DAY: _("разрешено за деня")}.get(
            self.alert.kind, _("прегледано")
        ), "done"

    @property
    def facts(self) -> Facts:
        """Who, when, how many, and the answer."""
        one = self.alert
        answered = f"{one.answered_by}, {formats.datetime(one.answered_at)}" if one.answered_at else None
        return _known(
            (_("Кой"), one.by), (_("Кога"), formats.datetime(one.at)), (_("Последно отворено"), one.code),
            (_("Различни досиета"), one.count if one.kind != Alert.BAIT else None),
            (_("Отговорил"), answered), (_("Защо"), one.answer or None),
        )  # fmt: skip

    @property
    def task(self) -> dict[str, object]:
        """A line of the task list."""
        return _task(
            f"{self.title}: {self.alert.by}", "casework_alert", self.alert.pk, self.alert.at, self.state
        )


@dataclass(frozen=True)
class ErasureLine:
    """A request to erase a file."""

    erasure: Erasure

    @property
    def state(self) -> tuple[str, str]:
        """Words and tag: waits, refused, erased, gone from the disk."""
        one = self.erasure
        if one.answered_at is None:
            return _("чака втори човек"), "waiting"
        if one.erased_at is None:
            return _("върнато"), "none"
        return (
            (_("заличено, и от диска"), "done") if one.swept_at else (_("заличено, маха се от диска"), "info")
        )

    @property
    def facts(self) -> Facts:
        """Who asked and on what ground, who answered, what was done."""
        one = self.erasure
        answered = f"{one.answered_by}, {formats.datetime(one.answered_at)}" if one.answered_at else None
        return _known(
            (_("Досие"), one.code), (_("Основание"), one.get_ground_display()), (_("Документ"), one.document),
            (_("Поискал"), f"{one.by}, {formats.datetime(one.asked_at)}"), (_("Отговорил"), answered),
            (_("Заличени редове"), one.rows or None),
            (_("Махнато от диска"), formats.datetime(one.swept_at) if one.swept_at else None),
        )  # fmt: skip

    @property
    def task(self) -> dict[str, object]:
        """A line of the task list."""
        title = _("%(code)s: поискано е заличаване") % {"code": self.erasure.code}
        return _task(title, "casework_erasure", self.erasure.pk, self.erasure.asked_at, self.state)


@dataclass(frozen=True)
class ListLine:
    """A request for a list of all files of a service."""

    asked: BulkExport

    def open_to(self, actor: Actor) -> bool:
        """Whether this person may take it now."""
        until = self.asked.until
        return self.asked.user_id == actor.user_id and until is not None and until > clock.now()

    @property
    def state(self) -> tuple[str, str]:
        """Words and tag."""
        one = self.asked
        if one.answered_at is None:
            return _("чака втори човек"), "waiting"
        if one.until is None:
            return _("върнато"), "none"
        return (_("времето мина"), "none") if one.until <= clock.now() else (_("може да се вземе"), "done")

    @property
    def facts(self) -> Facts:
        """Who asked and why, who answered, until when."""
        one = self.asked
        answered = f"{one.answered_by}, {formats.datetime(one.answered_at)}" if one.answered_at else None
        return _known(
            (_("Поискал"), f"{one.by}, {formats.datetime(one.asked_at)}"), (_("За какво"), one.why),
            (_("Отговорил"), answered), (_("Може да се вземе до"), formats.datetime(one.until) if one.until else None),
            (_("Взет"), ngettext("%(n)s път", "%(n)s пъти", one.taken) % {"n": one.taken} if one.taken else None),
        )  # fmt: skip

    @property
    def task(self) -> dict[str, object]:
        """A line of the task list."""
        title = _("%(name)s иска списък на досиетата") % {"name": self.asked.by}
        return _task(title, "casework_list", self.asked.pk, self.asked.asked_at, self.state)


def _task(title: str, where: str, pk: int, at: dt.datetime, state: tuple[str, str]) -> dict[str, object]:
    return {
        "title": title, "href": reverse(where, args=[pk]), "hint": formats.datetime(at), "status": state[0],
        "kind": state[1],
    }  # fmt: skip


class Overview:
    """The page of the head and of the officer."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self.is_officer = policies_protection.is_officer(actor)
        self.is_head = actor.holds("service_manager")

    @cached_property
    def counts(self) -> queries_protection.Waiting:
        """How much waits."""
        return queries_protection.waiting(self.actor)

    @cached_property
    def _requests(self) -> list[tuple[dict[str, object], bool]]:
        """Requests of two persons as lines, and whether each waits for this person."""
        me, found = self.actor.user_id, []
        for one in queries_protection.erasures_for(self.actor)[:MOST]:
            found.append((ErasureLine(one).task, one.answered_at is None and one.user_id != me))
        for asked in queries_protection.lists_for(self.actor)[:MOST]:
            found.append((ListLine(asked).task, asked.answered_at is None and asked.user_id != me))
        return found

    @cached_property
    def waiting(self) -> list[dict[str, object]]:
        """What this person may answer now."""
        alerts = [AlertLine(one).task for one in queries_protection.to_answer(self.actor)[:MOST]]
        return alerts + [line for line, waits in self._requests if waits]

    @property
    def done(self) -> list[dict[str, object]]:
        """One's own requests, and those that were answered last."""
        return [line for line, waits in self._requests if not waits]

    @cached_property
    def ended(self) -> list[dict[str, object]]:
        """Closed files that the rules let go."""
        found = queries_protection.ended_for(self.actor) if self.is_head and self.counts.period else []
        return [
            {
                "title": file.code, "href": reverse("casework_data", args=[file.code]), "kind": "waiting",
                "hint": _("срокът изтече на %(day)s") % {"day": formats.date(day)}, "status": _("може да се заличи"),
            }
            for file, day in found[:MOST]
        ]  # fmt: skip

    @property
    def without_period(self) -> str:
        """That nobody has said how long closed files are kept; empty when somebody has, or there are none."""
        count = self.counts.endless if self.is_head else 0
        words = ngettext(
            "%(n)s закрито досие се пази без край: срокът за пазене не е зададен.",
            "%(n)s закрити досиета се пазят без край: срокът за пазене не е зададен.",
            count,
        )
        return words % {"n": count} if count else ""

    @property
    def answers(self) -> str:
        """How many answers wait, in words; empty for none."""
        count = self.counts.answers
        words = ngettext(
            "%(n)s искане или сигнал чака Вашия отговор", "%(n)s искания и сигнали чакат Вашия отговор", count
        )
        return words % {"n": count} if count else ""

    @cached_property
    def services(self) -> list[tuple[str, str]]:
        """Services of which a list may be asked for."""
        found = queries_protection.headed_services(self.actor) if self.is_head else []
        return [(one.name, reverse("casework_list_new", args=[one.code])) for one in found]


class DataView:
    """How long one file is kept, and why."""

    def __init__(self, actor: Actor, file: ClientFile) -> None:
        self.actor, self.file = actor, file
        self.may_copy = policies_protection.give_copy(actor, file)
        self.may_erase = policies_protection.ask_to_erase(actor, file)
        self.may_lift = policies_protection.lift_hold(actor, file)
        self.holds = queries_protection.holds_of(file)
        self.death = queries_protection.death_of(file) if file.died_on else None
        self.erasure = queries_protection.erasure_waiting(file)

    @cached_property
    def facts(self) -> Facts:
        """Until when, by which rule, and what stands in the way."""
        periods, known = keeping.periods(), keeping.facts([self.file])
        end = retention.end(self.file.code, known, periods)
        kin = len(retention.family(self.file.code, known)) - 1
        died = f"{formats.date(self.death.on)}; {self.death.ground}" if self.death else None
        return _known(
            (_("Срок след закриването"), _years(periods.after_closing)),
            (_("Пази се най-малко до"), formats.date(end) if end else _("без край")),
            (_("Свързани досиета на същите хора"), kin or None),
            (_("Починал"), died),
        )

    @cached_property
    def copies(self) -> list[tuple[str, str]]:
        """Copies given to the person."""
        rows = ngettext("%(n)s ред", "%(n)s реда", 2)
        return [
            (formats.date(one.asked_on), f"{one.get_who_display()}; {one.by}; {rows % {'n': one.rows}}")
            for one in queries_protection.copies_of(self.file)
        ]


def _years(number: float | None) -> str:
    if number is None:
        return _("не е зададен, нищо не се заличава")
    return ngettext("%(n)s година", "%(n)s години", int(number)) % {"n": f"{number:g}"}
