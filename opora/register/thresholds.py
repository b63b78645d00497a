"""Numbers of the register that an expert may change, read from the rules."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from opora.foundation.rules import queries as rules

SAME_GROUPS = "shared_groups_similarity"
IDENTICAL = 1.0


@dataclass(frozen=True)
class Threshold:
    """A number, whether an expert has verified it, and the page of its rule."""

    value: float
    verified: bool
    href: str


def similarity() -> Threshold:
    """From which Jaccard index of target groups services are for similar people."""
    rule = rules.rule(SAME_GROUPS)
    value = IDENTICAL if rule.number is None else rule.number
    return Threshold(value, rule.verified, reverse("rules_rule", args=[SAME_GROUPS]))
