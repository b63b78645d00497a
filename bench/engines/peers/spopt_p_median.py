"""spopt's p-median from a cost matrix, PuLP with CBC."""

import numpy as np
import pulp
from spopt.locate import PMedian
from timing import given, tell


def work():
    """Build the model and solve it: what a caller pays for."""
    model = PMedian.from_cost_matrix(given["distance"], given["weight"], p_facilities=int(given["p"]))
    model = model.solve(pulp.PULP_CBC_CMD(msg=False))
    chosen = [j for j, one in enumerate(model.fac_vars) if one.value() > 0.5]
    return (
        float((given["distance"][:, chosen].min(axis=1) * given["weight"]).sum()) if chosen else float(np.inf)
    )


tell(work)
