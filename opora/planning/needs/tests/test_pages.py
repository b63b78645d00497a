"""Pages of analyses by HTTP: the way of a coordinator, and who may open what."""

import re
from html import unescape

import pytest
from django.urls import reverse

from opora.foundation.accounts.tests import make as people
from opora.foundation.jobs import running
from opora.foundation.jobs.models import Job
from opora.planning.needs import actions
from opora.planning.needs.models import Analysis
from opora.planning.needs.tests import make

pytestmark = pytest.mark.django_db
MAKERS = {"regional_coordinator", "national_admin"}


@pytest.fixture
def coordinator():
    return people.client_for("regional_coordinator", "BG/LOV", name="Вера Петкова")


def whole(client, made):
    """All chapters, one after another."""
    parts = ("summary", "services", "needs", "people", "gaps", "answers", "method")
    return "".join(client.get(f"/analyses/{made.pk}/?chapter={part}").content.decode() for part in parts)


def test_from_round_to_document_in_four_clicks(coordinator):
    _region, asked, _cards = make.lovech()
    assert "Направи анализ" in coordinator.get("/analyses/").content.decode()
    form = coordinator.get("/analyses/new/").content.decode()
    assert asked.code in form
    answer = coordinator.post("/analyses/new/", {"round": asked.code, "region": "LOV"})
    job = Job.objects.get()
    assert answer["Location"] == reverse("jobs_job", args=[job.pk])
    running.carry_out(job.pk)
    job.refresh_from_db()
    assert (job.state, job.done, job.total) == ("done", 7, 7)
    page = coordinator.get(job.result["url"])
    assert page.status_code == 200
    links = re.findall(r'href="(/analyses/\d+/download/\w+/)"', page.content.decode())
    assert len(links) == 4
    answer = coordinator.get(links[0])
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    assert answer.content.startswith(b"PK")


def test_round_board_offers_the_analysis_and_names_those_made(coordinator):
    _region, asked, _cards = make.lovech()
    page = coordinator.get(f"/survey/rounds/{asked.code}/").content.decode()
    assert 'name="region" value="LOV"' in page
    made = actions.analyse(make.coordinator(), _region, asked)
    for address in (f"/survey/rounds/{asked.code}/", "/"):
        assert f"/analyses/{made.pk}/" in coordinator.get(address).content.decode(), address
    assert f"/analyses/{made.pk}/" not in people.client_for("public").get("/territory/LOV/").content.decode()
    actions.publish(make.coordinator(), made)
    assert f"/analyses/{made.pk}/" in people.client_for("public").get("/territory/LOV/").content.decode()


def test_all_regions_are_one_job_and_killed_halfway_none_is_made_twice():
    _region, asked, _cards = make.lovech()
    asked.path = "BG"
    asked.save()
    far = make.register.service(where=make.register.municipality("KRZ16"), code="KRZ16-1")
    make.card(asked, far, make.answers())
    browser = people.client_for("national_admin")
    browser.post("/analyses/new/", {"round": asked.code, "region": "all"})
    job = Job.objects.get()
    assert sorted(code for code, _round in job.params["work"]) == ["KRZ", "LOV"]
    running.carry_out(job.pk)
    Job.objects.filter(pk=job.pk).update(
        state="waiting", mark=job.params["work"][0][0], lease_until=None, worker=""
    )
    running.carry_out(job.pk)
    job.refresh_from_db()
    assert job.state == "done"
    assert Analysis.objects.count() == 2


def test_whole_country_from_each_regions_own_last_round():
    _region, old, _cards = make.lovech()
    newer = make.round_("LOV", old.template_version)
    make.card(newer, old.cards.first().service, make.answers())
    krz = make.round_("KRZ", old.template_version)
    far = make.register.service(where=make.register.municipality("KRZ16"), code="KRZ16-1")
    make.card(krz, far, make.answers())
    make.round_("LOV", old.template_version, closed=False)
    people.client_for("national_admin").post("/analyses/new/", {"round": "latest", "region": "all"})
    assert dict(Job.objects.get().params["work"]) == {"KRZ": krz.code, "LOV": newer.code}


def test_every_figure_is_a_link_to_its_rows(coordinator):
    made = make.analysis()
    page = unescape(whole(coordinator, made))
    links = list(dict.fromkeys(re.findall(r'class="op-figure-link" href="([^"]+)"', page)))
    assert len(links) > 60
    for link in links[::9]:
        rows = coordinator.get(link)
        assert rows.status_code == 200, link
        assert "Дава" in rows.content.decode()
    hours = coordinator.get(
        f"/analyses/{made.pk}/rows/", {"cell": "need.municipality/LOV18/hours"}
    ).content.decode()
    assert "82,5" in hours
    assert made.round.cards.order_by("code").first().code in hours
    assert "20,5" in hours


