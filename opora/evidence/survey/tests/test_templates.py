"""Templates: errors by row, preview, a version that never changes."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pyxform.errors import PyXFormError

from opora.evidence.survey import actions, sheets, xform
from opora.evidence.survey.actions.templates import FaultyTemplate, keep_version
from opora.evidence.survey.models import TemplateVersion
from opora.evidence.survey.tests import make
from opora.foundation.accounts.tests import make as people
from opora.foundation.core.errors import ActionRefused, NotAllowed

pytestmark = pytest.mark.django_db
WHERE = "/survey/templates/"


def upload(client, tables, name="card.xlsx"):
    content = tables if isinstance(tables, bytes) else sheets.write_xlsx(tables)
    return client.post(WHERE, {"file": SimpleUploadedFile(name, content)})


def broken(row: str, column: str, text: str) -> dict:
    """The test card with one cell of the sheet survey replaced."""
    tables = make.tables()
    head = tables["survey"][0]
    line = next(one for one in tables["survey"] if one[1] == row)
    line[head.index(column)] = text
    return tables


@pytest.mark.parametrize(
    ("row", "column", "text", "words"),
    [
        ("capacity", "constraint", ". > > 0", "Изразът се чупи"),
        ("capacity", "type", "inetger", "Непознат вид"),
        ("fee", "type", "image", "не събира файлове"),
        ("whom", "relevant", "${nobody} = 'yes'", "Няма въпрос с име"),
        ("whom", "required", "може би", "нито"),
        ("lacks", "label::English (en)", "", "Липсва текст на език"),
        ("capacity", "constraint", "pulldata('a', 'b')", "не се допуска"),
    ],
)
def test_errors_are_told_by_sheet_and_row_and_nothing_is_kept(row, column, text, words):
    client = people.client_for("regional_coordinator")
    tables = broken(row, column, text)
    page = upload(client, tables).content.decode()
    number = 1 + next(n for n, line in enumerate(tables["survey"]) if line[1] == row)
    if words != "нито":
        assert words in page
    assert "Какво да се поправи" in page
    assert f">{number}<" in page
    assert ">survey<" in page
    assert not TemplateVersion.objects.exists()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", "име;стойност".encode()])
def test_a_file_that_is_no_spreadsheet_is_refused_in_words(content):
    page = upload(people.client_for("regional_coordinator"), content).content.decode()
    assert "не може да се прочете" in page or "празен" in page


def test_an_unpublished_version_may_be_uploaded_again_and_a_published_one_never_changes():
    coordinator = make.coordinator()
    first = keep_version(coordinator, make.tables())
    other = broken("fee", "label::Български (bg)", "Месечна такса")
    second = keep_version(coordinator, other)
    assert second.pk == first.pk
    assert TemplateVersion.objects.count() == 1
    with pytest.raises(ActionRefused, match="качена наново"):
        actions.publish_version(coordinator, first)
    actions.publish_version(coordinator, second)
    with pytest.raises(ActionRefused, match="вече е публикувана с друго съдържание"):
        keep_version(coordinator, make.tables())
    assert keep_version(coordinator, other).published
    third = keep_version(coordinator, make.tables(version="2026112202"))
    assert not third.published
    assert TemplateVersion.objects.count() == 2


def test_the_spreadsheet_comes_out_as_it_went_in():
    version = make.template_version()
    client = people.client_for("regional_coordinator")
    answer = client.get(f"{WHERE}needs_test/{version.version}/xlsx/")
    again = sheets.read_xlsx(answer.content)
    assert sheets.fingerprint(again) == version.sha256
    assert upload(client, answer.content).url.endswith(f"/{version.version}/")


def test_telephones_get_an_xform_with_bulgarian_words_understood():
    text, warnings = xform.to_xform(make.tables())
    assert 'required="true()"' in text
    assert "prefill" not in text
    assert "<h:title>Карта за нуждите</h:title>" in text
    assert isinstance(warnings, list)


def test_what_pyxform_refuses_is_shown_as_a_remark(monkeypatch):
    monkeypatch.setattr("pyxform.xls2xform.convert", refuse)
    made = keep_version(make.coordinator(), make.tables())
    assert made.xform == ""
    assert "There has been a problem" in made.warnings[-1]


def refuse(*_args, **_given):
    raise PyXFormError("There has been a problem")


def test_the_preview_shows_all_questions_and_says_when_they_apply():
    version = make.template_version(published=False)
    page = (
        people.client_for("regional_coordinator")
        .get(f"{WHERE}needs_test/{version.version}/")
        .content.decode()
    )
    assert "Какъв специалист?" in page
    assert "показва се, ако ${lacks}" in page
    assert "Професия" in page


@pytest.mark.parametrize("role", people.ALL_ROLES)
def test_who_sees_and_who_makes_templates(role):
    version = make.template_version()
    draft = make.template_version(published=False, version="2026112299")
    client = people.client_for(role)
    reads = role in (
        "national_admin",
        "ministry_viewer",
        "quality_inspector",
        "regional_coordinator",
        "municipality_expert",
        "service_manager",
    )
    makes = role in ("national_admin", "regional_coordinator")
    status = client.get(f"{WHERE}needs_test/{version.version}/").status_code
    assert status == (302 if role == "public" else 200 if reads else 404)
    if reads:
        assert client.get(f"{WHERE}needs_test/{draft.version}/").status_code == (200 if makes else 404)
        upload(client, make.tables(version="2026112300"))
        assert TemplateVersion.objects.filter(version="2026112300").exists() is makes
        client.post(f"{WHERE}needs_test/{draft.version}/")
        assert TemplateVersion.objects.get(pk=draft.pk).published is makes


def test_the_action_itself_refuses_who_may_not():
    with pytest.raises(NotAllowed):
        actions.upload_version(people.actor("service_manager"), b"")
    with pytest.raises(NotAllowed):
        actions.publish_version(people.actor("service_manager"), make.template_version(published=False))
    with pytest.raises(FaultyTemplate) as raised:
        keep_version(make.coordinator(), broken("capacity", "type", "x"))
    assert raised.value.problems[0].sheet == "survey"
