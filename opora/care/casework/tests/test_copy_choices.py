"""Attachments in a copy for the person: each decided by the head, nothing undecided goes out, what is kept back is said."""

import io
import json
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from pypdf import PdfReader

from opora.care.casework import actions, hanging, queries_copies
from opora.care.casework.models import CopyAsked, CopyChoice
from opora.care.casework.tests import make, make_ending
from opora.foundation.accounts.tests import make as people
from opora.foundation.audit.models import Entry
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused, NotAllowed
from opora.foundation.documents.models import Attachment
from opora.foundation.documents.tests import make as papers
from opora.foundation.rules.actions import load_builtin_rules
from opora.foundation.rules.models import Rule

pytestmark = pytest.mark.django_db
GROUND = "чл. 5 от заповед № 3 на ръководителя"


@pytest.fixture(autouse=True)
def folder_of_its_own(tmp_path, settings):
    settings.DATA_DIR = tmp_path
    return tmp_path


@pytest.fixture
def file():
    """A file with three enclosures."""
    found = make.file()
    worker = make_ending.worker_of(found)
    for kind, name, content in (
        ("drawing", "р.png", papers.picture()), ("medical", "м.pdf", papers.pdf("Диагноза")), ("letter", "п.pdf", papers.pdf("От съседа")),
    ):  # fmt: skip
        actions.enclose(
            worker, found, kind=kind, on=clock.today(), about=f"за {kind}", upload=(name, content)
        )
    return found


@pytest.fixture
def head(file):
    return make.person_in(file.service, "service_manager")


def asked(head, file, who="person") -> CopyAsked:
    return actions.ask_for_copy(
        make.as_actor(head), file, who=who, known_by="лична карта", asked_on=clock.today()
    )


def of_kind(file, kind) -> Attachment:
    return file.enclosures.get(kind=kind).attachment


def text_of(response) -> str:
    assert response.status_code == 200, response
    return response.content.decode()


def read(archive, name="досие.pdf") -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(archive.read(name))).pages)


def sent(file, **choices) -> dict[str, object]:
    said: dict[str, object] = {"do": "decide"}
    for kind, facts in choices.items():
        said |= {f"{of_kind(file, kind).pk}-{name}": value for name, value in facts.items()}
    return said


def test_three_ways_through_the_page_and_the_cover_says_what_is_not_there(file, head) -> None:
    client = people.client_of(head)
    where = f"/files/{file.code}/data/copy/"
    client.post(where, {"who": "person", "known_by": "лична карта", "asked_on": f"{clock.today():%d.%m.%Y}"})
    there = f"{where}{CopyAsked.objects.get().pk}/"
    page = text_of(client.get(there))
    assert page.count("не е решено") == 3
    assert "Изтегли копието" not in page
    assert "Нищо не се дава нерешено" in text_of(client.post(there, {"do": "give"}, follow=True))
    black = SimpleUploadedFile("закрито.pdf", papers.pdf("Закрито"))
    client.post(there, sent(
        file, drawing={"choice": "as_is"}, medical={"choice": "blackened", "blackened": black}, letter={"choice": "kept", "ground": GROUND}
    ))  # fmt: skip
    assert "Изтегли копието" in text_of(client.get(there))
    archive = zipfile.ZipFile(io.BytesIO(client.post(there, {"do": "give"}).content))
    given = [name for name in archive.namelist() if name.startswith("приложения/")]
    assert given == ["приложения/001.png", "приложения/002.pdf"]
    assert archive.read("приложения/002.pdf") != papers.pdf("Диагноза")
    assert "Закрито" in read(archive, "приложения/002.pdf")
    first = PdfReader(io.BytesIO(archive.read("досие.pdf"))).pages[0].extract_text() + read(archive)
    for words in ("Какво е в копието и какво не е", "Писмо от", "не се дава", "заповед № 3", head.name):
        assert words in first, words
    data = json.loads(archive.read("данни.json"))["attachments"]
    assert [one["decision"] for one in data] == ["as_is", "blackened", "kept"]
    assert data[2]["ground"] == GROUND
    assert "file" not in data[2]


def test_each_decision_is_in_the_audit_with_who_and_what(file, head) -> None:
    actor, request = make.as_actor(head), asked(head, file)
    actions.decide_attachment(actor, request, of_kind(file, "letter").pk, choice="kept", ground=GROUND)
    actions.decide_attachment(actor, request, of_kind(file, "letter").pk, choice="as_is")
    entries = list(Entry.objects.filter(deed="case.copy_decided").order_by("id"))
    assert [entry.details["choice"] for entry in entries] == ["kept", "as_is"]
    assert entries[0].ground == GROUND
    assert {entry.actor_name for entry in entries} == {head.name}
    assert CopyChoice.objects.get().by == head.name


