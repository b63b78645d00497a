"""Making, editing, publishing and comparing analyses; one changed answer goes through to all four
documents.
"""

import io
import json
import re
import zipfile

import pypdf
import pytest
from docx import Document
from python_calamine import CalamineWorkbook

from opora.config.demo.cards import needs_card_tables
from opora.evidence.survey import stages
from opora.foundation.accounts.actors import VISITOR
from opora.foundation.accounts.tests import make as people
from opora.foundation.audit.models import Entry
from opora.foundation.core.errors import ActionRefused, Clash, NotAllowed
from opora.foundation.ui.pictures import classes
from opora.planning.needs import actions, booklet, exports, queries
from opora.planning.needs import reckoning as r
from opora.planning.needs.models import Analysis
from opora.planning.needs.tests import make
from opora.planning.needs.tests.test_pages import whole
from opora.register.tests import make as register

pytestmark = pytest.mark.django_db


def reading_of(analysis, actor=None):
    return queries.reading(actor or make.coordinator(), analysis.pk)


def texts(reading, actor=None, kinds=exports.FORMATS):
    """What the documents say, as plain text."""
    actor = actor or make.coordinator()
    readers = {"docx": _word, "pdf": _pdf, "xlsx": _sheets, "json": bytes.decode}
    return {kind: readers[kind](exports.document(actor, reading, kind)) for kind in kinds}


def _word(content):
    word = Document(io.BytesIO(content))
    tables = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return " ".join([*(p.text for p in word.paragraphs), *tables])


def _pdf(content):
    return " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)


def _sheets(content):
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    found = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
    return " ".join(str(cell) for rows in found for row in rows for cell in row)


def squeezed(text):
    return re.sub(r"\s+", "", text)


def test_one_answer_changes_figure_class_text_and_all_four_documents():
    region, asked, cards = make.lovech()
    first = actions.analyse(make.coordinator(), region, asked)
    before, said_before = reading_of(first), texts(reading_of(first))
    make.answer(cards[0], make.answers(users=6, hours=320.5))
    second = actions.analyse(make.coordinator(), region, asked)
    after, said = reading_of(second), texts(reading_of(second))

    assert before.result.table("need.municipality").cell("LOV18", "hours").value == 82.5
    assert after.result.table("need.municipality").cell("LOV18", "hours").value == 382.5
    assert _class(before) < _class(after)
    assert "община Троян: 104,5 часа месечно" in " ".join(before.result.chapters[2].text)
    assert "община Ловеч: 382,5 часа месечно" in " ".join(after.result.chapters[2].text)
    for kind, figure in {"docx": "382,5", "pdf": "382,5", "xlsx": "382.5", "json": "382.5"}.items():
        assert figure not in said_before[kind], kind
        assert figure in said[kind], kind
        assert squeezed("общинаЛовеч:382,5часамесечно") in squeezed(said[kind]), kind


def _class(reading):
    """The colour class of Ловеч on the map of hours."""
    column = reading.result.table("need.municipality").column("hours")
    steps = classes([cell.value for _, cell in column], decimals=1)
    return steps.of(next(cell.value for row, cell in column if row.key == "LOV18"))


def test_picture_in_word_changes_too():
    region, asked, cards = make.lovech()
    before = exports.document(
        make.coordinator(), reading_of(actions.analyse(make.coordinator(), region, asked)), "docx"
    )
    make.answer(cards[0], make.answers(hours=320.5))
    after = exports.document(
        make.coordinator(), reading_of(actions.analyse(make.coordinator(), region, asked)), "docx"
    )
    assert _media(before) != _media(after)


def _media(content):
    pack = zipfile.ZipFile(io.BytesIO(content))
    return {name: pack.read(name) for name in pack.namelist() if name.startswith("word/media/")}


def test_numbers_are_equal_on_the_page_and_in_every_document():
    made = make.analysis()
    reading = reading_of(made)
    said = texts(reading)
    page = whole(people.client_for("regional_coordinator", "BG/LOV"), made)
    for part in booklet.lay_out(reading).parts:
        for block in part.blocks:
            if isinstance(block, booklet.TableBlock):
                for line in block.lines:
                    for cell in line.cells:
                        assert cell.text.replace("&", "&amp;") in page
                        assert squeezed(cell.text) in squeezed(said["docx"])
                        assert squeezed(cell.text) in squeezed(said["pdf"])
    kept = r.result_from_json(json.loads(json.dumps(made.result)))
    told = json.loads(said["json"])
    for table, plain in zip(kept.tables, told["tables"], strict=True):
        assert [[c.value for c in row.cells] for row in table.rows] == [
            [c["value"] for c in row["cells"]] for row in plain["rows"]
        ]


