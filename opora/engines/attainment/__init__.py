"""How far a person's goals were reached, whether something changed, and whether the goals were set too low.

:func:`t_score` is the Goal Attainment Scale's T (Kiresuk & Sherman 1968). It never stands alone: :func:`outcome` gives
with it how many goals were reached, partly or not, and which were not measured; :func:`change` whether a difference is
more than error of measurement (Jacobson & Truax 1991); :func:`drift` whether a service's T lie around 50 as they should;
:func:`effect` the mean change of a group. Never to rank or pay workers. Model: docs/engines/attainment.md.
"""

from opora.engines.attainment.changed import Change, change
from opora.engines.attainment.drifted import Drift, drift
from opora.engines.attainment.effects import Effect, effect
from opora.engines.attainment.goals import Outcome, outcome
from opora.engines.attainment.score import t_score

__all__ = [
    "Change",
    "Drift",
    "Effect",
    "Outcome",
    "change",
    "drift",
    "effect",
    "outcome",
    "t_score",
]
