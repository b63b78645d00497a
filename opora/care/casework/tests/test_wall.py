"""The second wall (S2): on PostgreSQL a query nobody scoped gives nothing of another service."""

from __future__ import annotations

import random
from unittest import mock

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from opora.care.casework import actions, policies, queries, wall, walls
from opora.care.casework.models import ClientFile, Event, Person
from opora.care.casework.tests import make
from opora.foundation.accounts.actors import VISITOR
from opora.foundation.accounts.tests import make as people

pytestmark = pytest.mark.django_db
postgres = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no row-level security")
PROBES = 5_000


def world():
    """A worker's own file and nine of another service, with everything that hangs on them."""
    own = make.file(make.service("LOV-17"))
    there = make.service("LOV-18")
    foreign = [make.file(there, first_name=f"Чужда{n}") for n in range(3)]
    worker, head = make.as_actor(foreign[0].lead), make.as_actor(make.person_in(there, "service_manager"))
    make.approved(worker, head, foreign[0])
    return make.as_actor(own.lead), own, foreign


def test_every_table_of_the_room_is_shut_or_says_why_not():
    """A table somebody adds must hang on a file, or be named among those without people."""
    for model in walls.guarded(apps):
        assert walls.rule_of(model)
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, relrowsecurity AND relforcerowsecurity, (SELECT count(*) FROM pg_policy WHERE polrelid = c.oid) "
            "FROM pg_class c WHERE relkind = 'r' AND relname LIKE 'casework\\_%%'"
        )
        found = {name: (forced, policies) for name, forced, policies in cursor.fetchall()}
    shut = {model._meta.db_table for model in walls.guarded(apps)}
    assert {name for name, state in found.items() if state != (True, 1)} == set(found) - shut
    assert shut <= set(found)


@postgres
def test_a_forgotten_scope_shows_nothing_of_others():
    """5,000 probes with managers that scope nothing: by key, by column, by join, counted and listed."""
    actor, own, foreign = world()
    rows = {model: list(model._default_manager.values_list("pk", flat=True)) for model in walls.guarded(apps)}
    theirs = {}
    with wall.behind(actor):
        for model, every in rows.items():
            seen = set(model._default_manager.values_list("pk", flat=True))
            theirs[model] = sorted(set(every) - seen)
            assert model._default_manager.count() == len(seen)
    assert {file.pk for file in foreign} == set(theirs[ClientFile])
    assert len([model for model in theirs if theirs[model]]) >= 10, (
        "the world holds too little to prove anything"
    )
    dice, leaks = random.Random(7), 0
    chances = [(model, pk) for model, pks in theirs.items() for pk in pks]
    with wall.behind(actor):
        for number in range(PROBES):
            model, pk = dice.choice(chances)
            asked = (
                model._default_manager.filter(pk=pk)
                if number % 2
                else model._default_manager.filter(pk__in=[pk, -1])
            )
            leaks += len(asked.values_list("pk"))
        assert ClientFile.objects.filter(pk=own.pk).exists()
        assert Event.objects.filter(file__service__code="LOV-18").count() == 0
    assert leaks == 0


@postgres
def test_without_context_there_are_no_rows():
    world()
    with wall.nothing():
        assert {model._default_manager.count() for model in walls.guarded(apps)} == {0}
    with wall.behind(VISITOR):
        assert {model._default_manager.count() for model in walls.guarded(apps)} == {0}


@postgres
def test_what_is_anothers_is_neither_written_nor_changed_nor_deleted():
    actor, own, foreign = world()
    with wall.behind(actor):
        assert ClientFile.objects.filter(pk=foreign[0].pk).update(wish="x") == 0
        assert Event.objects.filter(file_id=foreign[0].pk).update(text="x") == 0
        assert Event.objects.filter(file_id=foreign[0].pk)._raw_delete("default") == 0
        for refused in (
            lambda: Event.objects.filter(file=own).update(file_id=foreign[0].pk),
            lambda: ClientFile.objects.filter(pk=own.pk).update(service_id=foreign[0].service_id),
            lambda: foreign[0].members.create(
                user_id=actor.user_id, part="lead", since=own.wished_on, given_by="x"
            ),
        ):
            with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                refused()


@postgres
def test_a_request_stays_behind_the_wall_though_its_queries_forgot():
    """The first wall taken away in the running program: pages of others are still not there."""
    _actor, own, foreign = world()
    client = people.client_of(own.lead)
    with (
        mock.patch.object(policies, "read_file", return_value=True),
        mock.patch.object(queries, "files_for", side_effect=lambda _actor: ClientFile.objects.all()),
        mock.patch.object(queries, "files_of", side_effect=lambda _actor: ClientFile.objects.all()),
    ):
        assert client.get(f"/files/{own.code}/").status_code == 200
        listed = client.get("/files/?stage=all").content.decode()
        assert own.code in listed
        for file in foreign:
            assert file.code not in listed
            assert client.get(f"/files/{file.code}/").status_code == 404


@postgres
def test_the_settings_end_with_the_transaction_and_are_put_back_inside_one():
    def now():
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('opora.whole', true)")
            return cursor.fetchone()[0]

    before = now()
    with wall.nothing():
        with wall.whole():
            assert now() == "on"
        assert now() == ""
        with pytest.raises(ZeroDivisionError), wall.whole():
            1 / 0
        assert now() == ""
    assert now() == before


@postgres
def test_an_emergency_and_a_sealed_opening_pass_in_the_context():
    own = make.file(make.service("LOV-17"))
    away = make.file(make.service("LOV-18"))
    stranger = make.as_actor(own.lead)
    with wall.behind(stranger):
        actions.open_in_emergency(stranger, away, reason="danger", why="Детето е само вкъщи и не отваря.")
        assert not ClientFile.objects.filter(pk=away.pk).exists()
    with wall.behind(stranger):
        assert ClientFile.objects.filter(pk=away.pk).exists()
        assert Event.objects.filter(file=away).exists()


@postgres
def test_what_is_in_a_sealed_file_is_shut_until_two_persons_opened_it():
    file = make.file()
    head, worker = make.as_actor(make.person_in(file.service, "service_manager")), make.as_actor(file.lead)
    with wall.behind(head):
        actions.seal_file(head, file, kind="violence", why="Бащата ги търси.")
    with wall.behind(worker):
        assert ClientFile.objects.filter(pk=file.pk).exists()
        assert file.members.exists()
        assert not Event.objects.filter(file=file).exists()
        asked = actions.ask_to_unseal(worker, file, why="За прегледа.")
    with wall.behind(head):
        actions.answer_unsealing(head, asked, confirm=True)
    with wall.behind(worker):
        assert Event.objects.filter(file=file).exists()


@postgres
def test_somebody_just_written_is_read_back_and_then_seen_with_their_file():
    file = make.file(make.service("LOV-18"))
    actor, _own, _foreign = world()
    with wall.behind(actor):
        made = Person.objects.create(first_name="Нов", last_name="Човек", sort_name="човек нов")
        assert Person.objects.filter(pk=made.pk).exists()
        assert not Person.objects.filter(pk=file.person_id).exists()
    assert wall.holes() == ["opora.whole is on for every connection"]
