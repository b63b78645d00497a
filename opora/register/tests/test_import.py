"""Bringing a workbook: what is read, what is noticed, what is written."""

import datetime as dt
import json

import pytest

from opora.register import imports, queries
from opora.register.imports.plan import read_bytes
from opora.register.models import Organisation, RegisterImport, Service
from opora.register.tests import make
from opora.register.tests.workbooks import line, workbook

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def places():
    lovech = make.municipality("LOV18")
    make.settlement(where=lovech)
    make.settlement("Абланица", ekatte="00151", where=lovech, kind="с.")
    make.settlement(where=make.municipality("LOV34"))
    make.settlement(where=make.municipality("LOV33"))
    for code in ("csri", "csc", "crisis_centre"):
        make.service_type(code)
    make.target_group("children_disabilities")
    make.target_group("adults_disabilities")


def plan_of(services=(), posts=None, *, actor=None, **options):
    return read_bytes(
        workbook(services, posts, **options), file_name="регистър.xlsx", actor=actor or make.actor()
    )


def accepted(services=(), posts=None, *, actor=None):
    plan = plan_of(services, posts, actor=actor)
    assert not plan.errors, plan.errors
    imports.apply(actor or make.actor(), plan)
    return plan


def said(plan, level=None):
    return {(f.sheet, f.cell): f.message for f in plan.findings if level in (None, f.level)}


def test_a_full_row_becomes_a_service_with_history_staff_and_groups():
    row = line(
        type="Център за обществена подкрепа",
        organisation_eik="000291627",
        target_groups="деца с увреждания; adults_disabilities",
        delegated_since=2008,
        opened_on="30.05.2008",
        closed_on=None,
        address="ул. „Търговска“ 1",
        crisis_places=4,
        waiting="3",
        funded=28,
        managed_with="Комплекс Ловеч",
        complex="КСУДС Ловеч",
        head="Вера Петкова",
        phone="068 600 000",
        email="csop@example.bg",
    )
    plan = accepted([row], [{"service": "LOV-001", "profession": "психолог", "posts": "1,5", "filled": 1}])
    made = Service.objects.get()
    assert (made.type.code, made.settlement.ekatte, made.waiting, made.funded) == ("csc", "43952", 3, 28)
    assert (made.delegated_since, made.opened_on) == (dt.date(2008, 1, 1), dt.date(2008, 5, 30))
    assert (made.management.name, made.complex.name) == ("Комплекс Ловеч", "КСУДС Ловеч")
    assert {g.code for g in made.target_groups.all()} == {"children_disabilities", "adults_disabilities"}
    assert made.organisation.eik == "000291627"
    assert (made.posts.get().posts, made.posts.get().filled) == (1.5, 1)
    assert {f.kind: f.value for f in made.figures.all()}["capacity"] == 30
    assert made.path == f"BG/LOV/LOV18/org:{made.organisation_id}/svc:LOV-001"
    assert any("01.01.2008" in message for message in said(plan, "note").values())


def test_reading_writes_nothing_and_accepting_twice_is_refused_quietly():
    content = workbook([line()])
    first = read_bytes(content, file_name="a.xlsx", actor=make.actor())
    assert not Service.objects.exists()
    imports.apply(make.actor(), first)
    again = read_bytes(content, file_name="a.xlsx", actor=make.actor())
    assert again.changes == 0
    assert again.before is not None
    assert "вече внесен" in imports.Report(again).headline()
    imports.apply(make.actor(), again)
    assert Service.objects.count() == RegisterImport.objects.count() == 1


def test_another_file_that_says_the_same_makes_no_changes():
    accepted([line()])
    plan = plan_of([line()], headings=["Код", "Име на услугата"])
    assert plan.counts == {"added": 0, "changed": 0, "unchanged": 1, "rejected": 0}
    assert "0 промени" in imports.Report(plan).headline()


