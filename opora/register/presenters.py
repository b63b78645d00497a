"""Between the register's facts and its pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from opora.foundation.accounts.actors import Actor
from opora.foundation.core import clock, words
from opora.foundation.ui import formats
from opora.foundation.ui.pictures import Panel, Picture, small_lines
from opora.foundation.ui.shown import clash_words
from opora.register import lists, policies, queries
from opora.register.filters import Filters
from opora.register.forms import FIGURE_LABELS
from opora.register.list_forms import SHARED, STATES
from opora.register.models import Figure, Post, Service
from opora.register.staff import Staff


class ServiceView:
    """What the page of a service shows of it."""

    def __init__(self, actor: Actor, service: Service) -> None:
        self.actor, self.service = actor, service

    @property
    def state(self) -> tuple[str, str]:
        """State in words and the kind of its tag."""
        service, today = self.service, clock.today()
        if service.closed_on and service.closed_on <= today:
            return _("закрита"), "none"
        if service.opened_on and service.opened_on > today:
            return _("предстои да се открие"), "info"
        if service.free is not None and service.free < 0:
            return _("над капацитета"), "wrong"
        return _("работи"), "done"

    @property
    def address(self) -> str:
        """Address, or why it is not shown."""
        if not policies.see_address(self.actor, self.service):
            return _("Скрит: адресите на кризисните услуги се виждат само от тези, които ги водят.")
        return self.service.address

    @cached_property
    def figures(self) -> list[Figure]:
        """History, newest first."""
        return queries.history(self.service)

    @cached_property
    def staff(self) -> list[Post]:
        """Posts by profession."""
        return queries.staff(self.service)

    @property
    def staff_totals(self) -> tuple[float, float]:
        """Posts and filled posts."""
        return float(sum(p.posts for p in self.staff)), float(sum(p.filled for p in self.staff))

    @property
    def staff_per_place(self) -> float | None:
        """Filled posts on one place."""
        filled = self.staff_totals[1]
        return filled / self.service.capacity if self.service.capacity and filled else None

    @property
    def stats(self) -> list[dict[str, Any]]:
        """The five numbers with the day they are of."""
        newest = {figure.kind: figure for figure in reversed(self.figures)}
        return [self._stat(kind, newest.get(kind)) for kind in Service.FIGURES]

    def _stat(self, kind: str, figure: Figure | None) -> dict[str, Any]:
        value = getattr(self.service, kind)
        note = _("към %(day)s") % {"day": f"{figure.as_of:%d.%m.%Y}"} if figure else ""
        over = kind == "occupied" and self.service.free is not None and self.service.free < 0
        stat = {"label": FIGURE_LABELS[kind], "value": "–" if value is None else value, "note": note}
        return stat | ({"kind": "accent"} if over else {})

    @property
    def groups(self) -> str:
        """Target groups in words."""
        return "; ".join(group.title for group in self.service.target_groups.all())

    def staff_rows(self) -> list[list[Any]]:
        """Profession, posts, filled."""
        return [[post.profession, post.posts, post.filled] for post in self.staff]

    def sibling_links(self, siblings: Sequence[Service]) -> list[tuple[str, str, str]]:
        """Services of the same complex or management."""
        return [(s.name, reverse("register_service", args=[s.code]), s.type.short) for s in siblings]

    @property
    def history_picture(self) -> Picture | None:
        """Places, people and waiting over the days; None until there are three days."""
        days = sorted({figure.as_of for figure in self.figures})[-8:]
        if len(days) < 3:
            return None
        known = {(f.kind, f.as_of): f.value for f in reversed(self.figures)}
        shown = ("capacity", "occupied", "waiting")
        panels = [Panel(str(FIGURE_LABELS[k]), tuple(known.get((k, day)) for day in days)) for k in shown]
        titles = [formats.date(day) for day in days]
        return small_lines(
            _("Места, заети и чакащи по дати"), panels, titles, source=_("Регистър на услугите.")
        )

    def history_rows(self) -> list[list[Any]]:
        """Day, what, number, source, who wrote it."""
        order = {kind: number for number, kind in enumerate(Service.FIGURES)}
        rows = sorted(self.figures, key=lambda f: (-f.as_of.toordinal(), order[f.kind], -f.pk))
        return [[f.as_of, FIGURE_LABELS[f.kind], f.value, f.source, f.recorded_by] for f in rows]


def filters_in_words(actor: Actor, chosen: Filters) -> str:
    """What was chosen, for the foot of an export."""
    facets = lists.facets(actor, chosen)
    said = [f"{_('търсене')}: {chosen.q}"] if chosen.q else []
    for name, label in _FILTER_WORDS.items():
        value = getattr(chosen, name)
        if value:
            options = {option.value: option.label for option in facets[name]}
            said.append(f"{_(label)}: {options.get(value, value)}")
    states = {code: str(text) for code, text in STATES}
    said.append(f"{_('състояние')}: {states[chosen.state]}")
    if chosen.shared:
        said.append(str(dict(SHARED).get(chosen.shared, chosen.shared)))
    if chosen.free:
        said.append(_("само със свободни места"))
    if chosen.codes:
        said.append(f"{_('кодове')}: {chosen.codes}")
    return "; ".join(said)


_FILTER_WORDS = {
    "region": gettext_noop("област"),
    "municipality": gettext_noop("община"),
    "type": gettext_noop("тип услуга"),
    "group": gettext_noop("целева група"),
    "provider": gettext_noop("доставчик"),
}


def form_values(service: Service) -> dict[str, Any]:
    """A service as the initial values of its form."""
    same = (
        "code",
        "name",
        "type",
        "organisation",
        "municipality",
        "address",
        "head",
        "phone",
        "email",
    )
    values = {name: getattr(service, name) for name in same}
    days = {name: getattr(service, name) for name in ("delegated_since", "opened_on", "closed_on")}
    values |= {name: f"{day:%d.%m.%Y}" if day else "" for name, day in days.items()}
    values |= {"settlement": service.settlement.name if service.settlement else ""}
    values |= {"complex": service.complex.name if service.complex else ""}
    values |= {"management": service.management.name if service.management else ""}
    return values | {"target_groups": list(service.target_groups.all())}


def staff_clash(why: str, both: Sequence[str], now: Mapping[str, str]) -> str:
    """After a clash: what a colleague saved in the rows that both changed."""
    rows = "; ".join(f"{name}: {now.get(name, _('махнато'))}" for name in both)
    return clash_words(why, rows.replace(".", ","))


def staff_of(formset: Any) -> list[Staff]:
    """Rows of the staff form that name a profession."""
    said = [form.cleaned_data for form in formset.forms if form.cleaned_data.get("profession")]
    return [Staff(words.normal(row["profession"]), row["posts"], row["filled"] or Decimal()) for row in said]
