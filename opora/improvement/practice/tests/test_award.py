"""From gates to the certificate: the whole chain through HTTP, and who may do what in it."""

import datetime as dt
import io
import zipfile
from urllib.parse import unquote

import pytest

from opora.evidence.monitoring.models import Agreed, Visit
from opora.foundation.accounts.tests import make as people
from opora.foundation.audit.models import Entry
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused
from opora.foundation.documents.book import FORMATS
from opora.improvement.practice import actions, board_view, effect_view, networks, stages
from opora.improvement.practice.models import Award, Nomination, Period
from opora.improvement.practice.queries_board import Board
from opora.improvement.practice.tests import make
from opora.register.models import Service

pytestmark = pytest.mark.django_db
MARKS = {
    "ДЦ Дъга": ({"1.1": 4, "1.2": 4, "2.1": 3, "2.2": 4}, {"1.1": 4, "1.2": 3, "2.1": 3, "2.2": 4}),
    "ЦОП Роза": 2,
    "КЦ Зора": 1,
}


@pytest.fixture
def without_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    """A decision keeps its minutes in Word alone: laying sheets takes seconds and is looked at in the whole chain."""
    monkeypatch.setattr("opora.improvement.practice.actions.panel.FORMATS", {"docx": FORMATS["docx"]})


def page(response) -> str:
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def service(name: str) -> Service:
    return Service.objects.get(name=name)


def words_of(docx: bytes) -> str:
    return zipfile.ZipFile(io.BytesIO(docx)).read("word/document.xml").decode()


def test_gates_come_before_places() -> None:
    found = make.period(make.region_round(MARKS), checked=False)
    keeper = make.coordinator()
    theirs = people.client_of(keeper)
    shown = page(theirs.get(f"/practices/periods/{found.code}/"))
    assert "Още никоя услуга не минава условията" in shown
    assert "още не е проверено" in shown
    given = {
        "do": "many",
        "services": [service("ДЦ Дъга").code, service("ЦОП Роза").code],
        "source": "Писмо № 12",
    }
    assert theirs.post(f"/practices/periods/{found.code}/gates/", given).status_code == 302
    theirs.post(
        f"/practices/periods/{found.code}/gates/{service('ЦОП Роза').code}/",
        {"clear": "no", "source": "Предписание № 3"},
    )
    board = Board(found)
    assert [place.key for place in board.ranking.places] == [service("ДЦ Дъга").code]
    shown = page(theirs.get(f"/practices/periods/{found.code}/"))
    assert "Предписание № 3, проверено на" in shown
    assert "2 от 3 услуги" in shown


def test_a_card_that_did_not_come_keeps_a_service_out() -> None:
    found = make.period(make.region_round(MARKS), cards_in=False)
    assert Board(found).ranking.places == ()
    gate = Board(found).candidates[0].gates[0]
    assert (gate.passed, gate.found) == (False, "няма искана карта")


def test_the_whole_chain_to_the_award() -> None:
    found = make.period(make.region_round(MARKS))
    daga = service("ДЦ Дъга")
    card = make.card(daga)
    keeper = make.coordinator()
    theirs, address = people.client_of(keeper), f"/practices/periods/{found.code}/"
    shown = page(theirs.get(address))
    assert "ДЦ Дъга е първа в 100 от 100 правдоподобни тежести" in shown
    people.client_for("public").post(
        f"/practices/nominate/{found.code}/",
        {"service": daga.code, "practice": card.code, "why": "Детето ми спря да плаче."},
    )
    nomination = Nomination.objects.get()
    assert (nomination.kind, nomination.by, nomination.state) == ("user", "", "new")
    theirs.post(f"{address}nominations/{nomination.pk}/", {"keep": "yes"})
    members = make.panel(found, 3)
    theirs.post(f"{address}fix/")
    assert Period.objects.get().stage == stages.PANEL
    for member in members:
        page(people.client_of(member).get(f"{address}votes/"))
        answer = people.client_of(member).post(
            f"{address}votes/{daga.code}/", {"choice": "for", "why": "Ясен метод."}
        )
        assert answer.status_code == 302
    refused = theirs.post(f"{address}decide/", {"chosen": [service("КЦ Зора").code], "words": "Да."})
    assert refused.status_code == 422
    given = {"chosen": [daga.code], "words": "Комисията награждава ДЦ Дъга."}
    assert theirs.post(f"{address}decide/", given).status_code == 302
    award = Award.objects.get()
    assert (award.number, award.practice, award.service) == ("LOV-2026-1", card, daga)
    minutes = theirs.post(f"{address}minutes/docx/")
    text = words_of(minutes.content)
    for words in (
        "Комисията награждава ДЦ Дъга.",
        "Ясен метод.",
        members[0].name,
        "100 от 100",
        "LOV-2026-1",
    ):
        assert words in text
    assert theirs.post(f"{address}minutes/pdf/").content.startswith(b"%PDF")
    assert Entry.objects.filter(deed="practice.minutes_exported").count() == 2
    Agreed.objects.create(
        visit=Visit.objects.get(service=daga), indicator=Visit.objects.first().round.version.domains.first().indicators.first(),
        level=0, why="Късно.", by="двамата", at=clock.now(),
    )  # fmt: skip
    assert theirs.post(f"{address}minutes/docx/").content == minutes.content
    assert "100 от 100" in page(theirs.get(address))
    assert "Комисията може да се опре на него" in page(theirs.get(f"{address}places/{daga.code}/"))
    paper = people.client_for("public").get(f"/practices/awards/{award.pk}/certificate/")
    assert paper.content.startswith(b"%PDF")
    assert "LOV-2026-1" in page(people.client_for("public").get("/practices/awards/"))
    assert "Награда за 2026 г." in page(people.client_for("public").get(f"/practices/{card.code}/"))


