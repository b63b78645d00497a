"""Papers of a file: what stands in them, for whom, who may take them, and that it is in the audit."""

import datetime as dt
import io
import re
from urllib.parse import unquote

import docx
import pypdf
import pytest
from django.utils import translation

from opora.care.casework import actions, queries_papers
from opora.care.casework.models import Plan
from opora.care.casework.papers import making
from opora.care.casework.papers.recipients import Recipient
from opora.care.casework.tests import make
from opora.foundation.accounts.tests import make as people
from opora.foundation.audit.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def file():
    """A child with both parents, an approved plan, and a note that names everybody."""
    place = make.service()
    worker = make.person_in(place, "case_manager")
    made = actions.open_file(
        make.as_actor(worker), place, asked_by="parent", ground="wish", wished_on=dt.date.today(), lead=worker,
        person={"first_name": "Калина", "last_name": "Измислена", "born": dt.date(2014, 2, 5)},
        parent={"kind": "mother", "first_name": "Росица", "last_name": "Измислена", "phone": "0888 111 222", "decides": True},
    )  # fmt: skip
    actions.files._relate(
        made, {"kind": "father", "first_name": "Стоян", "last_name": "Драганов", "phone": "+359 888 333 444"}
    )
    actions.enter_stage(make.as_actor(worker), made, "intake", on=dt.date.today())
    head = make.person_in(place, "service_manager")
    make.approved(make.as_actor(worker), make.as_actor(head), made)
    text = f"Росица каза, че Стоян Драганов звънял от 0888333444. Калина беше с {worker.name}."
    actions.add_note(
        make.as_actor(worker),
        made,
        kind="call",
        on=dt.date.today(),
        text=text,
        key="1",
        voice="Тате Стояне, ела.",
    )
    return made


@pytest.fixture
def worker(file):
    return people.client_of(file.lead)


def address(file, kind: str, ending: str = "", to: str = "service") -> str:
    return f"/files/{file.code}/documents/{kind}/{ending + '/' if ending else ''}?to={to}"


def mother(file) -> str:
    return f"parent-{file.relations.get(kind='mother').pk}"


