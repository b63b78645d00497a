"""Teams and rotas beside the same models in PuLP with CBC.

Ловеч: 19 services at the centres of five municipalities (11/3/2/2/1), 14 specialists of one profession based there by
a fixed list; roads are great-circle × 1.3 at 55 km/h, ten minutes inside a town; hours from the printed seed: a service
asks for a profession with chance 0.6, gamma(2, 2.1) hours a week × 0.7–1.3; severity 1–3; 8–20 hours a week each.
"""

from __future__ import annotations

import csv
from functools import partial
from typing import Any

import numpy as np

from bench.engines.measuring import SHARED, Row, judged, ours, peer, ratio, seconds
from bench.engines.recipes import EARTH
from opora.engines.coverage import Duty, Need, Person, Specialist, Team, rota, team

SEED = 1
PROFESSIONS = ("психолог", "логопед", "рехабилитатор", "социален работник", "трудотерапевт")
SERVICES = ("LOV18",) * 11 + ("LOV19",) * 3 + ("LOV33",) * 2 + ("LOV34",) * 2 + ("LOV17",)
BASES = ("LOV18",) * 6 + ("LOV34",) * 3 + ("LOV19",) * 2 + ("LOV33",) * 2 + ("LOV17",)
SKILLS = (0, 1, 2, 3, 4, 0, 1, 3, 0, 3, 0, 2, 3, 0)


