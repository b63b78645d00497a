"""X6: every paper of the demonstration as it is printed: A4, nothing cut, Cyrillic that can be selected, page x of y."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image
from pypdf import PdfReader

from opora.care.casework.models import ClientFile
from opora.care.protection.models import Breach, RulesEdition
from opora.evidence.monitoring.models import Visit
from opora.improvement.practice.models import Award, Period, Practice
from opora.planning.needs.models import Analysis
from opora.register.models import Organisation

# On one database: no paper asks one of its own.
pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.once]
A4 = {(595, 842), (842, 595)}
"""Points, upright and across."""
RING_MM = 4
SEVERAL = 3
"""Of a kind that differs in its words only."""
PEOPLE = ("head-troyan", "data-protection", "coordinator-kardzhali", "coordinator-lovech", "evaluator", "administrator", "")  # fmt: skip
COUNTED = re.compile(r"(\d+) от (\d+)")
needs_poppler = pytest.mark.skipif(not shutil.which("pdftoppm"), reason="needs pdftoppm (poppler-utils)")


def addresses(head: Client) -> Iterator[str]:
    """Every PDF there is, by address."""
    for file in ClientFile.objects.filter(code__in=("Д-2026-001", "Д-2026-003")):
        asked = head.get(reverse("casework_papers", args=[file.code])).content.decode()
        for kind in re.findall(r'name="kind"[^>]*value="([^"]+)"', asked):
            for to in ("service", "court") if kind == "file" else ("service",):
                yield reverse("casework_paper_file", args=[file.code, kind, "pdf"]) + f"?to={to}"
    for analysis in Analysis.objects.all():
        yield reverse("needs_download", args=[analysis.pk, "pdf"])
    for visit in Visit.objects.filter(report__isnull=False)[:SEVERAL]:
        yield reverse("monitoring_paper", args=[visit.code, "pdf"])
    for practice in Practice.objects.all()[:SEVERAL]:
        yield reverse("practice_paper", args=[practice.code, "pdf"])
    for period in Period.objects.all():
        yield reverse("practice_period_minutes", args=[period.code, "pdf"])
    for award in Award.objects.all():
        yield reverse("practice_certificate", args=[award.pk])
    for breach in Breach.objects.all():
        for kind in ("commission", "people"):
            yield reverse("protection_breach_paper", args=[breach.code, kind, "pdf"])
    for edition in RulesEdition.objects.all():
        yield reverse("protection_rules_file", args=[edition.number, "pdf"])
    yield reverse("protection_record_file", args=["pdf"])
    for controller in Organisation.objects.filter(services__isnull=False).distinct()[:3]:
        yield reverse("protection_impact_file", args=[controller.pk, "pdf"])


def taken(people: dict[str, Client], address: str) -> bytes | None:
    """The paper, by whoever may take it; None where it has not come so far that there is one."""
    for who in PEOPLE:
        answer = people[who].post(address)
        if answer.status_code == 405:
            answer = people[who].get(address)
        if answer.status_code == 200 and answer["Content-Type"] == "application/pdf":
            return b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    return None


def faults(content: bytes, folder: Path) -> list[str]:
    """What is wrong with a paper."""
    sheets = PdfReader(io.BytesIO(content)).pages
    found = []
    for number, sheet in enumerate(sheets, 1):
        size = (round(float(sheet.mediabox.width)), round(float(sheet.mediabox.height)))
        text = sheet.extract_text()
        if size not in A4:
            found.append(f"sheet {number} is {size}")
        if not re.search("[А-Яа-я]{3}", text):
            found.append(f"sheet {number} has no Cyrillic to select")
        if len(sheets) > 1 and (str(number), str(len(sheets))) not in COUNTED.findall(text):
            found.append(f"sheet {number} does not say which of {len(sheets)} it is")
    return found + [f"sheet {one} has ink at its edge" for one in inked(content, folder)]


def inked(content: bytes, folder: Path) -> list[int]:
    """Sheets on which something stands within a few millimetres of the edge, where printers do not reach: text that ran out."""
    for old in folder.glob("sheet*"):
        old.unlink()
    (folder / "paper.pdf").write_bytes(content)
    subprocess.run(["pdftoppm", "-r", "50", "-gray", folder / "paper.pdf", folder / "sheet"], check=True)
    ring, found = round(RING_MM / 25.4 * 50), []
    for number, file in enumerate(sorted(folder.glob("sheet*")), 1):
        with Image.open(file) as picture:
            wide, high = picture.size
            inner = (ring, ring, wide - ring, high - ring)
            assert picture.crop(inner).getextrema()[0] < 128, f"{file.name} is empty"
            edge = picture.copy()
            edge.paste(255, inner)
            if edge.getextrema()[0] < 200:
                found.append(number)
    return found


@needs_poppler
def test_every_paper_prints_whole(demonstration: dict[str, Client], tmp_path: Path) -> None:
    wrong, seen, kinds = [], 0, set()
    for address in addresses(demonstration["head-troyan"]):
        content = taken(demonstration, address)
        if content is None:
            continue
        seen += 1
        kinds.add(re.sub(r"Д-2026-\d+|[А-Я]+-\d[\d-]*|\d+", "*", address.partition("?")[0]))
        wrong += [f"{address}: {fault}" for fault in faults(content, tmp_path)]
    print(f"{seen} papers of {len(kinds)} kinds")
    assert "\n".join(wrong) == ""
    assert seen >= 25, seen
    assert len(kinds) >= 20, sorted(kinds)


@needs_poppler
@pytest.mark.parametrize(
    ("page", "fault"),
    [
        ("<style>@page{size:A5}</style><p>Документ", "sheet 1 is (420, 595)"),
        ("<style>@page{size:A4}</style><p>Only letters", "sheet 1 has no Cyrillic"),
        ("<style>@page{size:A4}</style><p>Първи<p style='break-before:page'>Втори", "does not say which of 2"),
        ("<style>@page{size:A4}</style><p style='white-space:nowrap'>" + "Дълъг ред " * 30, "has ink at its edge"),
    ],
)  # fmt: skip
def test_a_fault_of_a_paper_is_found(page: str, fault: str, tmp_path: Path) -> None:
    weasyprint = pytest.importorskip("weasyprint")
    assert fault in "\n".join(faults(weasyprint.HTML(string=page).write_pdf(), tmp_path))
