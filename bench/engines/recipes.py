"""Where the instances come from: the real settlements of Bulgaria (`../shared/geo`), people made by a printed seed."""

from __future__ import annotations

import csv
from typing import NamedTuple

import numpy as np

from bench.engines.measuring import SHARED

EARTH = 6371.0088
"""Mean radius of the Earth, km (IUGG)."""


class Places(NamedTuple):
    """Places with their people: ``code`` text, ``lat`` and ``lon`` degrees, ``people`` registered by current address."""

    code: np.ndarray
    lat: np.ndarray
    lon: np.ndarray
    people: np.ndarray


def settlements() -> Places:
    """Settlements with known, non-empty population (those without a figure are dropped)."""
    return _places("bg_settlements.csv", "ekatte", "lat", "lon")


def centres() -> Places:
    """The 265 municipal centres; people are those of the municipality."""
    return _places("bg_municipalities.csv", "code", "center_lat", "center_lon")


def every_settlement() -> Places:
    """All 5,256 settlements; an unknown population counts as nobody."""
    return _places("bg_settlements.csv", "ekatte", "lat", "lon", empty=True)


def _places(file: str, code: str, lat: str, lon: str, *, empty: bool = False) -> Places:
    with (SHARED / "geo" / file).open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if empty or row["pop_current"]]
    numbers = [np.array([float(row[name] or 0) for row in rows]) for name in (lat, lon, "pop_current")]
    return Places(np.array([row[code] for row in rows]), *numbers)


def kilometres(one: Places, other: Places) -> np.ndarray:
    """Great-circle distances, ``one`` by ``other``, km (haversine)."""
    lat1, lon1 = np.radians(one.lat)[:, None], np.radians(one.lon)[:, None]
    lat2, lon2 = np.radians(other.lat)[None], np.radians(other.lon)[None]
    half = np.sin((lat2 - lat1) / 2) ** 2 + np.cos(lat1) * np.cos(lat2) * np.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH * np.arcsin(np.sqrt(half))
