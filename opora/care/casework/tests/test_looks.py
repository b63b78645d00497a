"""Many files (S21) and watched files (S22), through HTTP."""

from __future__ import annotations

import datetime as dt
import re
import time

import pytest
from allauth.mfa.models import Authenticator

from opora.care.casework import actions
from opora.care.casework.models import Alert, BulkExport, ClientFile
from opora.care.casework.tests import make
from opora.foundation.accounts.tests import make as people
from opora.foundation.audit.models import Entry
from opora.foundation.core import clock
from opora.foundation.messages.models import Message
from opora.foundation.rules.actions import load_builtin_rules
from opora.foundation.rules.models import Rule

pytestmark = pytest.mark.django_db
NOON = (clock.now() + dt.timedelta(days=1)).replace(hour=10, minute=0)


def files(worker, count):
    """Many files of one worker, copied from one so that it is quick."""
    first = make.file(worker=worker)
    rows = []
    for number in range(1, count):
        row = ClientFile.objects.get(pk=first.pk)
        row.pk, row.code = None, f"Д-2026-9{number:03d}"
        rows.append(row)
    made = [first, *ClientFile.objects.bulk_create(rows)]
    member = first.members.get()
    for file in made[1:]:
        file.members.create(user=worker, part="lead", since=member.since, given_by="проба")
    return made


def limits(**numbers):
    load_builtin_rules()
    for code, value in numbers.items():
        Rule.objects.filter(code=code).update(value=str(value))


def opened(browser, file):
    return browser.get(f"/files/{file.code}/")


def test_the_forty_first_file_of_an_hour_alerts_and_asks_for_the_second_factor(settings):
    """S21 with the shipped number: a script that opens 60."""
    load_builtin_rules()
    worker = make.person_in(make.service(), "case_manager")
    head, officer = make.person_in(make.service(), "service_manager"), people.user("dpo_auditor", "BG")
    made = files(worker, 60)
    people_asked = people.client_of(worker)
    codes = []
    for number, file in enumerate(made):
        with clock.at(NOON + dt.timedelta(seconds=number)):
            codes.append(opened(people_asked, file).status_code)
    assert codes[:40] == [200] * 40
    assert Alert.objects.values_list("kind", "count").get() == ("hour", 41)
    told = set(Message.objects.filter(key__startswith="alert:").values_list("to_email", flat=True))
    assert told == {head.email, officer.email}
    sent = Message.objects.filter(key__startswith="alert:").first()
    assert (sent.send_after - sent.created_at).total_seconds() <= 60
    assert worker.name not in sent.subject + sent.body
    assert Entry.objects.filter(deed="case.many_hour_access").count() == 1


def test_who_has_a_second_factor_shows_it_again_before_the_next_file():
    limits(files_hour=2)
    worker = make.person_in(make.service(), "case_manager")
    Authenticator.objects.create(user=worker, type="totp", data={"secret": "x"})
    made = files(worker, 4)
    browser = people.client_of(worker)
    moment = clock.now() + dt.timedelta(seconds=30)
    with clock.at(moment):
        assert [opened(browser, file).status_code for file in made[:2]] == [200, 200]
        for file in (made[2], made[3], made[0]):
            stopped = opened(browser, file)
            assert stopped.status_code == 302
            assert stopped.headers["Location"].startswith("/accounts/2fa/reauthenticate/?next=%2Ffiles%2F")
    assert Alert.objects.get().answered_at is None
    session = browser.session
    session["account_authentication_methods"] += [{"method": "mfa", "type": "totp", "at": time.time() + 60}]
    session.save()
    with clock.at(moment + dt.timedelta(seconds=60)):
        assert browser.get(f"/files/{made[2].code}/", follow=True).status_code == 200
        assert opened(browser, made[3]).status_code == 200
    assert Alert.objects.get().answered_by == worker.name


def test_above_the_number_of_a_day_nothing_new_opens_until_the_head_allows():
    limits(files_hour=1000, files_day=3)
    worker = make.person_in(make.service(), "case_manager")
    head = make.person_in(make.service(), "service_manager")
    stranger = make.person_in(make.service("LOV-18"), "service_manager")
    made = files(worker, 6)
    browser, heads = people.client_of(worker), people.client_of(head)
    with clock.at(NOON):
        assert [opened(browser, file).status_code for file in made[:4]] == [200, 200, 200, 403]
        assert "Обадете се на ръководителя" in opened(browser, made[3]).content.decode()
        assert opened(browser, made[0]).status_code == 200, "what was open today stays open"
        alert = Alert.objects.get()
        where = f"/files/protection/alerts/{alert.pk}/"
        assert people.client_of(stranger).get(where).status_code == 404
        assert browser.get(where).status_code == 404
        assert alert.by in heads.get("/files/protection/").content.decode()
        assert heads.post(where, {"answer": ""}).status_code == 200
        assert heads.post(where, {"answer": "Преглед на всички досиета."}).status_code == 302
        assert opened(browser, made[4]).status_code == 200
    with clock.at(NOON + dt.timedelta(days=1)):
        assert opened(people.client_of(worker), made[5]).status_code == 200