def test_sheet_rows_equal_the_tables():
    made = make.analysis()
    reading = reading_of(made)
    book = CalamineWorkbook.from_filelike(io.BytesIO(exports.document(make.coordinator(), reading, "xlsx")))
    blocks = [
        b for p in booklet.lay_out(reading).parts for b in p.blocks if isinstance(b, booklet.TableBlock)
    ]
    assert len(book.sheet_names) == len(blocks) + 2
    for block in blocks:
        name = next(n for n in book.sheet_names if n.startswith(f"{block.number} "))
        rows = book.get_sheet_by_name(name).to_python()
        table = next(t for t in reading.result.tables if t.key == block.key)
        for row, read in zip(table.rows, rows[3:], strict=False):
            assert read[0] == row.label
            assert [c if c != "" else None for c in read[1 : 1 + len(row.cells)]] == [
                c.value for c in row.cells
            ]
        assert any("Данни към" in str(row[0]) for row in rows)


def test_word_has_real_headings_captions_tables_and_alternative_texts():
    content = exports.document(make.coordinator(), reading_of(make.analysis()), "docx")
    word = Document(io.BytesIO(content))
    headings = [p.text for p in word.paragraphs if p.style.name == "Heading 1"]
    assert headings[0] == "1. Какво е нужно на областта"
    assert len(headings) == 7
    xml = zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml").decode()
    assert xml.count("SEQ Таблица") == len(word.tables)
    assert xml.count("SEQ Фигура") == len(word.inline_shapes) == xml.count("descr=")
    assert "w:tblHeader" in xml
    assert "{{" not in xml
    assert "{%" not in xml
    assert {p.style.font.name for p in word.paragraphs if p.style.name == "Normal"} == {"Sofia Sans"}


def test_pdf_is_tagged_and_its_pictures_speak():
    content = exports.document(make.coordinator(), reading_of(make.analysis()), "pdf")
    book = pypdf.PdfReader(io.BytesIO(content))
    assert book.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert book.trailer["/Root"]["/Lang"] == "bg"
    kinds = _kinds(book.trailer["/Root"]["/StructTreeRoot"])
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/Caption", "/Figure"} <= kinds


def _kinds(node, depth=0):
    found = {str(node["/S"])} if "/S" in node else set()
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        inner = kid.get_object() if hasattr(kid, "get_object") else kid
        if hasattr(inner, "get") and depth < 40:
            found |= _kinds(inner, depth + 1)
    return found


def test_region_and_template_the_demonstration_does_not_have():
    """Видин, a template in other words and another shape, all the way to the files."""
    choices = [
        ["list_name", "name", "label::Български (bg)"],
        ["who", "lawyer", "юрист"],
        ["who", "nurse", "медицинска сестра"],
    ]
    survey = [
        ["type", "name", "label::Български (bg)", "analysis"],
        ["begin_group", "part", "Подкрепа", ""],
        ["select_multiple who", "lack", "Кой липсва?", "need.specialist"],
        ["integer", "n_lawyer", "Хора за юрист", "need.users:lawyer"],
        ["decimal", "h_lawyer", "Часове седмично", "need.hours.week:lawyer"],
        ["integer", "n_nurse", "Хора за сестра", "need.users:nurse"],
        ["end_group", "", "", ""],
        ["integer", "buses", "Брой превозни средства", "figure"],
        ["text", "word", "Друго", ""],
    ]
    town = register.municipality("VID09", "Видин")
    make.shape("VID09", 22.5)
    asked = make.round_("VID", make.version(survey, choices))
    service = register.service(
        where=town, code="VID09-1", type="hospice_new", groups=["elderly"], capacity=9, occupied=9
    )
    make.card(
        asked,
        service,
        {
            "part": {"lack": ["lawyer", "nurse"], "n_lawyer": 6, "h_lawyer": 3, "n_nurse": 8},
            "buses": 2,
            "word": "Нужен е рентген.",
        },
    )
    made = actions.analyse(make.coordinator("VID"), town.region, asked)
    reading = reading_of(made, make.coordinator("VID"))
    assert [row.label for row in reading.result.table("need.specialist").rows] == [
        "юрист",
        "медицинска сестра",
        "Общо",
    ]
    assert reading.result.table("need.specialist").cell("юрист", "hours").value == 13
    assert reading.result.table("answers.buses").cell("region", "mean").value == 2
    for said in texts(reading, make.coordinator("VID"), ["pdf", "xlsx"]).values():
        assert "медицинска сестра" in said
        assert "рентген" in said
    assert actions.publish(make.coordinator("VID"), made).is_published


def test_demonstration_card_names_every_specialist():
    asked = make.round_("LOV", make.version(needs_card_tables()["survey"], needs_card_tables()["choices"]))
    facts = actions.prepare(make.coordinator(), register.region("LOV"), asked)[0]
    roles = {question.path: question.role for question in facts.questions if question.role}
    assert len(roles) == 18
    assert roles["needs.psychiatrist_hours"] == "need.hours.month:psychiatrist"
    assert roles["crisis.crisis_cases"] == "crisis.count"


