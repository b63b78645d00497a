"""Opinions for whoever works on the file: asking, reminding, withdrawing, the team's own that leak nowhere (S3), papers."""

import datetime as dt

import pytest
from django.core import mail

from opora.care.casework import actions
from opora.care.casework.actions.outside import Said
from opora.care.casework.models import Event, Opinion, OpinionRequest
from opora.care.casework.tests import make
from opora.care.casework.tests.test_papers import READ, address
from opora.foundation.accounts.tests import make as people
from opora.foundation.audit.models import Entry
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused, NotAllowed
from opora.foundation.drafts.models import Draft
from opora.foundation.messages.delivery import deliver
from opora.foundation.messages.models import Message
from opora.foundation.rules.models import Rule
from opora.register.models import Professional

pytestmark = pytest.mark.django_db
SECRET = "Ъщкраставицаъщ"


@pytest.fixture
def file():
    return make.file()


@pytest.fixture
def worker(file):
    return make.as_actor(file.lead)


def text_of(response, status: int = 200) -> str:
    assert response.status_code == status, response
    return response.content.decode()


def rule(code: str, value: str) -> None:
    Rule.objects.create(
        code=code, text=code, text_en=code, value=value, unit="days", known_from="expert", valid_from=dt.date(2020, 1, 1),
        changed_at=clock.now(),
    )  # fmt: skip


def answered(file, text: str = "Да, с плуване.", need: int | None = 1, key: str = "1") -> Opinion:
    request, _secret, _code = make.asked(file, key=key)
    return actions.answer_request(request, Said(text, {"social": (need, "Движи се добре.")}))


def for_the_team(worker, file, text: str = f"Пази се {SECRET}.") -> Opinion:
    return actions.write_team_opinion(worker, file, Said(text, {"family": (3, "")}), key="team")


# Asking

ASK = {"name": "Тодор Стаменски", "profession": "ортопед", "email": "t@example.bg", "question": "Може ли да спортува?",
       "parts": ["social"], "by_name": "initials", "key": "k"}  # fmt: skip


def ask_page(file, **said) -> str:
    day = f"{clock.today() + dt.timedelta(days=5):%d.%m.%Y}"
    return text_of(
        people.client_of(file.lead).post(
            f"/files/{file.code}/opinions/ask/", ASK | {"due": day} | said, follow=True
        )
    )


def test_the_needs_found_propose_whom_to_ask_and_what_to_show(file, worker) -> None:
    make.whole(worker, actions.begin_assessment(worker, file))
    client = people.client_of(file.lead)
    page = text_of(client.get(f"/files/{file.code}/assessment/"))
    assert "/opinions/ask/?who=speech_therapist" in page
    page = text_of(client.get(f"/files/{file.code}/opinions/ask/?who=speech_therapist"))
    assert 'value="логопед"' in page
    assert 'value="communication" checked' in " ".join(page.split())
    assert 'value="social" checked' not in " ".join(page.split())


def test_asking_shows_the_code_once_and_never_the_link(file, worker) -> None:
    make.whole(worker, actions.begin_assessment(worker, file))
    page = ask_page(file)
    made = OpinionRequest.objects.get()
    assert "Кажете кода по телефона" in page
    assert "/files/opinion/" not in page
    again = text_of(people.client_of(file.lead).get(f"/files/{file.code}/opinions/asked/{made.number}/"))
    assert "Кажете кода" not in again
    assert "чака отваряне" in again


def test_the_same_form_sent_twice_asks_once(file, worker) -> None:
    make.whole(worker, actions.begin_assessment(worker, file))
    ask_page(file)
    ask_page(file)
    assert OpinionRequest.objects.count() == 1
    assert Message.objects.count() == 1


