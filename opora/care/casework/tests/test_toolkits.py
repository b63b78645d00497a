"""Toolkits: taken, exported, imported elsewhere, changed and kept; origin and differences; filled in a file."""

import io
import json
import re
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document

from opora.care.casework import actions, queries_toolkits, toolkits_view
from opora.care.casework.models import Toolkit, ToolkitAnswers, ToolkitVersion
from opora.care.casework.tests import make, make_ending
from opora.care.casework.toolkits import differences, package, rewording, template_check
from opora.care.casework.toolkits.package import BrokenPackage, pack, unpack
from opora.care.casework.toolkits.shipped import shipped
from opora.evidence.survey.workbook import read_xlsx, write_xlsx
from opora.foundation.accounts.tests import make as people
from opora.foundation.core.errors import ActionRefused, Clash, NotAllowed

pytestmark = pytest.mark.django_db
CODES = ("community_support", "day_centre")


def text_of(response) -> str:
    assert response.status_code == 200, response
    return response.content.decode()


def taken(place=None, code: str = "day_centre") -> Toolkit:
    place = place or make.service()
    return actions.take_toolkit(make_ending.head_of(place), place, code)


def template(text: str) -> bytes:
    document = Document()
    document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize("code", CODES)
def test_what_comes_with_opora_is_a_whole_toolkit(code: str) -> None:
    one = shipped()[code]
    assert {name.partition("/")[0] for name in one.parts} == {"forms", "documents", "scales", "guide.md"}
    for form in package.FORMS:
        compiled = package.form_of(form, one.parts[f"forms/{form}.xlsx"])
        assert len([q for q in compiled.questions() if q.asks]) >= 9
    assert unpack(pack(one)).sha256 == one.sha256
    assert pack(one) == pack(one)


def test_the_whole_way_from_one_service_to_another() -> None:
    here, there = make.service(), make.service("LOV-99")
    client = people.client_of(make.person_in(here, "service_manager"))
    client.post("/files/toolkits/", {"code": "day_centre", "service": here.code})
    mine = Toolkit.objects.get(service=here)
    exported = client.post(f"/files/toolkits/{mine.pk}/export/", {"version": "1"}).content
    manifest = json.loads(zipfile.ZipFile(io.BytesIO(exported)).read("manifest.json"))
    assert manifest["organisation"] == here.name
    assert [one["organisation"] for one in manifest["history"]] == ["Опора"]
    other = people.client_of(make.person_in(there, "service_manager"))
    upload = SimpleUploadedFile("instrument.zip", exported, content_type="application/zip")
    page = text_of(
        other.post("/files/toolkits/", {"do": "import", "service": there.code, "file": upload}, follow=True)
    )
    theirs = Toolkit.objects.get(service=there)
    assert "Откъде идва" in page
    assert [one.organisation for one in theirs.origins.all()] == ["Опора", here.name]
    given = {
        "diagnosis-label": "Увреждане",
        "allergies-gone": "on",
        "new": ["Кой е личният лекар?"],
        "change": "По-просто.",
    }
    lines = rewording.lines(
        queries_toolkits.package_of(queries_toolkits.version_of(theirs)).tables("assessment")
    )
    given |= {f"{one.name}-required": "on" for one in lines if one.required}
    page = text_of(other.post(f"/files/toolkits/{theirs.pk}/assessment/", given, follow=True))
    assert "Записана е версия 2" in page
    page = text_of(other.get(f"/files/toolkits/{theirs.pk}/differences/"))
    for words in (
        "Увреждане или диагноза",
        "Увреждане",
        "Алергии и храни",
        "Кой е личният лекар?",
        here.name,
    ):
        assert words in page
    assert queries_toolkits.version_of(theirs, 1).sha256 == queries_toolkits.version_of(mine).sha256
    again = unpack(actions.export_toolkit(make_ending.head_of(there), queries_toolkits.version_of(theirs)))
    assert [one.organisation for one in again.history] == ["Опора", here.name, there.name]


def test_only_what_was_changed_differs() -> None:
    kept = taken()
    old = queries_toolkits.package_of(queries_toolkits.version_of(kept))
    said = {
        one.name: rewording.Said(one.label, one.hint, one.required)
        for one in rewording.lines(old.tables("plan"))
    }
    said["speech"] = rewording.Said("Логопед, часове", "", required=True)
    new = old.with_parts({"forms/plan.xlsx": rewording.written(old.tables("plan"), said, [])})
    found = differences.differences(old, new)
    assert [(d.kind, d.where, d.column, d.before, d.after) for d in found] == [
        ("changed", "speech", "label", "Логопед", "Логопед, часове")
    ]


