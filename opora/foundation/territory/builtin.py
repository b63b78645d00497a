"""The facts that come with Opora: codes, names and rounded places (see facts/README.md)."""

import csv
import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

FACTS = Path(__file__).resolve().parent / "facts"


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of one table, e.g. `regions.csv`."""
    with (FACTS / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


@lru_cache(maxsize=1)
def outlines() -> tuple[dict[str, dict[str, Any]], str]:
    """Outlines of the regions: GeoJSON geometry by code, and their source."""
    collection = json.loads((FACTS / "region_outlines.geojson").read_text(encoding="utf-8"))
    shapes = {feature["properties"]["code"]: feature["geometry"] for feature in collection["features"]}
    return shapes, collection["source"]
