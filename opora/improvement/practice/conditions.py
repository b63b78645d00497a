"""Whether what a practice needs is in place: read in the register, never asked of the service again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from opora.foundation.core import clock, words
from opora.foundation.ui import formats
from opora.improvement.practice.models import Condition
from opora.register.models import Service

MET, UNMET, UNKNOWN = "met", "unmet", "unknown"
TAGS = {MET: "done", UNMET: "wrong", UNKNOWN: "waiting"}


@dataclass(frozen=True)
class Checked:
    """A condition in words, how it stands for one service, and what was found."""

    text: str
    state: str
    found: str

    @property
    def tag(self) -> str:
        """Kind of the tag it is shown with."""
        return TAGS[self.state]

    @property
    def words(self) -> str:
        """The state in words."""
        return {MET: _("изпълнено"), UNMET: _("не е изпълнено"), UNKNOWN: _("не се знае")}[self.state]


def said(condition: Condition) -> str:
    """The condition as a sentence of the card."""
    more = f" ({condition.text})" if condition.text and condition.kind != "other" else ""
    return _plain(condition) + more


def _plain(condition: Condition) -> str:
    amount = formats.number(condition.amount or 1)
    if condition.kind == "group":
        return _("Услугата работи с: %(group)s") % {"group": condition.group}
    if condition.kind == "type":
        return _("Услугата е %(type)s") % {"type": condition.type}
    if condition.kind == "places":
        return _("Най-малко %(n)s места") % {"n": amount}
    if condition.kind == "free":
        return _("Най-малко %(n)s свободни места") % {"n": amount}
    if condition.kind == "post":
        return _("Заети щатни бройки „%(profession)s“: най-малко %(n)s") % {
            "profession": condition.profession, "n": amount,
        }  # fmt: skip
    if condition.kind == "beside":
        return _("В общината има и %(type)s") % {"type": condition.type}
    return condition.text


def check(condition: Condition, service: Service) -> Checked:
    """How the condition stands for the service today."""
    state, found = _CHECKS[condition.kind](condition, service)
    return Checked(said(condition), state, found)


Answer = tuple[str, str]


def _group(condition: Condition, service: Service) -> Answer:
    groups = list(service.target_groups.all())
    names = ", ".join(str(group) for group in groups)
    if not groups:
        return UNKNOWN, _("в регистъра няма целеви групи")
    return _met(any(group.pk == condition.group_id for group in groups)), _("в регистъра: %(found)s") % {
        "found": names
    }


def _type(condition: Condition, service: Service) -> Answer:
    return _met(service.type_id == condition.type_id), _("в регистъра: %(found)s") % {"found": service.type}


def _places(condition: Condition, service: Service) -> Answer:
    return _at_least(service.capacity, condition.amount, _("места: %(n)s"))


def _free(condition: Condition, service: Service) -> Answer:
    return _at_least(service.free, condition.amount, _("свободни места: %(n)s"))


def _post(condition: Condition, service: Service) -> Answer:
    wanted = _stems(condition.profession)
    posts = [post for post in service.posts.all() if wanted <= _stems(post.profession)]
    if not service.posts.all():
        return UNKNOWN, _("в регистъра няма щатно разписание")
    return _at_least(
        sum((post.filled for post in posts), Decimal()), condition.amount, _("заети бройки: %(n)s")
    )


def _beside(condition: Condition, service: Service) -> Answer:
    others = Service.objects.operating(clock.today()).filter(
        municipality_id=service.municipality_id, type_id=condition.type_id
    )
    found = others.exclude(pk=service.pk).first()
    return _met(found is not None), found.name if found else _("в регистъра няма такава услуга в общината")


def _other(condition: Condition, service: Service) -> Answer:
    return UNKNOWN, _("не се чете от регистъра; услугата го потвърждава сама")


def _at_least(value: int | Decimal | None, least: Decimal | None, words_: str) -> Answer:
    if value is None:
        return UNKNOWN, _("в регистъра няма такова число")
    return _met(value >= (least or 1)), words_ % {"n": formats.number(value)}


def _met(yes: bool) -> str:
    return MET if yes else UNMET


def _stems(text: str) -> set[str]:
    return {words.stem(word) for word in words.tokens(text)}


_CHECKS: dict[str, Callable[[Condition, Service], Answer]] = {
    "group": _group,
    "type": _type,
    "places": _places,
    "free": _free,
    "post": _post,
    "beside": _beside,
    "other": _other,
}
