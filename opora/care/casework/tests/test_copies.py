"""All that is kept about a person, for that person (D9)."""

from __future__ import annotations

import io
import json
import zipfile

import pypdf
import pytest
from pypdf import PdfReader

from opora.care.casework import actions, hanging, queries_copies
from opora.care.casework.actions.outside import Said
from opora.care.casework.models import CopyAsked
from opora.care.casework.tests import make
from opora.foundation.accounts.tests import make as people
from opora.foundation.audit.models import Entry
from opora.foundation.documents import actions as documents
from opora.foundation.documents.models import Attachment

pytestmark = pytest.mark.django_db
ASKED = {"who": "person", "known_by": "лична карта, сверена", "asked_on": "20.11.2026"}


def full_file():
    """A file with rows in many tables, a parent, an attachment and readers."""
    place = make.service()
    worker, head = make.person_in(place, "case_manager"), make.person_in(place, "service_manager")
    file = actions.open_file(
        make.as_actor(worker), place, asked_by="parent", ground="wish", wished_on=make.clock.today(), lead=worker,
        person={"first_name": "Калина", "last_name": "Росенова", "identifier": make.egn(make.dt.date(2014, 2, 5)), "born": make.dt.date(2014, 2, 5)},
        parent={"kind": "mother", "first_name": "Мариета", "last_name": "Гайдарска", "phone": "0888 777 666", "identifier": make.egn(make.dt.date(1980, 5, 6))},
    )  # fmt: skip
    make.approved(make.as_actor(worker), make.as_actor(head), file)
    actions.add_note(
        make.as_actor(worker),
        file,
        kind="call",
        on=make.clock.today(),
        text="Мариета Гайдарска се обади от 0888 777 666.",
        key="n1",
    )
    documents.attach(
        make.as_actor(worker), picture(),
        name="снимка.png", owner="casework.clientfile", owner_id=str(file.pk), path=file.path,
    )  # fmt: skip
    people.client_of(worker).get(f"/files/{file.code}/")
    return file, worker, head


def picture() -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(out, "PNG")
    return out.getvalue()


def decide(client, asked, choice="as_is", **more):
    """The same choice for every attachment, as the page sends it."""
    said = {"do": "decide"}
    for one in queries_copies.to_decide(asked.file):
        said |= {f"{one.pk}-choice": choice} | {f"{one.pk}-{name}": value for name, value in more.items()}
    return client.post(f"/files/{asked.file.code}/data/copy/{asked.pk}/", said)


def taken(head, file, **asked):
    client = people.client_of(head)
    client.post(f"/files/{file.code}/data/copy/", ASKED | asked)
    waiting = CopyAsked.objects.get(given_at=None)
    decide(client, waiting)
    answer = client.post(f"/files/{file.code}/data/copy/{waiting.pk}/", {"do": "give"})
    assert answer.headers["Content-Type"] == "application/zip", answer.content.decode()[:500]
    return zipfile.ZipFile(io.BytesIO(answer.content))


def test_the_copy_holds_every_row_and_who_read_it():
    file, worker, head = full_file()
    archive = taken(head, file)
    data = json.loads(archive.read("данни.json"))
    expected = hanging.counted(file)
    expected.pop("casework.bait", None)
    assert {name: len(rows) for name, rows in data["tables"].items()} == expected
    assert len(expected) >= 14, "the file holds too little to prove anything"
    known = (
        Entry.objects.filter(subject=file.code).exclude(deed__in=("case.copy_disclosed", "case.read")).count()
    )
    read = [one for one in data["who_read_and_changed"] if one["deed"] == "case.read"]
    assert len([one for one in data["who_read_and_changed"] if one["deed"] != "case.read"]) == known
    assert read[0]["who"] == worker.name
    assert CopyAsked.objects.get().rows == sum(expected.values())
    assert [name for name in archive.namelist() if name.startswith("приложения/")] == ["приложения/001.png"]
    assert Attachment.objects.count() == 1
    assert Entry.objects.get(deed="case.copy_disclosed").kind == "disclose"


