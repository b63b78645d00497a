"""What a row says, and that it cannot be changed."""

from __future__ import annotations

import stat
import threading
from contextlib import suppress
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse
from pytest_django import Settings

from opora.foundation.audit import actions, chains, facts
from opora.foundation.audit.kinds import Kind, kind_of
from opora.foundation.audit.middleware import RequestFactsMiddleware
from opora.foundation.audit.models import Entry, Head
from opora.foundation.audit.tests import make
from opora.foundation.audit.verification import verify_all
from opora.foundation.core.crypto import KeyMissing

pytestmark = pytest.mark.django_db


def test_a_row_says_who_did_what_when_from_where_and_on_what_ground() -> None:
    with facts.about("192.0.2.7", "a1b2"):
        actions.record(
            make.Person(),
            "consult",
            "К-2026-014",
            chain="svc:LOV18-001",
            ground="чл. 86 от Закона за социалните услуги",
            details={"страница": 2},
        )
    entry = Entry.objects.get()
    assert (entry.actor_id, entry.actor_name, entry.role) == (7, "Ива Колева", "Регионален координатор")
    assert entry.organisation == "Областна администрация Ловеч"
    assert (entry.kind, entry.deed, entry.subject) == ("consult", "consult", "К-2026-014")
    assert (entry.chain, entry.seq, entry.service) == ("svc:LOV18-001", 1, "LOV18-001")
    assert (entry.address, entry.request_id) == ("192.0.2.7", "a1b2")
    assert entry.ground == "чл. 86 от Закона за социалните услуги"
    assert entry.details == {"страница": 2}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("consult", Kind.CONSULT),
        ("survey.card_submitted", Kind.COLLECT),
        ("service.changed", Kind.CHANGE),
        ("needs.exported", Kind.DISCLOSE),
        ("session.signed_in", Kind.ACCESS),
        ("document.deleted", Kind.DELETE),
        ("service.figures", Kind.CHANGE),
    ],
)
def test_a_deed_has_a_kind_of_the_law(name: str, kind: Kind) -> None:
    assert kind_of(name) == kind
    assert actions.record(make.Person(), name, "x").deed == name


def test_rows_of_a_chain_follow_each_other_and_chains_are_apart() -> None:
    first, second = make.entries(2, "svc:A")
    (other,) = make.entries(1, "svc:B")
    assert first.previous == other.previous == chains.BEGINNING
    assert second.previous == first.digest
    assert [(h.chain, h.seq, h.digest) for h in Head.objects.order_by("chain")] == [
        ("svc:A", 2, second.digest),
        ("svc:B", 1, other.digest),
    ]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET subject = 'x'",
        "DELETE FROM audit_entry",
        "DELETE FROM audit_entry WHERE seq = 2",
    ],
)
def test_the_database_refuses_to_change_or_delete_a_row(statement: str) -> None:
    make.entries(2)
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert Entry.objects.count() == 2


def test_the_orm_cannot_either() -> None:
    make.entries(1)
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.update(subject="x")
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.get().delete()


def test_a_row_falls_with_the_deed_that_failed() -> None:
    with suppress(ZeroDivisionError), transaction.atomic():
        make.entries(1)
        raise ZeroDivisionError
    assert not Entry.objects.exists()
    assert make.entries(1)[0].seq == 1


def test_hostile_and_long_words_are_kept_as_far_as_a_database_can() -> None:
    person = make.Person(name="x\0y" + "я" * 500, organisation="\ud800")
    entry = actions.record(person, "change", "предмет" * 100, details={"ключ": "\0", "обект": object})
    again = Entry.objects.get()
    assert again.actor_name.startswith("x\ufffdyя")
    assert len(again.actor_name) == 200
    assert again.subject == entry.subject
    assert again.details["ключ"] == "\0"


def test_the_key_is_made_once_and_only_its_owner_reads_it(settings: Settings) -> None:
    make.entries(2)
    file = Path(settings.KEY_DIR) / "audit.key"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert len(bytes.fromhex(file.read_text())) == 32


def test_a_lost_key_is_not_replaced_under_a_written_audit(settings: Settings) -> None:
    make.entries(1)
    (Path(settings.KEY_DIR) / "audit.key").unlink()
    with pytest.raises(KeyMissing):
        make.entries(1)


def test_the_middleware_gives_the_request_its_facts() -> None:
    def answer(request: HttpRequest) -> HttpResponse:
        make.entries(1)
        return HttpResponse()

    request = HttpRequest()
    request.META["REMOTE_ADDR"] = "198.51.100.3"
    request.request_id = "77"  # type: ignore[attr-defined]
    RequestFactsMiddleware(answer)(request)
    entry = Entry.objects.get()
    assert (entry.address, entry.request_id) == ("198.51.100.3", "77")
    assert facts.current() == facts.Facts()


@pytest.mark.django_db(transaction=True)
def test_writers_of_one_chain_at_once_leave_no_gap() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite in memory has one writer; the killed workers of jobs try files")

    def work() -> None:
        make.entries(10, "svc:A")
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert verify_all().ok
    assert Head.objects.get().seq == Entry.objects.count() == 40
