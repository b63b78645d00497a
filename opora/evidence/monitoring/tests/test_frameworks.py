"""Frameworks: the shipped ones, drafts, the page of an indicator, spreadsheets with their differences."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest
import python_calamine
from django.core.files.uploadedfile import SimpleUploadedFile

from opora.evidence.monitoring import actions, content, queries, sheet
from opora.evidence.monitoring.models import COMPLIANCE, Framework, FrameworkVersion, Indicator, Upload
from opora.evidence.monitoring.tests import make
from opora.foundation.accounts.tests import make as people
from opora.foundation.core.errors import ActionRefused, Clash, NotAllowed
from opora.foundation.documents.sheets import Sheet, workbook
from opora.foundation.ui.tests.hands import seen_on

pytestmark = pytest.mark.django_db


def shipped(code: str = "practice") -> FrameworkVersion:
    actions.load_builtin_frameworks()
    return FrameworkVersion.objects.select_related("framework").get(framework__code=code)


def test_the_shipped_framework_has_twenty_indicators_with_words_for_every_level():
    now = content.of_version(shipped())
    assert len(now.items) == 20
    assert [group.code for group in now.groups] == ["content", "sectors", "community", "transferability"]
    assert all(set(item.words) == {0, 1, 2, 3, 4} and item.evidence for item in now.items)
    texts = [text for item in now.items for text in item.words.values()]
    assert len(set(texts)) == 100
    assert content.complaints(now, (0, 1, 2, 3, 4), whole=True) == []


def test_standards_stand_in_three_directions_apart_from_maturity():
    version = shipped("standards")
    now = content.of_version(version)
    assert version.framework.kind == COMPLIANCE
    assert len(now.groups) == 3
    assert all(item.required and item.legal_ref and set(item.words) == {0, 1, 2} for item in now.items)


def test_shipped_frameworks_are_loaded_once_and_never_over_an_edited_one():
    shipped()
    Framework.objects.filter(code="practice").update(title="Наша рамка")
    assert actions.load_builtin_frameworks() == 0
    assert Framework.objects.get(code="practice").title == "Наша рамка"


def test_the_engine_takes_the_tree_with_weights_and_bounds():
    tree = queries.tree_of(shipped())
    assert len(tree.indicators) == 20
    assert tree.bounds["1.1"] == (0.0, 4.0)
    assert tree.weights["content"] == 35


def test_a_published_version_never_changes_a_draft_takes_its_words():
    version, by = shipped(), make.coordinator()
    with pytest.raises(ActionRefused):
        actions.put_content(by, version, make.content(), change=version.change)
    draft = actions.begin_draft(by, version.framework)
    assert draft.number == 2
    assert actions.begin_draft(by, version.framework) == draft
    assert content.of_version(draft) == content.of_version(version)


def test_only_coordinators_and_the_administrator_change_frameworks():
    version = shipped()
    for role in ("service_manager", "ministry_viewer", "municipality_expert"):
        with pytest.raises(NotAllowed):
            actions.begin_draft(people.actor(role), version.framework)


def test_a_draft_somebody_changed_meanwhile_is_not_overwritten():
    draft = make.version(published=False)
    with pytest.raises(Clash):
        actions.put_content(make.coordinator(), draft, make.content("1.1"), change=draft.change - 1)


def test_a_draft_without_words_for_a_level_is_not_published():
    draft = make.version(published=False)
    Indicator.objects.filter(code="1.2").first().anchors.filter(level=3).delete()
    with pytest.raises(ActionRefused, match=r"1\.2"):
        actions.publish_version(make.coordinator(), draft)


def test_what_is_written_as_a_spreadsheet_is_read_back_the_same():
    for code in ("practice", "standards"):
        version = FrameworkVersion.objects.filter(framework__code=code).first() or shipped(code)
        assert sheet.read(sheet.write(version), version.framework) == content.of_version(version)
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(sheet.write(version)))
    assert book.sheet_names == ["Области", "Показатели"]


def changed_workbook(version: FrameworkVersion) -> bytes:
    now = content.of_version(version)
    groups = [[g.code, g.title, g.title_en, float(g.weight)] for g in now.groups]
    rows = [
        [item.domain, item.code, item.title, item.question, item.evidence, item.required, item.legal_ref, 3.5 if item.code == "1.1" else 1,
         *(("нови думи" if (item.code, level) == ("1.2", 4) else item.words.get(level, "")) for level in range(5))]
        for item in now.items if item.code != "2.2"
    ]  # fmt: skip
    return workbook(
        [
            Sheet("Области", "т", list(sheet.GROUP_COLUMNS), groups),
            Sheet("Показатели", "т", list(sheet.ITEM_COLUMNS), rows),
        ]
    )


def test_a_spreadsheet_shows_its_differences_before_it_is_accepted():
    draft = make.version(published=False)
    client = people.client_for("regional_coordinator", "BG/LOV")
    base = f"/monitoring/frameworks/{draft.framework.code}/{draft.number}/"
    file = SimpleUploadedFile("рамка.xlsx", changed_workbook(draft))
    answer = client.post(base + "upload/", {"file": file})
    page = client.get(answer.url).text
    assert "нови думи" in page
    assert "3,5" in page
    assert Indicator.objects.filter(domain__version=draft).count() == 4
    client.post(answer.url)
    now = {item.code: item for item in content.of_version(draft).items}
    assert set(now) == {"1.1", "1.2", "2.1"}
    assert now["1.1"].weight == Decimal("3.5")
    assert now["1.2"].words[4] == "нови думи"
    assert Upload.objects.get().content is None
    assert client.get(answer.url).status_code == 404


def test_a_spreadsheet_compared_with_an_older_draft_is_not_accepted():
    draft, by = make.version(published=False), make.coordinator()
    row = actions.receive_upload(by, draft, changed_workbook(draft), name="a.xlsx")
    actions.put_content(
        by, draft, make.content("1.1"), change=FrameworkVersion.objects.get(pk=draft.pk).change
    )
    with pytest.raises(Clash):
        actions.accept_upload(by, row)
    assert len(content.of_version(draft).items) == 1


def headless() -> bytes:
    return workbook(
        [
            Sheet("Области", "т", ["Код", "Заглавие"], [["content", "С"]]),
            Sheet("Показатели", "т", ["Номер"], [["1.1"]]),
        ]
    )


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"PK\x03\x04 nothing", "повреден"),
        (headless(), "Област"),
        (workbook([Sheet("Лист", "т", ["Код"], [["x"]])]), "Области"),
    ],
)
def test_a_spreadsheet_that_cannot_be_read_says_what_to_mend(data, told):
    draft = make.version(published=False)
    with pytest.raises(ActionRefused, match=told):
        actions.receive_upload(make.coordinator(), draft, data, name="a.xlsx")
    assert not Upload.objects.exists()


def test_an_indicator_is_changed_added_and_left_out_on_a_page():
    draft = make.version(published=False)
    client = people.client_for("regional_coordinator", "BG/LOV")
    base = f"/monitoring/frameworks/{draft.framework.code}/{draft.number}/"
    words = {f"level_{level}": f"думи {level}" for level in range(5)}
    given = {
        "domain": "content",
        "code": "1.9",
        "title": "Нов",
        "weight": "1,5",
        "change": draft.change,
    } | words
    client.post(base + "indicators/new/", given)
    now = {item.code: item for item in content.of_version(draft).items}
    assert (now["1.9"].weight, now["1.9"].words[4]) == (Decimal("1.5"), "думи 4")
    stale = client.post(base + "indicators/1.9/", given | {"title": "Стар"})
    assert stale.status_code == 422
    assert "Междувременно колега" in stale.text
    change = FrameworkVersion.objects.get(pk=draft.pk).change
    client.post(base + "indicators/1.9/", {"do": "remove", "change": change})
    assert "1.9" not in {item.code for item in content.of_version(draft).items}
    assert client.post(base).status_code == 302
    assert FrameworkVersion.objects.get(pk=draft.pk).is_published
    assert client.get(base + "indicators/1.1/").status_code == 404


@pytest.mark.parametrize("weight", ["много", "-1", "1000"])
def test_a_weight_that_is_no_number_is_told_at_its_field(weight):
    draft = make.version(published=False)
    client = people.client_for("regional_coordinator", "BG/LOV")
    given = {"domain": "content", "code": "1.1", "title": "Т", "weight": weight, "change": draft.change}
    answer = client.post(
        f"/monitoring/frameworks/{draft.framework.code}/{draft.number}/indicators/1.1/", given
    )
    assert answer.status_code == 422
    assert "Тежестта" in answer.text


def test_weights_of_domains_change_on_a_page():
    draft = make.version(published=False)
    client = people.client_for("regional_coordinator", "BG/LOV")
    base = f"/monitoring/frameworks/{draft.framework.code}/{draft.number}/"
    seen = seen_on(client, base + "weights/")
    wrong = client.post(base + "weights/", {"content": "много", "sectors": "1"} | seen)
    assert "не е число" in wrong.text
    assert client.post(base + "weights/", {"content": "2,5", "sectors": "1"} | seen).url == base
    assert [group.weight for group in content.of_version(draft).groups] == [Decimal("2.5"), Decimal("1")]
    assert "2,5" in client.post(base + "weights/", {"content": "3", "sectors": "1"} | seen).text
    assert client.post(base + "weights/", {"content": "1", "sectors": "3"} | seen).url == base
    assert [group.weight for group in content.of_version(draft).groups] == [Decimal("2.5"), Decimal("3")]
