"""Boundaries from GeoJSON and TopoJSON, in degrees (WGS 84)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from opora.foundation.territory.imports import codes
from opora.foundation.territory.imports.gathered import Gathered, Row

_CODE_KEYS = ("code", "CODE", "obshtina", "oblast", "LAU_ID", "lau_id", "data-code")
_SOURCE_KEYS = ("source", "attribution", "copyright", "license")
EDGES = (22.0, 41.0, 29.0, 44.5)
Feature = tuple[Mapping[str, Any], Mapping[str, Any]]


class BoundariesError(ValueError):
    """The file is JSON of another kind, or broken; the text says what is wrong with it."""


def features(content: Any) -> list[Feature]:
    """(properties, GeoJSON geometry) of every area in a FeatureCollection or Topology."""
    kind = content.get("type") if isinstance(content, dict) else None
    try:
        if kind == "FeatureCollection":
            return [(f.get("properties") or {}, f["geometry"]) for f in content["features"]]
        if kind == "Topology":
            return list(_topology(content))
    except (KeyError, TypeError, IndexError, AttributeError) as error:
        raise BoundariesError(_("геометрията е повредена.")) from error
    raise BoundariesError(_("файлът не е GeoJSON или TopoJSON."))


def _topology(content: Mapping[str, Any]) -> Iterator[Feature]:
    arcs = [_arc(arc, content.get("transform")) for arc in content["arcs"]]
    for layer in content["objects"].values():
        for geometry in layer.get("geometries", [layer]):
            if geometry.get("type") in {"Polygon", "MultiPolygon"}:
                yield geometry.get("properties") or {}, _geometry(geometry, arcs)


def _arc(arc: Sequence[Sequence[float]], transform: Mapping[str, Any] | None) -> list[list[float]]:
    """Points of an arc in degrees: with a transform each is the difference to the one before."""
    if transform is None:
        return [[point[0], point[1]] for point in arc]
    (sx, sy), (tx, ty) = transform["scale"], transform["translate"]
    x = y = 0.0
    points: list[list[float]] = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        points.append([x * sx + tx, y * sy + ty])
    return points


def _geometry(geometry: Mapping[str, Any], arcs: list[list[list[float]]]) -> Row:
    if geometry["type"] == "Polygon":
        return {"type": "Polygon", "coordinates": [_joined(ring, arcs) for ring in geometry["arcs"]]}
    polygons = [[_joined(ring, arcs) for ring in polygon] for polygon in geometry["arcs"]]
    return {"type": "MultiPolygon", "coordinates": polygons}


def _joined(indices: Sequence[int], arcs: list[list[list[float]]]) -> list[list[float]]:
    """One ring from arcs; a negative index ~i is arc i backwards. Joints are written once."""
    ring: list[list[float]] = []
    for index in indices:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        ring.extend(arc[1:] if ring else arc)
    return ring


def read_boundaries(gathered: Gathered, file: str, content: Any, source: str = "") -> None:
    """Take in one file of boundaries; `source` is what `sources.csv` says of it."""
    try:
        found = features(content)
    except BoundariesError as error:
        gathered.report.error(file, None, str(error), _("Изтеглете файла отново."))
        return
    source = source or _source(content) or file.rpartition("/")[2]
    for number, feature in enumerate(found, start=1):
        _take(gathered, file, number, feature, source)
    gathered.report.files.append(_("{file}: {n} граници").format(file=file, n=len(found)))


def choose(gathered: Gathered) -> None:
    """For each level keep the boundaries of one file: the fullest, then the most detailed.

    Outlines of two makers do not meet at their edges, so they are never mixed.
    """
    for level in ("region", "municipality"):
        files = {file: shapes for (file, of), shapes in gathered.shapes.items() if of == level}
        best = max(files, key=lambda file: (len(files[file]), _detail(files[file])), default="")
        gathered.boundaries |= files.get(best, {})
        for file in files:
            if file != best:
                said = _("по-подробни граници има в {best}; тези са прескочени.").format(best=best)
                gathered.report.note(file, None, said)


def _detail(shapes: Mapping[str, Row]) -> int:
    return sum(len(ring) for row in shapes.values() for ring in _rings(row["geometry"]))


def _source(content: Mapping[str, Any]) -> str:
    return "; ".join(str(content[key]) for key in _SOURCE_KEYS if isinstance(content.get(key), str))[:300]


def _take(gathered: Gathered, file: str, number: int, feature: Feature, source: str) -> None:
    code = _code(feature[0])
    level = codes.level_of(code)
    if level not in {"region", "municipality"}:
        said = _("границата няма код на област или община („{code}“).").format(code=code)
        gathered.report.error(file, number, said, _("Добавете свойство „code“, например LOV18."))
        return
    shape = _rounded(feature[1])
    if problem := _problem(shape):
        gathered.report.error(file, number, f"{code}: {problem}", _("Внесете границите в градуси (WGS 84)."))
        return
    row = {"level": level, "geometry": shape, "source": source, "official": True}
    gathered.shapes.setdefault((file, str(level)), {})[code] = row
    gathered.origin.setdefault(f"boundary {code}", (file, number))


def _code(properties: Mapping[str, Any]) -> str:
    text = next((str(properties[key]).strip() for key in _CODE_KEYS if properties.get(key)), "")
    return text.removeprefix("BG_")


def _rounded(geometry: Mapping[str, Any] | None) -> Row:
    """The geometry with five decimals (one metre), so that reading it again gives the same."""
    geometry = geometry or {}
    kind = str(geometry.get("type"))
    if kind not in {"Polygon", "MultiPolygon"}:
        return {"type": kind, "coordinates": []}
    coordinates = geometry.get("coordinates") or []
    polygons = [coordinates] if kind == "Polygon" else coordinates
    rounded = [
        [[[round(float(p[0]), 5), round(float(p[1]), 5)] for p in ring] for ring in polygon]
        for polygon in polygons
    ]
    return {"type": kind, "coordinates": rounded[0] if kind == "Polygon" and rounded else rounded}


def _rings(shape: Row) -> Iterator[list[list[float]]]:
    polygons = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
    for polygon in polygons:
        yield from polygon


def _problem(shape: Row) -> str:
    if shape["type"] not in {"Polygon", "MultiPolygon"}:
        return _("границата е „{kind}“, а се очаква Polygon или MultiPolygon.").format(kind=shape["type"])
    rings = list(_rings(shape))
    if not rings or any(len(ring) < 4 or ring[0] != ring[-1] for ring in rings):
        return _("границата не е затворена.")
    west, south, east, north = EDGES
    if any(not (west <= x <= east and south <= y <= north) for ring in rings for x, y in ring):
        return _("границата излиза извън България: координатите не са в градуси или са разменени.")
    return ""
