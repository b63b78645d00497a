"""Pages through HTTP: who meets what, working without script, what a device sends, the report as a file."""

from __future__ import annotations

import io
import json
import re
import uuid

import pytest
from docx import Document

from opora.evidence.monitoring import stages
from opora.evidence.monitoring.models import Entry, Mark, Round, Tie
from opora.evidence.monitoring.tests import make
from opora.foundation.accounts.tests import make as people
from opora.register.tests import make as register

pytestmark = pytest.mark.django_db


def of(visit, rest=""):
    return f"/monitoring/visits/{visit.code}/{rest}"


def coordinator(scope="BG/LOV"):
    return people.client_for("regional_coordinator", scope)


def test_a_round_is_planned_on_its_page():
    for _ in range(3):
        register.service()
    make.version()
    one, two = make.observer(), make.observer()
    page = coordinator().get("/monitoring/rounds/new/").text
    assert "Всяка от 3 действащи услуги" in page
    version = re.search(r'<option value="(\d+)"', page[page.index('name="version"') :])[1]
    given = {"region": "LOV", "version": version, "starts": "02.11.2026", "ends": "30.11.2026"}
    lonely = coordinator().post("/monitoring/rounds/new/", given | {"people": [one.pk]})
    assert "Изберете поне двама наблюдатели." in lonely.text
    short = coordinator().post(
        "/monitoring/rounds/new/", given | {"ends": "02.11.2026", "people": [one.pk, two.pk]}
    )
    assert "Периодът е къс" in short.text
    made = (
        coordinator().post("/monitoring/rounds/new/", given | {"people": [one.pk, two.pk]}, follow=True).text
    )
    assert "Планирани са 3 посещения." in made
    assert "0 от 3 посетени" in made


@pytest.mark.parametrize(
    ("role", "scope", "sees"),
    [
        ("regional_coordinator", "BG/LOV", True), ("regional_coordinator", "BG/KRZ", False), ("ministry_viewer", "BG", True),
        ("national_admin", "BG", True), ("quality_inspector", "BG", True), ("municipality_expert", "BG/LOV/LOV18", True),
        ("municipality_expert", "BG/LOV/LOV34", False), ("case_manager", None, False), ("evaluator", "BG", False),
        ("dpo_auditor", "BG", False), ("public", None, False),
    ],
)  # fmt: skip
def test_who_meets_a_visit(role, scope, sees):
    visit = make.visit()
    answer = people.client_for(role, scope).get(of(visit))
    assert (answer.status_code == 200) is sees


@pytest.mark.parametrize(
    ("stage", "head", "ministry"),
    [("locked", False, False), ("consensus", False, False), ("reported", True, True)],
)
def test_marks_open_to_others_only_with_the_report(stage, head, ministry):
    visit = make.visit(stage, (1, 4))
    for client, sees in (
        (people.client_for("service_manager", visit.path), head),
        (people.client_for("ministry_viewer"), ministry),
        (coordinator(), True),
    ):
        assert ("Видяхме две досиета." in client.get(of(visit)).text) is sees


def test_marking_works_without_script_and_the_same_form_twice_is_written_once():
    visit = make.visit()
    client = people.client_of(visit.observers.get(place=1).user)
    page = client.get(of(visit, "mark/")).text
    assert page.count("mo-level__text") == 20
    form = re.search(r'name="form" value="(\w+)"', page)[1]
    given = {
        "form": form,
        "v:level:1.1": "2",
        "w:level:1.1": "",
        "v:note:1.1": "Видяхме.",
        "w:note:1.1": "",
        "do": "save",
    }
    for _again in range(2):
        assert client.post(of(visit, "mark/"), given).status_code == 302
    assert Entry.objects.count() == 2
    assert (Mark.objects.get().level, Mark.objects.get().note) == (2, "Видяхме.")
    page = client.get(of(visit, "mark/")).text
    assert "1 от 4" in page
    given |= {
        "w:level:1.1": "2",
        "w:note:1.1": "Видяхме.",
        "b:level:1.1": Entry.objects.get(field="level").key,
    }
    client.post(of(visit, "mark/"), given | {"form": "x", "v:level:1.1": "3"})
    assert Mark.objects.get().level == 3
    assert Entry.objects.standing().count() == 2


