"""Pages through HTTP: what they show, to whom, and what they write."""

import datetime as dt

import pytest
from django.urls import reverse

from opora.foundation.accounts.tests import make as people
from opora.foundation.ui.tests.hands import Hands, seen_on
from opora.register.models import Organisation, Professional, RegisterImport, Service
from opora.register.tests import make
from opora.register.tests.workbooks import line, workbook

pytestmark = pytest.mark.django_db

LOVECH, TROYAN, KARDZHALI = "BG/LOV/LOV18", "BG/LOV/LOV34", "BG/KRZ/KRZ16"


@pytest.fixture
def world():
    """One service in Lovech, one in Troyan, a crisis centre in Lovech, one in Kardzhali."""
    make.settlement()
    provider = make.organisation("Община Ловеч", eik="")
    return {
        "lovech": make.service(
            "ЦСРИ Дъга", code="LOV-1", provider=provider, groups=["children_disabilities"]
        ),
        "troyan": make.service(
            "ЦОП Троян", code="LOV-2", where=make.municipality("LOV34"), type="csc", occupied=35
        ),
        "crisis": make.service(
            "Закрила", code="LOV-3", type="crisis_centre", address="ул. Тиха 5", occupied=30
        ),
        "kardzhali": make.service(
            "ЦСРИ Арда",
            code="KRZ-1",
            where=make.municipality("KRZ16"),
            provider=make.organisation("Фондация"),
        ),
    }


def text_of(response):
    assert response.status_code == 200, response
    return response.content.decode()


READERS = [
    ("national_admin", "BG", {"LOV-1", "LOV-2", "LOV-3", "KRZ-1"}),
    ("ministry_viewer", "BG", {"LOV-1", "LOV-2", "LOV-3", "KRZ-1"}),
    ("quality_inspector", "BG", {"LOV-1", "LOV-2", "LOV-3", "KRZ-1"}),
    ("regional_coordinator", "BG/LOV", {"LOV-1", "LOV-2", "LOV-3"}),
    ("municipality_expert", LOVECH, {"LOV-1", "LOV-3"}),
    ("service_manager", None, {"LOV-1"}),
    ("case_manager", "BG/LOV", {"LOV-1", "LOV-2", "LOV-3", "KRZ-1"}),
    ("specialist", "BG/LOV", {"LOV-1", "LOV-2", "LOV-3", "KRZ-1"}),
    ("evaluator", "BG", {"LOV-1", "LOV-2", "LOV-3", "KRZ-1"}),
]


@pytest.mark.parametrize(("role", "scope", "seen"), READERS)
def test_each_role_sees_its_own_rows_in_list_page_and_exports(world, role, scope, seen):
    client = people.client_for(role, scope or world["lovech"].path)
    page = text_of(client.get("/register/"))
    table = client.get("/register/export.csv").content.decode()
    for service in world.values():
        assert (f"/register/{service.code}/" in page) == (service.code in seen)
        assert (service.code in table) == (service.code in seen)
        assert client.get(f"/register/{service.code}/").status_code == (200 if service.code in seen else 404)


@pytest.mark.parametrize("role", ["external_specialist", "dpo_auditor"])
def test_roles_without_the_register_find_nothing(world, role):
    client = people.client_for(role, "BG")
    assert client.get("/register/").status_code == 404
    assert client.get("/register/LOV-1/").status_code == 404


def test_visitors_are_asked_to_sign_in(client, world):
    assert client.get("/register/").status_code == 302


WRITERS = [
    ("national_admin", "BG", {"LOV-1", "KRZ-1"}),
    ("regional_coordinator", "BG/LOV", {"LOV-1"}),
    ("municipality_expert", LOVECH, {"LOV-1"}),
    ("municipality_expert", TROYAN, set()),
    ("service_manager", None, {"LOV-1"}),
    ("ministry_viewer", "BG", set()),
    ("case_manager", "BG", set()),
]


@pytest.mark.parametrize("page", ["edit", "figures", "staff", "close"])
@pytest.mark.parametrize(("role", "scope", "kept"), WRITERS)
def test_only_those_who_keep_a_service_have_its_forms(world, role, scope, kept, page):
    client = people.client_for(role, scope or world["lovech"].path)
    for code in ("LOV-1", "KRZ-1"):
        assert client.get(f"/register/{code}/{page}/").status_code == (200 if code in kept else 404)


