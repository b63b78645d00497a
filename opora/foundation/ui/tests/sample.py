"""A page with every part of the design system on it, for tests and for looking at."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory

from opora.foundation.ui import nav

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Actor:
    """Stands for accounts' actor, which this room may not import."""

    user_id: int | None = 1
    name: str = "Мария Петкова"


class ServiceForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Наименование на услугата", help_text="Както е в заповедта за откриване.")
    places = forms.IntegerField(label="Места по капацитет", min_value=1)
    opened = forms.DateField(label="Открита на", help_text="Например 22.11.2026", required=False)
    note = forms.CharField(label="Бележка", widget=forms.Textarea, required=False)
    type = forms.ChoiceField(
        label="Вид", choices=[("", "Изберете"), ("csri", "ЦСРИ"), ("dc", "Дневен център")]
    )
    target = forms.MultipleChoiceField(
        label="Целеви групи",
        choices=[("child", "Деца с увреждания"), ("adult", "Лица с увреждания"), ("risk", "Деца в риск")],
        widget=forms.CheckboxSelectMultiple,
    )
    managed = forms.ChoiceField(
        label="Общо управление",
        choices=[("yes", "Да"), ("no", "Не")],
        widget=forms.RadioSelect,
    )
    crisis = forms.BooleanField(label="Има места за кризисно настаняване", required=False)
    file = forms.FileField(label="Заповед", help_text="PDF или снимка, най-много 25 MB", required=False)


def filter_form(request: Any) -> forms.Form:
    """A small filter form bound to the address."""

    class Filter(forms.Form):
        municipality = forms.ChoiceField(
            label="Община", required=False, choices=[("", "Всички"), ("LOV18", "Ловеч"), ("LOV34", "Троян")]
        )
        type = forms.ChoiceField(
            label="Вид услуга", required=False, choices=[("", "Всички"), ("csri", "ЦСРИ")]
        )
        free = forms.BooleanField(label="Със свободни места", required=False)

    return Filter(request.GET, auto_id="filter_%s")


PLACES = {
    "home": "home",
    "search": "search",
    "account": "account",
    "sign_out": "out",
    "language": "language",
    "keep_alive": "ping",
    "about": "about",
    "accessibility": "about",
}
SERVICES = [
    ("ЦСРИ „Надежда“", "Ловеч", 30, 28, 0.933, dt.date(2019, 3, 1), ("Върната", "done")),
    (
        "Дневен център за деца с увреждания „Слънчо“",
        "Троян",
        24,
        None,
        None,
        dt.date(2021, 9, 15),
        ("Чернова", "waiting"),
    ),
    ("Център за настаняване от семеен тип №2", "Тетевен", 14, ":c", ":c", None, ("Не е започната", "none")),
    (
        "Кризисен център за деца „Пристан“",
        "Луковит",
        10,
        12,
        1.2,
        dt.date(2017, 1, 9),
        ("За поправка", "wrong"),
    ),
    ("Защитено жилище „Балкан“", "Летница", 1008, 1008, 1.0, dt.date(2020, 6, 30), ("Проверена", "info")),
]


def request(address: str = "/services/?municipality=LOV18&sort=-places&free=on&page=3") -> Any:
    """A request of a signed-in person with messages to show."""
    made = RequestFactory().get(address)
    made.actor = Actor()
    return made


def render(template: str, request: Any = None, **context: Any) -> str:
    """Render text as a template in the product's own environment."""
    return str(engines["jinja2"].from_string(template).render(context, request))


def full_frame() -> None:
    """Fill header and footer as the rooms above would."""
    for role, name in PLACES.items():
        nav.register_place(role, name)
    for order, (label, name) in enumerate((("Моят ден", "home"), ("Услуги", "services"), ("Табло", "board"))):
        nav.register(nav.NavItem(label, name, lambda actor: True, order))


def style_page() -> str:
    """Every component, with real words."""
    asked = request()
    wrong = ServiceForm({"name": "ЦСРИ „Надежда“", "places": "трийсет", "crisis": "on"})
    return render(
        (HERE / "style_page.html").read_text(encoding="utf-8"),
        asked,
        form=ServiceForm(),
        wrong=wrong,
        filter=filter_form(asked),
        services=SERVICES,
        page=Paginator(range(318), 20).page(3),
        now=dt.datetime(2026, 11, 22, 14, 5),
        today=dt.date(2026, 11, 22),
    )