def test_page_has_pictures_with_links_and_no_inline_style(coordinator):
    page = coordinator.get(f"/analyses/{make.analysis().pk}/").content.decode()
    assert page.count("<svg") >= 8
    assert "style=" not in page
    assert page.count("<h1") == 1


def test_chapter_is_edited_and_given_back(coordinator):
    made = make.analysis()
    address = f"/analyses/{made.pk}/chapters/gaps/"
    assert "Какво написа програмата" in coordinator.get(address).content.decode()
    assert coordinator.post(address, {"text": "Липсва логопед.", "version": 0}).status_code == 302
    page = coordinator.get(f"/analyses/{made.pk}/").content.decode()
    assert "Липсва логопед." in page
    assert "Вера Петкова" in page
    clash = coordinator.post(address, {"text": "Друго", "version": 0}).content.decode()
    assert "Липсва логопед." in clash
    assert "Друго" in clash
    assert coordinator.post(address, {"text": "x", "version": 1, "restore": "1"}).status_code == 302
    assert "Липсва логопед." not in coordinator.get(f"/analyses/{made.pk}/").content.decode()


def test_publication_by_page(coordinator):
    made = make.analysis()
    assert "Публикувай" in coordinator.get(f"/analyses/{made.pk}/publish/").content.decode()
    assert coordinator.post(f"/analyses/{made.pk}/publish/").status_code == 302
    visitor = people.client_for("public")
    page = whole(visitor, made)
    assert ":c</abbr>" in page
    assert "op-figure-link" not in page
    assert "Повече часове" not in page
    assert f"/analyses/{made.pk}/" in visitor.get("/analyses/").content.decode()
    assert (
        "Повече часове"
        not in coordinator.get(f"/analyses/{made.pk}/?chapter=answers&as=public").content.decode()
    )
    assert "Повече часове" in coordinator.get(f"/analyses/{made.pk}/?chapter=answers").content.decode()
    assert coordinator.get(f"/analyses/{made.pk}/publish/").status_code == 404


def test_refused_publication_names_the_sentence(coordinator):
    made = make.analysis()
    actions.write_chapter(make.coordinator(), made, "people", "Чакат 2 деца.", version=0)
    answer = coordinator.post(f"/analyses/{made.pk}/publish/")
    assert answer.status_code == 409
    assert "2 деца" in answer.content.decode()


def test_comparison_page(coordinator):
    region, asked, cards = make.lovech()
    actions.analyse(make.coordinator(), region, asked)
    make.answer(cards[0], make.answers(hours=320.5))
    second = actions.analyse(make.coordinator(), region, asked)
    page = coordinator.get(f"/analyses/{second.pk}/compare/").content.decode()
    assert "382,5" in page
    assert "82,5" in page
    assert "300" in page


@pytest.mark.parametrize("role", people.ALL_ROLES)
def test_who_opens_what(role):
    draft = make.analysis()
    browser = people.client_for(role)
    makes = role in MAKERS
    wanted = 200 if makes else 404
    assert browser.get("/analyses/").status_code == 200
    assert browser.get(f"/analyses/{draft.pk}/").status_code == wanted
    assert browser.get(f"/analyses/{draft.pk}/download/json/").status_code == wanted
    inner = [
        "/analyses/new/",
        f"/analyses/{draft.pk}/rows/?cell=places.municipality/LOV18/services",
        f"/analyses/{draft.pk}/chapters/gaps/",
        f"/analyses/{draft.pk}/publish/",
        f"/analyses/{draft.pk}/compare/",
    ]
    closed = 302 if role == "public" else 404
    for address in inner:
        assert browser.get(address).status_code == (200 if makes else closed), address
    actions.publish(make.coordinator(), draft)
    assert browser.get(f"/analyses/{draft.pk}/").status_code == 200
    said = browser.get(f"/analyses/{draft.pk}/download/json/").content.decode()
    assert ("Повече часове" in said) == makes


def test_unknown_things_do_not_exist(coordinator):
    made = make.analysis()
    for tail in ("rows/?cell=nothing/at/all", "rows/", "chapters/none/", "download/odt/", "?chapter=none"):
        assert coordinator.get(f"/analyses/{made.pk}/{tail}").status_code == 404
    assert coordinator.get("/analyses/999999/").status_code == 404


def test_missing_pango_is_told_on_the_page(coordinator, monkeypatch):
    from opora.foundation.documents import render
    from opora.planning.needs import exports

    def fail(*_args):
        raise render.PdfUnavailable("липсват системните части Pango")

    monkeypatch.setattr(exports, "pdf", fail)
    made = make.analysis()
    answer = coordinator.get(f"/analyses/{made.pk}/download/pdf/", follow=True)
    assert "липсват системните части Pango" in answer.content.decode()


def test_english_page(coordinator):
    made = make.analysis()
    page = coordinator.get(f"/analyses/{made.pk}/", HTTP_ACCEPT_LANGUAGE="en").content.decode()
    assert "Download" in page
    assert 'lang="bg"' in page
