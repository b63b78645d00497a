"""The library and a card through HTTP: what it shows, to whom, how a card gets there."""

import datetime as dt
from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from opora.foundation.accounts.tests import make as people
from opora.foundation.audit.models import Entry
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused
from opora.foundation.ui.tests.hands import seen_on
from opora.improvement.practice import actions, stages
from opora.improvement.practice.models import Feedback, Practice
from opora.improvement.practice.tests import make
from opora.register.tests import make as register

pytestmark = pytest.mark.django_db


def visitor():
    return people.client_for("public")


def page(response) -> str:
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def test_a_card_goes_from_draft_to_the_public_page() -> None:
    service = register.service(
        "ДЦ Дъга", groups=["children_disabilities"], where=register.municipality("LOV34")
    )
    head, keeper = make.head(service), make.coordinator()
    mine, theirs = people.client_of(head), people.client_of(keeper)
    begun = mine.post(
        "/practices/new/",
        {"service": service.code, "title": "Преходи без страх", "summary": "Знаци за прехода."},
    )
    code = Practice.objects.get().code
    assert begun["Location"].endswith("/edit/")
    assert code.startswith("П-")
    assert visitor().get(f"/practices/{code}/").status_code == 404
    refused = page(mine.post(f"/practices/{code}/offer/", follow=True))
    assert "Преди да предложите картата, попълнете: проблемът" in refused
    said = {name: f"Думи {name}" for name in make.TEXTS}
    given = {
        "title": "Преходи без страх",
        "summary": "Знаци.",
        "groups": ["children_disabilities"],
    } | seen_on(mine, f"/practices/{code}/edit/")
    assert mine.post(f"/practices/{code}/edit/", given | said).status_code == 302
    mine.post(f"/practices/{code}/needs/", {"do": "elements", "elements": "Знак\nРодител"})
    page(mine.post(f"/practices/{code}/offer/", follow=True))
    waiting = page(theirs.get(f"/practices/{code}/"))
    assert "Картата чака Вашето решение" in waiting
    answer = theirs.post(f"/practices/{code}/decide/publish/", {"grade": 2, "why": "Мерено преди и след."})
    assert answer.status_code == 302
    shown = page(visitor().get(f"/practices/{code}/"))
    for words in ("Преходи без страх", "ДЦ Дъга", "Измерено преди и след", "Думи method", "Родител"):
        assert words in shown
    deeds = list(Entry.objects.filter(subject=code).values_list("deed", flat=True))
    assert deeds[-1] == "practice.published"
    assert [one.stage for one in Practice.objects.get().stages.order_by("id")] == [
        "draft",
        "offered",
        "published",
    ]


def test_the_service_cannot_publish_its_own_card() -> None:
    card = make.card(stage=stages.OFFERED)
    mine = people.client_of(make.head(card.service))
    assert mine.post(f"/practices/{card.code}/decide/publish/", {"grade": 4, "why": "да"}).status_code == 404
    stranger = people.client_of(make.coordinator("BG/KRZ"))
    assert stranger.get(f"/practices/{card.code}/").status_code == 404


def test_the_library_is_narrowed_in_the_address() -> None:
    make.card(title="Преходи без страх", problem="Детето се плаши от смяна на стаята.")
    other = register.service("КЦ", groups=["adults_disabilities"], where=register.municipality("KRZ21"))
    make.card(other, title="Работа в общността")
    every = page(visitor().get("/practices/"))
    assert "Преходи без страх" in every
    assert "Работа в общността" in every
    assert "2 практики от 2 общини" in every
    assert "Работа в общността" not in page(visitor().get("/practices/?q=плаши+смяна"))
    assert "Преходи без страх" in page(visitor().get("/practices/?q=плаша"))
    assert "Преходи без страх" not in page(visitor().get("/practices/?region=KRZ"))
    assert "Преходи без страх" not in page(visitor().get("/practices/?group=adults_disabilities"))
    assert "Няма такава практика" in page(visitor().get("/practices/?grade=4"))
    assert "Няма такава практика" in page(visitor().get("/practices/?proof=adapted"))


def test_an_empty_library_says_who_fills_it() -> None:
    assert "Библиотеката още е празна" in page(visitor().get("/practices/"))


def test_the_english_page_shows_translated_words() -> None:
    card = make.card(title="Преходи", title_en="Transitions", summary_en="Signs for each change of room.")
    client = visitor()
    client.cookies["django_language"] = "en"
    shown = page(client.get(f"/practices/{card.code}/", headers={"accept-language": "en"}))
    assert "Transitions" in shown
    assert "Signs for each change of room." in shown
    assert "What must be in place" in shown


def test_two_writers_do_not_overwrite_each_other() -> None:
    card = make.card(stage=stages.DRAFT)
    mine = people.client_of(make.head(card.service))
    given = {"title": "Мое", "summary": "Мое"} | dict.fromkeys(make.TEXTS, "мое")
    given |= seen_on(mine, f"/practices/{card.code}/edit/")
    assert mine.post(f"/practices/{card.code}/edit/", given).status_code == 302
    again = mine.post(f"/practices/{card.code}/edit/", given | {"title": "Второ"})
    assert again.status_code == 422
    text = again.content.decode()
    assert "Колега промени картата" in text
    assert "Второ" in text
    assert Practice.objects.get().title == "Мое"