def test_the_address_of_a_crisis_service_is_hidden_from_all_but_its_keepers(world):
    keeper, reader = people.client_for("regional_coordinator", "BG/LOV"), people.client_for("ministry_viewer")
    assert "ул. Тиха 5" in text_of(keeper.get("/register/LOV-3/"))
    assert "ул. Тиха 5" not in text_of(reader.get("/register/LOV-3/"))
    assert "ул. Тиха 5" in keeper.get("/register/export.csv").content.decode()
    assert "ул. Тиха 5" not in reader.get("/register/export.csv").content.decode()


@pytest.mark.parametrize(
    ("address", "codes"),
    [
        ("?municipality=LOV34", {"LOV-2"}),
        ("?region=KRZ", {"KRZ-1"}),
        ("?type=csri", {"LOV-1", "KRZ-1"}),
        ("?group=children_disabilities", {"LOV-1"}),
        ("?free=on", {"LOV-1", "KRZ-1"}),
        ("?q=услугите+ловеч", {"LOV-1", "LOV-3", "LOV-2"}),
        ("?q=дъгата", {"LOV-1"}),
        ("?q=кърджъли", {"KRZ-1"}),
        ("?q=троян", {"LOV-2"}),
        ("?codes=LOV-1%3BKRZ-1", {"LOV-1", "KRZ-1"}),
        ("?state=closed", set()),
        ("?sort=-free&provider=x", {"LOV-1", "LOV-2", "LOV-3", "KRZ-1"}),
    ],
)
def test_filters_stand_in_the_address_and_narrow_list_and_export_alike(world, address, codes):
    client = people.client_for("national_admin")
    page, table = (
        text_of(client.get(f"/register/{address}")),
        client.get(f"/register/export.csv{address}").content.decode(),
    )
    for service in world.values():
        assert (f'href="/register/{service.code}/"' in page) == (service.code in codes)
        assert (service.name in table) == (service.code in codes)


def test_the_list_says_totals_and_the_map_leads_to_municipalities(world):
    page = text_of(people.client_for("regional_coordinator", "BG/LOV").get("/register/"))
    assert "3 реда" in page
    assert "над капацитета" in page


@pytest.mark.once  # the wall of PostgreSQL adds its own statements: one a request, and its transaction
def test_few_queries_whatever_the_number_of_services(world, django_assert_max_num_queries):
    client = people.client_for("national_admin")
    for number in range(60):
        make.service(f"Услуга {number}", groups=["children_disabilities"])
    for address in (
        "/register/",
        "/register/?q=услуга",
        "/register/LOV-1/",
        "/register/shared/",
        "/register/?page=all",
    ):
        text_of(client.get(address))
        with django_assert_max_num_queries(12):
            text_of(client.get(address))


def test_a_service_is_registered_then_its_figures_written(world):
    client = people.client_for("regional_coordinator", "BG/LOV")
    form = {
        "name": "Дневен център Зорница",
        "code": "LOV-9",
        "type": make.service_type("csc").pk,
        "new_organisation": "Сдружение Зорница",
        "municipality": world["lovech"].municipality_id,
        "settlement": "гр. Ловеч",
        "target_groups": [make.target_group().pk],
        "opened_on": "1.2.2020",
        "complex": "КСУДС Ловеч",
    }
    assert client.post("/register/new/", form)["Location"] == "/register/LOV-9/figures/"
    made = Service.objects.get(code="LOV-9")
    assert (made.settlement.name, made.complex.name, made.opened_on) == (
        "Ловеч",
        "КСУДС Ловеч",
        dt.date(2020, 2, 1),
    )
    figures = {
        "capacity": "30",
        "occupied": "31",
        "waiting": "",
        "as_of": "20.11.2026",
        "source": "месечен отчет",
    }
    assert client.post("/register/LOV-9/figures/", figures).status_code == 302
    page = text_of(client.get("/register/LOV-9/"))
    assert "над капацитета" in page
    assert "месечен отчет" in page


def test_nothing_typed_is_lost_when_the_form_is_wrong(world):
    client = people.client_for("regional_coordinator", "BG/LOV")
    page = text_of(client.post("/register/new/", {"name": "Надежда", "settlement": "Атлантида"}))
    assert "Надежда" in page
    assert "Изберете доставчик" in page
    assert not Service.objects.filter(name="Надежда").exists()