def centres() -> dict[str, tuple[str, float, float]]:
    """Municipality → name, latitude, longitude of its centre."""
    with (SHARED / "geo" / "bg_municipalities.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return {row["code"]: (row["name_bg"], float(row["center_lat"]), float(row["center_lon"])) for row in rows}


def minutes(bases: tuple[str, ...], services: tuple[str, ...]) -> np.ndarray:
    """Minutes one way by road between centres."""
    place = centres()
    at = [np.radians([place[one][1:] for one in some]) for some in (bases, services)]
    gap = at[0][:, None] - at[1][None]
    half = (
        np.sin(gap[..., 0] / 2) ** 2
        + np.cos(at[0][:, :1]) * np.cos(at[1][:, 0]) * np.sin(gap[..., 1] / 2) ** 2
    )
    return np.round(np.maximum(10.0, 2 * EARTH * np.arcsin(np.sqrt(half)) * 1.3 / 55 * 60))


def region(
    seed: int, services: tuple[str, ...], bases: tuple[str, ...], skills: tuple[int, ...], weeks: int
) -> dict[str, Any]:
    """A region's question by the recipe above."""
    chance, place, count = np.random.default_rng(seed), centres(), len(services)
    asked = chance.random((count, 5)) < 0.6
    mean = chance.gamma(2.0, 2.1, (count, 5, 1))
    hours = np.where(asked[:, :, None], np.round(mean * chance.uniform(0.7, 1.3, (count, 5, weeks))), 0.0)
    people = [Specialist(f"С{e + 1}", (PROFESSIONS[q],), place[b][0]) for e, (q, b) in enumerate(zip(skills, bases, strict=True))]  # fmt: skip
    severity = np.round(chance.uniform(1, 3, count))
    need = Need(hours, skills=PROFESSIONS, severity=severity, places=tuple(place[one][0] for one in services))
    free = np.round(chance.uniform(8, 20, len(bases)))
    return {"need": need, "specialists": people, "travel": minutes(bases, services), "hours": free}


def lovech(seed: int = SEED) -> dict[str, Any]:
    """The case of Ловеч for a season."""
    return region(seed, SERVICES, BASES, SKILLS, 12)


def large(seed: int = SEED) -> dict[str, Any]:
    """60 services and 40 specialists of the neighbouring municipalities."""
    codes = ("LOV18", "LOV19", "LOV33", "LOV34", "LOV17", "PVN24", "GAB29", "PVN37", "LOV36", "LOV38")
    chance = np.random.default_rng(seed + 1000)
    services = tuple(chance.choice(codes, 60).tolist())
    bases = tuple(chance.choice(codes, 40).tolist())
    return region(seed, services, bases, tuple(chance.integers(0, 5, 40).tolist()), 12)


def on_call(seed: int = SEED) -> tuple[list[Person], list[Duty]]:
    """12 people of whom 4 psychologists, 92 nights; five days of absence, wishes and aversions from the seed."""
    chance = np.random.default_rng(seed)
    people = [
        Person(
            f"Ч{p + 1}",
            ("водещ", "втори") if p < 4 or p % 2 else ("втори",),
            ("психолог",) if p < 4 else ("социален работник",),
            absent=set(range(first := int(chance.integers(92)), first + 5)),
            wishes=set(chance.integers(0, 92, 5).tolist()),
            avoids=set(chance.integers(0, 92, 5).tolist()),
        )
        for p in range(12)
    ]
    return people, [Duty(day, day % 7 >= 5, f"Нощ {day + 1}") for day in range(92)]


def _warm() -> None:
    team(np.ones((1, 1, 1)), [Specialist("А", (0,))], travel=[[1]], hours=8)


def _team_arrays(case: dict[str, Any]) -> dict[str, Any]:
    names = list(PROFESSIONS)
    can = np.array([[one in person.skills for one in names] for person in case["specialists"]])
    free = np.broadcast_to(case["hours"][:, None], (len(can), case["need"].hours.shape[2]))
    return {
        "need": case["need"].hours, "can": can, "road": 2 * case["travel"] / 60, "free": free,
        "severity": case["need"].severity,
    }  # fmt: skip


def _solved(case: dict[str, Any], **options: Any) -> tuple[float, float, bool, tuple[Any, ...], list[str]]:
    done: Team = team(**case, **options)
    return done.cost, done.gap, done.proven, done.prices, [str(one) for one in done.why]


def teams() -> None:
    """Ловеч with and without prices, several seeds; the large region; the peer."""
    case = lovech()
    mine = ours(partial(_solved, case), warm=_warm)
    theirs = peer("coverage", "coverage_team", _team_arrays(case))
    cost, gap, proven, prices, why = mine.answer
    print("\n".join(why))
    off = "спрян" if theirs.answer is None else f"тяхна цена {theirs.answer / cost - 1:+.2%}"
    Row("coverage", f"Ловеч: 19 услуги × 14 специалисти × 12 седмици, с 1 цена (семе {SEED})", seconds(mine), "PuLP-CBC, същия модел, 0,1 %", seconds(theirs),
        f"{ratio(theirs, mine):.0f}×", f"доказано до {gap:.3%}, {off}; {prices[0].skill} ({prices[0].place}) −{prices[0].hours:.0f} ч", "≤ 2 s, оптимално", judged(mine.cpu <= 2, proven)).say()  # fmt: skip
    runs = [ours(partial(_solved, lovech(seed), priced=0), warm=_warm) for seed in range(2, 7)]
    Row("coverage", "същото, семена 2–6, без цени", f"{min(r.cpu for r in runs):.2f}–{max(r.cpu for r in runs):.2f} s",
        bound=f"разлика до {max(r.answer[1] for r in runs):.3%}", asked="≤ 2 s, оптимално",
        met=judged(*(r.cpu <= 2 and r.answer[2] for r in runs))).say()  # fmt: skip
    wide = ours(partial(_solved, large(), priced=0, time_limit=60), warm=_warm)
    Row("coverage", "60 услуги × 40 специалисти × 12 седмици, 60 s", seconds(wide), bound=f"разлика {wide.answer[1]:.2%}, у прототипа, на друг пример, 47 % след 120 s",
        asked="разликата да се каже", met=judged(wide.answer[1] < 1, wide.clock <= 66)).say()  # fmt: skip


def rotas() -> None:
    """A season of nights, all aims proven; the peer aim after aim."""
    people, nights = on_call()
    mine = ours(partial(_shared_out, people, nights), warm=_warm)
    roles, days = ("водещ", "втори"), range(92)
    theirs = peer("coverage", "coverage_rota", {
        "can": np.array([[r in one.roles for r in roles] for one in people]),
        "there": np.array([[d not in one.absent for d in days] for one in people]),
        "psychologist": np.array(["психолог" in one.skills for one in people]),
        "weekend": np.array([d % 7 >= 5 for d in days]),
        "likes": np.array([[(d in one.wishes) - (d in one.avoids) for d in days] for one in people]),
    })  # fmt: skip
    values, proven = mine.answer
    same = (
        "спрян"
        if theirs.answer is None
        else "същите цели"
        if theirs.answer == values
        else f"техните {theirs.answer}"
    )
    Row("coverage", f"график 12 души × 92 нощи, всички цели (семе {SEED})", seconds(mine), "PuLP-CBC, цел след цел", seconds(theirs),
        f"{ratio(theirs, mine):.0f}×", f"{'доказано' if proven else 'не е доказано'} {values}; {same}", "≤ 1 s, всяка цел доказана", judged(mine.cpu <= 1, proven)).say()  # fmt: skip


def _shared_out(people: list[Person], nights: list[Duty]) -> tuple[list[int], bool]:
    done = rota(people, nights)
    return [round(one.value) for one in done.stages], done.proven


if __name__ == "__main__":
    teams()
    rotas()