def test_differences_of_choices_text_and_parts() -> None:
    old = shipped()["day_centre"]
    tables = read_xlsx(old.parts["forms/assessment.xlsx"])
    tables["choices"][1][2] = "да, има"
    changed = {
        "forms/assessment.xlsx": write_xlsx(tables), "guide.md": old.parts["guide.md"] + "Нов ред.\n".encode(),
        "documents/plan.docx": template("Съвсем друг документ"), "scales/new.csv": "скала;въпрос\n".encode(),
    }  # fmt: skip
    found = {(d.part, d.kind, d.after) for d in differences.differences(old, old.with_parts(changed))}
    assert ("forms/assessment.xlsx", "changed", "да, има") in found
    assert ("guide.md", "added", "Нов ред.") in found
    assert ("scales/new.csv", "added", "") in found
    assert any(
        part == "documents/plan.docx" and "Съвсем друг документ" in after for part, _kind, after in found
    )


def test_a_version_is_never_changed_and_an_empty_change_is_none() -> None:
    kept = taken()
    head = make_ending.head_of(kept.service)
    before = queries_toolkits.version_of(kept)
    with pytest.raises(ActionRefused, match="Нищо не е променено"):
        actions.change_toolkit(head, kept, {}, change="Нищо.")
    with pytest.raises(ActionRefused, match="какво променяте"):
        actions.change_toolkit(head, kept, {"guide.md": "Друго.".encode()}, change=" ")
    made = actions.change_toolkit(head, kept, {"guide.md": "Друго.".encode()}, change="Ръководство.")
    assert made.number == 2
    assert ToolkitVersion.objects.get(pk=before.pk).sha256 == before.sha256
    assert queries_toolkits.package_of(queries_toolkits.version_of(kept, 1)).sha256 == before.sha256


def spoiled(**changed: bytes) -> bytes:
    """An exported toolkit with entries replaced, added or (None) taken out behind the manifest's back."""
    source = zipfile.ZipFile(io.BytesIO(pack(shipped()["day_centre"])))
    entries = {name: source.read(name) for name in source.namelist()} | {
        k.replace("__", "/"): v for k, v in changed.items()
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK not at all", "не е инструментариум"),
        (spoiled(**{"guide.md": "Подменено.".encode()}), "променена след изнасянето"),
        (spoiled(**{"more.exe": b"MZ"}), "не съвпада"),
        (spoiled(**{"manifest.json": b"[]"}), "не е инструментариум"),
        (spoiled(**{"manifest.json": b'{"format": "opora-toolkit/1", "parts": {}}'}), "не съвпада"),
    ],
)
def test_a_spoiled_package_is_refused_and_says_why(content: bytes, said: str) -> None:
    with pytest.raises(BrokenPackage, match=said):
        unpack(content)
    place = make.service()
    with pytest.raises(ActionRefused):
        actions.import_toolkit(make_ending.head_of(place), place, content)
    assert not Toolkit.objects.exists()


@pytest.mark.parametrize(
    "name",
    [
        "forms/assessment.docx",
        "../guide.md",
        "forms/other.xlsx",
        "documents/plan.xlsx",
        "scales/A.csv",
        "x.py",
    ],
)
def test_a_part_with_another_name_has_no_place(name: str) -> None:
    with pytest.raises(BrokenPackage):
        package.part(name, b"x")


@pytest.mark.parametrize(
    "text",
    [
        "{{ ''.__class__ }}", "{{ book.title.upper() }}", "{% set x = 1 %}", "{% for n in range(9) %}{% endfor %}",
        "{% include 'x' %}", "{{ book['title'] }}", "{{ book|attr('title') }}", "{{ 2 ** 9 }}", "{% macro m() %}{% endmacro %}",
        "{% for a in b %}{% for c in a %}{% for d in c %}{% for e in d %}{% endfor %}{% endfor %}{% endfor %}{% endfor %}",
    ],
)  # fmt: skip
def test_a_template_that_does_more_than_show_is_refused(text: str) -> None:
    assert template_check.trouble(template(text))
    with pytest.raises(BrokenPackage):
        package.part("documents/plan.docx", template(text))


