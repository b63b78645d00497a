"""Planning rules → places per municipality and kind of service, each line with its rules, sources and what is missing.

:func:`places` turns a :class:`RuleSet` and indicators into :class:`Line`\\ s; :func:`total` adds them up. A missing indicator
or a rule without a value is named and never guessed. Arithmetic is exact (fractions). Model: docs/engines/norms.md.
"""

from opora.engines.norms.model import Group, Indicator, Line, Missing, Norm, Rule, RuleSet
from opora.engines.norms.plan import places, total

__all__ = [
    "Group",
    "Indicator",
    "Line",
    "Missing",
    "Norm",
    "Rule",
    "RuleSet",
    "places",
    "total",
]
