"""The specialist's way through HTTP: link, code, question, opinion, receipt; and the ways in which a link is dead (S20)."""

import datetime as dt

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from opora.care.casework import actions
from opora.care.casework.models import Event, Opinion, OpinionRequest
from opora.care.casework.tests import make
from opora.foundation.accounts.tests import make as people
from opora.foundation.audit.models import Entry
from opora.foundation.core import clock
from opora.foundation.documents.models import Attachment
from opora.foundation.documents.tests import make as documents
from opora.foundation.drafts.models import Draft
from opora.foundation.messages.delivery import deliver
from opora.foundation.messages.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def file():
    return make.file()


def address(secret: str) -> str:
    return f"/files/opinion/{secret}/"


def opened(file, domains=("social",), **said):
    """A browser that has shown the code, the request and its secret."""
    request, secret, code = make.asked(file, domains, **said)
    client = Client()
    answer = client.post(address(secret), {"code": f"{code[:4]} {code[4:]}"})
    assert answer.status_code == 302
    return client, request, secret


def words(answer, status: int = 200) -> str:
    assert answer.status_code == status
    return str(answer.content.decode())


def test_the_whole_way_from_question_to_receipt(file) -> None:
    client, _request, secret = opened(file)
    page = words(client.get(address(secret)))
    for said in ("Може ли да спортува?", "К. И.", "Не говори с други деца.", "Социални връзки"):
        assert said in page
    for hidden in ("Калина", "Измислена", file.code, "Трудно изговаря"):
        assert hidden not in page
    given = {"text": "Да, с плуване.", "need_social": "1", "text_social": "Движи се добре.", "do": "send"}
    answer = client.post(address(secret), given)
    assert answer.headers["Location"] == "/files/opinion/receipt/"
    receipt = words(client.get("/files/opinion/receipt/"))
    opinion = Opinion.objects.get()
    assert opinion.receipt in receipt
    assert opinion.digest[:16] in receipt
    assert "Калина" not in receipt
    assert (opinion.by, opinion.profession, opinion.organisation) == ("Тодор Стаменски", "ортопед", "Болница")
    team = people.client_of(file.lead)
    assert "Становище от ортопед" not in words(team.get("/"))
    page = words(team.get(f"/files/{file.code}/opinions/"))
    for said in (
        "Да, с плуване.",
        "Движи се добре.",
        "Тодор Стаменски",
        "Степените се разминават: от 1 до 3",
    ):
        assert said in page
    assert "Движи се добре." in words(team.get(f"/files/{file.code}/assessment/"))
    assert "Отговор на въпроса „Може ли да спортува?“" in words(team.get(f"/files/{file.code}/"))
    assert Message.objects.get(key__startswith="opinion-answered").to_email == file.lead.email


def test_without_the_code_nothing_is_seen(file) -> None:
    _request, secret, _code = make.asked(file)
    page = words(Client().get(address(secret)))
    assert "Въведете кода" in page
    for hidden in ("спортува", "К. И.", "Тодор", "Проба", file.code):
        assert hidden not in page


def test_the_pages_are_kept_by_no_cache_and_no_search_engine(file) -> None:
    client, _request, secret = opened(file)
    answer = client.get(address(secret))
    assert "no-store" in answer.headers["Cache-Control"]
    assert "noindex" in words(answer)
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert secret not in words(answer).partition("op-footer__feedback")[2].partition("</p>")[0]


def kill_expired(file, request) -> None:
    OpinionRequest.objects.update(expires_at=clock.now() - dt.timedelta(seconds=1))


def kill_revoked(file, request) -> None:
    actions.revoke_request(make.as_actor(file.lead), request)


def kill_answered(file, request) -> None:
    actions.answer_request(request, actions.outside.Said("Да."))


def kill_closed(file, request) -> None:
    actions.enter_stage(make.as_actor(file.lead), file, "closed", on=clock.today(), why="Преместване.")


def kill_sealed(file, request) -> None:
    head = make.as_actor(make.person_in(file.service, "service_manager"))
    actions.seal_file(head, file, kind="violence", why="Заплаха.")


def kill_reminded(file, request) -> None:
    with clock.at(clock.now() + dt.timedelta(days=2)):
        actions.remind_specialist(make.as_actor(file.lead), request, link=str)


def kill_renewed(file, request) -> None:
    actions.renew_request(make.as_actor(file.lead), request, link=str)


def kill_locked(file, request) -> None:
    for _ in range(5):
        actions.try_code(request, "00000000x", address="192.0.2.7")


DEATHS = [
    kill_expired, kill_revoked, kill_answered, kill_closed, kill_sealed, kill_reminded, kill_renewed, kill_locked,
]  # fmt: skip


