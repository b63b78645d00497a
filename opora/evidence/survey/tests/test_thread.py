"""From a spreadsheet to a receipt, as people do it."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from opora.evidence.survey import sheets, stages
from opora.evidence.survey.models import Answer, Card, Round, TemplateVersion
from opora.evidence.survey.tests import make
from opora.evidence.survey.tests.browse import fields_of
from opora.foundation.accounts.tests import make as people
from opora.register.tests import make as register

pytestmark = pytest.mark.django_db


def test_from_spreadsheet_to_receipt(client):
    service = register.service(groups=["children_disabilities"], staff={"психолог": (1, 0.5)})
    coordinator = people.client_for("regional_coordinator", "BG/LOV")
    upload = SimpleUploadedFile("карта.xlsx", sheets.write_xlsx(make.tables()))
    answer = coordinator.post("/survey/templates/", {"file": upload})
    assert answer.status_code == 302, answer.content.decode()
    preview = coordinator.get(answer.url).content.decode()
    assert "Капацитет" in preview
    assert "Публикувай версията" in preview
    coordinator.post(answer.url)
    version = TemplateVersion.objects.get()
    assert version.published
    assert "<h:html" in version.xform

    make.round_(version=version)
    card = Card.objects.get(service=service)
    manager = people.client_for("service_manager", service.path)
    assert card.code in manager.get("/survey/").content.decode()
    overview = manager.get(f"/survey/cards/{card.code}/").content.decode()
    assert "Регистърът е попълнил" in overview

    page = manager.get(f"/survey/cards/{card.code}/sections/places/").content.decode()
    assert "от регистъра, " in page
    assert 'value="30"' in page
    data = fields_of(page) | {"do": ["next"], "q:places.fee": ["12,50"]}
    answer = manager.post(f"/survey/cards/{card.code}/sections/places/", data)
    assert answer.url.endswith("/sections/needs/")
    page = manager.get(answer.url).content.decode()
    assert "Какъв специалист" not in page
    data = fields_of(page) | {"do": ["refresh"], "q:needs.lacks": ["yes"]}
    page = manager.post(answer.url, data, follow=True).content.decode()
    assert "Какъв специалист" in page
    assert "<strong>специалист</strong>" in page
    data = fields_of(page) | {"do": ["next"], "q:needs.whom": ["логопед"], "q:needs.since": ["1.3.2026"]}
    answer = manager.post(answer.url, data)
    assert answer.url.endswith("/check/")
    check = manager.get(f"/survey/cards/{card.code}/check/").content.decode()
    key = re.search(r'name="key" value="(\w+)"', check)[1]
    answer = manager.post(f"/survey/cards/{card.code}/check/", {"key": key})
    receipt = manager.get(answer.url).content.decode()
    assert f"{card.code}/1" in receipt
    again = manager.post(f"/survey/cards/{card.code}/check/", {"key": key})
    assert again.url == answer.url
    card.refresh_from_db()
    assert card.stage == stages.SUBMITTED
    assert card.answers["places"] == {"capacity": 30, "occupied": 24, "fee": 12.5}
    assert card.answers["needs"]["since"] == "2026-03-01"
    assert Answer.objects.get(card=card, question="people").number == 0.5
    assert Round.objects.get().cards.count() == 1
