"""D1: every step of the way of a card and of a person's account leaves its row, once."""

from __future__ import annotations

from collections import Counter

import pytest
from django.urls import reverse

from opora.evidence.survey.models import Card, Submission
from opora.evidence.survey.tests import make as survey
from opora.foundation.accounts.tests import make
from opora.foundation.audit.models import Entry
from opora.register.tests import make as register

pytestmark = pytest.mark.django_db


def since(before: int) -> Counter[str]:
    return Counter(Entry.objects.filter(pk__gt=before).values_list("deed", flat=True))


def last() -> int:
    return Entry.objects.order_by("pk").values_list("pk", flat=True).last() or 0


def test_the_way_of_a_card() -> None:
    card = survey.round_(services=1).cards.get()
    manager = make.client_for("service_manager", card.path)
    coordinator = make.client_for("regional_coordinator", "BG/LOV")
    before = last()
    survey.actions.save_card(survey.manager(card.service), card, survey.whole(card), base_version=0)
    assert since(before) == {"survey.card_begun": 1}

    def post(browser, name, **given):  # type: ignore[no-untyped-def]
        assert browser.post(reverse(name, args=[card.code]), given).status_code == 302

    before = last()
    post(manager, "survey_check", key="1")
    post(manager, "survey_check", key="1")
    assert since(before) == {"survey.card_submitted": 1}
    before = last()
    post(coordinator, "survey_return", reason="Допълнете таксата.")
    assert sum(since(before).values()) == 1
    before = last()
    post(manager, "survey_check", key="2")
    survey.actions.verify_card(survey.coordinator(), Card.objects.get(pk=card.pk))
    found = since(before)
    assert found.pop("survey.card_submitted") == 1
    assert list(found.values()) == [1]
    assert Submission.objects.filter(card=card).count() == 2


def test_a_persons_page_and_an_export_leave_their_trace() -> None:
    register.service("Дневен център")
    person = make.user("evaluator")
    administrator = make.client_for("national_admin")
    before = last()
    assert administrator.get(reverse("accounts_person", args=[person.pk])).status_code == 200
    assert since(before) == {"accounts.person_viewed": 1}
    before = last()
    assert administrator.get(reverse("register_export_xlsx")).status_code == 200
    assert since(before) == {"register.exported": 1}
