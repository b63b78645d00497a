"""R13: double click, back and again, a retry of the same request: five hundred times, nothing is done twice."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from opora.evidence.survey import stages
from opora.evidence.survey.models import Card, CardStage, Submission
from opora.evidence.survey.tests import make as survey
from opora.foundation.accounts.tests import make
from opora.foundation.audit.models import Entry
from opora.foundation.jobs.models import Job
from opora.foundation.messages.models import Message
from opora.register import exports, queries
from opora.register.models import Figure, Service
from opora.register.tests import make as register

pytestmark = pytest.mark.django_db
FEW = 5
OFTEN = pytest.param(125, marks=pytest.mark.slow)
"""Four deeds of 125 each: five hundred."""


def key_on(browser: Client, path: str) -> str:
    """The number that the page gave its form."""
    found = re.search(r'name="key" value="(\w+)"', browser.get(path).content.decode())
    assert found, path
    return found.group(1)


@pytest.mark.parametrize("times", [FEW, OFTEN])
def test_a_card_is_sent_once(times: int) -> None:
    card = survey.card(stage=stages.DRAFT)
    browser = make.client_for("service_manager", card.path)
    path = reverse("survey_check", args=[card.code])
    key = key_on(browser, path)
    where = {browser.post(path, {"key": key}).headers["Location"] for _ in range(times)}
    assert where == {reverse("survey_receipt", args=[card.code, 1])}
    assert Submission.objects.filter(card=card).count() == 1
    assert CardStage.objects.filter(card=card, stage=stages.SUBMITTED).count() == 1
    assert Entry.objects.filter(deed="survey.card_submitted").count() == 1


@pytest.mark.parametrize("times", [FEW, OFTEN])
def test_everybody_is_reminded_once(times: int) -> None:
    round_ = survey.round_(services=3)
    Service.objects.update(email="team@example.bg")
    browser = make.client_for("regional_coordinator", "BG/LOV")
    for _ in range(times):
        assert browser.post(reverse("survey_remind", args=[round_.code])).status_code == 302
    assert Message.objects.count() == Card.objects.filter(round=round_).count() == 3


@pytest.mark.parametrize("times", [FEW, OFTEN])
def test_a_workbook_is_accepted_once(times: int) -> None:
    register.settlement()
    made = register.service("Дневен център", capacity=30, occupied=24)
    content = exports.xlsx(register.actor(), [made], types=queries.types())
    browser = make.client_for("regional_coordinator", "BG/LOV")
    Service.objects.filter(pk=made.pk).update(capacity=28)
    file = SimpleUploadedFile("register.xlsx", content)
    report = browser.post(reverse("register_import"), {"file": file}).headers["Location"]
    answers = [browser.post(report, {"step": "apply"}).status_code for _ in range(times)]
    assert answers == [302, *[404] * (times - 1)]
    assert Service.objects.count() == 1
    assert Figure.objects.filter(kind="capacity").count() <= 1


@pytest.mark.parametrize("times", [FEW, OFTEN])
def test_an_analysis_is_asked_for_once(times: int) -> None:
    round_ = survey.round_(services=1)
    browser = make.client_for("regional_coordinator", "BG/LOV")
    path = reverse("needs_start")
    asked = {"round": round_.code, "region": "LOV", "key": key_on(browser, path)}
    where = {browser.post(path, asked).headers["Location"] for _ in range(times)}
    assert len(where) == 1
    assert Job.objects.count() == 1
    browser.post(path, asked | {"key": key_on(browser, path)})
    assert Job.objects.count() == 2