def test_a_coordinator_cannot_put_a_service_in_another_region(world):
    client = people.client_for("regional_coordinator", "BG/LOV")
    form = {
        "name": "Чужда",
        "code": "X-1",
        "type": make.service_type().pk,
        "municipality": world["kardzhali"].municipality_id,
        "organisation": world["kardzhali"].organisation_id,
    }
    client.post("/register/new/", form)
    assert not Service.objects.filter(code="X-1").exists()


def test_somebody_elses_newer_work_is_shown_not_overwritten(world):
    service = world["lovech"]
    mine = Hands(people.client_for("regional_coordinator", "BG/LOV"), "/register/LOV-1/edit/", at="new_eik")
    Service.objects.filter(pk=service.pk).update(name="Чуждото име", version=service.version + 1)
    page = mine.send(name="Моето име")
    assert "Чуждото име" in page
    assert "Моето име" in page
    service.refresh_from_db()
    assert service.name == "Чуждото име"
    mine.send()
    service.refresh_from_db()
    assert service.name == "Моето име"


def test_staff_is_written_with_decimal_comma(world):
    client = people.client_for("service_manager", world["lovech"].path)
    rows = {
        "posts-TOTAL_FORMS": 2,
        "posts-INITIAL_FORMS": 0,
        "posts-0-profession": "логопед",
        "posts-0-posts": "1,5",
        "posts-0-filled": "0,5",
        "posts-1-profession": "",
        "posts-1-posts": "",
    }
    assert client.post("/register/LOV-1/staff/", rows).status_code == 302
    assert world["lovech"].posts.get().posts == 1.5
    second = {"posts-INITIAL_FORMS": 1, "posts-1-profession": "Логопед", "posts-1-posts": "1"}
    page = text_of(client.post("/register/LOV-1/staff/", rows | second))
    assert "вече е в списъка" in page


def test_closing_asks_and_leaves_history(world):
    client = people.client_for("regional_coordinator", "BG/LOV")
    service = world["lovech"]
    bad = {"on": "1.1.2000", "version": service.version}
    assert "преди деня" in text_of(client.post("/register/LOV-1/close/", bad))
    assert client.post("/register/LOV-1/close/", bad | {"on": "20.11.2026"}).status_code == 302
    assert "/register/LOV-1/" not in text_of(client.get("/register/"))
    assert "/register/LOV-1/" in text_of(client.get("/register/?state=closed"))


def upload(client, content, name="регистър.xlsx"):
    from django.core.files.uploadedfile import SimpleUploadedFile

    return client.post("/register/import/", {"file": SimpleUploadedFile(name, content)})


def test_a_workbook_is_shown_first_and_written_at_accept(world):
    client = people.client_for("regional_coordinator", "BG/LOV")
    answer = upload(client, workbook([line("LOV-20", name="Нова услуга", type="ЦСРИ")]))
    address = answer["Location"]
    assert "готово за приемане" in text_of(client.get(address))
    assert not Service.objects.filter(code="LOV-20").exists()
    assert client.post(address, {"step": "accept"})["Location"] == "/register/"
    assert Service.objects.filter(code="LOV-20").exists()
    assert RegisterImport.objects.get().content is None
    assert client.get(address).status_code == 404
    again = upload(client, workbook([line("LOV-20", name="Нова услуга", type="ЦСРИ")]))["Location"]
    assert "0 промени" in text_of(client.get(again))


def test_a_wrong_workbook_cannot_be_accepted_and_can_be_dropped(world):
    client = people.client_for("regional_coordinator", "BG/LOV")
    address = upload(client, workbook([line("LOV-20", type="НЯМА")]))["Location"]
    page = text_of(client.get(address))
    assert "D2" in page
    assert "Приеми" not in page
    client.post(address, {"step": "accept"})
    assert not Service.objects.filter(code="LOV-20").exists()
    assert client.post(address, {"step": "drop"}).status_code == 302
    assert not RegisterImport.objects.exists()


def test_another_person_does_not_see_my_upload(world):
    address = upload(people.client_for("regional_coordinator", "BG/LOV"), workbook([line("LOV-20")]))[
        "Location"
    ]
    assert people.client_for("regional_coordinator", "BG/LOV").get(address).status_code == 404


@pytest.mark.parametrize(
    ("name", "content"), [("a.xlsm", b"PK"), ("a.xlsx", b"no zip"), ("a.csv", b"a;b"), ("a.pdf", b"%PDF-1.4")]
)
def test_files_that_are_no_workbooks_stop_at_the_gate(world, name, content):
    answer = upload(people.client_for("regional_coordinator", "BG/LOV"), content, name)
    assert answer.status_code == 200
    assert not RegisterImport.objects.exists()