def test_a_template_that_shows_repeats_and_chooses_is_taken() -> None:
    text = "{% for s in sections %}{% if s.title and not s.rows %}{{ s.title|upper }}{% endif %}{% endfor %}"
    assert template_check.trouble(template(text)) == ""


def test_a_form_with_a_mistake_says_where() -> None:
    kept = taken()
    tables = read_xlsx(shipped()["day_centre"].parts["forms/plan.xlsx"])
    tables["survey"][1][0] = "moon"
    with pytest.raises(ActionRefused, match=r"forms/plan\.xlsx"):
        actions.change_toolkit(
            make_ending.head_of(kept.service), kept, {"forms/plan.xlsx": write_xlsx(tables)}, change="Луна."
        )


def test_who_may_take_change_and_see() -> None:
    kept = taken()
    place = kept.service
    worker_user, stranger = (
        make.person_in(place, "case_manager"),
        make.person_in(make.service("LOV-99"), "service_manager"),
    )
    worker = make.as_actor(worker_user)
    with pytest.raises(NotAllowed):
        actions.take_toolkit(worker, place, "community_support")
    with pytest.raises(NotAllowed):
        actions.change_toolkit(worker, kept, {"guide.md": b"x"}, change="Да.")
    with pytest.raises(NotAllowed):
        actions.export_toolkit(make.as_actor(stranger), queries_toolkits.version_of(kept))
    assert people.client_of(worker_user).get(f"/files/toolkits/{kept.pk}/").status_code == 200
    assert people.client_of(worker_user).get(f"/files/toolkits/{kept.pk}/assessment/").status_code == 404
    for part in ("", "differences/", "assessment/", "1/guide.md"):
        assert people.client_of(stranger).get(f"/files/toolkits/{kept.pk}/{part}").status_code == 404
    allowed = {"service_manager", "case_manager", "specialist"}
    for role in people.ACCOUNT_ROLES:
        code = people.client_for(role).get("/files/toolkits/").status_code
        assert code == (200 if role in allowed else 404), role


def test_a_scale_is_called_as_it_calls_itself_and_not_by_its_file() -> None:
    kept = taken(code="community_support")
    client = people.client_of(make.person_in(kept.service, "service_manager"))
    page = text_of(client.get(f"/files/toolkits/{kept.pk}/"))
    assert "Скала „Родителска грижа“" in page
    assert ">parental_care<" not in page
    assert "Скала: parental_care" not in page
    assert toolkits_view.part_in_words("scales/parental_care.csv") == "Скала „parental care“"
    changed = "скала;въпрос;степен;значение\nГрижа у дома;всички;0;липсва\n".encode()
    given = {
        "name": "scales/parental_care.csv",
        "file": SimpleUploadedFile("x.csv", changed),
        "change": "По-кратко",
    }
    client.post(f"/files/toolkits/{kept.pk}/", given)
    assert "Скала „Грижа у дома“" in text_of(client.get(f"/files/toolkits/{kept.pk}/differences/"))


def test_parts_are_taken_away_to_be_edited_and_put_back() -> None:
    kept = taken()
    client = people.client_of(make.person_in(kept.service, "service_manager"))
    form = client.get(f"/files/toolkits/{kept.pk}/1/forms/plan.xlsx")
    tables = read_xlsx(form.content)
    tables["survey"][2][2] = "Три имена"
    upload = SimpleUploadedFile("plan.xlsx", write_xlsx(tables))
    given = {"name": "forms/plan.xlsx", "file": upload, "change": "Три имена."}
    assert "Записана е версия 2" in text_of(client.post(f"/files/toolkits/{kept.pk}/", given, follow=True))
    assert "Три имена" in text_of(client.get(f"/files/toolkits/{kept.pk}/differences/"))
    assert client.get(f"/files/toolkits/{kept.pk}/?version=9").status_code == 404


@pytest.fixture
def file():
    kept = make_ending.at_work()
    taken(kept.service, "community_support")
    return kept