def test_a_head_does_not_allow_themselves():
    limits(files_hour=1000, files_day=1)
    head = make.person_in(make.service(), "service_manager")
    made = [make.file(), make.file()]
    browser, officer = people.client_of(head), people.client_for("dpo_auditor", "BG")
    assert [opened(browser, file).status_code for file in made] == [200, 403]
    alert = Alert.objects.get()
    assert browser.post(f"/files/protection/alerts/{alert.pk}/", {"answer": "Аз съм."}).status_code == 404
    assert (
        officer.post(f"/files/protection/alerts/{alert.pk}/", {"answer": "Проверка на КЗЛД."}).status_code
        == 302
    )
    assert opened(browser, made[1]).status_code == 200


def test_rules_without_numbers_stop_nobody():
    limits(files_hour="", files_day="")
    worker = make.person_in(make.service(), "case_manager")
    browser = people.client_of(worker)
    assert {opened(browser, file).status_code for file in files(worker, 5)} == {200}
    assert not Alert.objects.exists()


def test_a_watched_file_looks_like_others_and_tells_the_officer_only_within_a_minute():
    load_builtin_rules()
    worker = make.person_in(make.service(), "case_manager")
    head = make.person_in(make.service(), "service_manager")
    file, other = files(worker, 2)
    officer = people.user("dpo_auditor", "BG")
    officers = people.client_of(officer)
    browser = people.client_of(worker)
    plain = [shown(browser, one) for one in (file, other)]
    asked = {"code": file.code.lower(), "why": "Дете на известен човек."}
    assert officers.post("/files/protection/watched/", asked).status_code == 302
    marked = [shown(browser, one) for one in (file, other)]
    assert marked == plain
    alert = Alert.objects.get()
    assert (alert.kind, alert.by, alert.code) == ("bait", worker.name, file.code)
    sent = Message.objects.get(key__startswith="alert:")
    assert sent.to_email == officer.email
    assert (sent.send_after - alert.at).total_seconds() <= 60
    assert file.code not in sent.subject + sent.body + sent.about
    assert file.code in officers.get("/files/protection/alerts/").content.decode()
    heads = people.client_of(head)
    assert "наблюдава" not in heads.get("/files/protection/alerts/").content.decode()
    assert heads.get(f"/files/protection/alerts/{alert.pk}/").status_code == 404
    assert heads.get("/files/protection/watched/").status_code == 404
    assert Entry.objects.get(deed="case.watched_access").chain == "system"


def shown(browser, file):
    """The page without what every page has of its own."""
    page = opened(browser, file).content.decode()
    return re.sub(r"[A-Za-z0-9_-]{30,}", "", page)


def test_an_emergency_opening_of_a_watched_file_is_told_too():
    load_builtin_rules()
    file = make.file()
    officer = people.user("dpo_auditor", "BG")
    actions.watch(make.as_actor(officer), file.code, why="Примамка.")
    stranger = make.person_in(make.service("LOV-18"), "case_manager")
    actions.open_in_emergency(
        make.as_actor(stranger), file, reason="danger", why="Детето е само и в опасност сега."
    )
    assert opened(people.client_of(stranger), file).status_code == 200
    assert Alert.objects.get(kind="bait").user_id == stranger.pk


def test_a_list_of_all_files_takes_two_persons():
    load_builtin_rules()
    file = make.file(first_name="Тайна")
    head = make.person_in(file.service, "service_manager")
    heads, officers = people.client_of(head), people.client_for("dpo_auditor", "BG")
    assert heads.post("/files/protection/lists/new/LOV-17/", {"why": "За проверката."}).status_code == 302
    asked = BulkExport.objects.get()
    where = f"/files/protection/lists/{asked.pk}/"
    assert heads.post(where, {"do": "take"}).status_code == 302
    heads.post(where, {"do": "confirm"})
    asked.refresh_from_db()
    assert asked.answered_at is None, "nobody confirms their own"
    officers.post(where, {"do": "confirm"})
    taken = heads.post(where, {"do": "take"})
    assert taken.headers["Content-Type"].endswith("sheet")
    assert officers.post(where, {"do": "take"}).status_code == 302
    entry = Entry.objects.get(deed="case.list_exported")
    assert entry.details["files"] == [file.code]
    with clock.at(clock.now() + dt.timedelta(hours=25)):
        assert heads.post(where, {"do": "take"}).status_code == 302
    worker = people.client_of(file.lead)
    assert worker.get(where).status_code == 404
    assert (
        people.client_of(make.person_in(make.service("LOV-18"), "service_manager")).get(where).status_code
        == 404
    )
