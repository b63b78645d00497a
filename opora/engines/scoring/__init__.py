"""Choosing good practices among services: criteria, weights, ranks and how sure they are.

:func:`scores` goes from raw data to an index through a :class:`Framework`. :func:`rank_acceptability` says how often each
service takes each place when nobody can say which weighting is right; :func:`best_for` gives every service the weights that
favour it most. :func:`award` and :func:`explain` put that into words for a jury, which decides; :func:`turning` says at
which weight the first place changes hands, :func:`doubts` and :func:`at_best` what the index alone does not show. Model: docs/engines/scoring.md.
"""

from opora.engines.scoring.award import Award, award, explain
from opora.engines.scoring.best import Best, best_for
from opora.engines.scoring.doubts import at_best, doubts
from opora.engines.scoring.framework import Framework
from opora.engines.scoring.levels import Scores, scores
from opora.engines.scoring.ranking import Acceptability, rank_acceptability
from opora.engines.scoring.treatment import Treatment
from opora.engines.scoring.turning import Turning, turning
from opora.engines.scoring.weightings import Weights, draw

__all__ = [
    "Acceptability",
    "Award",
    "Best",
    "Framework",
    "Scores",
    "Treatment",
    "Turning",
    "Weights",
    "at_best",
    "award",
    "best_for",
    "doubts",
    "draw",
    "explain",
    "rank_acceptability",
    "scores",
    "turning",
]