@pytest.mark.parametrize("kill", DEATHS, ids=[one.__name__ for one in DEATHS])
def test_a_dead_link_is_dead_for_who_had_opened_it_too(file, kill) -> None:
    client, request, secret = opened(file)
    assert "спортува" in words(client.get(address(secret)))
    kill(file, request)
    before = Opinion.objects.count()
    for browser in (client, Client()):
        page = words(browser.get(address(secret)), 404)
        assert "Връзката не важи" in page
        assert "спортува" not in page
        back = words(browser.post(address(secret), {"text": "Късно.", "do": "send"}), 404)
        assert "Копирайте написаното" in back
        assert "Късно." in back
        assert "Не е записано" in words(browser.post(f"{address(secret)}draft/", {"text": "Късно."}))
    assert Opinion.objects.count() == before
    assert not Draft.objects.filter(data__text="Късно.").exists()


@pytest.mark.parametrize("change", ["x", "", "A"])
def test_a_tampered_link_leads_nowhere(file, change: str) -> None:
    _request, secret, _code = make.asked(file)
    other = secret[:-1] + change if secret[-1:] != change else secret + change
    words(Client().get(address(other)), 404)


def test_a_link_has_256_bits_and_neither_it_nor_its_code_is_kept(file) -> None:
    request, secret, code = make.asked(file)
    assert len(secret) >= 43
    assert len(code) == 8
    kept = "\n".join(connection.connection.iterdump()) if connection.vendor == "sqlite" else ""
    assert secret not in kept
    assert code not in kept
    assert request.link_index in kept or connection.vendor != "sqlite"


def test_five_wrong_codes_close_the_link_and_the_worker_is_told(file) -> None:
    request, secret, code = make.asked(file)
    client = Client()
    for _ in range(4):
        assert "Кодът не е верен" in words(client.post(address(secret), {"code": "1"}))
    words(client.post(address(secret), {"code": "1"}), 404)
    words(client.post(address(secret), {"code": code}), 404)
    told = Message.objects.get(key__startswith="opinion-locked")
    assert told.to_email == file.lead.email
    assert told.undo_until == told.created_at  # at once, at night too
    assert "Калина" not in told.subject + told.body
    team = people.client_of(file.lead)
    assert "Връзката за становище от ортопед е затворена" in words(team.get("/"))
    page = words(team.get(f"/files/{file.code}/opinions/asked/{request.number}/"))
    assert "затворено след грешни кодове" in page
    assert 'value="remind"' not in page


def test_a_right_code_forgets_the_wrong_ones_before_it(file) -> None:
    request, secret, code = make.asked(file)
    for _round in range(2):
        client = Client()
        for _ in range(3):
            client.post(address(secret), {"code": "1"})
        assert client.post(address(secret), {"code": code}).status_code == 302
    assert OpinionRequest.objects.get(pk=request.pk).wrong_codes == 0


def test_one_network_address_cannot_try_the_codes_of_many_links(file) -> None:
    tries = [make.asked(file, key=str(n))[1] for n in range(8)]
    client = Client()
    answers = [client.post(address(secret), {"code": "1"}) for secret in tries for _ in range(4)]
    assert "Твърде много опити" in words(answers[-1])
    assert Entry.objects.filter(deed="case.opinion_code_refused").count() == len(answers)


def test_the_code_of_one_link_does_not_open_another(file) -> None:
    _first, _secret, code = make.asked(file, key="1")
    _second, secret, _code = make.asked(file, key="2")
    assert "Кодът не е верен" in words(Client().post(address(secret), {"code": code}))


def test_the_letter_tells_nothing_of_the_child_or_the_service_and_is_kept_without_its_link(file) -> None:
    _request, secret, _code = make.asked(file)
    letter = Message.objects.get()
    with clock.at(clock.now() + dt.timedelta(days=1)):
        deliver()
    sent = mail.outbox[0]
    for hidden in ("Калина", "Измислена", "ЦОП", "Център", file.code, file.service.name):
        assert hidden not in sent.subject + sent.body
    assert secret in sent.body
    assert file.lead.name in sent.body
    assert secret not in letter.body
    assert Message.objects.get().sealed is None


def test_a_draft_is_kept_while_typing_and_comes_back_after_the_code(file) -> None:
    client, _request, secret = opened(file)
    answer = client.post(
        f"{address(secret)}draft/", {"text": "Започнах", "text_social": "Виждам", "need_social": "2"}
    )
    assert "Черновата е записана" in words(answer)
    page = words(client.get(address(secret)))
    assert "Започнах" in page
    assert "Виждам" in page
    assert '<option value="2" selected' in page
    client.post(address(secret), {"text": "Готово", "do": "send"})
    assert not Draft.objects.exists()


