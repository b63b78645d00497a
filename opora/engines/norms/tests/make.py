"""Makers of rules, and a strategy that draws whole plannings with gaps."""

import hypothesis.strategies as st

from opora.engines.norms import Group, Indicator, Norm, Rule, RuleSet

TOWNS = ("A", "B", "C", "D", "E", "F")


def rule(code: str, value: float | None, unit: str = "percent", **more: object) -> Rule:
    """Make a rule with a legal source."""
    return Rule(code, value, unit, **{"legal_ref": f"чл. {code}", "verified": True, "text": code, **more})


def norm(value: float | None = 2.5, **more: object) -> Norm:
    """Make a norm for day care of children with disabilities."""
    return Norm("day_care", "children", rule("coefficient", value), **more)


def figures(**towns: tuple[float | None, float | None]) -> list[Indicator]:
    """Make figures: town=(children, population)."""
    return [
        Indicator(town, code, value, "НСИ")
        for town, pair in towns.items()
        for code, value in zip(("children", "population"), pair, strict=True)
    ]


@st.composite
def plannings(
    draw: st.DrawFn, *, gaps: bool = True
) -> tuple[RuleSet, dict[str, tuple[float | None, float | None]]]:
    """Draw a rule set for one kind and what is known of six municipalities."""
    maybe = st.none() if gaps else st.nothing()
    children = st.one_of(st.integers(0, 400), st.sampled_from([0, 12.5, 33.3]), maybe)
    people = st.one_of(st.integers(0, 20_000), maybe)
    split = draw(st.integers(2, 4))
    groups = [Group(TOWNS[:split], draw(st.sampled_from(["", "A"])), (), draw(st.booleans()))]
    if draw(st.booleans()):
        groups.append(Group(TOWNS[split:], kinds=draw(st.sampled_from([(), ("day_care",), ("other",)]))))
    made = norm(
        draw(st.sampled_from([0, 0.1, 0.7, 1, 2.5, 3.3, 12, 100])),
        minimum=draw(st.sampled_from([None, rule("minimum", 6000, "persons")])),
        capacity=draw(st.sampled_from([None, rule("capacity", 8, "places")])),
        least=draw(st.sampled_from([None, rule("least", 6, "places")])),
        rounding=draw(st.sampled_from(["up", "half", "down"])),
    )
    return RuleSet((made,), tuple(groups)), {town: (draw(children), draw(people)) for town in TOWNS}
