"""An archive of a whole file that opens without Opora (R23)."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile

import jsonschema
import pytest
from pypdf import PdfReader
from pypdf.generic import IndirectObject

from opora.care.casework import actions, hanging
from opora.care.casework.actions.outside import Said
from opora.care.casework.models import Alert, FileArchive
from opora.care.casework.papers import lasting, lasting_data
from opora.care.casework.queries_papers import source
from opora.care.casework.tests import make
from opora.care.casework.tests.test_copies import full_file, taken
from opora.foundation.accounts.tests import make as people
from opora.foundation.audit.models import Entry
from opora.foundation.core import clock, sealing
from opora.foundation.documents import store
from opora.foundation.documents.models import Attachment
from opora.foundation.jobs.models import Job
from opora.foundation.jobs.worker import run_worker
from opora.foundation.messages.models import Message

pytestmark = pytest.mark.django_db
WHY = {"why": "Досието се закрива и се пази."}
SECRET = "Майката не бива да знае."


@pytest.fixture
def kept(settings, tmp_path):
    """Files and keys of its own."""
    settings.DATA_DIR, settings.KEY_DIR = tmp_path / "data", tmp_path / "keys"


@pytest.fixture
def unprinted(kept, monkeypatch):
    """The same where the paper is not looked at: making it is most of the time."""
    monkeypatch.setattr(lasting, "_paper", lambda *_given: b"%PDF")


def rich_file():
    """The full file of the copies, with an opinion for the team, a contract, a consent and a watch nobody may know of."""
    file, worker, head = full_file()
    actor, today = make.as_actor(worker), clock.today()
    actions.write_team_opinion(actor, file, Said(SECRET), key="t1")
    actions.set_risk(
        actor, file, file.person, level=2, why="Страх от дома.", factors={"for": ["викове"]}, review_on=today
    )
    terms = {
        "starts_on": today,
        "until": today + make.dt.timedelta(days=180),
        "manner": "",
        "fee": "безплатно",
    }
    actions.set_contract(actor, file, terms)
    file.relations.update(decides=True)
    actions.give_consent(
        actor, file, purpose="pictures", about="Снимки от концерта", giver=file.relations.get(), how="paper",
        since=today, until=None,
    )  # fmt: skip
    actions.watch(make.as_actor(people.user("dpo_auditor", "BG")), file.code, why="Примамка.")
    return file, worker, head


def ask(head, file, **said):
    return people.client_of(head).post(f"/files/{file.code}/archive/", WHY | said)


def take(head, file):
    """Ask, let a worker work, take: the archive as bytes."""
    answer = ask(head, file)
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    run_worker(once=True)
    made = FileArchive.objects.latest("pk")
    assert made.job.state == "done", made.job.error
    got = people.client_of(head).post(f"/files/{file.code}/archive/{made.pk}/")
    assert got.headers["Content-Type"] == "application/zip", got.headers
    return got.content


# What follows opens an archive as somebody would who has never heard of Opora: zipfile, hashlib, json, a reader of PDF.


def unpacked(content):
    archive = zipfile.ZipFile(io.BytesIO(content))
    assert archive.testzip() is None
    (top,) = {name.partition("/")[0] for name in archive.namelist()}
    return {name.removeprefix(f"{top}/"): archive.read(name) for name in archive.namelist()}


def sums(text):
    return dict(reversed(line.split("  ", 1)) for line in text.decode().splitlines())


def fonts(book):
    """Every font of every page and of every form on it."""
    waiting = [page["/Resources"] for page in book.pages]
    while waiting:
        resources = waiting.pop().get_object()
        yield from (one.get_object() for one in resources.get("/Font", {}).values())
        drawn = (one.get_object() for one in resources.get("/XObject", {}).values())
        waiting += [one["/Resources"] for one in drawn if "/Resources" in one]


def embedded(font):
    (below,) = font.get("/DescendantFonts", (font,))
    described = below.get_object()["/FontDescriptor"]
    return any(name in described for name in ("/FontFile", "/FontFile2", "/FontFile3"))


def test_everything_in_it_is_listed_with_its_sum_and_opens_without_opora(kept):
    file, _worker, head = rich_file()
    found = unpacked(take(head, file))
    listed = sums(found["manifest-sha256.txt"]) | sums(found["tagmanifest-sha256.txt"])
    assert listed == {
        name: hashlib.sha256(content).hexdigest()
        for name, content in found.items()
        if name != "tagmanifest-sha256.txt"
    }
    assert {"data/file.pdf", "data/file.json", "data/schema.json", "README.txt", "bagit.txt"} <= set(listed)
    assert found["bagit.txt"].decode().startswith("BagIt-Version: 1.0\n")
    payload = [content for name, content in found.items() if name.startswith("data/")]
    assert f"Payload-Oxum: {sum(map(len, payload))}.{len(payload)}" in found["bag-info.txt"].decode()
    data, schema = json.loads(found["data/file.json"]), json.loads(found["data/schema.json"])
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(data)
    (enclosed,) = data["attachments"]
    assert (
        hashlib.sha256(found[enclosed["place"]]).hexdigest()
        == enclosed["sha256"]
        == listed[enclosed["place"]]
    )
    call = next(one for one in data["tables"]["casework.event"] if one["kind"] == "call")
    kinds = schema["properties"]["tables"]["properties"]["casework.event"]["items"]["properties"]["kind"]
    assert kinds["codes"][call["kind"]] == "Телефонен разговор"


def test_the_schema_refuses_what_is_not_an_archive(unprinted):
    file, _worker, head = rich_file()
    found = unpacked(take(head, file))
    data, schema = json.loads(found["data/file.json"]), json.loads(found["data/schema.json"])
    data["tables"]["casework.event"][0]["on"] = 5
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(schema).validate(data)


def test_every_row_of_every_table_is_there(unprinted):
    file, worker, head = rich_file()
    expected = hanging.counted(file)
    data = json.loads(unpacked(take(head, file))["data/file.json"])
    expected.pop("casework.bait")
    expected["casework.filearchive"] = 1
    expected["casework.look"] = len(set(file.looks.values_list("user_id", flat=True)))
    assert {name: len(rows) for name, rows in data["tables"].items()} == expected
    assert len(expected) >= 19, "the file holds too little to prove anything"
    assert FileArchive.objects.get().rows == sum(expected.values())
    own, mother = data["tables"]["casework.person"]
    assert (own["first_name"], own["identifier"]) == ("Калина", file.person.identifier)
    assert mother["phone"] == "0888 777 666"
    goal = data["tables"]["casework.goal"][0]
    assert goal["plan_id"] in {plan["id"] for plan in data["tables"]["casework.plan"]}
    assert data["tables"]["casework.clientfile"][0]["service"] == file.service.name
    read = {one["who"] for one in data["who_read_and_changed"] if one["deed"] == "case.read"}
    assert worker.name in read


def test_the_paper_is_pdf_a_with_everything_it_needs_and_the_whole_file(kept):
    file, worker, head = rich_file()
    known = source(make.as_actor(head), file)
    book = PdfReader(io.BytesIO(unpacked(take(head, file))["data/file.pdf"]))
    meta = re.sub(r"\s", "", book.xmp_metadata.rdf_root.toxml())
    part, level = (re.search(rf'pdfaid:{name}(?:="|>)(\w)', meta)[1] for name in ("part", "conformance"))
    assert (part, level) == ("2", "U")
    root = book.trailer["/Root"]
    assert root["/OutputIntents"][0]["/S"] == "/GTS_PDFA1"
    assert "/DestOutputProfile" in root["/OutputIntents"][0]
    assert "/ID" in book.trailer
    assert not book.is_encrypted
    assert "/JavaScript" not in root.get("/Names", {})
    assert root["/MarkInfo"]["/Marked"]
    used = list(fonts(book))
    assert used
    assert all(embedded(font) for font in used)
    assert all(isinstance(font.raw_get("/ToUnicode"), IndirectObject) for font in used)
    said = "".join("".join(page.extract_text() for page in book.pages).split())
    wanted = [event.text for event in known.events if event.text] + [
        g.title for p in known.plans for g in p.goals.all()
    ]
    wanted += [
        file.person.full_name,
        "Мариета Гайдарска",
        SECRET,
        "Страх от дома.",
        "Снимки от концерта",
        "Договор № 1",
        "безплатно",
        worker.name,
    ]
    assert [words for words in wanted if "".join(words.split()) not in said] == []


def test_what_the_head_may_not_see_is_not_in_it(kept):
    file, _worker, head = rich_file()
    make.asked(file)
    other = make.file(make.service(), first_name="Друго", last_name="Дете")
    other.person.same_as = file.person
    other.person.save()
    file.person.same_as = other.person
    file.person.save()
    found = unpacked(take(head, file))
    text = b" ".join(found.values()).decode(errors="replace")
    sheets = PdfReader(io.BytesIO(found["data/file.pdf"])).pages
    text += " ".join(sheet.extract_text() for sheet in sheets)
    secret = file.opinion_requests.get()
    for hidden in (
        secret.link_index,
        secret.code_index,
        "bait",
        "case.watch",
        "Примамка",
        other.code,
        "same_as",
    ):
        assert hidden not in text, hidden


def test_only_the_head_asks_and_takes_and_it_is_in_the_audit(unprinted):
    file, worker, head = rich_file()
    outsider = make.person_in(make.service("LOV-18"), "service_manager")
    where = f"/files/{file.code}/archive/"
    assert people.client_of(worker).get(where).status_code == 404
    assert people.client_of(outsider).get(where).status_code == 404
    assert people.client_of(outsider).post(where, WHY).status_code == 404
    assert people.client_for("dpo_auditor", "BG").get(where).status_code == 404
    assert (
        "Архив за дълго пазене"
        in people.client_of(head).get(f"/files/{file.code}/documents/").content.decode()
    )
    assert (
        "Архив за дълго"
        not in people.client_of(worker).get(f"/files/{file.code}/documents/").content.decode()
    )
    take(head, file)
    made = FileArchive.objects.get()
    for user in (worker, outsider):
        assert people.client_of(user).post(f"{where}{made.pk}/").status_code == 404
    asked = Entry.objects.filter(subject=file.code, deed__startswith="case.archive").order_by("id")
    assert [one.deed for one in asked] == [
        "case.archive_asked",
        "case.archive_created",
        "case.archive_exported",
    ]
    assert asked.last().kind == "disclose"
    assert "Калина" not in str([(one.details_text, one.subject) for one in Entry.objects.all()])
    assert not Job.objects.filter(title__contains="Калина").exists()
    page = people.client_of(head).get(where).content.decode()
    assert made.digest in page


def test_without_a_reason_nothing_is_made_and_asked_twice_it_is_made_once(unprinted):
    file, _worker, head = rich_file()
    assert ask(head, file, why=" ").status_code == 200
    assert not FileArchive.objects.exists()
    for _again in range(3):
        assert ask(head, file).status_code == 302
    assert FileArchive.objects.count() == Job.objects.filter(kind="casework.archive").count() == 1
    run_worker(once=True)
    assert ask(head, file).status_code == 302
    assert FileArchive.objects.count() == 2


def test_it_lies_sealed_and_is_gone_after_its_time(unprinted, django_capture_on_commit_callbacks):
    file, _worker, head = rich_file()
    content = take(head, file)
    made = FileArchive.objects.select_related("attachment").get()
    assert hashlib.sha256(content).hexdigest() == made.digest
    lying = store.read(made.attachment.stored_as)
    assert b"PK\x03\x04" not in lying[:40]
    assert people.client_of(head).get(f"/documents/{made.attachment.token}/").status_code == 404
    with clock.at(made.until - make.dt.timedelta(seconds=1)):
        assert actions.drop_archives() == 0
    with clock.at(made.until):
        with django_capture_on_commit_callbacks(execute=True):
            assert actions.drop_archives() == 1
        assert not Attachment.objects.filter(owner="casework.filearchive").exists()
        got = people.client_of(head).post(f"/files/{file.code}/archive/{made.pk}/", follow=True)
        assert "Времето на архива мина" in got.content.decode()
    assert not store.place(made.attachment.stored_as).exists()
    assert FileArchive.objects.get().digest == made.digest


def test_it_is_no_part_of_a_copy_for_the_person_nor_of_the_next_archive(unprinted):
    file, _worker, head = rich_file()
    take(head, file)
    again = unpacked(take(head, file))
    assert [name for name in again if "attachments/" in name] == ["data/attachments/001.png"]
    names = taken(head, file).namelist()
    assert [name for name in names if name.startswith("приложения/")] == ["приложения/001.png"]


def test_after_a_dropped_key_it_is_asked_for_anew(unprinted):
    file, _worker, head = rich_file()
    take(head, file)
    number = sealing.next_key()
    sealing.drop_key(number - 1)
    got = people.client_of(head).post(
        f"/files/{file.code}/archive/{FileArchive.objects.get().pk}/", follow=True
    )
    assert "вече не може да се отвори" in got.content.decode()


def test_a_sealed_file_goes_out_only_while_two_persons_opened_it(unprinted):
    file, worker, head = rich_file()
    actions.seal_file(make.as_actor(head), file, kind="violence", why="х")
    assert people.client_of(head).get(f"/files/{file.code}/archive/").status_code in (302, 404)
    assert ask(head, file).status_code in (302, 404)
    assert not FileArchive.objects.exists()
    opening = actions.ask_to_unseal(make.as_actor(head), file, why="за архива")
    actions.answer_unsealing(make.as_actor(worker), opening, confirm=True)
    found = unpacked(take(head, file))
    person = json.loads(found["data/file.json"])["tables"]["casework.person"][0]
    assert person["first_name"] == "Калина"
    made = FileArchive.objects.get()
    with clock.at(clock.now() + make.dt.timedelta(hours=9)):
        people.client_of(head).post(f"/files/{file.code}/archive/{made.pk}/")
        file.refresh_from_db()
    assert FileArchive.objects.get().taken == 1


def test_a_seal_that_closes_while_it_waits_stops_the_making(unprinted):
    file, worker, head = rich_file()
    actions.seal_file(make.as_actor(head), file, kind="violence", why="х")
    opening = actions.ask_to_unseal(make.as_actor(head), file, why="за архива")
    actions.answer_unsealing(make.as_actor(worker), opening, confirm=True)
    assert ask(head, file).status_code == 302
    with clock.at(clock.now() + make.dt.timedelta(hours=9)):
        run_worker(once=True)
    made = FileArchive.objects.get()
    assert (made.job.state, made.attachment) == ("failed", None)


def test_the_fourth_different_file_in_a_day_is_told(kept):
    place = make.service()
    worker, head = make.person_in(place, "case_manager"), make.person_in(place, "service_manager")
    officer = people.user("dpo_auditor", "BG")
    for number in range(4):
        assert not Alert.objects.exists()
        file = make.file(place, worker=worker, first_name=f"Дете{number}")
        for _twice in range(2):
            actions.ask_for_archive(make.as_actor(head), file, why="пренасяне")
    alert = Alert.objects.get()
    assert (alert.kind, alert.count, alert.user_id) == ("bulk", 4, head.pk)
    assert officer.email in set(Message.objects.values_list("to_email", flat=True))
    assert people.client_of(officer).get(f"/files/protection/alerts/{alert.pk}/").status_code == 200
    actions.answer_alert(make.as_actor(officer), alert, answer="Уговорено.")
    assert Alert.objects.get().answered_by == officer.name


def test_nobody_reads_of_a_person_sealed_with_another_file(unprinted):
    file, _worker, head = rich_file()
    other = make.file(make.service(), first_name="Скрито")
    actions.seal_file(make.as_actor(head), other, kind="violence", why="х")
    file.relations.create(person=other.person, kind="sibling")
    data = json.loads(unpacked(take(head, file))["data/file.json"])
    names = [one["first_name"] for one in data["tables"]["casework.person"]]
    assert "Скрито" not in names
    assert "Запечатано досие" in names


def test_every_table_and_field_has_plain_words_in_both_languages():
    models = [hanging.ClientFile, hanging.Person, *(one.model for one in hanging.hanging())]
    for model in models:
        name = model._meta.label_lower
        assert name == "casework.bait" or all(lasting_data.words("table").get(name, ())), name
        for field in lasting_data.fields(model):
            known = field.is_relation or all(lasting_data.words("column").get(field.name, ()))
            assert known or name == "casework.bait", f"{name}.{field.name}: add it to lasting_words.csv"


def test_the_words_are_plain(unprinted):
    file, _worker, head = rich_file()
    text = unpacked(take(head, file))["README.txt"].decode()
    for words in (
        "ДОСИЕ",
        "CLIENT FILE",
        "sha256sum -c manifest-sha256.txt",
        "casework.goal",
        "Цели на плановете",
        "Goals of the plans",
    ):
        assert words in text
    assert "{" not in text
