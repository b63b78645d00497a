"""One way to HiGHS for every engine: a model in arrays in, a point with its proven bound out.

highspy is loaded at the first solve and not at import, so whoever only wants the types does not pay for it.
"""

from opora.engines.solver.highs import Model, Outcome, quiet, rows, solve
from opora.engines.solver.kept import Kept

__all__ = ["Kept", "Model", "Outcome", "quiet", "rows", "solve"]