def test_changes_are_shown_field_by_field_and_only_they_are_written():
    accepted([line(), line("LOV-002", name="ЦОП Ловеч")])
    plan = plan_of([line(occupied=31, head="Ива Минчева"), line("LOV-002", name="ЦОП Ловеч")])
    (item,) = plan.of("changed")
    assert [(d.key, d.old, d.new) for d in item.differences] == [
        ("occupied", "24", "31"),
        ("head", "–", "Ива Минчева"),
    ]
    assert "повече от местата" in said(plan, "warning")[("services", "I2")]
    imports.apply(make.actor(), plan)
    changed = Service.objects.get(code="LOV-001")
    assert (changed.occupied, changed.head) == (31, "Ива Минчева")
    assert [f.value for f in changed.figures.filter(kind="occupied")] == [31, 24]


def test_a_column_that_is_missing_leaves_what_stands():
    accepted([line(head="Вера Петкова")])
    accepted([line(capacity=40)])
    assert Service.objects.get().head == "Вера Петкова"


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        ({"type": "ЦНСТТ"}, "D", "не е в списъка"),
        ({"settlement": "Абланицаа"}, "E", "Може би: с. Абланица"),
        ({"settlement": "Троян"}, "E", "общ. Троян"),
        ({"municipality": "Ловеч; Троян; Ловеч"}, "F", "два пъти"),
        ({"municipality": "Лувеч"}, "F", "Може би: общ. Ловеч"),
        ({"region": "Враца"}, "G", "Няма област"),
        ({"capacity": "много"}, "H", "само число"),
        ({"capacity": -3}, "H", "само число"),
        ({"occupied": 2.5}, "I", "цяло число"),
        ({"code": None}, "A", "Впишете код"),
        ({"code": "a/b"}, "A", "букви, цифри"),
        ({"code": "new"}, "A", "зает"),
        ({"name": None}, "B", "името"),
        ({"organisation": None}, "C", "доставчика"),
        ({"organisation_eik": "123456789"}, "J", "контролната цифра"),
        ({"opened_on": "31.02.2010"}, "J", "не е дата"),
        ({"opened_on": 2010}, "J", "цялата дата"),
        ({"target_groups": "марсианци"}, "J", "Няма целева група"),
        ({"email": "пощенска кутия"}, "J", "електронната поща"),
    ],
)
def test_what_must_be_mended_is_said_at_its_cell_and_nothing_is_written(cells, column, words):
    plan = plan_of([line(**cells), line("LOV-009", name="Друга")])
    assert words in said(plan, "error")[("services", f"{column}2")]
    assert plan.counts["rejected"] == 1
    with pytest.raises(Exception, match="Поправете"):
        imports.apply(make.actor(), plan)
    assert not Service.objects.exists()


def test_the_same_code_and_the_same_name_twice_are_noticed():
    plan = plan_of(
        [line(), line(), line("LOV-003", name="ЦСРИ LOV 001"), line("LOV-004", name="ЦСРИ Лов-001")]
    )
    assert "стои и на ред 2" in said(plan, "error")[("services", "A3")]
    doubled = said(
        plan_of([line(name="Дъга"), line("LOV-003", name="„ДЪГА“"), line("X", name="Дага")]), "warning"
    )
    assert "Същото име" in doubled[("services", "B3")]


def test_names_that_sound_alike_are_noticed_in_the_file_and_in_the_register():
    accepted([line(name="ЦСРИ Момчил")])
    plan = plan_of([line("LOV-002", name="ЦСРИ Мумчил"), line("LOV-003", name="ЦСРИ Момчел")])
    assert "звучи като ЦСРИ Момчил" in said(plan, "warning")[("services", "B3")]


