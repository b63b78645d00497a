"""Importing the official files: whole, repeatable, all or nothing."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from opora.foundation.territory import queries
from opora.foundation.territory.imports import Report, import_territory
from opora.foundation.territory.models import (
    Boundary,
    Municipality,
    PopulationFigure,
    Region,
    Settlement,
    Source,
)

pytestmark = pytest.mark.django_db

STAMP = {"Дата и час на изготвяне на справката": "11/06/2024 03:00", "Данните са актуални към": "08/05/2024"}
REGION = {"oblast": "LOV", "ekatte": "43952", "name": "Ловеч", "name_en": "Lovech", "nuts3": "BG315"}
TOWN = {"obshtina": "LOV18", "ekatte": "43952", "name": "Ловеч", "name_en": "Lovech", "nuts3": "BG315"}
LOVECH = {"ekatte": "43952", "t_v_m": "гр.", "name": "Ловеч", "name_en": "Lovech", "obshtina": "LOV18"}
ABLANITSA = {
    "ekatte": "00028",
    "t_v_m": "с.",
    "name": "Абланица",
    "name_en": "Ablanitsa",
    "obshtina": "LOV18",
}
POINTS = "ekatte,lat,lon,pop_current\n43952,43.13424,24.71718,31128\n00028,43.04145,24.69253,\n"
SQUARE = [[24.5, 43.0], [24.9, 43.0], [24.9, 43.3], [24.5, 43.3], [24.5, 43.0]]

Write = Callable[..., Path]


@pytest.fixture
def folder(tmp_path: Path) -> Write:
    """A folder with the small world, files replaced or left out (None) by name."""

    def write(**changed: Any) -> Path:
        for old in tmp_path.iterdir():
            old.unlink()
        files: dict[str, Any] = {
            "ek_obl.json": [REGION, STAMP],
            "ek_obst.json": [TOWN, STAMP],
            "ek_atte.json": [LOVECH, ABLANITSA, STAMP],
            "points.csv": POINTS,
            "sources.csv": "file,source,as_of\npoints.csv,ГРАО,15.06.2026\n",
        }
        for name, content in (
            files | {key.replace("__", "."): value for key, value in changed.items()}
        ).items():
            if content is not None:
                text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
                (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path

    return write


def refused(report: Report) -> str:
    """The report of an import that must not have written anything."""
    assert not report.ok
    assert not Region.objects.exists()
    assert not PopulationFigure.objects.exists()
    assert "Нищо не е внесено" in report.as_text()
    return report.as_text()


def test_places_stand_in_their_municipality_with_point_and_people(folder: Write) -> None:
    report = import_territory(folder())
    assert report.ok, report.as_text()
    village = Settlement.objects.get(ekatte="00028")
    assert village.full_name == "с. Абланица, общ. Ловеч, обл. Ловеч"
    assert (village.lat, village.lon) == (43.04145, 24.69253)
    assert Municipality.objects.get(code="LOV18").lat == 43.13424  # the seat's own point
    assert report.totals == {"regions": 1, "municipalities": 1, "settlements": 2}


def test_second_run_changes_nothing(folder: Write) -> None:
    path = folder()
    assert import_territory(path).changes > 0
    again = import_territory(path)
    assert again.changes == 0
    assert "0 промени." in again.as_text()


def test_dry_run_says_the_same_and_writes_nothing(folder: Write) -> None:
    path = folder()
    tried = import_territory(path, dry_run=True)
    assert not Region.objects.exists()
    assert tried.changes == import_territory(path).changes
    assert "проба" in tried.as_text()


def test_changed_name_is_changed_and_counted(folder: Write) -> None:
    import_territory(folder())
    report = import_territory(folder(ek_atte__json=[LOVECH, {**ABLANITSA, "name": "Абланица Нова"}, STAMP]))
    assert (report.written["settlements"].changed, report.changes) == (1, 1)
    assert Settlement.objects.get(ekatte="00028").name == "Абланица Нова"


def test_date_stamp_is_no_place_but_the_day_of_the_data(folder: Write) -> None:
    report = import_territory(folder())
    assert "данните са към 08.05.2024" in report.as_text()
    assert str(Source.objects.get(file="ek_atte.json").as_of) == "2024-05-08"


def test_date_stamp_at_the_end_of_a_table_is_told_and_left_out(folder: Write) -> None:
    stamp = "Данните са актуални към,15/06/2026,,\n"
    report = import_territory(folder(points__csv=POINTS + stamp))
    assert report.ok
    assert "последният ред е дата на справката" in report.as_text()
    assert Settlement.objects.count() == 2


def test_empty_population_is_no_figure_and_a_figure_has_day_kind_and_source(folder: Write) -> None:
    import_territory(folder())
    figure = PopulationFigure.objects.get()
    assert (figure.code, figure.value, figure.source) == ("43952", 31128, "ГРАО")
    assert str(figure.get_kind_display()) == "регистрирани по настоящ адрес"
    assert str(figure.as_of) == "2026-06-15"


def test_population_without_a_day_is_left_out_and_said(folder: Write) -> None:
    report = import_territory(folder(sources__csv=None))
    assert report.ok
    assert not PopulationFigure.objects.exists()
    assert "не е казано към коя дата е" in report.as_text()


def test_newer_population_stands_beside_the_older_and_is_the_one_shown(folder: Write) -> None:
    import_territory(folder())
    import_territory(
        folder(
            points__csv=POINTS.replace("31128", "31000"), sources__csv="file,source,as_of\n,ГРАО,2027-06-15\n"
        )
    )
    assert PopulationFigure.objects.count() == 2
    assert queries.population(["43952"]).values == {"43952": 31000}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (
            {"ek_atte__json": [{k: v for k, v in LOVECH.items() if k != "obshtina"}, STAMP]},
            "липсва колона „obshtina“",
        ),
        ({"ek_atte__json": [LOVECH, {**ABLANITSA, "obshtina": "LOV99"}, STAMP]}, "няма община с код „LOV99“"),
        ({"ek_atte__json": [LOVECH, {**ABLANITSA, "ekatte": "28"}, STAMP]}, "водещите нули: 00028"),
        ({"ek_atte__json": [LOVECH, LOVECH, STAMP]}, "стои и на ред 1"),
        ({"ek_atte__json": [{**LOVECH, "t_v_m": "град"}, STAMP]}, "видът „град“"),
        ({"ek_obst__json": [{**TOWN, "obshtina": "ZZZ18"}, STAMP]}, "няма област с код „ZZZ“"),
        ({"ek_obl__json": [{**REGION, "oblast": "Ловеч"}, STAMP]}, "„Ловеч“ не е код на област"),
        ({"ek_obl__json": "{"}, "не е правилен JSON"),
        ({"ek_obl__json": {"a": 1}}, "не е списък от редове"),
        ({"ek_obl__json": [STAMP]}, "файлът е празен"),
        ({"points__csv": POINTS.replace(",lon,", ",дължина,")}, "липсва колона „lon“"),
        ({"points__csv": POINTS.replace("43.04145", "4304145")}, "очаква число от 41.0 до 44.5"),
        ({"points__csv": POINTS.replace("31128", "31 хил.")}, "очаква цяло число"),
        ({"points__csv": "ekatte,lat,lon\n99999,43.1,24.7\n"}, "99999 е ново"),
        ({"points__csv": "място,хора\nЛовеч,5\n"}, "липсва колона „code“ или „ekatte“"),
    ],
)
def test_what_is_wrong_is_named_with_file_and_mend_and_nothing_is_taken_in(
    folder: Write, changed: dict[str, Any], said: str
) -> None:
    report = import_territory(folder(**changed))
    assert said in refused(report)
    assert all(finding.file and finding.mend for finding in report.errors)


def test_row_number_leads_to_the_row(folder: Write) -> None:
    report = import_territory(folder(ek_atte__json=[LOVECH, {**ABLANITSA, "ekatte": "x"}, STAMP]))
    assert (report.errors[0].file, report.errors[0].row) == ("ek_atte.json", 2)


def test_old_encoding_is_named(folder: Write, tmp_path: Path) -> None:
    path = folder()
    (tmp_path / "old.csv").write_bytes("ekatte,име\n43952,Ловеч\n".encode("cp1251"))
    assert "UTF-8" in refused(import_territory(path))


def test_empty_folder_says_what_is_expected(tmp_path: Path) -> None:
    assert "ek_obl.json" in refused(import_territory(tmp_path))


def test_places_absent_from_the_files_are_kept_and_named(folder: Write) -> None:
    import_territory(folder())
    report = import_territory(folder(ek_atte__json=[LOVECH, STAMP], points__csv=None))
    assert report.ok
    assert "00028" in report.as_text()
    assert Settlement.objects.count() == 2


def test_points_alone_move_known_places_and_leave_the_rest(folder: Write) -> None:
    import_territory(folder())
    nothing_else = {"ek_obl__json": None, "ek_obst__json": None, "ek_atte__json": None, "sources__csv": None}
    path = folder(**nothing_else, points__csv="ekatte,lat,lon\n00028,43.05,24.70\n")
    assert import_territory(path).changes == 1
    village = Settlement.objects.get(ekatte="00028")
    assert (village.lat, village.name, village.municipality.code) == (43.05, "Абланица", "LOV18")


def test_report_as_plain_values(folder: Write) -> None:
    plain = json.loads(json.dumps(import_territory(folder()).as_json()))
    assert plain["ok"] is True
    assert plain["tables"]["settlements"] == {"added": 2, "changed": 0, "same": 0}


def geojson(code: str = "LOV18", ring: list[list[float]] = SQUARE) -> dict[str, Any]:
    area = {"type": "Polygon", "coordinates": [ring]}
    return {
        "type": "FeatureCollection",
        "source": "НСИ",
        "features": [{"type": "Feature", "properties": {"code": code}, "geometry": area}],
    }


def test_imported_boundaries_replace_the_schematic_ones(folder: Write) -> None:
    import_territory(folder(regions__geojson=geojson("LOV")))
    assert queries.municipality_shapes("LOV").schematic
    import_territory(folder(towns__geojson=geojson()))
    shapes = queries.municipality_shapes("LOV")
    assert (shapes.schematic, shapes.source) == (False, "НСИ")
    assert shapes.areas["LOV18"][0][0][0] == (24.5, 43.0)


def test_topojson_is_decoded_with_shared_and_reversed_arcs(folder: Write) -> None:
    topology = {
        "type": "Topology",
        "transform": {"scale": [0.1, 0.1], "translate": [24.0, 43.0]},
        "arcs": [[[2, 0], [0, 2]], [[2, 2], [-2, 0], [0, -2], [2, 0]], [[2, 0], [2, 0], [0, 2], [-2, 0]]],
        "objects": {
            "towns": {
                "type": "GeometryCollection",
                "geometries": [
                    {"type": "Polygon", "properties": {"code": "LOV18"}, "arcs": [[0, 1]]},
                    {"type": "MultiPolygon", "properties": {"code": "LOV"}, "arcs": [[[2, -1]]]},
                ],
            }
        },
    }
    report = import_territory(folder(towns__topojson=topology))
    assert report.ok, report.as_text()
    left = Boundary.objects.get(code="LOV18").geometry["coordinates"][0]
    assert left == [[24.2, 43.0], [24.2, 43.2], [24.0, 43.2], [24.0, 43.0], [24.2, 43.0]]
    right = Boundary.objects.get(code="LOV").geometry["coordinates"][0][0]
    assert right == [[24.2, 43.0], [24.4, 43.0], [24.4, 43.2], [24.2, 43.2], [24.2, 43.0]]


def test_boundaries_of_one_level_come_from_the_most_detailed_file(folder: Write) -> None:
    fine = [[24.5, 43.0], [24.7, 43.01], *SQUARE[1:]]
    report = import_territory(
        folder(
            a__geojson=geojson("LOV"),
            b__geojson=geojson("LOV", fine),
            sources__csv="file,source,as_of\nb.geojson,Агенция по геодезия,2024-01-01\n",
        )
    )
    assert Boundary.objects.get(code="LOV").source == "Агенция по геодезия"
    assert "a.geojson: по-подробни граници има в b.geojson" in report.as_text()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (geojson("Ловеч"), "няма код на област или община"),
        (geojson("LOV99"), "което не е познато"),
        (geojson(ring=SQUARE[:-1]), "не е затворена"),
        (geojson(ring=[[y, x] for x, y in SQUARE]), "излиза извън България"),
        (geojson(ring=[[x * 1e4, y * 1e4] for x, y in SQUARE]), "излиза извън България"),
        ({"type": "Topology", "objects": {}}, "геометрията е повредена"),
    ],
)
def test_broken_boundaries_are_refused(folder: Write, content: dict[str, Any], said: str) -> None:
    assert said in refused(import_territory(folder(towns__geojson=content)))
