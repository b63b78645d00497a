# ruff: noqa: E402
"""CPU milliseconds of the register's pages at 3,000 services, beside the same pages in plain Django templates.

Run: OPORA_MODE=test python bench/register.py [services]. Published by others, not measured here: DORA 90-105 ms a
service page, 2.2-2.6 s the list of 3,000.
"""

import datetime as dt
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
FOLDER = tempfile.TemporaryDirectory(prefix="opora-bench-")
os.environ.setdefault("OPORA_MODE", "test")
os.environ["OPORA_DATABASE_URL"] = f"sqlite:///{FOLDER.name}/db.sqlite3"
os.environ["OPORA_DATA_DIR"] = FOLDER.name
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opora.config.settings")

import django

django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.http import HttpResponse
from django.template import engines
from django.urls import path

from opora.config.urls import urlpatterns as product
from opora.foundation.accounts.doors import door
from opora.foundation.accounts.tests import make as people
from opora.foundation.territory.actions import load_builtin_facts
from opora.foundation.territory.models import Municipality
from opora.register.models import Figure, Service, TargetGroup
from opora.register.tests import make

ROWS = 50
HEAD = "<!doctype html><html lang=bg><head><title>{{ title }}</title></head><body><h1>{{ title }}</h1>"
LIST = (
    HEAD
    + """
<form method="get"><input name="q">{% for name, options in filters %}<select name="{{ name }}">{% for code, text, n in options %}
<option value="{{ code }}">{{ text }} ({{ n }})</option>{% endfor %}</select>{% endfor %}</form>
<p>{{ total.services }} {{ total.capacity }} {{ total.occupied }} {{ total.waiting }}</p>
<table><thead><tr><th>Услуга<th>Вид<th>Община<th>Доставчик<th>Места<th>Заети<th>Свободни<th>Чакащи</tr></thead><tbody>
{% for s in page %}<tr><th scope="row"><a href="{% url 'register_service' s.code %}">{{ s.name }}</a></th>
<td data-label="Вид">{{ s.type.short }}</td><td data-label="Община">{{ s.municipality.name }}</td>
<td data-label="Доставчик">{{ s.organisation.name }}</td><td data-label="Места">{{ s.capacity|default_if_none:"–"|floatformat:"0g" }}</td>
<td data-label="Заети">{{ s.occupied|default_if_none:"–"|floatformat:"0g" }}</td><td data-label="Свободни">{{ s.free|default_if_none:"–"|floatformat:"0g" }}</td>
<td data-label="Чакащи">{{ s.waiting|default_if_none:"–"|floatformat:"0g" }}</td></tr>{% endfor %}
</tbody></table></body></html>"""
)
PAGE = (
    HEAD
    + """<dl>{% for label, value in facts %}<dt>{{ label }}</dt><dd>{{ value|default_if_none:"–" }}</dd>{% endfor %}</dl>
<table>{% for p in service.posts.all %}<tr><th>{{ p.profession }}</th><td>{{ p.posts|floatformat:-2 }}</td><td>{{ p.filled|floatformat:-2 }}</td></tr>{% endfor %}</table>
<table>{% for f in service.figures.all %}<tr><td>{{ f.as_of|date:"d.m.Y" }}</td><td>{{ f.kind }}</td><td>{{ f.value }}</td><td>{{ f.source }}</td></tr>{% endfor %}</table>
</body></html>"""
)


def template(text):
    return engines.all()[1].from_string(text)


LIST_TEMPLATE, PAGE_TEMPLATE = template(LIST), template(PAGE)


@door("service_register", "R")
def plain_list(request):
    from django.db.models import Count, Sum

    rows = Service.objects.filter(closed_on=None).select_related("type", "municipality", "organisation")
    total = rows.aggregate(Count("pk"), Sum("capacity"), Sum("occupied"), Sum("waiting"))
    columns = {
        "type": ("type__code", "type__name"),
        "municipality": ("municipality__code", "municipality__name"),
        "region": ("municipality__region__code", "municipality__region__name"),
        "provider": ("organisation_id", "organisation__name"),
        "group": ("target_groups__code", "target_groups__name"),
    }
    filters = [(k, list(rows.order_by().values_list(*c).annotate(n=Count("pk")))) for k, c in columns.items()]
    many = rows if request.GET.get("page") == "all" else rows[:ROWS]
    told = {"services": total["pk__count"], "capacity": total["capacity__sum"]}
    return HttpResponse(
        LIST_TEMPLATE.render(
            {"title": "Социални услуги", "page": many, "total": told, "filters": filters}, request
        )
    )


@door("service_register", "R")
def plain_page(request, code):
    service = Service.objects.select_related("type", "municipality__region", "organisation").get(code=code)
    names = (
        "organisation",
        "address",
        "head",
        "phone",
        "email",
        "opened_on",
        "capacity",
        "occupied",
        "waiting",
    )
    facts = [(name, getattr(service, name)) for name in names] + [
        ("groups", ", ".join(str(g) for g in service.target_groups.all()))
    ]
    return HttpResponse(
        PAGE_TEMPLATE.render({"title": service.name, "service": service, "facts": facts}, request)
    )


urlpatterns = [path("plain/", plain_list), path("plain/<str:code>/", plain_page), *product]


def fill(count):
    call_command("migrate", verbosity=0)
    load_builtin_facts()
    places = list(Municipality.objects.select_related("region"))
    kinds = [make.service_type(code) for code in ("csri", "csc", "day_child_dis", "protected_home")]
    groups = [make.target_group(code) for code in ("children_disabilities", "adults_disabilities")]
    providers = [make.organisation(f"Доставчик {n}") for n in range(200)]
    with transaction.atomic():
        for number in range(count):
            made = make.service(
                f"Услуга „Дъга“ {number}",
                code=f"S-{number}",
                where=places[number % len(places)],
                provider=providers[number % 200],
                type=kinds[number % 4],
                groups=[groups[number % 2]],
                waiting=number % 9,
                staff={"психолог": (2, 1.5), "логопед": (1, 1)} if number < 50 else None,
            )
            if number < 50:
                Figure.objects.bulk_create(
                    Figure(service=made, kind=kind, value=n, as_of=dt.date(2025, n, 1), source="отчет")
                    for n in range(1, 9)
                    for kind in Service.FIGURES
                )
    TargetGroup.objects.count()


def cpu(client, address, times):
    client.get(address)
    asked = []
    with connection.execute_wrapper(lambda run, *given: (asked.append(1), run(*given))[1]):
        size = len(client.get(address).content)
    spent = []
    for _ in range(times):
        start = time.process_time()
        response = client.get(address)
        spent.append((time.process_time() - start) * 1000)
        assert response.status_code == 200, address
    return statistics.median(spent), len(asked), size


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 3_000
    settings.ROOT_URLCONF = __name__
    fill(count)
    client = people.client_for("national_admin")
    pages = [
        ("service page", "/register/S-7/", "/plain/S-7/", 30),
        ("list, first page", "/register/", "/plain/", 15),
        (f"list of {count}", "/register/?page=all", "/plain/?page=all", 5),
    ]
    print(f"register: {count} services, median CPU ms a request through the whole stack (queries, KB)")
    for name, ours, plain, times in pages:
        (ms, asked, size), (base, base_asked, base_size) = cpu(client, ours, times), cpu(client, plain, times)
        print(
            f"  {name:18} opora {ms:7.1f} ms ({asked}, {size // 1024} KB)   plain Django {base:7.1f} ms ({base_asked}, {base_size // 1024} KB)"
        )


if __name__ == "__main__":
    main()
