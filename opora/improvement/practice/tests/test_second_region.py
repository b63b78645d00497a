"""A region, a framework and marks that the demonstration does not have, by HTTP alone, from the spreadsheet to the award;
one mark changed on its page moves the shortlist, the minutes and the network picture.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Mapping

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook

from opora.evidence.monitoring import sheet
from opora.evidence.monitoring.models import MATURITY, Framework, FrameworkVersion, Round, Visit
from opora.foundation.accounts.models import User
from opora.foundation.accounts.tests import make as people
from opora.foundation.core import clock
from opora.improvement.practice import stages
from opora.improvement.practice.models import Adaptation, Award, Period, Practice
from opora.improvement.practice.tests import make
from opora.improvement.practice.tests.test_award import page, words_of
from opora.register.models import Service
from opora.register.tests import make as register

pytestmark = pytest.mark.django_db
ITEMS = (
    ("care", "А1", "Дом, който мирише на дом", 3), ("care", "А2", "Сам си слагам масата", 1), ("care", "А3", "Нощем има кой", 1),
    ("links", "Б1", "Лекарят знае пътя", 1), ("links", "Б2", "Училището пита", 2),
    ("square", "В1", "На пазара ни познават", 1),
)  # fmt: skip
MARKS = {"Къща Янтра": "443333", "Къща Етър": "433223", "Къща Росица": "222112"}
"""Levels of the six indicators, in their order."""


def workbook() -> bytes:
    book = Workbook()
    groups, items = book.active, book.create_sheet(sheet.ITEMS)
    groups.title = sheet.GROUPS
    groups.append(["Код", "Заглавие", "Тежест"])
    for row in (("care", "Домът", 50), ("links", "Връзките", 30), ("square", "Площадът", 20)):
        groups.append(list(row))
    items.append(["Област", "Номер", "Показател", "Тежест", *(f"Степен {n}" for n in range(5))])
    for domain, code, title, weight in ITEMS:
        items.append([domain, code, title, weight, *(f"{title}: степен {n}" for n in range(5))])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


class Region:
    """Велико Търново with three houses, two coordinators and their browsers."""

    def __init__(self) -> None:
        town = register.municipality("VTR04", "Велико Търново")
        self.services = {name: register.service(name, where=town) for name in MARKS}
        self.pair = [people.user("regional_coordinator", "BG/VTR", organisation="Област") for _ in range(2)]
        self.first, self.second = map(people.client_of, self.pair)

    def framework(self) -> FrameworkVersion:
        """Brought as a spreadsheet, its differences accepted, published."""
        Framework.objects.create(code="houses", kind=MATURITY, title="Малките къщи")
        self.first.post("/monitoring/frameworks/houses/begin/")
        file = SimpleUploadedFile("houses.xlsx", workbook())
        waiting = self.first.post("/monitoring/frameworks/houses/1/upload/", {"file": file})
        assert "Сам си слагам масата" in page(self.first.get(waiting.url))
        self.first.post(waiting.url)
        self.first.post("/monitoring/frameworks/houses/1/")
        made = FrameworkVersion.objects.get(framework__code="houses")
        assert made.is_published
        return made

    def visits(self, version: FrameworkVersion, apart: Mapping[str, str] | None = None) -> Round:
        """Planned, marked by both, left where differences are settled; the report is written later."""
        today = clock.today()
        given = {
            "region": "VTR", "version": version.pk, "starts": f"{today:%d.%m.%Y}",
            "ends": f"{today + dt.timedelta(days=30):%d.%m.%Y}", "people": [one.pk for one in self.pair],
        }  # fmt: skip
        self.first.post("/monitoring/rounds/new/", given)
        made = Round.objects.get()
        for visit in made.visits.select_related("service"):
            name = visit.service.name
            self.mark(self.first, visit, MARKS[name])
            self.mark(self.second, visit, (apart or {}).get(name, MARKS[name]))
        return made

    def mark(self, browser: Client, visit: Visit, levels: str) -> None:
        address = f"/monitoring/visits/{visit.code}/"
        shown = page(browser.get(f"{address}mark/"))
        form = re.search(r'name="form" value="(\w+)"', shown)
        assert form is not None
        said = {"form": form.group(1), "do": "lock"}
        for (_domain, code, _title, _weight), level in zip(ITEMS, levels, strict=True):
            said |= {f"v:level:{code}": level, f"v:note:{code}": f"Видяхме {code}."}
        browser.post(f"{address}mark/", said)
        browser.post(f"{address}lock/")

    def visit_of(self, name: str) -> str:
        return f"/monitoring/visits/{Visit.objects.get(service__name=name).code}/"


@pytest.fixture
def region() -> Region:
    return Region()


def an_award(region: Region, made: Round) -> Period:
    """Opened, nominated by a visitor, gates held, panel seated and declared, the list handed over."""
    browser = region.first
    given = {"region": "VTR", "year": "2026", "round": made.code, "grouping": "type"}
    browser.post("/practices/periods/new/", given)
    found = Period.objects.get()
    make.returned_cards(list(region.services.values()))
    address = f"/practices/periods/{found.code}/"
    codes = [one.code for one in region.services.values()]
    browser.post(f"{address}gates/", {"do": "many", "services": codes, "source": "Писмо № 3"})
    nominated = {"service": region.services["Къща Етър"].code, "why": "Тук брат ми си слага масата."}
    people.client_for("public").post(f"/practices/nominate/{found.code}/", nominated)
    browser.post(f"{address}nominations/{found.nominations.get().pk}/", {"keep": "yes"})
    for number in range(3):
        member = people.user("evaluator", "BG", name=f"Оценител {number}", organisation="Независим")
        browser.post(f"{address}panel/", {"user": member.pk, "chair": "on" if number == 0 else ""})
        people.client_of(member).post(f"{address}declare/", {"none": "on"})
    browser.post(f"{address}fix/")
    found.refresh_from_db()
    assert found.stage == stages.PANEL
    return found


def learnt(region: Region) -> None:
    """Росица takes over what Янтра described: written, offered, published, asked and agreed on its pages."""
    origin, other = region.services["Къща Янтра"], region.services["Къща Росица"]
    head, theirs = people.client_of(make.head(origin)), people.client_of(make.head(other))
    begun = {"service": origin.code, "title": "Вечерята е обща", "summary": "Масата слага, който иска."}
    head.post("/practices/new/", begun)
    card = Practice.objects.get()
    words = begun | make.WORDS | {"title_en": "", "summary_en": "", "version": card.version}
    head.post(f"/practices/{card.code}/edit/", words)
    head.post(f"/practices/{card.code}/needs/", {"do": "elements", "elements": "Вечеря се заедно"})
    head.post(f"/practices/{card.code}/offer/")
    region.first.post(f"/practices/{card.code}/decide/publish/", {"grade": "1", "why": "Видяно от двама."})
    theirs.post(f"/practices/{card.code}/adapt/", {"service": other.code, "why": "И ние да вечеряме заедно."})
    adapted = Adaptation.objects.get()
    head.post(f"/practices/adaptations/{adapted.code}/answer/", {"agree": "yes", "words": "Елате."})
    adapted.refresh_from_db()
    assert adapted.stage == stages.AGREED


def minutes(region: Region, period: Period) -> str:
    answer = region.first.post(f"/practices/periods/{period.code}/minutes/docx/")
    assert answer.status_code == 200
    return words_of(answer.content)


def means(browser: Client, name: str) -> set[str]:
    """The means that stand by a service in the network picture."""
    return set(re.findall(rf"{name} \((\d,\d\d)\)", page(browser.get("/practices/network/"))))


def test_what_both_saw_alike_is_not_changed_afterwards(region: Region) -> None:
    made = region.visits(region.framework())
    learnt(region)
    period = an_award(region, made)
    before = minutes(region, period)
    assert means(region.first, "Къща Росица") == {"1,70"}  # 2·0,5 + 1·0,3 + 2·0,2
    assert means(people.client_for("public"), "Къща Росица") == set()
    lower = {"indicator": "А1", "value": "0", "why": "Вечерта беше друго."}
    refused = region.first.post(f"{region.visit_of('Къща Янтра')}consensus/", lower)
    assert "единодушни" in refused.content.decode()
    assert minutes(region, period) == before


def test_from_a_spreadsheet_to_an_award_and_one_changed_mark_moves_all(region: Region) -> None:
    made = region.visits(region.framework(), apart={"Къща Росица": "322112"})
    learnt(region)
    period = an_award(region, made)
    address = f"/practices/periods/{period.code}/"
    before = minutes(region, period)
    assert "Къща Янтра е първа в" in page(region.first.get(address))
    assert means(region.first, "Къща Росица") == {"1,85"}  # А1 stands at 2,5
    row = re.compile(r"Къща Росица.*?</tr>", re.S)
    first = row.search(page(region.first.get(address)))
    settled = {"indicator": "А1", "value": "4", "why": "Върнахме се вечерта и вечеряхме с тях."}
    region.first.post(f"{region.visit_of('Къща Росица')}consensus/", settled)
    shown = page(region.first.get(address))
    assert "Списъкът вече не е същият" in shown
    assert row.search(shown).group() != first.group()
    assert means(region.first, "Къща Росица") == {"2,30"}  # А1 stands at 4
    assert minutes(region, period) != before
    yantra = region.services["Къща Янтра"]
    for member in User.objects.filter(award_panels__period=period):
        browser = people.client_of(member)
        browser.post(f"{address}votes/{yantra.code}/", {"choice": "for", "why": "Нощем има кой."})
    decided = {"chosen": [yantra.code], "words": "Награждава се Къща Янтра."}
    assert "Подайте го отново" in region.first.post(f"{address}decide/", decided).content.decode()
    region.first.post(f"{address}fix/")
    assert region.first.post(f"{address}decide/", decided).status_code == 302
    award = Award.objects.get()
    assert award.number == "VTR-2026-1"
    text = minutes(region, period)
    for words in ("Награждава се Къща Янтра.", "Нощем има кой.", "Класиране: ", "VTR-2026-1"):
        assert words in text
    paper = people.client_for("public").get(f"/practices/awards/{award.pk}/certificate/")
    assert paper.content.startswith(b"%PDF")
    assert Service.objects.count() == 3