def test_text_typed_on_a_page_left_open_too_long_survives_the_code(file) -> None:
    _request, secret, code = make.asked(file)
    client = Client()
    client.post(address(secret), {"code": code})
    with clock.at(clock.now() + dt.timedelta(minutes=61)):
        page = words(client.post(address(secret), {"text": "Дълъг текст", "do": "send"}))
        assert "Въведете кода" in page
        assert 'value="Дълъг текст"' in page
        client.post(address(secret), {"text": "Дълъг текст", "code": code})
        assert "Дълъг текст" in words(client.get(address(secret)))
    assert Opinion.objects.count() == 0


def test_an_empty_answer_is_asked_for_and_loses_nothing(file) -> None:
    client, _request, secret = opened(file)
    page = words(client.post(address(secret), {"text": " ", "text_social": "Остава", "do": "send"}))
    assert "прикачете документ" in page
    assert "Остава" in page
    assert Opinion.objects.count() == 0


def test_a_document_goes_through_the_gate_under_a_name_of_ours(file) -> None:
    client, _request, secret = opened(file)
    wrong = SimpleUploadedFile("Калина Измислена.exe", b"MZ")
    page = words(client.post(address(secret), {"text": "Вижте.", "document": wrong, "do": "send"}))
    assert "Този вид файл не се приема" in page
    assert "Вижте." in page
    assert Opinion.objects.count() == 0
    right = SimpleUploadedFile("Калина Измислена.pdf", documents.pdf())
    assert client.post(address(secret), {"document": right, "do": "send"}).status_code == 302
    opinion = Opinion.objects.get()
    kept = Attachment.objects.get()
    assert kept.name == f"{opinion.receipt}.pdf"
    where = f"/files/{file.code}/opinions/{opinion.number}/document/"
    answer = people.client_of(file.lead).get(where)
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    assert Entry.objects.filter(deed="case.document_downloaded", subject=file.code).count() == 1
    stranger = make.person_in(make.service("LOV-99"), "case_manager")
    assert people.client_of(stranger).get(where).status_code == 404
    assert people.client_of(file.lead).get(f"/documents/{kept.token}/").status_code == 404


def test_sending_twice_writes_once_and_shows_the_receipt(file) -> None:
    client, _request, secret = opened(file)
    for _ in range(2):
        answer = client.post(address(secret), {"text": "Да.", "do": "send"})
        assert answer.headers["Location"] == "/files/opinion/receipt/"
    assert Opinion.objects.count() == 1
    assert Event.objects.filter(kind="opinion").count() == 1


def test_a_receipt_is_for_the_browser_that_sent_and_not_for_long(file) -> None:
    client, _request, secret = opened(file)
    client.post(address(secret), {"text": "Да.", "do": "send"})
    words(Client().get("/files/opinion/receipt/"), 404)
    with clock.at(clock.now() + dt.timedelta(minutes=61)):
        words(client.get("/files/opinion/receipt/"), 404)


def test_names_of_the_family_are_blackened_in_what_was_chosen_and_the_childs_stays_by_choice(file) -> None:
    worker = make.as_actor(file.lead)
    actions.files._relate(
        file, {"kind": "mother", "first_name": "Росица", "last_name": "Измислена", "phone": "0888 123 456"}
    )
    note = actions.add_note(
        worker,
        file,
        kind="call",
        on=clock.today(),
        text="Росица води Калина на плуване. Тел. 0888 123 456.",
        key="n",
    )
    actions.correct_note(worker, note, text="Води я бабата на Калина.")
    for by_name, key in ((False, "1"), (True, "2")):
        client, _request, secret = opened(file, events=[note], by_name=by_name, key=key)
        page = words(client.get(address(secret)))
        assert ("Калина на плуване" in page) == by_name
        assert ("Калина Измислена, " in page) == by_name
        assert "на плуване" in page
        assert "Води я бабата" in page
        assert "Росица" not in page
        assert "0888" not in page


def test_every_opening_is_in_the_audit_by_the_specialists_name(file) -> None:
    client, request, secret = opened(file)
    client.get(address(secret))
    client.get(address(secret))
    entries = Entry.objects.filter(actor_name="Тодор Стаменски", subject=file.code)
    assert list(entries.order_by("id").values_list("deed", flat=True)) == [
        "case.opinion_access", "case.read", "case.read",
    ]  # fmt: skip
    assert {entry.chain for entry in entries} == {"svc:LOV-17"}
    assert {entry.details["opinion_request"] for entry in entries.filter(deed="case.read")} == {
        request.number
    }