def test_somebody_of_the_register_is_chosen_and_not_typed(file, worker) -> None:
    make.whole(worker, actions.begin_assessment(worker, file))
    place = file.service.municipality
    known = Professional.objects.create(
        name="Лилия Савова", profession="логопед", employer="Кабинет", email="l@example.bg", municipality=place, path=place.path,
    )  # fmt: skip
    client = people.client_of(file.lead)
    page = " ".join(text_of(client.get(f"/files/{file.code}/opinions/ask/?who=speech_therapist")).split())
    assert f'value="{known.pk}" selected' in page
    ask_page(file, professional=known.pk, name="", profession="ортопед", email="")
    made = OpinionRequest.objects.get()
    assert (made.name, made.profession, made.organisation, made.email) == (
        "Лилия Савова", "логопед", "Кабинет", "l@example.bg",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "Напишете името"),
        ({"email": ""}, "На нея се изпраща връзката"),
        ({"email": "няма"}, "Въведете"),
        ({"question": ""}, "Нужна е поправка"),
        ({"parts": []}, "Нужна е поправка"),
        ({"parts": ["няма"]}, "Нужна е поправка"),
        ({"due": "01.01.2126"}, "Изберете ден дотогава"),
        ({"due": "01.01.2020"}, "Изберете ден дотогава"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(file, worker, wrong: dict, said: str) -> None:
    make.whole(worker, actions.begin_assessment(worker, file))
    page = ask_page(file, **wrong)
    assert said in page
    assert 'value="ортопед"' in page
    assert OpinionRequest.objects.count() == 0


def test_only_what_is_of_this_file_is_shown(file, worker) -> None:
    other = make.file()
    make.whole(make.as_actor(other.lead), actions.begin_assessment(make.as_actor(other.lead), other))
    note = actions.add_note(
        make.as_actor(other.lead), other, kind="call", on=clock.today(), text="Друго.", key="n"
    )
    with pytest.raises(ActionRefused, match="бележки от хронологията на това досие"):
        make.asked(file, events=[note])
    with pytest.raises(ActionRefused, match="област от оценката"):
        make.asked(file, parts=list(other.assessments.get().parts.all()))


def test_a_sealed_file_gives_no_link_and_others_do_not_ask(file, worker) -> None:
    make.asked(file)
    stranger = make.as_actor(make.person_in(make.service("LOV-99"), "case_manager"))
    assessment = file.assessments.get()
    with pytest.raises(NotAllowed):
        actions.ask_specialist(stranger, assessment, make.question(file), link=str, key="2")
    head = make.as_actor(make.person_in(file.service, "service_manager"))
    actions.seal_file(head, file, kind="violence", why="Заплаха.")
    with pytest.raises(ActionRefused):
        actions.ask_specialist(head, assessment, make.question(file), link=str, key="3")


def test_a_rule_without_a_number_lets_nothing_out(file) -> None:
    rule("opinion_link_days", "")
    with pytest.raises(ActionRefused, match="няма стойност"):
        make.asked(file)


def test_the_days_of_the_link_are_a_rule(file) -> None:
    rule("opinion_link_days", "3")
    with pytest.raises(ActionRefused, match="Връзката важи до"):
        make.asked(file)
    request, _secret, _code = make.asked(file, due=clock.today() + dt.timedelta(days=3))
    assert dt.timedelta(days=2.9) < request.expires_at - clock.now() <= dt.timedelta(days=3)


# Waiting


def deed(file, number: int, do: str) -> str:
    where = f"/files/{file.code}/opinions/asked/{number}/"
    return text_of(people.client_of(file.lead).post(where, {"do": do}, follow=True))


def test_a_reminder_is_a_new_link_with_the_same_code_once_a_day(file) -> None:
    request, _secret, code = make.asked(file)
    assert "преди по-малко от ден" in deed(file, request.number, "remind")
    later = clock.now() + dt.timedelta(days=8)
    with clock.at(later):
        page = text_of(people.client_of(file.lead).get(f"/files/{file.code}/opinions/"))
        assert "закъснява с 1 ден" in page
        assert 'value="remind"' in page
        assert 'value="revoke"' in page
        home = text_of(people.client_of(file.lead).get("/"))
        assert "Становище от ортопед" in home
        assert "1 ден след срока" in home
        assert "Старата вече не важи" in deed(file, request.number, "remind")
        kept = OpinionRequest.objects.get()
        assert kept.link_index != request.link_index
        assert actions.try_code(kept, code, address="192.0.2.1") == "right"
    assert Message.objects.filter(subject="Напомняне за писмено становище").count() == 1


def test_a_link_closed_by_wrong_codes_is_renewed_with_a_new_code(file) -> None:
    request, _secret, code = make.asked(file)
    for _ in range(5):
        actions.try_code(request, "1", address="192.0.2.1")
    page = deed(file, request.number, "renew")
    assert "Кажете кода по телефона" in page
    kept = OpinionRequest.objects.get()
    assert kept.locked_at is None
    assert actions.try_code(kept, code, address="192.0.2.2") == "wrong"


def test_the_number_of_wrong_codes_is_a_rule(file) -> None:
    rule("opinion_wrong_codes", "2")
    request, _secret, code = make.asked(file)
    assert actions.try_code(request, "1", address="192.0.2.1") == "wrong"
    assert actions.try_code(request, "1", address="192.0.2.1") == "dead"
    assert actions.try_code(request, code, address="192.0.2.1") == "dead"


def test_withdrawing_ends_it_and_what_was_begun(file) -> None:
    request, _secret, _code = make.asked(file)
    actions.keep_draft(request, {"text": "Започнах"})
    assert "Връзката вече не важи" in deed(file, request.number, "revoke")
    assert not Draft.objects.exists()
    assert "Становище от ортопед" not in text_of(people.client_of(file.lead).get("/"))
    assert "вече е приключило" in deed(file, request.number, "remind")
    assert "Чакат отговор" not in text_of(people.client_of(file.lead).get(f"/files/{file.code}/opinions/"))


# Side by side


def test_levels_disagree_from_the_number_of_the_rule(file) -> None:
    answered(file, need=2)
    client = people.client_of(file.lead)
    assert "разминават" not in text_of(client.get(f"/files/{file.code}/opinions/"))
    answered(file, need=1, key="2")
    assert "от 1 до 3" in text_of(client.get(f"/files/{file.code}/opinions/"))
    rule("opinion_levels_apart", "3")
    assert "разминават" not in text_of(client.get(f"/files/{file.code}/opinions/"))


def test_an_opinion_is_a_line_of_the_chronology_by_its_author(file) -> None:
    answered(file)
    event = Event.objects.get(kind="opinion")
    assert (event.by, event.profession, event.organisation) == ("Тодор Стаменски", "ортопед", "Болница")
    assert not event.team_only


def test_two_answers_that_arrive_together_are_one(file) -> None:
    request, _secret, _code = make.asked(file)
    first = actions.answer_request(request, Said("Да."))
    assert actions.answer_request(request, Said("Да.")) == first
    assert Opinion.objects.count() == 1


# Only for the team


def test_who_will_see_it_stands_by_name_before_saving(file, worker) -> None:
    head = make.person_in(file.service, "service_manager")
    psychologist = make.person_in(file.service, "specialist")
    make.person_in(file.service, "specialist")  # works in the service, not on the file
    file.members.create(user=psychologist, part="specialist", since=clock.today(), given_by="Проба")
    client = people.client_of(psychologist)
    page = text_of(client.get(f"/files/{file.code}/opinions/team/"))
    assert "Ще го видят: 3 души" in page
    for name in (head.name, file.lead.name, f"{psychologist.name} (Вие)"):
        assert name in page
    page = text_of(
        client.post(f"/files/{file.code}/opinions/team/", {"text": "Тихо.", "key": "k"}, follow=True)
    )
    assert "Вижда го само екипът" in page
    for user in (head, file.lead, psychologist):
        assert "Тихо." in text_of(people.client_of(user).get(f"/files/{file.code}/opinions/"))


def test_the_same_form_writes_one_and_an_empty_one_none(file, worker) -> None:
    client = people.client_of(file.lead)
    where = f"/files/{file.code}/opinions/team/"
    for _ in range(2):
        client.post(where, {"text": "Тихо.", "key": "k"})
    assert Opinion.objects.count() == 1
    assert "Нужна е поправка" in text_of(client.post(where, {"text": "", "key": "k2"}))
    assert "за коя област" in text_of(client.post(where, {"text": "Да.", "need": "2", "key": "k3"}))
    assert Opinion.objects.count() == 1


EVERYWHERE = ["", "assessment/", "opinions/", "plan/", "documents/", "stage/"]


def test_it_leaks_to_nobody_who_reads_in_an_emergency(file, worker) -> None:
    make.whole(worker, actions.begin_assessment(worker, file))
    answered(file)
    for_the_team(worker, file)
    stranger = make.person_in(make.service("LOV-99"), "case_manager")
    actions.open_in_emergency(
        make.as_actor(stranger), file, reason="danger", why="Непосредствена опасност за живота."
    )
    client = people.client_of(stranger)
    for place in EVERYWHERE:
        page = client.get(f"/files/{file.code}/{place}").content.decode()
        assert SECRET not in page
        assert "Само за екипа" not in page
        assert "само за екипа" not in page
    assert "Да, с плуване." in text_of(client.get(f"/files/{file.code}/opinions/"))
    assert "Чакат отговор" not in text_of(client.get(f"/files/{file.code}/opinions/"))
    assert client.get(f"/files/{file.code}/opinions/asked/1/").status_code == 404
    assert client.get(f"/files/{file.code}/opinions/team/").status_code == 404
    assert client.get(f"/files/{file.code}/opinions/ask/").status_code == 404


@pytest.mark.parametrize("ending", ["docx", pytest.param("pdf", marks=[pytest.mark.slow, pytest.mark.once])])
def test_it_leaks_into_no_paper_but_its_own_for_the_service(file, worker, ending: str) -> None:
    mother = actions.files._relate(
        file, {"kind": "mother", "first_name": "Росица", "last_name": "Измислена", "decides": True}
    )
    assert mother is None
    make.plan(worker, file)
    for_the_team(worker, file)
    client = people.client_of(file.lead)
    parent = f"parent-{file.relations.get().pk}"
    kinds = ("file", "chronology", "assessment", "plan") if ending == "docx" else ("file",)
    for to in ("service", "court", parent):
        for kind in kinds:
            said = READ[ending](client.post(address(file, kind, ending, to)))
            assert SECRET not in said
            assert "Само за екипа" not in said
            assert ("само за екипа" in said) == (kind == "file" and to == "service")
    for to in ("court", parent):
        assert client.post(address(file, "team-1", ending, to)).status_code == 404
        assert client.get(address(file, "team-1", to=to)).status_code == 404
    assert SECRET in READ[ending](client.post(address(file, "team-1", ending)))


def test_the_form_of_papers_says_that_it_is_for_the_service(file, worker) -> None:
    for_the_team(worker, file)
    page = text_of(people.client_of(file.lead).get(f"/files/{file.code}/documents/?kind=team-1&to=court"))
    assert "Изберете екземпляра за услугата" in page


def test_it_leaks_into_no_search_letter_link_or_audit(file, worker) -> None:
    for_the_team(worker, file)
    client = people.client_of(file.lead)
    for_others = [
        client.post("/files/find/", {"q": SECRET}), client.get("/search/", {"q": SECRET[:5]}),
        client.get("/search/suggest/", {"q": "калина"}), client.get("/"), client.get("/files/"),
    ]  # fmt: skip
    assert all("Пази се" not in answer.content.decode() for answer in for_others)
    request, _secret, _code = make.asked(file)
    event = Event.objects.get(kind="opinion")
    with pytest.raises(ActionRefused):
        make.asked(file, key="2", events=[event])
    actions.answer_request(request, Said("Да."))
    with clock.at(clock.now() + dt.timedelta(days=1)):
        deliver()
    assert len(mail.outbox) == 2
    told = [f"{one.subject} {one.body}" for one in mail.outbox]
    told += [f"{one.subject} {one.details_text} {one.ground}" for one in Entry.objects.all()]
    assert [text for text in told if SECRET in text] == []
    assert SECRET not in event.text


ROUTES = ["opinions/", "opinions/ask/", "opinions/asked/1/", "opinions/team/", "opinions/1/document/"]


@pytest.mark.parametrize("role", [*people.ACCOUNT_ROLES, "public"])
def test_pages_of_others_do_not_exist(role: str) -> None:
    file = make.file()
    answered(file)
    scope = make.service("LOV-99").path if role in ("service_manager", "case_manager", "specialist") else None
    client = people.client_for(role, scope)
    for route in ROUTES:
        assert client.get(f"/files/{file.code}/{route}").status_code == (302 if role == "public" else 404)


def test_a_specialist_of_the_service_who_does_not_work_on_the_file_sees_nothing(file, worker) -> None:
    for_the_team(worker, file)
    client = people.client_of(make.person_in(file.service, "specialist"))
    assert client.get(f"/files/{file.code}/opinions/").status_code == 404


# Papers


@pytest.mark.parametrize("ending", ["pdf", "docx"])
def test_an_opinion_is_a_paper_of_its_own_and_a_part_of_the_whole_file(file, ending: str) -> None:
    answered(file)
    client = people.client_of(file.lead)
    taken = client.post(address(file, "opinion-1", ending))
    said = READ[ending](taken)
    for words in (
        "Становище",
        "Тодор Стаменски",
        "ортопед",
        "Болница",
        "Може ли да спортува?",
        "Да, с плуване.",
        "Движи се добре.",
    ):
        assert words in said
    assert "opinion" not in taken.headers["Content-Disposition"]
    said = READ[ending](client.post(address(file, "file", ending, "court")))
    assert "Да, с плуване." in said
    assert "Стаменски" not in said
    assert client.post(address(file, "opinion-2", ending)).status_code == 404