def pdf_words(answer) -> str:
    assert answer.status_code == 200
    pages = pypdf.PdfReader(io.BytesIO(answer.content)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


def word_words(answer) -> str:
    assert answer.status_code == 200
    document = docx.Document(io.BytesIO(answer.content))
    found = [paragraph.text for paragraph in document.paragraphs]
    found += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    found += [
        one.text for one in (*document.sections[0].footer.paragraphs, *document.sections[0].header.paragraphs)
    ]
    return " ".join(found)


READ = {"pdf": pdf_words, "docx": word_words}


@pytest.mark.parametrize("ending", ["pdf", "docx"])
def test_the_plan_has_lines_for_signatures_and_the_childs_words(file, worker, ending: str) -> None:
    said = READ[ending](worker.post(address(file, "plan", ending)))
    for words in (
        "Индивидуален план за подкрепа", "Калина Измислена", "05.02.2014", "Искам да рисувам.", "Съгласни сме.",
        "Да има приятел", "Играе с едно дете.", "Група по рисуване", "31.05.2027", "Росица Измислена", file.lead.name,
        "Подписи", "подпис:", "дата:", "Ръководител на услугата", "одобрен", f"разпечатано от {file.lead.name}", file.code,
    ):  # fmt: skip
        assert words in said
    assert said.index("Искам да рисувам.") < said.index("Да има приятел")
    assert "лист 1 от" in said or ending == "docx"


@pytest.mark.parametrize(("to", "ending"), [("court", "docx"), ("mother", "docx"), ("mother", "pdf")])
def test_a_copy_for_others_names_only_the_child_and_that_parent(file, worker, to: str, ending: str) -> None:
    said = READ[ending](
        worker.post(address(file, "file", ending, mother(file) if to == "mother" else "court"))
    )
    assert "Калина Измислена" in said
    assert "████" in said
    for hidden in ("Стоян", "Драганов", "333 444", "0888333444", file.lead.name):
        assert hidden not in said
    assert ("Росица" in said) == (to == "mother")
    assert ("0888 111 222" in said) == (to == "mother")
    assert "Имената и телефоните на други хора са закрити." in said


def test_the_services_own_copy_hides_nothing(file, worker) -> None:
    said = word_words(worker.post(address(file, "file", "docx")))
    assert "Стоян Драганов" in said
    assert "0888333444" in said
    assert "████" not in said


def test_the_familys_page_is_large_short_and_begins_with_the_child(file, worker) -> None:
    answer = worker.post(address(file, "family", "pdf", mother(file)))
    said = pdf_words(answer)
    assert said.index("Калина казва") < said.index("Искам да рисувам.") < said.index("Да има приятел")
    assert file.lead.name in said, "whom the family calls is not blackened"
    sizes: list[float] = []
    page = pypdf.PdfReader(io.BytesIO(answer.content)).pages[0]
    page.extract_text(
        visitor_text=lambda text, cm, tm, font, size: (
            sizes.append(abs(size * tm[3] * cm[3])) if text.strip() else None
        )
    )
    assert sorted(sizes)[len(sizes) // 2] >= 12


def test_what_is_missing_stands_on_the_page_before_the_paper_is_taken(file, worker) -> None:
    Plan.objects.update(child_words="")
    page = worker.get(address(file, "plan")).content.decode()
    assert "Липсва в документа" in page
    assert "Участие: думите на детето" in page
    assert "…" in word_words(worker.post(address(file, "plan", "docx")))
    Plan.objects.update(child_words="Искам.")
    assert "Участие: думите на детето" not in worker.get(address(file, "plan")).content.decode()


def test_a_copy_for_others_says_that_a_person_must_read_it(file, worker) -> None:
    warning = "Прочетете документа, преди да го дадете."
    assert warning in worker.get(address(file, "plan", to="court")).content.decode()
    assert warning not in worker.get(address(file, "plan")).content.decode()


@pytest.mark.parametrize(("ending", "deed"), [("pdf", "case.printed"), ("docx", "case.exported")])
def test_every_paper_taken_is_in_the_audit_with_its_kind_and_for_whom(
    file, worker, ending: str, deed: str
) -> None:
    answer = worker.post(address(file, "chronology", ending, "court"))
    entry = Entry.objects.get(deed=deed)
    assert (entry.kind, entry.subject, entry.chain) == ("disclose", file.code, "svc:LOV-17")
    assert '"paper": "chronology"' in entry.details_text
    assert '"recipient": "court"' in entry.details_text
    name = unquote(answer["Content-Disposition"])
    if ending == "pdf":
        assert pypdf.PdfReader(io.BytesIO(answer.content)).metadata.title == f"Досие {file.code}"
    assert name.endswith(f"{file.code}-хронология-закрит.{ending}")
    assert "Измислена" not in name


def test_a_paper_that_is_refused_is_not_in_the_audit(file, worker) -> None:
    for wrong in (
        address(file, "plan", "odt"), address(file, "contract", "pdf"), address(file, "plan", "pdf", "parent-999"),
        address(file, "plan", "pdf", "x"), address(file, "plan-in-force", "pdf"), address(file, "plan", to=""),
    ):  # fmt: skip
        send = worker.post if re.search(r"/(odt|pdf)/", wrong) else worker.get
        assert send(wrong).status_code == 404, wrong
    assert not Entry.objects.filter(deed__in=("case.printed", "case.exported")).exists()


def test_papers_of_a_file_of_others_do_not_exist() -> None:
    file = make.file()
    elsewhere = make.service("LOV-99").path
    for role in [*people.ACCOUNT_ROLES, "public"]:
        works = role in ("service_manager", "case_manager", "specialist")
        client = people.client_for(role, elsewhere if works else None)
        for route in ("", "file/", "file/pdf/", "file/docx/"):
            send = client.post if route.count("/") == 2 else client.get
            answer = send(f"/files/{file.code}/documents/{route}")
            assert answer.status_code == (302 if role == "public" else 404), (role, route)
            assert "Измислена" not in answer.content.decode()
    assert not Entry.objects.filter(deed__in=("case.printed", "case.exported")).exists()


def test_the_head_and_a_specialist_of_the_file_take_papers_another_worker_of_the_service_does_not(
    file,
) -> None:
    head = people.client_of(make.person_in(file.service, "service_manager"))
    assert head.post(address(file, "plan", "docx")).status_code == 200
    colleague = make.person_in(file.service, "specialist")
    assert people.client_of(colleague).post(address(file, "plan", "docx")).status_code == 404
    file.members.create(user=colleague, part="specialist", since=dt.date.today(), given_by="Проба")
    assert people.client_of(colleague).post(address(file, "plan", "docx")).status_code == 200


def test_the_list_offers_what_the_file_has_and_names_the_next_step(file, worker) -> None:
    page = worker.get(f"/files/{file.code}/documents/").content.decode()
    for words in (
        "Индивидуален план",
        "Планът с прости думи",
        "Цялото досие",
        "за съд",
        "Росица Измислена (майка)",
    ):
        assert words in page
    assert "Действащ индивидуален план" not in page
    bare = make.file(worker=file.lead)
    page = worker.get(f"/files/{bare.code}/documents/").content.decode()
    assert "Планът ще се появи тук" in page
    assert "Цялото досие" in page
    assert worker.get(address(bare, "plan")).status_code == 404
    assert worker.post(address(bare, "file", "docx")).status_code == 200


def test_the_paper_and_its_reader_are_chosen_in_one_step(file, worker) -> None:
    page = f"/files/{file.code}/documents/"
    answer = worker.get(page, {"kind": "plan", "to": mother(file)})
    assert unquote(answer["Location"]) == address(file, "plan", to=mother(file))
    answer = worker.get(page, {"to": "court"}).content.decode()
    assert "Нужна е поправка" in answer
    assert 'value="court" checked' in re.sub(r"\s+", " ", answer)
    assert worker.get(page, {"kind": "plan", "to": "parent-999"}).status_code == 404


def test_a_new_plan_does_not_hide_the_one_in_force(file, worker) -> None:
    actions.begin_plan(make.as_actor(file.lead), file)
    assert "чернова" in word_words(worker.post(address(file, "plan", "docx")))
    assert "одобрен" in word_words(worker.post(address(file, "plan-in-force", "docx")))


def test_a_correction_stands_with_its_note_and_the_oldest_comes_first(file, worker) -> None:
    actor = make.as_actor(file.lead)
    note = file.events.get(kind="call")
    actions.correct_note(actor, note, text="Било е вчера.")
    said = word_words(worker.post(address(file, "chronology", "docx")))
    assert said.count("Било е вчера.") == 1
    assert said.index("Първи контакт") < said.index("Росица каза") < said.index("Било е вчера.")


def test_signs_that_word_forbids_and_tags_do_no_harm(file, worker) -> None:
    text = "Ред\x0b\x0c<b>{{ 7*7 }}</b> & „x“\x1f\nВтори ред"
    actions.add_note(make.as_actor(file.lead), file, kind="letter", on=dt.date.today(), text=text, key="2")
    assert "<b>{{ 7*7 }}</b> & „x“\nВтори ред" in word_words(worker.post(address(file, "chronology", "docx")))
    assert "&lt;b&gt;{{ 7*7 }}" in worker.get(address(file, "chronology")).content.decode()


def test_papers_are_bulgarian_on_an_english_screen(file) -> None:
    source = queries_papers.source(make.as_actor(file.lead), file)
    with translation.override("en"):
        laid = making.book(make.as_actor(file.lead), source, "file", Recipient("service"))
    kinds = [
        label
        for part in laid.parts
        for block in part.blocks
        if block.kind == "facts"
        for label, _ in block.rows
    ]
    assert "Майка" in kinds


def test_the_same_paper_taken_again_bears_the_mark_of_a_copy_and_is_listed(file, worker) -> None:
    path = address(file, "plan", "pdf", "court")
    assert "КОПИЕ" not in pdf_words(worker.post(path))
    page = worker.get(address(file, "plan", to="court")).content.decode()
    assert "Същият документ е взет на" in page
    assert "again=1" in page
    assert "КОПИЕ" in pdf_words(worker.post(path))
    assert "КОПИЕ" not in pdf_words(worker.post(f"{path}&again=1"))
    Plan.objects.update(child_words="Друго искам.")
    assert "Същият документ" not in worker.get(address(file, "plan", to="court")).content.decode()
    assert [one.copy for one in file.papers_taken.order_by("at")] == [False, True, False]
    assert "Последно взети" in worker.get(f"/files/{file.code}/documents/").content.decode()