def test_a_visitor_says_something_and_the_service_answers() -> None:
    card = make.card()
    visitor().post(f"/practices/{card.code}/feedback/", {"verdict": "useful", "text": "Ще опитаме."})
    said = Feedback.objects.get()
    assert said.by == ""
    assert "Ще опитаме." not in page(visitor().get(f"/practices/{card.code}/"))
    mine = people.client_of(make.head(card.service))
    mine.post(f"/practices/{card.code}/feedback/{said.pk}/", {"answer": "Обадете се."})
    shown = page(visitor().get(f"/practices/{card.code}/"))
    assert "Ще опитаме." in shown
    assert "Отговор: Обадете се." in shown
    assert visitor().post(f"/practices/{card.code}/feedback/", {"verdict": "odd"}).status_code == 422


def test_a_tool_is_opened_by_everybody_once_the_card_is_published() -> None:
    card = make.card(stage=stages.DRAFT)
    mine = people.client_of(make.head(card.service))
    file = SimpleUploadedFile("znaci.pdf", b"%PDF-1.4 not a file", content_type="application/pdf")
    bad = mine.post(f"/practices/{card.code}/tools/", {"title": "Знаци", "file": file})
    assert bad.status_code == 422
    tool = actions.add_tool(
        make.as_actor(make.head(card.service)), card, title="Знаци", file_name="z.png", content=_png()
    )
    assert visitor().get(f"/documents/{tool.token}/").status_code == 404
    keeper = make.as_actor(make.coordinator())
    actions.offer_card(keeper, card)
    actions.publish_card(keeper, card, grade=1, why="Видяно.")
    assert visitor().get(f"/documents/{tool.token}/").status_code == 200


def _png() -> bytes:
    import io

    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (4, 4)).save(out, "PNG")
    return out.getvalue()


def test_a_withdrawn_card_is_gone_for_visitors_only() -> None:
    card = make.card()
    theirs = people.client_of(make.coordinator())
    theirs.post(f"/practices/{card.code}/decide/withdraw/", {"why": "Методът вече не се прилага."})
    assert visitor().get(f"/practices/{card.code}/").status_code == 404
    assert "Методът вече не се прилага." in page(theirs.get(f"/practices/{card.code}/"))


@pytest.mark.parametrize(("ending", "start"), [("pdf", b"%PDF"), ("docx", b"PK")])
def test_the_card_on_paper(ending: str, start: bytes) -> None:
    card = make.card()
    answer = visitor().get(f"/practices/{card.code}/paper/{ending}/")
    assert answer.status_code == 200
    assert answer.content.startswith(start)


def test_a_hidden_address_stays_hidden() -> None:
    service = register.service(
        "Кризисен център",
        type="crisis_centre",
        where=register.municipality("LOV34"),
        settlement=register.settlement("Орешак", ekatte="53707", where=register.municipality("LOV34")),
    )
    card = make.card(service)
    shown = page(visitor().get(f"/practices/{card.code}/"))
    assert "Троян" in shown
    assert "Орешак" not in shown


@pytest.mark.parametrize(
    "role", ["case_manager", "specialist", "evaluator", "ministry_viewer", "municipality_expert", "public"]
)
def test_who_does_not_write_practices_does_not_begin_one(role: str) -> None:
    register.service()
    client = people.client_for(role)
    assert client.get("/practices/new/").status_code in (302, 404)
    assert client.post("/practices/new/", {"title": "Х"}).status_code in (302, 404)
    assert Practice.objects.count() == 0


def test_a_service_shows_its_practices_on_its_own_pages() -> None:
    card = make.card()
    for address in (f"/find/{card.service.code}/", f"/register/{card.service.code}/"):
        shown = page(people.client_for("national_admin").get(address))
        assert f"/practices/{card.code}/" in unquote(shown)


def test_conditions_and_outcomes_are_added_and_taken_back_one_by_one() -> None:
    card = make.card(stage=stages.DRAFT)
    mine = people.client_of(make.head(card.service))
    address = f"/practices/{card.code}/needs/"
    bad = mine.post(address, {"do": "condition", "kind": "post", "amount": "1"})
    assert bad.status_code == 422
    assert "Попълнете това поле за избраното условие." in bad.content.decode()
    mine.post(address, {"do": "condition", "kind": "places", "amount": "12"})
    assert "Най-малко 12 места" in page(mine.get(address))
    mine.post(address, {"do": "condition-remove", "row": card.conditions.get(kind="places").pk})
    assert not card.conditions.filter(kind="places").exists()
    mine.post(address, {"do": "outcome", "title": "Посещения", "better": "up"})
    assert card.outcomes.count() == 2
    mine.post(address, {"do": "outcome-remove", "row": card.outcomes.get(title="Посещения").pk})
    assert [one.title for one in card.outcomes.all()] == ["Кризи в седмицата"]


def test_what_others_were_measured_against_stays() -> None:
    with clock.at(clock.now() - dt.timedelta(days=200)):
        made = make.adaptation()
    keeper, card = make.as_actor(make.coordinator()), made.practice
    levels = {one.pk: 2 for one in card.elements.all()}
    actions.measure(
        make.as_actor(make.head(made.service)), made, 1, on=clock.today(), values={}, levels=levels
    )
    with pytest.raises(ActionRefused, match="вече са правени измервания"):
        actions.set_elements(keeper, card, ["Друго"])
    with pytest.raises(ActionRefused, match="вече е измервано"):
        actions.set_outcomes(keeper, card, [])
