"""D13: the public part of the demonstration, followed link by link: nothing about a person stands there."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from stdnum.bg import egn

from opora.config.demo.people import PEOPLE
from opora.planning.needs.models import Analysis
from opora.register.models import Professional, Service
from tests.trust.walk import Page, body_of, words_of

pytestmark = pytest.mark.django_db


def test_nothing_about_a_person_stands_on_the_public_site(site: list[Page]) -> None:
    kinds = {page.kind for page in site}
    assert len(site) > 60
    assert "text/html" in kinds
    names = {one.name for one in PEOPLE} | set(
        Service.objects.exclude(head="").values_list("head", flat=True)
    )
    names |= set(Professional.objects.values_list("name", flat=True))
    assert [(page.address, n) for page in site for n in names if n in page.words] == []
    assert [(page.address, n) for page in site for n in numbers(page.words)] == []


def numbers(text: str) -> list[str]:
    """Numbers that could be somebody's identity number: ten digits with the right check digit and date."""
    plain = re.sub(r"<path[^>]*>|<polygon[^>]*>", "", text)
    return [n for n in re.findall(r"(?<![\d.])\d{10}(?![\d.])", plain) if egn.is_valid(n)]


def test_the_only_telephones_are_those_of_services(site: list[Page]) -> None:
    own = {digits(phone) for phone in Service.objects.values_list("phone", flat=True)}
    helplines = {"112", "116111", "080018676"}
    strangers = {
        (page.address, found)
        for page in site
        if page.kind == "text/html"
        for found in re.findall(r'href="tel:([^"]+)"', page.words)
        if digits(found) not in own | helplines
    }
    assert strangers == set()


def digits(phone: str) -> str:
    found = re.sub(r"\D", "", phone)
    return "0" + found.removeprefix("359") if found.startswith("359") else found


def test_where_crisis_services_are_is_told_nowhere(site: list[Page]) -> None:
    hidden = [s for s in Service.objects.select_related("type") if s.address_hidden and s.address]
    assert hidden
    assert [(page.address, s.code) for page in site for s in hidden if s.address in page.words] == []


@pytest.mark.once
@pytest.mark.slow
def test_published_documents_name_nobody(demonstration: dict[str, Client]) -> None:
    names = {one.name for one in PEOPLE} | set(
        Service.objects.exclude(head="").values_list("head", flat=True)
    )
    pk = Analysis.objects.published().latest("made_at").pk
    for kind in ("docx", "pdf", "xlsx"):
        answer = demonstration[""].get(f"/analyses/{pk}/download/{kind}/")
        assert answer.status_code == 200
        words = words_of(body_of(answer), answer["Content-Type"].partition(";")[0])
        assert [name for name in names if name in words] == []
        assert numbers(words) == []