def test_a_device_gets_a_token_sends_and_hears_what_is_kept():
    visit = make.visit()
    person = visit.observers.get(place=1).user
    client = people.client_of(person)
    assert client.get(of(visit, "sync/")).json()["me"] == person.pk
    key = str(uuid.uuid4())
    entry = {
        "key": key,
        "slot": "level:1.1",
        "value": "2",
        "base": [],
        "device": "d",
        "typed_at": "2026-11-02T09:00:00Z",
    }
    for _again in range(2):
        said = client.post(
            of(visit, "sync/"), json.dumps({"entries": [entry]}), content_type="application/json"
        ).json()
        assert said == {"kept": [key], "done": 1, "total": 4, "clashes": 0}
    other = entry | {"key": str(uuid.uuid4()), "value": "4"}
    said = client.post(
        of(visit, "sync/"), json.dumps({"entries": [other]}), content_type="application/json"
    ).json()
    assert said["clashes"] == 1
    page = client.get(of(visit, "versions/")).text.partition("<main")[2].partition("</main>")[0]
    assert page.count("написано") == 2
    client.post(of(visit, "versions/"), {"v:level:1.1": "4"})
    assert Mark.objects.get().level == 4
    assert client.get(of(visit, "versions/")).status_code == 302


@pytest.mark.parametrize(
    "body", ["", "[]", '{"entries": 5}', '{"entries": [{"key": 1}]}', '{"entries": [{"key": "k", "slot": "level:1.1", "value": "2", "base": [3]}]}']
)  # fmt: skip
def test_what_cannot_be_read_is_told_and_nothing_is_written(body):
    visit = make.visit()
    client = people.client_of(visit.observers.get(place=1).user)
    answer = client.post(of(visit, "sync/"), body, content_type="application/json")
    assert answer.status_code == 422
    assert "остават на устройството" in answer.json()["text"]
    assert not Entry.objects.exists()


def test_nobody_else_reaches_the_marking_of_an_observer():
    visit = make.visit()
    for client in (
        coordinator(),
        people.client_for("service_manager", visit.path),
        people.client_for("national_admin"),
    ):
        for rest in ("mark/", "sync/", "lock/", "versions/"):
            assert client.get(of(visit, rest)).status_code == 404


def test_the_worker_and_the_empty_page_hold_nobody_s_data(client):
    visit = make.visit()
    worker = client.get("/monitoring/worker.js")
    assert worker["Content-Type"].startswith("text/javascript")
    assert "caches.match" in worker.text or "cache.match" in worker.text
    shell = people.client_of(visit.observers.get(place=1).user).get("/monitoring/offline/").text
    assert visit.service.name not in shell
    assert visit.observers.get(place=1).user.name not in shell


def test_locking_names_what_is_missing_and_links_to_it():
    visit = make.visit()
    client = people.client_of(visit.observers.get(place=1).user)
    page = client.get(of(visit, "lock/")).text
    assert "показател 1.1 няма оценка" in page
    assert "mark/#i-1-1" in page
    assert "Още не може да се заключи" in client.post(of(visit, "lock/"), follow=True).text


def test_the_whole_way_through_the_pages():
    visit = make.visit(stages.LOCKED, ({"1.1": 0, "1.2": 2, "2.1": 2, "2.2": 2}, 2))
    client = people.client_of(visit.observers.get(place=2).user)
    page = client.get(of(visit, "consensus/")).text
    assert "обсъдете" in page
    bad = client.post(of(visit, "consensus/"), {"indicator": "1.1", "value": "2"})
    assert "Напишете какво решихте и защо" in bad.text
    client.post(of(visit, "consensus/"), {"indicator": "1.1", "value": "2", "why": "Видяхме пак."})
    page = client.get(of(visit, "report/")).text
    assert "Силни страни" in page
    client.post(of(visit, "report/"), {"strengths": "Екипът.", "advice": "Напредъкът."})
    head = people.client_for("service_manager", visit.path)
    assert "Отговори на доклада" in head.get("/").text
    answer = head.post(of(visit, "answer/"), {"text": "Съгласни сме."})
    assert answer.url == of(visit, "programme/")
    wrong = head.post(answer.url, {"do": "add", "what": "Едно", "who": "Екипът", "due": "1.1.2020"})
    assert "Срокът трябва да е след днес." in wrong.text
    head.post(answer.url, {"do": "add", "what": "Едно", "who": "Екипът", "due": "01.06.2030"})
    head.post(answer.url, {"do": "offer"})
    over = coordinator()
    assert "Напишете какво да се промени" in over.post(answer.url, {"do": "return", "note": ""}).text
    over.post(answer.url, {"do": "agree"})
    assert make.again(visit).stage == stages.AGREED
    assert "Програмата е договорена" in head.get(of(visit)).text


