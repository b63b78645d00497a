"""Makers of children and families for tests: by hand, or drawn from a seed with everything sometimes unknown."""

from typing import Any

import numpy as np

from opora.engines.matching import Child, Family, Need

NEEDS = ["speech", "wheelchair", "night_care", "rehabilitation", "school_help", "behaviour"]
CIRCUMSTANCES = ["contact", "court", "baby"]
TOWNS = ["LOV18", "LOV34", "PVN24"]
KINDS = ["short", "long", "emergency"]
LANGUAGES = ["bg", "tr", "rom"]
TRAITS = ["village", "pets"]


def child(name: str = "c", **facts: Any) -> Child:
    """A child of seven without anything special."""
    return Child(name, **{"ages": (7.0,), "place": (43.14, 24.72)} | facts)


def family(name: str = "f", **facts: Any) -> Family:
    """A family that fits such a child: all known."""
    known = {
        "approved": True,
        "free": 1,
        "placements": frozenset(KINDS),
        "ages": (3.0, 12.0),
        "place": (43.14, 24.72),
        "municipality": "LOV18",
        "languages": frozenset({"bg"}),
        "cares_for": frozenset(),
    }
    return Family(name, **known | facts)


def children(seed: int, count: int, hard: float = 1.0) -> list[Child]:
    """Children as mixed as in the field; ``hard`` scales how often a hard demand is made."""
    return [_child(np.random.default_rng([seed, 1, number]), number, hard) for number in range(count)]


def families(seed: int, count: int, unknown: float = 0.1, barred: float = 0.1) -> list[Family]:
    """Families; each fact is left unknown with the given chance."""
    return [
        _family(np.random.default_rng([seed, 2, number]), number, unknown, barred) for number in range(count)
    ]


def _some(chance: np.random.Generator, codes: list[str], share: float) -> list[str]:
    return [code for code in codes if chance.random() < share]


def _child(chance: np.random.Generator, number: int, hard: float) -> Child:
    ages = tuple(round(float(age), 1) for age in chance.uniform(0, 17, chance.choice([1, 1, 1, 2, 3])))
    return Child(
        f"c{number}",
        ages=ages if chance.random() < 0.9 else (None, *ages[1:]),
        placement=str(chance.choice(KINDS)) if chance.random() < hard else None,
        needs=tuple(
            Need(code, bool(chance.random() < 0.2 * hard), bool(chance.random() < 0.9))
            for code in _some(chance, NEEDS, 0.4)
        ),
        circumstances={
            code: [True, False, None][chance.integers(3)] for code in _some(chance, CIRCUMSTANCES, 0.5)
        },
        languages=frozenset(_some(chance, LANGUAGES, 0.5)),
        place=(chance.uniform(42, 44), chance.uniform(23, 27)) if chance.random() < 0.9 else None,
        only_in=frozenset(_some(chance, TOWNS, 0.5)) if chance.random() < 0.2 * hard else frozenset(),
        must_not=frozenset(f"f{i}" for i in chance.integers(0, 12, 2))
        if chance.random() < 0.3
        else frozenset(),
        apart=frozenset({f"p{chance.integers(5)}"}) if chance.random() < 0.3 else frozenset(),
        measures=None if chance.random() < 0.05 * hard else True,
        wishes=frozenset({f"f{chance.integers(0, 12)}"}) if chance.random() < 0.2 else frozenset(),
        asks=frozenset(_some(chance, TRAITS, 0.2)),
        waiting=int(chance.integers(0, 5)),
    )


def _family(chance: np.random.Generator, number: int, unknown: float, barred: float) -> Family:
    def known(value: Any) -> Any:
        return None if chance.random() < unknown else value

    low = float(chance.integers(0, 10))
    stands = {
        code: "no" if chance.random() < barred else str(chance.choice(["acceptable", "uncertain"]))
        for code in _some(chance, NEEDS + CIRCUMSTANCES, 1 - unknown)
    }
    return Family(
        f"f{number}",
        approved=known(bool(chance.random() > barred)),
        free=known(int(chance.integers(1, 4))),
        placements=known(frozenset(_some(chance, KINDS, 0.8))),
        approved_ages=(0.0, float(chance.integers(10, 18))) if chance.random() < 0.4 else None,
        ages=known((low, low + float(chance.integers(2, 9)))),
        covers={code: known(bool(chance.random() < 0.6)) for code in NEEDS},
        stands=stands,  # type: ignore[arg-type]
        experienced=frozenset(_some(chance, NEEDS, 0.2)),
        nearest={"speech": 24.0},
        place=known((chance.uniform(42, 44), chance.uniform(23, 27))),
        municipality=known(str(chance.choice(TOWNS))),
        languages=known(frozenset(_some(chance, LANGUAGES, 0.6))),
        cares_for=known(frozenset({f"p{chance.integers(5)}"})),
        traits={code: known(bool(chance.random() < 0.5)) for code in TRAITS},
        waiting=int(chance.integers(0, 4)),
    )