def test_a_changed_mark_moves_the_list_the_minutes_and_the_network() -> None:
    found = make.period(make.region_round(MARKS))
    rosa, daga = service("ЦОП Роза"), service("ДЦ Дъга")
    keeper = make.coordinator()
    make.adaptation(make.card(daga), rosa)
    actions.fix_list(make.as_actor(keeper), found)
    theirs = people.client_of(keeper)
    before = words_of(theirs.post(f"/practices/periods/{found.code}/minutes/docx/").content)
    net = networks.whole(make.as_actor(keeper))
    assert {row[1] for row in net.picture.rows} == {"ЦОП Роза (2,00)"}
    visit = Visit.objects.get(service=rosa)
    for indicator in visit.round.version.domains.first().indicators.all():
        Agreed.objects.update_or_create(
            visit=visit, indicator=indicator, defaults={"level": 4, "why": "Видяхме новите досиета.", "by": "двамата", "at": clock.now()}
        )  # fmt: skip
    again = Period.objects.get()
    assert set(Board(again).moved) >= {rosa.code}
    shown = page(theirs.get(f"/practices/periods/{found.code}/"))
    assert "Списъкът вече не е същият" in shown
    after = words_of(theirs.post(f"/practices/periods/{found.code}/minutes/docx/").content)
    assert before != after
    assert {row[1] for row in networks.whole(make.as_actor(keeper)).picture.rows} == {"ЦОП Роза (3,00)"}
    with pytest.raises(ActionRefused, match="Подайте го отново"):
        actions.decide(make.as_actor(keeper), again, [daga], words="Да.")
    actions.fix_list(make.as_actor(keeper), again)
    assert Board(Period.objects.get()).moved == []


def test_the_network_shows_marks_only_to_who_may_see_them() -> None:
    make.period(make.region_round(MARKS))
    make.adaptation(make.card(service("ДЦ Дъга")), service("ЦОП Роза"))
    rows = networks.whole(people.actor("public")).picture.rows
    assert rows[0][1] == "ЦОП Роза"


def test_a_figure_leads_to_both_marks_and_their_evidence() -> None:
    found = make.period(make.region_round(MARKS))
    theirs = people.client_of(make.coordinator())
    code = service("ДЦ Дъга").code
    place = page(theirs.get(f"/practices/periods/{found.code}/places/{code}/"))
    assert f"/practices/periods/{found.code}/places/{code}/1.2/" in unquote(place)
    mark = page(theirs.get(f"/practices/periods/{found.code}/places/{code}/1.2/"))
    for words in ("Видяхме две досиета.", "3,5", "Двамата наблюдатели"):
        assert words in mark
    beside = page(
        theirs.get(f"/practices/periods/{found.code}/beside/?s={code}&s={service('КЦ Зора').code}&s=няма")
    )
    assert "ДЦ Дъга" in beside
    assert "КЦ Зора" in beside
    assert theirs.get(f"/practices/periods/{found.code}/places/{code}/9.9/").status_code == 404


def test_effect_of_adopters_beside_the_others() -> None:
    start = clock.today() - dt.timedelta(days=500)
    before = {"ДЦ Дъга": 3, "ЦОП Роза": 1, "КЦ Зора": 2, "ДЦ Лъч": 2, "ДЦ Мост": 2}
    after = {"ДЦ Дъга": 4, "ЦОП Роза": 3, "КЦ Зора": 2, "ДЦ Лъч": 3, "ДЦ Мост": 2}
    with clock.at(clock.now() - dt.timedelta(days=500)):
        first = make.region_round(before, starts=start)
    card = make.card(service("ДЦ Дъга"))
    assert effect_view.of_card(card).why_not == "Още никоя услуга не работи по практиката."
    with clock.at(clock.now() - dt.timedelta(days=300)):
        make.adaptation(card, service("ЦОП Роза"))
    assert "Сравнението става след следващия кръг" in effect_view.of_card(card).why_not
    make.region_round(after, services=list(Service.objects.all()), of=first.version)
    found = effect_view.of_card(card)
    line = found.lines[0]
    assert (line.adopters, line.others) == (1, 3)
    assert line.adopters_change == 2
    assert line.difference == pytest.approx(2 - 1 / 3)
    shown = page(people.client_for("public").get(f"/practices/{card.code}/effect/"))
    for words in ("не доказва, че практиката е причината", "Приложила я е само 1 услуга", "ЦОП Роза"):
        assert words in shown


@pytest.mark.parametrize(
    ("share", "said"),
    [(None, "–"), (0.0, "0 от 100"), (0.002, "под 1 от 100"), (0.0061, "1 от 100"), (0.624, "62 от 100"), (0.9949, "99 от 100"),
     (0.997, "над 99 от 100"), (1.0, "100 от 100")],
)  # fmt: skip
def test_shares_of_a_hundred_are_not_rounded_to_one_or_to_all(share, said) -> None:
    assert board_view.in_hundred(share) == said


@pytest.mark.parametrize("code", ["robust", "defensible", "lottery", "outside", "unranked"])
def test_each_tag_of_a_place_is_explained(code) -> None:
    assert board_view.standing(code)[0]
    assert len(board_view.standing_meaning(code)) > 40
