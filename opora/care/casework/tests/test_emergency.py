"""Break-glass (S4): who may, how long, who hears of it, the fourth in a week, what it never allows."""

import datetime as dt

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.totp.internal.auth import TOTP
from django.urls import reverse

from opora.care.casework import actions, policies, queries, queries_trust
from opora.care.casework.models import Emergency
from opora.care.casework.tests import make
from opora.foundation.accounts.tests import make as people
from opora.foundation.audit.models import Entry
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused, NotAllowed
from opora.foundation.core.terms import SOFIA
from opora.foundation.messages.delivery import deliver
from opora.foundation.messages.models import Message

pytestmark = pytest.mark.django_db
WHY = "Дете е в спешния кабинет без близък."
SAID = {"reason": "hospital", "why": WHY}
NIGHT = dt.datetime(2026, 11, 27, 23, 30, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)


def world(role: str = "case_manager"):
    """A file, its head and the data protection officer, and somebody of another service."""
    file = make.file()
    head, officer = make.person_in(file.service, "service_manager"), people.user("dpo_auditor")
    return file, head, officer, make.person_in(make.service("LOV-99"), role)


@pytest.mark.parametrize("role", ["service_manager", "case_manager", "specialist"])
def test_it_opens_for_sixty_minutes_to_the_second_and_two_people_hear_of_it_at_night(role: str) -> None:
    with clock.at(NIGHT - dt.timedelta(days=2)):
        file, head, officer, stranger = world(role)
    actor = make.as_actor(stranger)
    with clock.at(NIGHT):
        assert not queries.files_for(actor).exists()
        opened = actions.open_in_emergency(actor, file, **SAID)
        assert opened.until - NIGHT == dt.timedelta(minutes=60)
        assert queries.file_for(actor, file.code).emergency_minutes == 60
        assert policies.read_file(actor, file)
        assert not policies.write_file(actor, file)
    with clock.at(opened.until - SECOND):
        assert queries.file_for(actor, file.code).emergency_minutes == 1
        assert list(queries.chronology(actor, file))
        assert not queries.listed(actor).exists()
    with clock.at(opened.until):
        assert not queries.files_for(actor).exists()
        assert not policies.read_file(actor, file)
    with clock.at(NIGHT + dt.timedelta(seconds=60)):
        assert deliver() == {"sent": 2, "later": 0, "failed": 0, "unknown": 0}
    letters = Message.objects.filter(about=file.code)
    assert {one.to_email for one in letters} == {head.email, officer.email}
    for one in letters:
        assert file.code in one.subject
        for word in (file.person.last_name, file.person.first_name, stranger.name, WHY):
            assert word not in one.subject + one.body
    row = Entry.objects.get(deed="case.emergency_consulted")
    assert (row.subject, row.chain, row.ground, row.kind) == (
        file.code, f"svc:{file.service.code}", "hospital", "consult",
    )  # fmt: skip


def test_the_notice_cannot_be_taken_back_by_who_opened() -> None:
    file, _head, _officer, stranger = world()
    actions.open_in_emergency(make.as_actor(stranger), file, **SAID)
    assert not Message.objects.filter(sender_id=stranger.pk).exists()


def test_the_fourth_in_seven_days_is_refused_and_the_second_click_is_the_same_opening() -> None:
    with clock.at(NIGHT - dt.timedelta(days=2)):
        *_rest, stranger = world()
        files = [make.file() for _n in range(4)]
    actor = make.as_actor(stranger)
    for day, file in enumerate(files[:3]):
        with clock.at(NIGHT + dt.timedelta(days=day)):
            first = actions.open_in_emergency(actor, file, **SAID)
            assert actions.open_in_emergency(actor, file, **SAID) == first
    with clock.at(NIGHT + dt.timedelta(days=7) - SECOND), pytest.raises(ActionRefused, match="3"):
        actions.open_in_emergency(actor, files[3], **SAID)
    with clock.at(NIGHT + dt.timedelta(days=7)):
        actions.open_in_emergency(actor, files[3], **SAID)
    assert Emergency.objects.count() == 4


@pytest.mark.parametrize("said", [{"why": "Спешно е."}, {"reason": "curious"}, {"why": " " * 30}])
def test_it_needs_a_reason_of_the_list_and_twenty_characters(said: dict) -> None:
    file, _head, _officer, stranger = world()
    with pytest.raises(ActionRefused, match="20"):
        actions.open_in_emergency(make.as_actor(stranger), file, **(SAID | said))
    assert not Emergency.objects.exists()


@pytest.mark.parametrize(
    "role", [r for r in people.ACCOUNT_ROLES if r not in ("service_manager", "case_manager", "specialist")]
)
def test_no_other_role_may(role: str) -> None:
    file, *_rest = world()
    user = people.user(role)
    with pytest.raises(NotAllowed):
        actions.open_in_emergency(make.as_actor(user), file, **SAID)
    address = reverse("casework_emergency", args=[file.code])
    assert people.client_of(user).get(address).status_code == 404
    assert people.client_of(user).get(reverse("casework_emergency_code")).status_code == 404


def test_the_officer_never_may_whatever_else_they_hold() -> None:
    file, _head, officer, _stranger = world()
    people.grant(officer, "service_manager", make.service("LOV-99").path)
    with pytest.raises(NotAllowed):
        actions.open_in_emergency(make.as_actor(officer), file, **SAID)


