"""The whole country from the official files, where they are at hand."""

import os
from pathlib import Path

import pytest

from opora.foundation.territory.actions import load_builtin_facts
from opora.foundation.territory.imports import import_territory
from opora.foundation.territory.models import Boundary, PopulationFigure, Settlement

FILES = Path(os.environ.get("OPORA_TERRITORY_FILES") or Path(__file__).parents[5] / "shared" / "geo")

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        not (FILES / "nsi").is_dir(), reason="the official files (OPORA_TERRITORY_FILES) are not here"
    ),
]


def test_nsi_files_alone_give_every_settlement_its_municipality() -> None:
    load_builtin_facts()
    report = import_territory(FILES / "nsi")
    assert report.totals == {"regions": 28, "municipalities": 265, "settlements": 5256}
    wrong = [s for s in Settlement.objects.select_related("municipality") if not s.municipality_id]
    assert not wrong
    assert import_territory(FILES / "nsi").changes == 0


def test_whole_folder_brings_points_people_and_boundaries_once() -> None:
    load_builtin_facts()
    report = import_territory(FILES)
    assert report.ok, report.as_text()
    assert Settlement.objects.filter(lat__isnull=False).count() == 5256
    assert Boundary.objects.filter(official=True).count() == 28 + 265
    assert PopulationFigure.objects.get(code="LOV18", kind="registered_current").as_of.year == 2026
    assert not PopulationFigure.objects.filter(value=0, code__regex=r"^\d{5}$", kind="census").exists()
    assert import_territory(FILES).changes == 0
