"""Makers of register rows, for the tests of this room and of the rooms above."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from opora.foundation.accounts.actors import Actor, Holding
from opora.foundation.core import words
from opora.foundation.territory.models import Municipality, Region, Settlement
from opora.register.actions import describe
from opora.register.models import Complex, Management, Organisation, Post, Service, ServiceType, TargetGroup

_numbers = itertools.count(1)
_SEATS = {
    "LOV18": ("Ловеч", "43952"),
    "LOV33": ("Тетевен", "72343"),
    "LOV34": ("Троян", "73198"),
    "LOV19": ("Луковит", "44327"),
    "LOV17": ("Летница", "43476"),
    "KRZ16": ("Кърджали", "40909"),
    "KRZ21": ("Момчилград", "48996"),
}
_REGIONS = {"LOV": "Ловеч", "KRZ": "Кърджали", "BLG": "Благоевград", "SOF": "София (столица)"}


def actor(role: str = "national_admin", scope: str = "BG", name: str = "Вера Петкова") -> Actor:
    """A signed-in person with one role in one place, as a value (no account behind it)."""
    return Actor(user_id=None, name=name, organisation="Проба", holdings=(Holding(role, scope),))


def region(code: str = "LOV", name: str = "") -> Region:
    """The region with the code; made when missing."""
    name = name or _REGIONS.get(code, code)
    facts = {"name_en": words.latin(name), "sort_name": words.sort_key(name), "nuts3": "BG315"}
    row, _ = Region.objects.get_or_create(
        code=code, defaults=facts | {"name": name, "seat_ekatte": "", "lat": 43.1, "lon": 24.7}
    )
    return row


def municipality(code: str = "LOV18", name: str = "") -> Municipality:
    """The municipality with the code, in its region; made when missing."""
    name = name or _SEATS.get(code, (code, ""))[0]
    facts: dict[str, Any] = {"name": name, "name_en": words.latin(name), "sort_name": words.sort_key(name)}
    facts |= {"nuts3": "BG315", "seat_ekatte": _SEATS.get(code, ("", ""))[1], "lat": 43.1, "lon": 24.7}
    row, _ = Municipality.objects.get_or_create(
        code=code, defaults=facts | {"region": region(code[:3]), "area_km2": 900.0}
    )
    return row


def settlement(
    name: str = "", *, ekatte: str = "", where: Municipality | None = None, kind: str = "гр."
) -> Settlement:
    """A settlement in a municipality (its seat when nothing is said); made when missing."""
    where = where or municipality()
    name = name or where.name
    ekatte = ekatte or where.seat_ekatte or f"9{next(_numbers):04d}"
    facts: dict[str, Any] = {"name": name, "kind": kind, "municipality": where, "lat": 43.13, "lon": 24.71}
    row, _ = Settlement.objects.get_or_create(
        ekatte=ekatte, defaults=facts | {"name_en": words.latin(name), "sort_name": words.sort_key(name)}
    )
    return row


def service_type(code: str = "csri", **facts: Any) -> ServiceType:
    """A type of service; the built-in name and abbreviation of a few known codes."""
    known = {
        "csri": ("ЦСРИ", "Център за социална рехабилитация и интеграция"),
        "csc": ("ЦОП", "Център за обществена подкрепа"),
        "day_child_dis": ("ДЦДУ", "Дневен център за деца и/или младежи с увреждания"),
        "crisis_centre": ("КЦ", "Кризисен център (за деца; за пълнолетни лица)"),
        "protected_home": ("ЗЖ", "Защитено жилище"),
    }
    abbr, name = known.get(code, ("–", code))
    given = {
        "abbr": abbr,
        "name": name,
        "name_en": words.latin(name),
        "hides_address": code == "crisis_centre",
    }
    row, _ = ServiceType.objects.get_or_create(code=code, defaults=given | facts)
    return row


def target_group(code: str = "children_disabilities", **facts: Any) -> TargetGroup:
    """A target group of the code list; made when missing."""
    known = {
        "children_disabilities": "деца с увреждания",
        "adults_disabilities": "пълнолетни лица с увреждания",
    }
    given = {"name": known.get(code, code), "name_en": code.replace("_", " "), "children": "child" in code}
    row, _ = TargetGroup.objects.get_or_create(code=code, defaults=given | facts)
    return row


def organisation(name: str = "Община Ловеч", *, eik: str = "", kind: str = "municipality") -> Organisation:
    """A provider; the one of that name when it stands already."""
    facts = {
        "eik": eik,
        "kind": kind,
        "sort_name": words.sort_key(name),
        "search_text": words.search_text(name),
    }
    row = Organisation.objects.filter(name=name).first()
    return row or Organisation.objects.create(name=name, **facts)


def service(
    name: str = "",
    *,
    code: str = "",
    where: Municipality | None = None,
    provider: Organisation | None = None,
    type: ServiceType | str = "csri",
    groups: Iterable[TargetGroup | str] = (),
    capacity: int | None = 30,
    occupied: int | None = 24,
    complex: str = "",
    management: str = "",
    staff: dict[str, tuple[float, float]] | None = None,
    **facts: Any,
) -> Service:
    """A whole service with its provider, type, target groups, complex, management and posts.

    `staff` is profession → (posts, filled); dates are `dt.date`; anything else is a field of `Service`.
    """
    number = next(_numbers)
    where = where or municipality()
    provider = provider or organisation()
    kind = service_type(type) if isinstance(type, str) else type
    name = name or f"{kind.short} {number} {where.name}"
    code = code or f"{where.code}-{number:03d}"
    facts.setdefault("opened_on", dt.date(2010, 1, 1))
    row = Service(
        code=code,
        name=name,
        organisation=provider,
        type=kind,
        municipality=where,
        capacity=capacity,
        occupied=occupied,
        complex=_of(Complex, provider, complex),
        management=_of(Management, provider, management),
        **facts,
    )
    kept = [target_group(group) if isinstance(group, str) else group for group in groups]
    describe(row, kept)
    row.save()
    row.target_groups.set(kept)
    for profession, (posts, filled) in (staff or {}).items():
        post(row, profession, posts, filled)
    return row


def post(of: Service, profession: str = "психолог", posts: float = 1, filled: float = 1) -> Post:
    """One row of the staff list."""
    numbers = {"posts": Decimal(str(posts)), "filled": Decimal(str(filled))}
    return Post.objects.create(service=of, profession=profession, **numbers)


def _of(model: Any, provider: Organisation, name: str) -> Any:
    return model.objects.get_or_create(organisation=provider, name=name)[0] if name else None