def test_equal_facts_make_no_new_version_and_a_change_does():
    region, asked, cards = make.lovech()
    first = actions.analyse(make.coordinator(), region, asked)
    assert actions.analyse(make.coordinator(), region, asked) == first
    make.answer(cards[0], make.answers(users=30))
    second = actions.analyse(make.coordinator(), region, asked)
    assert (second.number, second.previous) == (2, first)
    assert Entry.objects.filter(deed="needs.analysed").count() == 2


def test_a_version_never_follows_the_register():
    made = make.analysis()
    kept = json.dumps(made.result, sort_keys=True)
    made.round.cards.first().service.__class__.objects.update(capacity=999)
    made.refresh_from_db()
    assert json.dumps(made.result, sort_keys=True) == kept
    assert r.from_json(made.facts).sha256 == made.facts_sha256


def test_excused_and_missing_cards_are_told_with_their_reason():
    region, asked, cards = make.lovech()
    other = register.service(where=cards[0].service.municipality, code="LOV18-9")
    make.card(asked, other, stage=stages.EXCUSED, note="Услугата е в ремонт.")
    reading = reading_of(actions.analyse(make.coordinator(), region, asked))
    table = reading.result.table("cards.missing")
    assert {str(row.cells[3].value) for row in table.rows} == {"–", "Услугата е в ремонт."}
    assert reading.result.table("cards.returned").cell("region", "excused").value == 1


def test_words_of_a_person_stand_in_place_of_the_programs():
    made = make.analysis()
    actions.write_chapter(
        make.coordinator(), made, "summary", "Областта има нужда от логопед.\n\nИ от превоз.", version=0
    )
    reading = reading_of(made)
    assert reading.words(reading.result.chapters[0]) == ["Областта има нужда от логопед.", "И от превоз."]
    for kind, said in texts(reading, kinds=["docx", "xlsx", "json"]).items():
        assert "Областта има нужда от логопед." in said.replace("\n", " "), kind
    with pytest.raises(Clash, match="друг човек"):
        actions.write_chapter(make.coordinator(), made, "summary", "Друго", version=0)
    actions.write_chapter(make.coordinator(), made, "summary", "", version=1)
    assert reading_of(made).texts == {}


def test_published_version_hides_and_stays():
    made = make.analysis(published=True)
    everybody = reading_of(made, VISITOR)
    assert not everybody.working
    assert everybody.result.table("places.municipality").cell("LOV33", "occupied").hidden
    assert everybody.result.table("answers.proposals") is None
    with pytest.raises(NotAllowed):
        actions.write_chapter(make.coordinator(), made, "summary", "Друго", version=0)
    with pytest.raises(NotAllowed):
        actions.publish(make.coordinator(), made)
    for kind, said in texts(everybody, VISITOR, ["docx", "xlsx", "json"]).items():
        assert (":c" in said) or kind == "json"
        assert "Повече часове с логопед" not in said
    assert reading_of(made).working


def test_small_numbers_in_a_persons_words_stop_publication():
    made = make.analysis()
    actions.write_chapter(
        make.coordinator(), made, "services", "В Тетевен услугата ползват 3 деца.", version=0
    )
    with pytest.raises(ActionRefused, match="3 деца"):
        actions.publish(make.coordinator(), made)
    actions.write_chapter(
        make.coordinator(), made, "services", "В Тетевен услугата ползват малко деца.", version=1
    )
    assert actions.publish(make.coordinator(), made).is_published


@pytest.mark.parametrize(
    "role", [role for role in people.ALL_ROLES if role not in {"regional_coordinator", "national_admin"}]
)
def test_nobody_else_makes_edits_or_publishes(role):
    made = make.analysis()
    actor = people.actor(role)
    with pytest.raises(NotAllowed):
        actions.analyse(actor, made.region, made.round)
    with pytest.raises(NotAllowed):
        actions.write_chapter(actor, made, "summary", "x", version=0)
    with pytest.raises(NotAllowed):
        actions.publish(actor, made)
    assert queries.reading(actor, made.pk) is None


def test_coordinator_of_another_region_sees_only_what_is_published():
    made = make.analysis()
    other = make.coordinator("KRZ")
    assert queries.reading(other, made.pk) is None
    actions.publish(make.coordinator(), made)
    assert not queries.reading(other, made.pk).working


def test_export_writes_the_files_of_the_command(tmp_path):
    _region, asked, _cards = make.lovech()
    files = exports.export(make.coordinator(), "lov", asked.code, tmp_path / "out", ["xlsx", "json"])
    assert [file.name for file in files] == ["analiz-LOV-1.xlsx", "analiz-LOV-1.json"]
    assert all(file.stat().st_size for file in files)
    assert len(exports.export(make.coordinator(), "all", asked.code, tmp_path, ["json"])) == 1
    for wrong in (("XXX", asked.code, ["pdf"]), ("LOV", "няма", ["pdf"]), ("LOV", asked.code, ["odt"])):
        with pytest.raises(LookupError):
            exports.export(make.coordinator(), wrong[0], wrong[1], tmp_path, wrong[2])
    assert Analysis.objects.count() == 1