def test_a_municipality_named_twice_where_another_was_meant_is_noticed():
    """Text 002: „четири общини“, then Благоевград, Сандански, Петрич and Благоевград again."""
    for code, name in (("BLG03", "Благоевград"), ("BLG40", "Сандански"), ("BLG33", "Петрич")):
        make.settlement(where=make.municipality(code, name), ekatte=f"0{code[3:]}00")
    names = ["Благоевград", "Сандански", "Петрич", "Благоевград"]
    rows = [
        line(
            f"BLG-{n}",
            name=f"ЦСРИ {n}",
            settlement=name,
            municipality=name,
            region="Благоевград",
            organisation="АСП",
        )
        for n, name in enumerate(names, 1)
    ]
    plan = plan_of(rows)
    assert "Община Благоевград вече стои на ред 2" in said(plan, "warning")[("services", "F5")]


def test_a_name_that_speaks_of_another_municipality_is_noticed():
    plan = plan_of([line(name="ЦСРИ Троян")])
    assert "споменава Троян" in said(plan, "warning")[("services", "F2")]


def test_zeros_eaten_by_the_spreadsheet_are_put_back_with_a_note():
    plan = plan_of([line(settlement=151, organisation_eik=175099)])
    assert "000175099" in said(plan, "note")[("services", "J2")]
    assert "00151" in said(plan, "note")[("services", "E2")]
    assert plan.items[0].draft.values["settlement"].name == "Абланица"


def test_latin_letters_in_cyrillic_words_are_reported_and_the_meaning_found():
    plan = plan_of([line(type="ЦCPИ", name="Цeнтър")])
    assert plan.items[0].draft.values["type"].code == "csri"
    assert {("services", "B2"), ("services", "D2")} <= set(said(plan, "warning"))
    assert plan.items[0].draft.values["name"] == "Цeнтър"


def test_settlements_that_are_not_loaded_do_not_stop_the_work():
    make.municipality("VAR06", "Варна")
    make.region("VAR", "Варна")
    plan = plan_of([line(settlement="Варна", municipality="Варна", region="")])
    assert "не са заредени" in said(plan, "warning")[("services", "E2")]
    assert not plan.errors


def test_two_municipalities_of_one_name_are_told_apart_by_the_region():
    make.municipality("VAR05", "Бяла")
    make.municipality("RSE04", "Бяла")
    plan = plan_of([line(municipality="Бяла", settlement="", region="")])
    assert "Посочете и областта" in said(plan, "error")[("services", "F2")]
    assert not plan_of([line(municipality="Бяла", settlement="", region="VAR")]).errors


def test_settlement_alone_is_enough():
    row = {k: v for k, v in line(settlement="с. Абланица").items() if k not in ("municipality", "region")}
    assert plan_of([row]).items[0].draft.values["municipality"].code == "LOV18"


def test_missing_sheet_and_missing_column_are_said_once():
    assert "services" in said(plan_of([line()], sheet="лист1"), "error")[("", "")]
    row = {k: v for k, v in line().items() if k != "type"}
    plan = plan_of([row | {"колона": 1}])
    assert "Липсва колоната „type“" in said(plan, "error")[("services", "1")]
    assert "не е позната" in said(plan, "warning")[("services", "I1")]


def test_what_is_no_workbook_is_said():
    plan = read_bytes(b"PK\x03\x04 broken", file_name="x.xlsx", actor=make.actor())
    assert "не се отваря" in plan.findings[0].message


def test_posts_are_checked_by_cell():
    posts = [
        {"service": "LOV-001", "profession": "психолог", "posts": 1, "filled": 2},
        {"service": "LOV-001", "profession": "Психолог", "posts": 1, "filled": 1},
        {"service": "NO", "profession": "логопед", "posts": 1, "filled": 1},
    ]
    plan = plan_of([line()], posts)
    assert "повече от щата" in said(plan, "warning")[("posts", "D2")]
    assert "стои два пъти" in said(plan, "error")[("posts", "B3")]
    assert "Няма услуга" in said(plan, "error")[("posts", "A4")]


def test_posts_alone_change_the_staff_of_a_service_that_stands():
    accepted([line()])
    accepted(
        [line("LOV-002", name="ЦОП")],
        [{"service": "LOV-001", "profession": "психолог", "posts": 2, "filled": 1}],
    )
    assert Service.objects.get(code="LOV-001").posts.get().posts == 2


