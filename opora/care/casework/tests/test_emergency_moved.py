"""Break-glass and files that went to another service: never the old copy, always where the case is now (S4)."""

from urllib.parse import unquote

import pytest

from opora.care.casework import actions, policies, queries
from opora.care.casework.models import ClientFile, Emergency
from opora.care.casework.tests import make, make_ending
from opora.foundation.accounts.tests import make as people
from opora.foundation.audit.models import Entry
from opora.foundation.core.errors import NotAllowed

pytestmark = pytest.mark.django_db
SAID = {"reason": "hospital", "why": "Дете е в спешния кабинет без близък."}


@pytest.fixture(autouse=True)
def folder_of_its_own(tmp_path, settings):
    settings.DATA_DIR = tmp_path
    return tmp_path


@pytest.fixture
def case():
    """A file that went from one service to another, and somebody of a third."""
    there, far = make.service("LOV-99"), make.service("LOV-98")
    there.name = "Център Другаде"
    there.save()
    file = make_ending.at_work()
    file.worker = make.person_in(there, "case_manager")
    file.now_at = actions.accept_transfer(
        make_ending.head_of(there), make_ending.offered(file, there), lead=file.worker
    )
    file.stranger = make.person_in(far, "case_manager")
    return file


def where(answer):
    return unquote(answer.headers["Location"])


def test_the_old_copy_is_never_opened_and_the_way_leads_to_the_case_now(case):
    client, old, new = people.client_of(case.stranger), case.code, case.now_at.code
    asked = client.post("/files/emergency/", {"code": old})
    assert where(asked) == f"/files/{new}/emergency/"
    page = client.get(f"/files/{new}/emergency/").content.decode()
    assert f"Досие {old} е прехвърлено. Сега е {new}." in page
    assert case.now_at.service.name in page
    for method in (client.get, client.post):
        assert where(method(f"/files/{old}/emergency/", SAID)) == f"/files/{new}/emergency/"
    assert not Emergency.objects.exists()
    assert client.get(f"/files/{old}/").status_code == 404
    opened = client.post(f"/files/{new}/emergency/", SAID, follow=True)
    assert "Калина" in opened.content.decode()
    assert Emergency.objects.get().file_id == case.now_at.pk
    assert client.get(f"/files/{old}/").status_code == 404
    assert Entry.objects.filter(deed="case.emergency_led", subject=old).count() == 3


def test_by_whatever_way_the_action_is_asked_it_refuses(case):
    old = ClientFile.objects.get(pk=case.pk)
    actor = make.as_actor(case.stranger)
    assert not policies.open_in_emergency(actor, old)
    with pytest.raises(NotAllowed):
        actions.open_in_emergency(actor, old, **SAID)


def test_who_works_on_it_now_is_led_into_their_own_file(case):
    client = people.client_of(case.worker)
    assert where(client.post("/files/emergency/", {"code": case.code})) == f"/files/{case.now_at.code}/"


def test_of_a_sealed_one_nothing_is_told_but_the_telephone_of_the_service_that_had_it(case):
    actions.seal_file(
        make_ending.head_of(case.now_at.service), case.now_at, kind="violence", why="Бащата ги търси."
    )
    client = people.client_of(case.stranger)
    for answer in (
        client.post("/files/emergency/", {"code": case.code}), client.get(f"/files/{case.code}/emergency/"),
    ):  # fmt: skip
        page = answer.content.decode()
        assert answer.status_code == 200
        assert "вече не се води тук" in page
        assert case.service.name in page
        for word in (case.now_at.code, case.now_at.service.name, "Калина"):
            assert word not in page
    assert client.get(f"/files/{case.now_at.code}/emergency/").status_code == 404
    assert not Emergency.objects.exists()


def test_a_sealed_old_one_is_answered_as_one_that_is_not_there(case):
    ClientFile.objects.filter(pk=case.pk).update(sealed=True)
    client = people.client_of(case.stranger)
    assert "Няма такова досие" in client.post("/files/emergency/", {"code": case.code}).content.decode()
    assert client.get(f"/files/{case.code}/emergency/").status_code == 404


def test_however_often_it_moved(case):
    far = make.service("LOV-97")
    last = actions.accept_transfer(make_ending.head_of(far), make_ending.offered(case.now_at, far))
    client = people.client_of(case.stranger)
    assert where(client.get(f"/files/{case.code}/emergency/")) == f"/files/{last.code}/emergency/"
    assert where(client.get(f"/files/{case.now_at.code}/emergency/")) == f"/files/{last.code}/emergency/"


def test_a_reading_that_runs_ends_when_the_file_goes(case):
    far = make.service("LOV-97")
    actor = make.as_actor(case.stranger)
    actions.open_in_emergency(actor, case.now_at, **SAID)
    assert queries.files_for(actor).filter(pk=case.now_at.pk).exists()
    actions.accept_transfer(make_ending.head_of(far), make_ending.offered(case.now_at, far))
    assert not queries.files_for(actor).filter(pk=case.now_at.pk).exists()


@pytest.mark.parametrize("role", ["regional_coordinator", "national_admin", "dpo_auditor"])
def test_who_has_no_emergencies_hears_nothing(case, role):
    client = people.client_for(role)
    assert client.get(f"/files/{case.code}/emergency/").status_code == 404
    assert client.post("/files/emergency/", {"code": case.code}).status_code == 404
