"""S10: GET changes nothing, nothing is changed without a token, and nobody is called up."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.trust.addresses import paths, patterns
from tests.trust.walk import HEAVY, calls, digest, step
from tests.trust.walked.conftest import KEPT_BY_GET, Walked

pytestmark = pytest.mark.django_db


def test_reading_every_address_changes_nothing(walked: Walked) -> None:
    """But for the audit, the session and the released table."""
    assert len(walked.steps) > 400
    wrote = {(one.name, table) for one in walked.steps for table in one.written if table not in KEPT_BY_GET}
    assert sorted(wrote) == []
    assert walked.after == walked.before


def test_the_released_table_is_written_once_for_the_same_counts(walked: Walked) -> None:
    wrote = [one.path for one in walked.steps if "reports_release" in one.written]
    assert len(wrote) == len({path.partition(".")[0] for path in wrote})


def test_no_address_is_let_off_its_token() -> None:
    assert [one.name for one in patterns() if getattr(one.callback, "csrf_exempt", False)] == []


@pytest.mark.parametrize(
    "method", ["post", *(pytest.param(m, marks=pytest.mark.slow) for m in ("put", "patch", "delete"))]
)
def test_every_unsafe_request_without_a_token_is_refused(
    demonstration: dict[str, Client], method: str
) -> None:
    before, let_in = digest(KEPT_BY_GET), []
    for who in ("", "administrator"):
        browser = strict(demonstration[who])
        for name, path in paths(limit=1):
            status = getattr(browser, method)(path, {"key": "1"}).status_code
            if status != 403:
                let_in.append(f"{method.upper()} {path} ({name}) as {who or 'a visitor'}: {status}")
    assert let_in == []
    assert digest(KEPT_BY_GET) == before


def strict(browser: Client) -> Client:
    """The same person in a browser that minds the token."""
    found = Client(enforce_csrf_checks=True)
    found.cookies = browser.cookies
    return found


def test_no_page_calls_up_anybody(walked: Walked) -> None:
    assert walked.called == ()


@pytest.mark.once
@pytest.mark.slow
def test_no_document_calls_up_anybody(demonstration: dict[str, Client]) -> None:
    roads = [one for one in paths(limit=1) if one[0] in HEAVY]
    with calls() as called:
        steps = [step(demonstration["coordinator-kardzhali"], "", name, path) for name, path in roads]
    assert [one.status for one in steps] == [200] * 4
    assert called == []