def test_a_code_in_managed_with_puts_both_under_one_management():
    rows = [line(name="Водеща", managed_with=None), line("LOV-002", name="Друга", managed_with="LOV-001")]
    accepted(rows)
    assert {s.management.name for s in Service.objects.all()} == {"Водеща"}
    assert plan_of([*rows, line("LOV-003", name="Трета", managed_with=None)]).counts["unchanged"] == 2


def test_one_new_provider_in_many_rows_is_one_organisation():
    accepted(
        [line(organisation="Фондация „Дъга“"), line("LOV-002", name="ЦОП", organisation="фондация Дъга")]
    )
    assert Organisation.objects.filter(kind="private").count() == 1


@pytest.mark.parametrize(
    ("role", "scope"),
    [("regional_coordinator", "BG/KRZ"), ("ministry_viewer", "BG"), ("municipality_expert", "BG/LOV/LOV34")],
)
def test_nobody_imports_outside_their_own_territory(role, scope):
    actor = make.actor(role, scope)
    assert "не е на Вашата територия" in said(plan_of([line()], actor=actor), "error")[("services", "F2")]
    accepted([line()])
    plan = plan_of([line(occupied=1)], actor=actor)
    assert plan.errors
    assert (
        not any("24" in d.old for item in plan.items for d in item.differences) or role == "ministry_viewer"
    )


def test_a_failure_in_the_middle_leaves_nothing(monkeypatch):
    from opora.register import actions

    plan = plan_of([line(), line("LOV-002", name="Втора")])
    real, calls = actions.register_service, []

    def falls(*args, **kwargs):
        calls.append(1)
        if len(calls) == 2:
            raise RuntimeError("killed")
        return real(*args, **kwargs)

    monkeypatch.setattr(actions, "register_service", falls)
    with pytest.raises(RuntimeError):
        imports.apply(make.actor(), plan)
    assert not Service.objects.exists()
    assert not RegisterImport.objects.exists()
    assert not Organisation.objects.exists()


def test_two_who_accept_at_once_write_once():
    # One file twice: made anew it would bear another second, and so be another file.
    file = workbook([line()], None)
    first, same = (read_bytes(file, file_name="регистър.xlsx", actor=make.actor()) for _ in range(2))
    second = plan_of([line(), line("LOV-002", name="Втора")])
    imports.apply(make.actor(), first)
    assert imports.apply(make.actor(), same).digest == first.digest
    with pytest.raises(Exception, match="LOV-001"):
        imports.apply(make.actor(), second)
    assert Service.objects.count() == 1


def test_what_was_changed_after_the_export_is_not_overwritten():
    accepted([line()])
    standing = Service.objects.get()
    row = line(occupied=5) | {"id": standing.pk, "version": standing.version - 1}
    assert "след като файлът е изтеглен" in said(plan_of([row]), "error")[("services", "A2")]
    row = line("LOV-1A", occupied=5) | {"id": standing.pk, "version": standing.version}
    accepted([row])
    moved = Service.objects.get()
    assert (moved.pk, moved.code, moved.path.endswith("svc:LOV-1A")) == (standing.pk, "LOV-1A", True)


def test_the_report_speaks_to_people_and_programs(tmp_path):
    file = tmp_path / "регистър.xlsx"
    file.write_bytes(workbook([line(type="НЯМА")]))
    report = imports.import_register(file, actor=make.actor())
    assert not report.ok
    assert not report.applied
    assert "services!D2: за поправка: Типът „НЯМА“" in report.as_text()
    assert json.loads(json.dumps(report.as_json()))["findings"][0]["column"] == "D"
    file.write_bytes(workbook([line()]))
    assert imports.import_register(file, dry_run=True, actor=make.actor()).changes == 1
    assert not queries.services_for(make.actor()).exists()
    assert imports.import_register(file).applied
    assert queries.services_for(make.actor()).count() == 1