def test_the_choice_is_remembered_and_offered_but_decided_anew(file, head) -> None:
    actor, first = make.as_actor(head), asked(head, file)
    actions.decide_attachment(actor, first, of_kind(file, "letter").pk, choice="kept", ground=GROUND)
    black = ("б.pdf", papers.pdf("Закрито"))
    actions.decide_attachment(actor, first, of_kind(file, "medical").pk, choice="blackened", upload=black)
    actions.decide_attachment(actor, first, of_kind(file, "drawing").pk, choice="as_is")
    actions.give_copy(actor, first)
    with clock.at(clock.now() + make.dt.timedelta(days=3)):
        again = actions.ask_for_copy(actor, file, who="person", known_by="паспорт", asked_on=clock.today())
        assert len(queries_copies.undecided(again)) == 3
        page = text_of(people.client_of(head).get(f"/files/{file.code}/data/copy/{again.pk}/"))
        assert "Последно решение" in page
        assert GROUND in page
        assert page.count(" checked") == 3
        made = actions.decide_attachment(actor, again, of_kind(file, "medical").pk, choice="blackened")
        assert made.document != first.choices.get(choice="blackened").document


def test_what_was_given_to_the_person_is_not_offered_for_another_who_asks(file, head) -> None:
    actor, first = make.as_actor(head), asked(head, file)
    for line in queries_copies.lines_of(first):
        actions.decide_attachment(actor, first, line.attachment.pk, choice="as_is")
    actions.give_copy(actor, first)
    other = asked(head, file, who="representative")
    page = text_of(people.client_of(head).get(f"/files/{file.code}/data/copy/{other.pk}/"))
    assert "Последно решение" in page
    assert " checked" not in page


def test_kept_back_without_a_ground_or_blackened_without_the_version_is_refused(file, head) -> None:
    actor, request = make.as_actor(head), asked(head, file)
    with pytest.raises(ActionRefused, match="основанието"):
        actions.decide_attachment(actor, request, of_kind(file, "letter").pk, choice="kept", ground=" ")
    with pytest.raises(ActionRefused, match="закритите места"):
        actions.decide_attachment(actor, request, of_kind(file, "letter").pk, choice="blackened")
    answer = people.client_of(head).post(
        f"/files/{file.code}/data/copy/{request.pk}/", sent(file, letter={"choice": "kept"})
    )
    assert "Посочете основанието" in text_of(answer)
    with pytest.raises(IntegrityError), transaction.atomic():
        CopyChoice.objects.create(asked=request, sha256="x", label="х", choice="kept", by="х", at=clock.now())


def test_a_paper_that_came_while_it_was_prepared_is_decided_too(file, head) -> None:
    actor, request = make.as_actor(head), asked(head, file)
    for line in queries_copies.lines_of(request):
        actions.decide_attachment(actor, request, line.attachment.pk, choice="as_is")
    actions.enclose(
        make_ending.worker_of(file),
        file,
        kind="school",
        on=clock.today(),
        upload=("у.pdf", papers.pdf("Ново")),
    )
    with pytest.raises(ActionRefused, match="нерешено"):
        actions.give_copy(actor, request)


def test_only_the_head_decides_and_a_given_copy_is_closed(file, head) -> None:
    request = asked(head, file)
    for stranger in (
        make_ending.worker_of(file),
        make.as_actor(make.person_in(make.service("LOV-99"), "service_manager")),
    ):
        with pytest.raises(NotAllowed):
            actions.decide_attachment(stranger, request, of_kind(file, "letter").pk, choice="as_is")
        with pytest.raises(NotAllowed):
            actions.give_copy(stranger, request)
    actor = make.as_actor(head)
    for line in queries_copies.lines_of(request):
        actions.decide_attachment(actor, request, line.attachment.pk, choice="as_is")
    actions.give_copy(actor, request)
    with pytest.raises(ActionRefused, match="вече е дадено"):
        actions.give_copy(actor, request)
    assert people.client_of(head).get(f"/files/{file.code}/data/copy/{request.pk}/").status_code == 404


def test_grounds_come_from_the_rule_once_an_expert_entered_them(file, head) -> None:
    request = asked(head, file)
    client, where = people.client_of(head), f"/files/{file.code}/data/copy/{request.pk}/"
    assert "Въведени основания" not in text_of(client.get(where))
    load_builtin_rules()
    Rule.objects.filter(code="copy_kept_grounds").update(value="тайна на осиновяването")
    assert "тайна на осиновяването" in text_of(client.get(where))


def test_blackened_versions_go_with_an_erased_file(file, head) -> None:
    actor, request = make.as_actor(head), asked(head, file)
    actions.decide_attachment(
        actor,
        request,
        of_kind(file, "letter").pk,
        choice="blackened",
        upload=("б.pdf", papers.pdf("Закрито")),
    )
    assert Attachment.objects.count() == 4
    erasure = actions.ask_to_erase(actor, file, ground="unlawful", document="Решение № 7")
    actions.answer_erasure(
        make.as_actor(make.person_in(file.service, "service_manager")), erasure, confirm=True
    )
    assert not Attachment.objects.exists()
    assert not CopyChoice.objects.exists()
    assert not any(one.rows(file).exists() for one in hanging.hanging())