def test_the_report_is_a_file_for_whoever_sees_the_marks():
    visit = make.visit(stages.AGREED, (1, 2))
    head = people.client_for("service_manager", visit.path)
    answer = head.get(of(visit, "report/docx/"))
    assert visit.service.name not in answer["Content-Disposition"]
    document = Document(io.BytesIO(answer.content))
    text = "\n".join(p.text for p in document.paragraphs)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert "Екипът познава хората." in text
    assert "Договорена на" in text
    assert any("между степени 1 и 2" in cell for cell in cells)
    assert "Мери напредъка по целите" in cells
    assert head.get(of(visit, "report/exe/")).status_code == 404
    assert people.client_for("service_manager").get(of(visit, "report/docx/")).status_code == 404


def test_the_report_as_pdf_prints_the_marks():
    visit = make.visit(stages.REPORTED, (1, 2))
    answer = coordinator().get(of(visit, "report/pdf/"))
    assert answer.content.startswith(b"%PDF")
    from pypdf import PdfReader

    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    assert "Показател 1.1" in " ".join(text.split())


def test_the_plan_and_a_visit_that_falls_away():
    visit = make.visit()
    over, other = coordinator(), make.observer()
    assert over.post(of(visit, "plan/"), {"do": "day", "on": "1.1.2020"}).status_code == 422
    assert (
        over.post(of(visit, "plan/"), {"do": "observer", "place": "1", "person": other.pk}).status_code == 302
    )
    assert make.again(visit).observers.get(place=1).user == other
    assert over.post(of(visit, "excuse/"), {"reason": ""}).status_code == 422
    over.post(of(visit, "excuse/"), {"reason": "Ремонт."})
    assert make.again(visit).stage == stages.EXCUSED
    assert over.get(of(visit, "plan/")).status_code == 404
    over.post(f"/monitoring/rounds/{visit.round.code}/close/")
    assert not Round.objects.get().is_open


def test_ties_are_declared_and_ended_on_a_page():
    person = make.observer()
    client, service = people.client_of(person), register.service(code="LOV-77")
    assert "няма" in client.post("/monitoring/ties/", {"service": "няма", "note": "x"}).text
    client.post("/monitoring/ties/", {"service": "LOV-77", "whole": "on", "note": "сестра"})
    tie = Tie.objects.get()
    assert tie.organisation == service.organisation
    assert coordinator().post(f"/monitoring/ties/{tie.pk}/end/").status_code == 404
    client.post(f"/monitoring/ties/{tie.pk}/end/")
    assert Tie.objects.get().ended_at


def test_visits_of_one_service_and_empty_lists():
    assert "Още няма посещения" in coordinator().get("/monitoring/").text
    visit = make.visit(stages.REPORTED)
    page = coordinator().get(f"/monitoring/?service={visit.service.code}").text
    assert visit.code in page
    assert (
        f"/monitoring/?service={visit.service.code}"
        in coordinator().get(f"/register/{visit.service.code}/").text
    )


def test_a_mark_stands_with_the_words_of_its_level() -> None:
    made = make.visit(stages.REPORTED, (3, {"1.1": 3, "1.2": 2, "2.1": 3, "2.2": 3}))
    head = people.client_for("service_manager", made.service.path)
    page = head.get(f"/monitoring/visits/{made.code}/").content.decode()
    assert "Думи за степен 3 на 1.1" in page
    assert "Между 2 (Думи за степен 2 на 1.2) и 3 (Думи за степен 3 на 1.2)" in page
    assert "Думи за степен 2 на 1.1" not in page


@pytest.mark.parametrize("stage", [stages.LOCKED, stages.CONSENSUS])
def test_nobody_is_called_to_a_page_that_is_shut_to_them(stage):
    make.visit(stage, (4, 1))
    for role, scope in (
        ("national_admin", "BG"),
        ("regional_coordinator", "BG/LOV"),
        ("municipality_expert", "BG/LOV/LOV18"),
    ):
        client = people.client_for(role, scope)
        for address in re.findall(r'href="(/monitoring/visits/[^"]+)"', client.get("/").text):
            assert client.get(address).status_code == 200, (role, address)
