"""The page of the audit: who may read it, what it shows, and that reading it is written down too."""

from __future__ import annotations

import pytest

from opora.foundation.accounts.tests import make
from opora.foundation.audit.actions import record
from opora.foundation.audit.models import Entry

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", make.ACCOUNT_ROLES)
def test_only_the_data_protection_officer_reads_the_log(role):
    for address in ("/accounts/audit/", "/accounts/audit.csv"):
        status = make.client_for(role).get(address).status_code
        assert status == (200 if role == "dpo_auditor" else 404), (role, address)


def test_rows_are_found_by_word_and_kind():
    record(
        make.actor("regional_coordinator", name="Елена Градева"), "consult", "К-2026-014", ground="проверка"
    )
    record(make.actor("national_admin", name="Галина Сарова"), "change", "rule x")
    client = make.client_for("dpo_auditor")
    page = client.get("/accounts/audit/?words=К-2026-014").text
    assert "Елена Градева" in page
    assert "Галина Сарова" not in page
    page = client.get("/accounts/audit/?kind=change").text
    assert "Галина Сарова" in page
    assert client.get("/accounts/audit/?since=вчера").status_code == 200


def test_reading_the_log_is_itself_written_down():
    make.client_for("dpo_auditor").get("/accounts/audit/?words=x")
    last = Entry.objects.newest_first().first()
    assert (last.kind, last.subject) == ("consult", "audit log")


def test_the_file_runs_no_formula():
    record(make.actor("national_admin", name="=1+1"), "change", "@SUM(A1)")
    body = b"".join(make.client_for("dpo_auditor").get("/accounts/audit.csv").streaming_content).decode()
    assert "'=1+1" in body
    assert "'@SUM(A1)" in body
