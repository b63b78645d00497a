"""Pages of breaches through HTTP: three answers tell one, the head and the officer keep it, others see nothing."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from opora.care.protection.models import Breach
from opora.care.protection.tests import make
from opora.foundation.accounts.models import User
from opora.foundation.accounts.tests import make as people
from opora.foundation.audit.models import Entry
from opora.foundation.core import clock
from opora.foundation.ui.tests.hands import Hands

pytestmark = pytest.mark.django_db
CANARY = "Щъркълбрига"


def client_of(actor):
    return people.client_of(User.objects.get(pk=actor.user_id))


def moment(at, name):
    local = timezone.localtime(at)
    return {f"{name}_on": f"{local:%d.%m.%Y}", f"{name}_hour": f"{local:%H:%M}"}


def test_any_worker_tells_in_three_answers_and_sees_only_that_it_was_received() -> None:
    worker = make.worker()
    browser = client_of(worker)
    when = clock.now() - dt.timedelta(hours=1)
    said = {"what": "Загубен е лаптоп."} | moment(when, "noticed")
    answer = browser.post(reverse("protection_tell"), said, follow=True)
    breach = Breach.objects.get()
    assert (breach.service.code, breach.told_by) == ("LOV-17", worker.name)
    assert abs((breach.noticed_at - when).total_seconds()) < 60
    page = answer.content.decode()
    assert f"{breach.code}, " in page
    assert "получено" in page
    assert browser.get(reverse("protection_breach", args=[breach.code])).status_code == 404
    assert browser.get(reverse("protection_breaches")).status_code == 404


def test_who_works_in_several_services_says_in_which() -> None:
    worker = make.worker()
    other = make.service("KRZ-10")
    people.grant(User.objects.get(pk=worker.user_id), "specialist", other.path)
    browser = client_of(worker)
    said = {"what": "Видяно е чуждо досие."} | moment(clock.now(), "noticed")
    assert browser.post(reverse("protection_tell"), said).status_code == 422
    browser.post(reverse("protection_tell"), said | {"service": other.pk})
    assert Breach.objects.get().service == other


def test_who_works_in_no_service_tells_the_officer() -> None:
    coordinator = people.user("regional_coordinator", "BG/LOV")
    browser = people.client_of(coordinator)
    browser.post(
        reverse("protection_tell"), {"what": "Пратен е грешен файл."} | moment(clock.now(), "noticed")
    )
    breach = Breach.objects.get()
    assert (breach.service, breach.path) == (None, "BG/LOV")
    assert client_of(make.officer()).get(reverse("protection_breach", args=[breach.code])).status_code == 200
    assert client_of(make.head()).get(reverse("protection_breach", args=[breach.code])).status_code == 404


def test_what_is_wrong_is_said_and_the_words_stay() -> None:
    browser = client_of(make.worker())
    said = {"what": CANARY, "noticed_on": "31.02.2026", "noticed_hour": "25:00"}
    page = browser.post(reverse("protection_tell"), said).content.decode()
    assert CANARY in page
    assert "Въведете дата" in page
    assert Breach.objects.count() == 0


def test_a_visitor_is_asked_to_come_in() -> None:
    from django.test import Client

    assert Client().get(reverse("protection_tell")).status_code == 302


def test_the_first_page_of_head_and_officer_shows_the_hours_left() -> None:
    place = make.service()
    head, officer, worker, other = (
        make.head(place),
        make.officer(),
        make.worker(place),
        make.head(make.service("KRZ-10")),
    )
    breach = make.told(worker, noticed_at=clock.now() - dt.timedelta(hours=31, minutes=30))
    for one in (head, officer):
        page = client_of(one).get("/").content.decode()
        assert f"Нарушение {breach.code}" in page
        assert "остават 40 часа и 2" in page
        assert "непроверена норма" in page
    for one in (worker, other):
        assert breach.code not in client_of(one).get("/").content.decode()


def test_the_whole_way_by_post() -> None:
    head = make.head()
    breach = make.told(noticed_at=clock.now() - dt.timedelta(hours=80))
    browser = client_of(head)
    to = lambda name: reverse(f"protection_{name}", args=[breach.code])  # noqa: E731
    facts = {
        "what": breach.what, "security": ["secrecy"], "kinds": ["names"], "people": ["children"], "people_about": "1 200",
        "records_about": "0", "consequences": "Подигравки.", "taken": "Върнато.", "planned": "", "advice": "", "version": "1",
    }  # fmt: skip
    facts |= moment(breach.noticed_at, "noticed") | moment(
        breach.noticed_at - dt.timedelta(hours=2), "happened"
    )
    assert browser.post(to("write"), facts).status_code == 302
    kept = Breach.objects.get()
    assert (kept.people_about, kept.records_about) == (1200, 0)
    assert kept.noticed_at == breach.noticed_at  # seconds and all: the clock did not move
    assert browser.post(to("decide"), {"risk": "risk", "why": "Имена на деца."}).status_code == 302
    notice = {"whom": "commission", "how": "портал, № 5"} | moment(clock.now(), "told")
    late = browser.post(to("notify"), notice)
    assert late.status_code == 422
    assert "причините за забавянето" in late.content.decode()
    assert browser.post(to("notify"), notice | {"late_why": "Празник."}).status_code == 302
    assert browser.post(to("close"), {"closing": "Пликовете се проверяват от двама."}).status_code == 302
    page = browser.get(to("breach")).content.decode()
    for words in (
        "приключено",
        "Празник.",
        "портал, № 5",
        "1 200".replace(" ", "\u202f"),
        "Пликовете се проверяват",
    ):
        assert words in page, words
    assert Entry.objects.filter(deed="breach.read", subject=breach.code).count() == 1


def test_a_clash_keeps_what_was_typed_and_shows_what_the_other_wrote() -> None:
    head, officer = make.head(), make.officer()
    breach = make.told()
    mine = Hands(client_of(head), reverse("protection_write", args=[breach.code]), at="noticed_hour")
    make.written(officer, breach, what="Друго се случи.", planned="Обучение на екипа.")
    page = mine.send(what=CANARY)
    assert mine.status == 422
    assert CANARY in page
    assert "Друго се случи." in page
    assert mine.fields["planned"] == ["Обучение на екипа."]
    assert Breach.objects.get().what != CANARY
    mine.send()
    kept = Breach.objects.get()
    assert (kept.what, kept.planned, kept.noticed_at) == (CANARY, "Обучение на екипа.", breach.noticed_at)


def test_what_another_wrote_in_fields_i_did_not_touch_stays_and_nobody_is_asked() -> None:
    head, officer = make.head(), make.officer()
    breach = make.told()
    mine = Hands(client_of(head), reverse("protection_write", args=[breach.code]), at="noticed_hour")
    make.written(officer, breach, planned="Обучение на екипа.")
    earlier = breach.noticed_at - dt.timedelta(minutes=20)
    mine.send(**moment(earlier, "noticed"))
    kept = Breach.objects.get()
    assert kept.planned == "Обучение на екипа."
    assert abs(kept.noticed_at - earlier) < dt.timedelta(minutes=1)
    assert set(kept.marks.values_list("about", "code")) == {
        (about, code) for about, codes in make.MARKS.items() for code in codes
    }


@pytest.mark.parametrize("role", people.ACCOUNT_ROLES)
def test_every_role_tells_and_only_protectors_keep(role) -> None:
    browser = people.client_of(people.user(role))
    keeps = role in ("service_manager", "dpo_auditor")
    assert browser.get(reverse("protection_tell")).status_code == 200
    assert browser.get(reverse("protection_breaches")).status_code == (200 if keeps else 404)


def test_the_empty_register_says_what_it_is_for() -> None:
    page = client_of(make.officer()).get(reverse("protection_breaches")).content.decode()
    assert "Няма нарушения" in page


def test_the_page_of_protection_leads_here() -> None:
    page = client_of(make.officer()).get(reverse("casework_protection")).content.decode()
    assert reverse("protection_breaches") in page


def test_the_first_page_asks_once_for_the_clocks(django_assert_num_queries) -> None:
    from opora.care.protection import queries

    head = make.head()
    make.told()
    with django_assert_num_queries(1):
        assert len(queries.pressing(head)) == 1
