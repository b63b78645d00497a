"""Contract, review and closing: rules of the actions, pages through HTTP, the papers."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from opora.care.casework import actions, queries_papers, stages
from opora.care.casework.models import ClientFile, Closing, Contract, Deadline, Person, Review
from opora.care.casework.papers import making
from opora.care.casework.papers.ending import CONTRACT
from opora.care.casework.papers.recipients import COURT, SERVICE, Recipient
from opora.care.casework.tests import make, make_ending
from opora.foundation.accounts.tests import make as people
from opora.foundation.audit.models import Entry
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused, NotAllowed
from opora.foundation.documents.tests import make as documents
from opora.register.models import Service

pytestmark = pytest.mark.django_db
ROUTES = ("contract/", "review/", "close/", "transfer/")


@pytest.fixture
def file():
    return make_ending.at_work()


def text_of(response) -> str:
    assert response.status_code == 200, response
    return response.content.decode()


def test_a_review_reuses_the_marks_and_begins_the_next_term(file) -> None:
    worker = make_ending.worker_of(file)
    goal = file.plans.get().goals.get()
    actions.mark_goal(worker, goal, on=clock.today(), level=1)
    client = people.client_of(file.lead)
    page = text_of(client.get(f"/files/{file.code}/review/"))
    assert "1 от 1 цели са на очакваното" in page
    given = make_ending.said() | {"on": f"{clock.today():%d.%m.%Y}"}
    page = text_of(client.post(f"/files/{file.code}/review/", given, follow=True))
    assert "Преглед № 1 е записан" in page
    assert "Имам приятел." in page
    kept = ClientFile.objects.get()
    assert kept.stage == stages.WORK
    running = Deadline.objects.get(rule="plan_review_interval", met_at__isnull=True)
    assert (running.due.date() - clock.today()).days in range(180, 190)
    assert [one.stage for one in kept.stages.all()[:2]] == [stages.WORK, stages.REVIEW]


def test_a_mark_made_later_does_not_change_a_review_that_was_held(file) -> None:
    worker = make_ending.worker_of(file)
    goal = file.plans.get().goals.get()
    actions.mark_goal(worker, goal, on=clock.today(), level=-1)
    with clock.at(clock.now() + dt.timedelta(seconds=1)):
        actions.hold_review(worker, file, make_ending.said())
    with clock.at(clock.now() + dt.timedelta(minutes=1)):
        actions.mark_goal(worker, goal, on=clock.today(), level=2)
    page = text_of(people.client_of(file.lead).get(f"/files/{file.code}/review/"))
    held = page[page.index("Направени прегледи") :]
    assert "0 от 1 цели" in held
    assert "1 от 1 цели" in page[: page.index("Направени прегледи")]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"present": []}, "кой от семейството участва"),
        ({"summary": ""}, "Нужна е поправка"),
        ({"decision": "close"}, "Напишете защо"),
        ({"on": "01.01.2127"}, "в бъдещето"),
    ],
)
def test_a_review_without_a_part_says_which_and_keeps_the_rest(file, wrong: dict, said: str) -> None:
    given = make_ending.said() | {"on": f"{clock.today():%d.%m.%Y}"} | wrong
    page = text_of(people.client_of(file.lead).post(f"/files/{file.code}/review/", given))
    assert said in page
    assert "По-спокойно е." in page
    assert not Review.objects.exists()


@pytest.mark.parametrize(
    ("decision", "there"), [("change", "/plan/"), ("close", "/close/"), ("transfer", "/review/")]
)
def test_a_decision_leads_to_its_page(file, decision: str, there: str) -> None:
    given = make_ending.said(decision=decision, why="Така решихме.") | {"on": f"{clock.today():%d.%m.%Y}"}
    answer = people.client_of(file.lead).post(f"/files/{file.code}/review/", given)
    assert answer.url.endswith(there)
    assert ClientFile.objects.get().stage == stages.REVIEW


def test_nobody_reviews_before_the_work_has_begun() -> None:
    file = make.file()
    with pytest.raises(NotAllowed):
        actions.hold_review(make_ending.worker_of(file), file, make_ending.said())


def contract_of(file: ClientFile) -> Contract:
    return actions.set_contract(make_ending.worker_of(file), file, make_ending.terms())


def test_a_contract_is_composed_with_nothing_typed_twice(file) -> None:
    Service.objects.update(address="ул. Първа 1", phone="0670 600 00", head="Ивелина Пробна")
    file.service.organisation.__class__.objects.update(eik="000291709")
    Person.objects.update(address="ул. Втора 2")
    ClientFile.objects.update(wish="Помощ в училище")
    contract_of(file)
    source = queries_papers.source(make_ending.worker_of(file), ClientFile.objects.get())
    book = making.book(make_ending.worker_of(file), source, CONTRACT, Recipient(SERVICE))
    assert book.missing == ()
    assert book.asked >= 20
    words = repr(book.parts)
    for known in ("Калина Измислена", "ЦОП Пробен", "000291709", "31.05.2027", "без такса", "Да има приятел"):
        assert known in words


def test_what_is_missing_in_a_contract_stands_as_dots_and_is_listed(file) -> None:
    actions.set_contract(make_ending.worker_of(file), file, make_ending.terms(fee="", manner=""))
    page = text_of(people.client_of(file.lead).get(f"/files/{file.code}/documents/contract/"))
    assert "Срок: такса" in page
    assert "Срок: начин на ползване" in page
    assert "…" in page


def test_a_contract_for_court_names_the_child_only(file) -> None:
    contract_of(file)
    source = queries_papers.source(make_ending.worker_of(file), ClientFile.objects.get())
    book = making.book(make_ending.worker_of(file), source, CONTRACT, Recipient(COURT))
    assert file.lead.name not in repr(book.parts)
    assert "Калина Измислена" in repr(book.parts)


def test_signing_goes_through_the_page_with_the_scan(file) -> None:
    client = people.client_of(file.lead)
    address = f"/files/{file.code}/contract/"
    given = {
        "do": "terms",
        "starts_on": "23.11.2026",
        "until": "31.05.2027",
        "manner": "hours",
        "fee": "без такса",
    }
    assert "чака подпис" in text_of(client.post(address, given, follow=True))
    scan = SimpleUploadedFile("договор.pdf", documents.pdf(), content_type="application/pdf")
    page = text_of(client.post(address, {"do": "sign", "on": "23.11.2026", "scan": scan}, follow=True))
    assert "Изтегли подписания договор" in page
    token = page.split("/attachments/")[-1] if "/attachments/" in page else ""
    assert Contract.objects.get().signed_on == dt.date(2026, 11, 23)
    link = page[: page.index("Изтегли подписания договор")].rsplit('href="', 1)[1].split('"')[0]
    assert client.get(link).content[:4] == b"%PDF"
    other = people.client_of(make.person_in(file.service, "case_manager"))
    assert other.get(link).status_code == 404
    assert not token.startswith("договор")


def test_a_file_that_is_no_document_signs_nothing(file) -> None:
    contract_of(file)
    wrong = SimpleUploadedFile("договор.pdf", b"MZ\x90", content_type="application/pdf")
    client = people.client_of(file.lead)
    client.post(f"/files/{file.code}/contract/", {"do": "sign", "on": "23.11.2026", "scan": wrong})
    assert Contract.objects.get().signed_on is None


def test_a_signed_contract_no_longer_changes(file) -> None:
    one = contract_of(file)
    worker = make_ending.worker_of(file)
    actions.sign_contract(worker, one, on=clock.today())
    with pytest.raises(NotAllowed):
        actions.sign_contract(worker, one, on=clock.today())
    assert actions.set_contract(worker, file, make_ending.terms(fee="30 лв.")).number == 2
    assert Contract.objects.get(number=1).fee == "без такса"


def test_a_contract_wants_a_plan_and_an_end_after_its_start(file) -> None:
    bare = make.file(first_name="Друга")
    with pytest.raises(ActionRefused, match="одобрен план"):
        actions.set_contract(make_ending.worker_of(bare), bare, make_ending.terms())
    wrong = make_ending.terms(until=dt.date(2020, 1, 1))
    with pytest.raises(ActionRefused, match="преди началото"):
        actions.set_contract(make_ending.worker_of(file), file, wrong)


def test_closing_keeps_a_summary_that_is_a_paper(file) -> None:
    client = people.client_of(file.lead)
    given = make_ending.summary() | {"on": f"{clock.today():%d.%m.%Y}"}
    page = text_of(client.post(f"/files/{file.code}/close/", given, follow=True))
    assert "е закрито" in page
    assert ClientFile.objects.get().stage == stages.CLOSED
    assert not Deadline.objects.filter(met_at__isnull=True).exists()
    page = text_of(client.get(f"/files/{file.code}/documents/closing/"))
    for words in ("Целите са постигнати.", "Личен лекар.", "Довиждане."):
        assert words in page
    assert client.get(f"/files/{file.code}/close/").status_code == 404


def test_a_closing_without_a_summary_is_refused(file) -> None:
    with pytest.raises(ActionRefused):
        actions.close_file(make_ending.worker_of(file), file, make_ending.summary(summary=" "))
    assert not Closing.objects.exists()


def test_pages_of_others_do_not_exist(file) -> None:
    elsewhere = make.service("LOV-99").path
    for role in (*people.ACCOUNT_ROLES, "public"):
        own = role in ("service_manager", "case_manager", "specialist")
        client = people.client_for(role, elsewhere if own else None)
        for route in ROUTES:
            status = client.get(f"/files/{file.code}/{route}").status_code
            assert status == (302 if role == "public" else 404), (role, route)


def test_every_step_is_in_the_audit_without_names(file) -> None:
    worker = make_ending.worker_of(file)
    actions.sign_contract(worker, contract_of(file), on=clock.today())
    actions.hold_review(worker, file, make_ending.said())
    actions.close_file(worker, file, make_ending.summary())
    deeds = ("case.contract_made", "case.contract_signed", "case.reviewed", "case.closed")
    found = Entry.objects.filter(deed__in=deeds, subject=file.code)
    assert {entry.deed for entry in found} == set(deeds)
    assert all("Измислена" not in repr(entry.details) for entry in found)