def test_third_persons_are_marked_and_blackened_the_person_stays():
    file, _worker, head = full_file()
    archive = taken(head, file)
    text = archive.read("данни.json").decode()
    data = json.loads(text)
    own, third = data["tables"]["casework.person"]
    assert own["first_name"] == "Калина"
    assert own["identifier"] == file.person.identifier
    assert third["third_person"] is True
    assert third["first_name"] == third["last_name"] == third["phone"] == third["identifier"] == "████"
    paper = "\n".join(p.extract_text() for p in PdfReader(io.BytesIO(archive.read("досие.pdf"))).pages)
    for hidden in ("Мариета", "Гайдарска", "0888 777 666", make.egn(make.dt.date(1980, 5, 6))):
        assert hidden not in text
        assert hidden not in paper
    assert "Калина" in paper
    assert "Кой е чел и променял досието" in paper


def test_that_a_file_is_watched_does_not_stand_in_the_copy():
    file, _worker, head = full_file()
    actions.watch(make.as_actor(people.user("dpo_auditor", "BG")), file.code, why="Примамка.")
    text = taken(head, file).read("данни.json").decode()
    assert "bait" not in text
    assert "watch" not in text


def test_a_copy_is_asked_for_recorded_and_given_by_the_head_only():
    file, worker, head = full_file()
    where = f"/files/{file.code}/data/copy/"
    assert people.client_of(worker).post(where, ASKED).status_code == 404
    assert people.client_for("dpo_auditor", "BG").post(where, ASKED).status_code == 404
    answer = people.client_of(head).post(where, ASKED | {"known_by": " "})
    assert answer.headers["Content-Type"].startswith("text/html")
    assert not CopyAsked.objects.exists()
    client = people.client_of(head)
    client.post(where, ASKED)
    asked = CopyAsked.objects.get()
    assert people.client_of(worker).get(f"{where}{asked.pk}/").status_code == 404
    decide(client, asked)
    name = client.post(f"{where}{asked.pk}/", {"do": "give"}).headers["Content-Disposition"]
    assert "Калина" not in name
    assert file.code in people.client_of(head).get(f"/files/{file.code}/data/").content.decode()


def endangered_file():
    """The same with a signal against somebody near, a risk, a safety plan, and an opinion for the team only."""
    file, worker, head = full_file()
    actor, now = make.as_actor(worker), make.clock.now()
    actions.receive_signal(
        actor,
        file,
        source="family",
        whom="Леля Тодорка от втория етаж",
        what="Чува викове.",
        received_at=now,
    )
    soon = make.clock.today() + make.dt.timedelta(days=7)
    actions.set_risk(
        actor, file, file.person, level=2, why="Страх от дома.", factors={"for": ["викове"]}, review_on=soon
    )
    actions.write_safety_plan(
        actor,
        file,
        lines={"sign": ["Вика"], "call": ["Съседката"], "step": ["Излизам"]},
        agreed_with="детето",
        review_on=soon,
    )
    actions.write_team_opinion(actor, file, Said("Майката не бива да знае."), key="t1")
    return file, head


def texts(archive) -> str:
    sheets = pypdf.PdfReader(io.BytesIO(archive.read("досие.pdf"))).pages
    return archive.read("данни.json").decode() + " ".join(sheet.extract_text() for sheet in sheets)


def test_another_who_asks_reads_nothing_of_risk_and_crisis_and_is_told_that_something_is_kept_back():
    file, head = endangered_file()
    archive = taken(head, file, who="representative")
    text, data = texts(archive), json.loads(archive.read("данни.json"))
    for word in (
        "Тодорка",
        "Чува викове",
        "Страх от дома",
        "Излизам",
        "не бива да знае",
        "Криза",
        "case.signal",
        "case.risk",
    ):
        assert word not in text, word
    assert {"casework.signal", "casework.risk", "casework.safetyplan", "casework.opinion"} <= set(
        data["kept_back"]
    )
    assert not set(data["kept_back"]) & {name for name in data["tables"] if name != "casework.event"}


def test_the_person_reads_of_the_danger_but_not_who_told_nor_what_is_for_the_team():
    file, head = endangered_file()
    text = texts(taken(head, file))
    assert "Чува викове" in text
    assert "Страх от дома" in text
    assert "Тодорка" not in text
    assert "не бива да знае" not in text