def test_from_the_number_to_the_file_in_a_browser_reading_only() -> None:
    file, *_rest, stranger = world()
    browser = people.client_of(stranger)
    assert browser.get(f"/files/{file.code}/").status_code == 404
    asked = browser.post("/files/emergency/", {"code": f" {file.code.lower()} "})
    assert asked["Location"] == reverse("casework_emergency", args=[file.code])
    page = browser.get(asked["Location"]).content.decode()
    assert file.service.name in page
    assert file.person.last_name not in page
    wrong = browser.post(asked["Location"], {"reason": "hospital", "why": "кратко"}).content.decode()
    assert "кратко" in wrong
    opened = browser.post(asked["Location"], SAID, follow=True)
    assert opened.redirect_chain[-1][0] == reverse("casework_file", args=[file.code])
    for part in ("", "assessment/", "plan/"):
        shown = browser.get(f"/files/{file.code}/{part}").content.decode()
        assert "Отворено по спешност, само за четене. Остават 60 минути" in shown
        assert "Запиши бележката" not in shown
    assert browser.get(f"/files/{file.code}/stage/").status_code == 404
    browser.post(f"/files/{file.code}/", {"kind": "call", "on": "01.11.2026", "text": "Вписано", "key": "k"})
    assert not file.events.filter(text="Вписано").exists()
    assert Entry.objects.filter(deed="case.read", actor_id=stranger.pk, subject=file.code).exists()


def test_a_refusal_is_in_the_log_and_keeps_the_words() -> None:
    with clock.at(NIGHT):
        *_rest, stranger = world()
    for _n in range(3):
        actions.open_in_emergency(make.as_actor(stranger), make.file(), **SAID)
    file = make.file()
    page = people.client_of(stranger).post(f"/files/{file.code}/emergency/", SAID).content.decode()
    assert WHY in page
    assert "остават още 0 отваряния" in page
    assert Entry.objects.get(deed="case.emergency_refused").subject == file.code


def test_the_search_for_the_same_person_leads_there() -> None:
    file, *_rest, stranger = world()
    given = {"first_name": "Калина", "last_name": "Измислена", "born": "05.02.2014"}
    page = people.client_of(stranger).post("/files/new/alike/", given).content.decode()
    assert reverse("casework_emergency", args=[file.code]) in page
    assert "Измислена" not in page


def test_the_head_reviews_within_three_working_days_and_nobody_else() -> None:
    friday = dt.datetime(2026, 11, 27, 10, tzinfo=dt.UTC)
    with clock.at(friday - dt.timedelta(days=2)):
        file, head, _officer, stranger = world()
    with clock.at(friday):
        opened = actions.open_in_emergency(make.as_actor(stranger), file, **SAID)
    assert opened.review_due is not None
    assert opened.review_due.astimezone(SOFIA).date() == dt.date(2026, 12, 2)
    browser, address = people.client_of(head), reverse("casework_opening", args=[opened.pk])
    assert f"{file.code}: прегледайте отварянето" in browser.get("/").content.decode()
    assert file.code in browser.get("/files/emergency/openings/").content.decode()
    assert WHY in browser.get(address).content.decode()
    browser.post(address, {"note": " "})
    assert not Emergency.objects.get().reviewed_at
    browser.post(address, {"note": "Оправдано."})
    kept = Emergency.objects.get()
    assert (kept.review, kept.reviewed_by) == ("Оправдано.", head.name)
    assert "прегледайте отварянето" not in browser.get("/").content.decode()
    with pytest.raises(ActionRefused, match="вече е прегледано"):
        actions.review_emergency(make.as_actor(head), opened, note="пак")
    other = make.person_in(make.service("LOV-99"), "service_manager")
    assert people.client_of(other).get(address).status_code == 404
    with pytest.raises(NotAllowed):
        actions.review_emergency(make.as_actor(stranger), opened, note="мое")
    assert not queries_trust.emergencies_for(make.as_actor(other)).exists()


def test_the_second_factor_is_asked_for_again() -> None:
    file, *_rest = world()
    place = make.service("LOV-99")
    user = people.user("case_manager", place.path, password=people.PASSWORD)
    browser = people.client_of(user)
    TOTP.activate(user, "A" * 32)
    session = browser.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        {"method": "password", "at": clock.now().timestamp()},
        {"method": "mfa", "type": "totp", "at": clock.now().timestamp() - 301},
    ]
    session.save()
    address = reverse("casework_emergency", args=[file.code])
    assert browser.get(address)["Location"].startswith(reverse("mfa_reauthenticate"))
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        {"method": "mfa", "type": "totp", "at": clock.now().timestamp()}
    ]
    session.save()
    assert browser.get(address).status_code == 200


def test_an_emergency_is_for_the_eye_and_gives_no_papers() -> None:
    file, _head, _officer, stranger = world()
    actions.open_in_emergency(make.as_actor(stranger), file, **SAID)
    browser = people.client_of(stranger)
    page = browser.get(f"/files/{file.code}/").content.decode()
    assert "Калина" in page
    assert reverse("casework_papers", args=[file.code]) not in page
    assert browser.get(f"/files/{file.code}/documents/").status_code == 404
    assert browser.post(f"/files/{file.code}/documents/chronology/pdf/?to=service").status_code == 404
