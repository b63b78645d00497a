"""Words of people stand in fields that the browser does not write into its own files."""

from __future__ import annotations

import re

import pytest

from opora.evidence.monitoring import stages
from opora.evidence.monitoring.tests import make
from opora.foundation.accounts.tests import make as people

pytestmark = pytest.mark.django_db
LEVELS = {"1.1": 4, "1.2": 2, "2.1": 2, "2.2": 2}
FORM = re.compile(r"<form[^>]*method=\"post\"[^>]*>.*?</form>", re.S)


def kept(page: str) -> list[str]:
    """Forms of the page with a field for words that say nothing about keeping."""
    main = page[page.index("<main") : page.index("</main>")]
    found = [form for form in FORM.findall(main) if "<textarea" in form or 'type="text"' in form]
    assert found
    return [form[:120] for form in found if 'autocomplete="off"' not in form.partition(">")[0]]


@pytest.mark.parametrize(
    ("stage", "page"),
    [(stages.PLANNED, "mark/"), (stages.LOCKED, "consensus/"), (stages.CONSENSUS, "report/")],
)
def test_observers_fields_are_not_kept(stage: str, page: str) -> None:
    second = 2 if stage == stages.LOCKED else LEVELS
    visit = make.visit(stage, (LEVELS, second))
    browser = people.client_of(visit.observers.first().user)
    shown = browser.get(f"/monitoring/visits/{visit.code}/{page}").text
    assert kept(shown) == []
    if page == "mark/":
        voices = re.findall(r"<textarea[^>]*voice:[^>]*>", shown)
        assert len(voices) == 2
        assert all('autocomplete="off"' in one for one in voices)


def test_the_answer_of_the_service_is_not_kept() -> None:
    visit = make.visit(stages.REPORTED)
    head = people.client_for("service_manager", visit.service.path)
    assert kept(head.get(f"/monitoring/visits/{visit.code}/answer/").text) == []