def test_code_lists_are_edited_by_the_national_administrator_only(world):
    admin, coordinator = (
        people.client_for("national_admin"),
        people.client_for("regional_coordinator", "BG/LOV"),
    )
    assert "ЦСРИ" in text_of(coordinator.get("/register/types/"))
    assert coordinator.get("/register/types/csri/").status_code == 404
    assert coordinator.post("/register/groups/new/", {"code": "x"}).status_code == 404
    form = {"code": "csri", "name": "Нов вид", "name_en": "New", "order": 1, "active": "on"}
    seen = seen_on(admin, "/register/types/csri/")
    assert admin.post("/register/types/csri/", form | seen).status_code == 302
    assert "Нов вид" in text_of(admin.get("/register/types/"))
    taken = {"code": "csri", "name": "x", "name_en": "x", "order": 1}
    assert "зает" in text_of(admin.post("/register/types/new/", taken))
    group = {"code": "miners", "name": "миньори", "name_en": "miners", "order": 40, "active": "on"}
    assert admin.post("/register/groups/new/", group).status_code == 302
    assert "миньори" in text_of(admin.get("/register/groups/"))


def test_a_provider_exists_for_those_who_see_one_of_its_services(world):
    foreign = reverse("register_organisation", args=[world["kardzhali"].organisation_id])
    client = people.client_for("regional_coordinator", "BG/LOV")
    assert client.get(foreign).status_code == 404
    own = text_of(client.get(reverse("register_organisation", args=[world["lovech"].organisation_id])))
    assert "ЦСРИ Дъга" in own
    assert Organisation.objects.count() == 2


def test_groups_under_one_management_are_shown_beside_separate_ones():
    groups = ["children_disabilities"]
    make.service(
        "Дневен А",
        code="A",
        management="Дъга",
        groups=groups,
        capacity=10,
        occupied=9,
        staff={"психолог": (2, 2)},
    )
    make.service(
        "Дневен Б",
        code="B",
        management="Дъга",
        groups=groups,
        capacity=20,
        occupied=18,
        staff={"психолог": (4, 4)},
    )
    make.service("Отделна", code="C", groups=groups, capacity=20, occupied=10, staff={"психолог": (8, 8)})
    page = text_of(people.client_for("regional_coordinator", "BG/LOV").get("/register/shared/"))
    assert "общо управление: Дъга" in page
    assert "90\u00a0%" in page
    assert "50\u00a0%" in page
    assert "0,20" in page
    assert "0,40" in page
    assert "shared=separate" in page
    assert "непроверена норма" in page
    listed = text_of(
        people.client_for("regional_coordinator", "BG/LOV").get("/register/?shared=separate&type=csri")
    )
    assert "/register/C/" in listed
    assert "/register/A/" not in listed


def test_professionals_are_kept_within_the_territory(world):
    client = people.client_for("regional_coordinator", "BG/LOV")
    form = {
        "name": "Ива Логопедова",
        "profession": "логопед",
        "municipality": world["lovech"].municipality_id,
        "employer": "Болница",
    }
    assert client.post("/register/professionals/new/", form).status_code == 302
    assert "Ива Логопедова" in text_of(client.get("/register/professionals/?q=логопеди"))
    assert "Ива Логопедова" not in text_of(client.get("/register/professionals/?q=психолог"))
    person = Professional.objects.get()
    elsewhere = people.client_for("regional_coordinator", "BG/KRZ")
    assert "Ива Логопедова" not in text_of(elsewhere.get("/register/professionals/"))
    assert elsewhere.get(f"/register/professionals/{person.pk}/").status_code == 404
    wrong = form | {"municipality": world["kardzhali"].municipality_id}
    assert "municipality" in text_of(client.post("/register/professionals/new/", wrong))
    assert Professional.objects.count() == 1
    assert client.post(f"/register/professionals/{person.pk}/", {"step": "remove"}).status_code == 302
    assert not Professional.objects.exists()


def test_an_export_brought_back_through_the_page_changes_nothing(world):
    client = people.client_for("regional_coordinator", "BG/LOV")
    content = client.get("/register/export.xlsx?state=all").content
    page = text_of(client.get(upload(client, content)["Location"]))
    assert "0 промени" in page
    assert "без промени" in page
    template = client.get("/register/template.xlsx").content
    assert "0 промени" in text_of(client.get(upload(client, template)["Location"]))
