"""Who covers what: teams of specialists for a region, and rotas of people on call.

:func:`team` plans who serves which service, week by week, and says what is missing and what one more specialist would
change. :func:`least_team` says how many of each profession a need asks for. :func:`rota` shares duties out fairly and
names those that stay open with the reason. Model: docs/engines/coverage.md.

The solver is loaded at the first use and not at import.
"""

from opora.engines.coverage.duties import Duty, Person, Rules
from opora.engines.coverage.least import LeastTeam, least_team
from opora.engines.coverage.need import Need, Specialist, Weights
from opora.engines.coverage.prices import Price
from opora.engines.coverage.rotas import Fairness, Rota, rota
from opora.engines.coverage.stages import Stage
from opora.engines.coverage.teams import Team, team

__all__ = [
    "Duty",
    "Fairness",
    "LeastTeam",
    "Need",
    "Person",
    "Price",
    "Rota",
    "Rules",
    "Specialist",
    "Stage",
    "Team",
    "Weights",
    "least_team",
    "rota",
    "team",
]
