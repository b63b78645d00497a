"""Two people with the same page of an assessment open: what one did not touch is never overwritten (R12)."""

from __future__ import annotations

import html
import re

import pytest

from opora.care.casework import actions
from opora.care.casework.models import AssessmentPart
from opora.care.casework.tests import make
from opora.foundation.accounts.tests import make as people
from opora.foundation.audit.models import Entry

pytestmark = pytest.mark.django_db


class Worker:
    """Somebody at the page: opens it once, types, saves as often as they like."""

    def __init__(self, user, file):
        self.client, self.where = people.client_of(user), f"/files/{file.code}/assessment/"
        self.read(self.client.get(self.where))

    def read(self, answer):
        self.page = html.unescape(answer.content.decode())
        self.fields = {}
        for tag in re.findall(r"<input[^>]*>", self.page):
            found = dict(re.findall(r'(\w+)="([^"]*)"', tag))
            if found.get("type") == "hidden":
                self.fields[found["name"]] = found["value"]
        for name, text in re.findall(r'<textarea[^>]*name="([\w-]+)"[^>]*>([^<]*)', self.page):
            self.fields[name] = text.strip("\n").replace("\n", "\r\n")  # as a browser sends it
        for name, inside in re.findall(
            r'<select[^>]*name="([\w-]+)"[^>]*>(.*?)</select>', self.page, re.DOTALL
        ):
            chosen = re.search(r'value="([^"]*)"[^>]* selected', inside)
            self.fields[name] = chosen[1] if chosen else ""

    def save(self, **typed):
        self.fields |= {f"social-{name}": text for name, text in typed.items()}
        self.read(self.client.post(self.where, self.fields | {"do": "save"}, follow=True))
        return self.page


def two():
    file = make.file()
    colleague = make.person_in(file.service, "specialist")
    file.members.create(user=colleague, part="specialist", since=file.wished_on, given_by="проба")
    actions.begin_assessment(make.as_actor(file.lead), file)
    return Worker(file.lead, file), Worker(colleague, file), colleague


def social():
    part = AssessmentPart.objects.get(domain="social")
    return part.situation, part.strengths, part.need


def test_what_a_colleague_wrote_in_a_part_i_did_not_touch_stays_and_nobody_is_asked():
    one, other, _colleague = two()
    other.save(situation="Няма приятели.\nСама е.", need="2")
    page = one.save()
    assert "Оценката е записана" in page
    assert social() == ("Няма приятели.\nСама е.", "", 2)
    one.fields["health-situation"] = "Здрава е."
    one.save()
    assert social()[0] == "Няма приятели.\nСама е."
    assert AssessmentPart.objects.get(domain="health").situation == "Здрава е."


def test_different_fields_of_one_part_meet():
    one, other, _colleague = two()
    other.save(situation="Няма приятели.", need="2")
    page = one.save(strengths="Рисува.")
    assert "Оценката е записана" in page
    assert social() == ("Няма приятели.", "Рисува.", 2)


@pytest.mark.parametrize("field", ["situation", "strengths"])
def test_the_same_field_is_shown_with_both_texts_and_saved_only_when_seen(field):
    one, other, colleague = two()
    other.save(**{field: "Техният текст."})
    page = one.save(**{field: "Моят текст."})
    assert "Техният текст." in page
    assert colleague.name in page
    assert one.fields[f"social-{field}"] == "Моят текст."
    assert getattr(AssessmentPart.objects.get(domain="social"), field) == "Техният текст."
    one.save(**{field: "Техният текст. Моят текст."})
    assert getattr(AssessmentPart.objects.get(domain="social"), field) == "Техният текст. Моят текст."


def test_the_other_fields_of_the_part_come_from_the_colleague_while_one_is_settled():
    one, other, _colleague = two()
    other.save(situation="Техният текст.", strengths="Пее.", need="3")
    one.save(situation="Моят текст.")
    one.save()
    assert social() == ("Моят текст.", "Пее.", 3)


def test_a_third_text_meanwhile_is_shown_too():
    one, other, _colleague = two()
    other.save(situation="Първо.")
    one.save(situation="Моето.")
    other.save(situation="Второ.")
    assert "Второ." in one.save()
    assert social()[0] == "Второ."


def test_saving_without_a_change_names_nobody_as_author():
    one, other, colleague = two()
    other.save(situation="Ред\nи още ред.")
    again = Worker(
        people.User.objects.get(pk=int(one.client.session["_auth_user_id"])), make.ClientFile.objects.get()
    )
    before = Entry.objects.filter(deed="case.assessed").count()
    again.save()
    assert AssessmentPart.objects.get(domain="social").by == colleague.name
    assert Entry.objects.filter(deed="case.assessed").count() == before


def test_a_page_from_before_this_guard_still_meets_the_colleague():
    one, other, _colleague = two()
    other.save(situation="Техният текст.")
    one.fields = {name: value for name, value in one.fields.items() if not name.endswith("-seen")}
    assert "Техният текст." in one.save(situation="Моят текст.")
    assert social()[0] == "Техният текст."


# --- one person, several screens, one note


def typing(client, file, text, key, after=""):
    said = {"text": text, "kind": "call", "on": "01.11.2026", "key": key, "after": after}
    assert client.post(f"/files/{file.code}/draft/", said).status_code == 200
    return said


def opened(client, file):
    page = client.get(f"/files/{file.code}/").content.decode()
    found = re.search(r'<textarea[^>]*name="text"[^>]*>([^<]*)', page)
    after = re.search(r'name="after" value="([^"]*)"', page)
    return html.unescape(found[1]).strip(), after[1] if after else "", page


def test_what_is_typed_at_two_screens_comes_back_whole():
    file = make.file()
    client = people.client_of(file.lead)
    typing(client, file, "На бюрото.", "k1")
    typing(client, file, "По пътя.", "k2")
    typing(client, file, "На бюрото, още.", "k1")
    text, after, page = opened(client, file)
    assert (text, after) == ("На бюрото, още.\n\nПо пътя.", "k1,k2")
    assert "от друг Ваш прозорец" in page


def test_a_note_that_took_both_ends_both_and_one_that_took_its_own_leaves_the_other():
    file = make.file()
    client = people.client_of(file.lead)
    typing(client, file, "Първо.", "k1")
    client.post(f"/files/{file.code}/", typing(client, file, "Второ.", "k2"))
    text, after, page = opened(client, file)
    assert (text, after) == ("Първо.", "k1")
    assert "от друг Ваш прозорец" not in page
    client.post(f"/files/{file.code}/", typing(client, file, text + " Още.", "k3", after))
    assert opened(client, file)[:2] == ("", "")
    assert sorted(file.events.filter(kind="call").values_list("text", flat=True)) == ["Второ.", "Първо. Още."]


def test_the_same_words_at_two_screens_stand_once():
    file = make.file()
    client = people.client_of(file.lead)
    typing(client, file, "Говорихме", "k1")
    typing(client, file, "Говорихме с майката.", "k2")
    assert opened(client, file)[0] == "Говорихме с майката."


def test_the_words_of_the_family_are_kept_too():
    file = make.file()
    client = people.client_of(file.lead)
    said = {
        "text": "",
        "family_voice": "Искаме да се прибере.",
        "kind": "call",
        "on": "01.11.2026",
        "key": "k1",
    }
    client.post(f"/files/{file.code}/draft/", said)
    assert "Искаме да се прибере." in opened(client, file)[2]