def test_a_form_is_filled_from_the_file_and_becomes_a_document(file) -> None:
    client = people.client_of(file.lead)
    address = f"/files/{file.code}/forms/"
    choice = f"{Toolkit.objects.get().pk}-plan"
    page = text_of(client.post(address, {"form": choice}, follow=True))
    assert "Калина Измислена" in page
    assert "Да има приятел" in page
    assert "от досието" in page
    filled = ToolkitAnswers.objects.get()
    assert {"person.name", "person.lead", "aims.goals", "aims.child_words"} <= set(filled.prefill)
    one = f"{address}{filled.pk}/"
    shown = "work.kinds work.meetings work.place work.family_part ends.sign"
    wrong = text_of(client.post(one, {"do": "finish", "shown": shown, "q:work.meetings": "99"}))
    assert "От 1 до 31" in wrong
    assert 'value="99"' in wrong
    seen = re.search(r'name="seen" value="([^"]*)"', wrong)[1]
    given = {
        "do": "finish", "seen": seen, "shown": shown, "q:work.kinds": ["therapy", "parents"],
        "q:work.meetings": "4", "q:work.place": "both", "q:work.family_part": "Води детето.", "q:ends.sign": "Ходи само.",
    }  # fmt: skip
    page = text_of(client.post(one, given, follow=True))
    assert "Формулярът е приключен" in page
    assert "психологическа подкрепа, обучение на родители" in page
    answer = client.post(f"{one}word/")
    document = Document(io.BytesIO(answer.content))
    words = [p.text for p in document.paragraphs] + [
        c.text for t in document.tables for r in t.rows for c in r.cells
    ]
    for said in ("План в център за обществена подкрепа", "Калина Измислена", "Води детето.", "4"):
        assert said in words
    assert "Измислена" not in answer["Content-Disposition"]


def test_a_question_that_does_not_apply_is_not_asked(file) -> None:
    client = people.client_of(file.lead)
    client.post(f"/files/{file.code}/forms/", {"form": f"{Toolkit.objects.get().pk}-assessment"})
    one = f"/files/{file.code}/forms/{ToolkitAnswers.objects.get().pk}/"
    assert "Какво е направено веднага" not in text_of(client.get(one))
    given = {"do": "refresh", "shown": "reason.danger", "q:reason.danger": "yes"}
    part = text_of(client.post(one, given, headers={"HX-Request": "true"}))
    assert "Какво е направено веднага" in part
    assert "<html" not in part
    assert "danger" not in json.dumps(ToolkitAnswers.objects.get().answers.get("reason", {}))


def test_two_people_do_not_overwrite_each_other(file) -> None:
    worker = make_ending.worker_of(file)
    filled = actions.begin_form(worker, file, Toolkit.objects.get(), "plan")
    actions.save_form(worker, filled, {"person": {"name": "Първи"}}, version=1)
    with pytest.raises(Clash):
        actions.save_form(worker, filled, {"person": {"name": "Втори"}}, version=1)
    client = people.client_of(file.lead)
    given = {"do": "save", "shown": "person.name", "q:person.name": "Трети"}
    page = text_of(client.post(f"/files/{file.code}/forms/{filled.pk}/", given))
    assert 'value="Трети"' in page
    assert ToolkitAnswers.objects.get().answers["person"]["name"] == "Първи"


def test_a_form_of_an_older_version_stays_as_it_was(file) -> None:
    worker = make_ending.worker_of(file)
    kept = Toolkit.objects.get()
    filled = actions.begin_form(worker, file, kept, "plan")
    head = make_ending.head_of(file.service)
    tables = queries_toolkits.package_of(queries_toolkits.version_of(kept)).tables("plan")
    said = {
        one.name: rewording.Said(one.label + "!", one.hint, one.required) for one in rewording.lines(tables)
    }
    actions.reword(head, kept, "plan", said, [], change="Удивителни.")
    page = text_of(people.client_of(file.lead).get(f"/files/{file.code}/forms/{filled.pk}/"))
    assert "Срещи на месец!" not in page
    assert actions.begin_form(worker, file, kept, "assessment").toolkit_version.number == 2


def test_forms_of_others_do_not_exist(file) -> None:
    filled = actions.begin_form(make_ending.worker_of(file), file, Toolkit.objects.get(), "plan")
    other = people.client_of(make.person_in(file.service, "case_manager"))
    for part in ("forms/", f"forms/{filled.pk}/"):
        assert other.get(f"/files/{file.code}/{part}").status_code == 404
    assert other.post(f"/files/{file.code}/forms/{filled.pk}/word/").status_code == 404
