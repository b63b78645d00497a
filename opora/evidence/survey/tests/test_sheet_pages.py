"""The spreadsheet door through its pages: nothing is written before „Приеми“."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from opora.evidence.survey import card_sheet, queries, sheets
from opora.evidence.survey.tests import make
from opora.evidence.survey.tests.browse import address
from opora.foundation.accounts.tests import make as people

pytestmark = pytest.mark.django_db


def test_read_report_accept_and_the_second_time_nothing():
    card = make.card()
    head = people.client_for("service_manager", card.service.path)
    assert head.get(address(card, "xlsx/")).content[:2] == b"PK"
    form = sheets.form_of(card.round.template_version)
    answers = {**card.answers, "places": card.answers["places"] | {"fee": 8}}
    content = card_sheet.write(card, form, answers, 0)
    page = head.post(
        address(card, "upload/"), {"file": SimpleUploadedFile("card.xlsx", content)}
    ).content.decode()
    assert "Таблицата променя 1 отговор" in page
    assert ">8<" in page
    assert "fee" not in queries.draft_of(make.manager(card.service), card).data["places"]
    accepted = head.post(address(card, "upload/"), {"accept": "1"})
    assert accepted.url.endswith("/check/")
    assert queries.draft_of(make.manager(card.service), card).data["places"]["fee"] == 8
    page = head.post(
        address(card, "upload/"), {"file": SimpleUploadedFile("card.xlsx", content)}
    ).content.decode()
    assert "0 промени" in page
    page = head.post(address(card, "upload/"), {"file": SimpleUploadedFile("x.xlsx", b"no")}).content.decode()
    assert "не е карта" in page
