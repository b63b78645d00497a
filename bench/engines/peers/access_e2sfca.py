"""PySAL access: enhanced two-step floating catchment areas from a long table of costs."""

import numpy as np
import pandas as pd
from access import Access, weights
from timing import given, tell

n, m = given["distance"].shape
demand = pd.DataFrame({"id": np.arange(n), "people": given["demand"]})
supply = pd.DataFrame({"id": np.arange(m), "places": given["supply"]})
i, j = np.nonzero(given["distance"] <= given["radii"].max())
cost = pd.DataFrame({"o": i, "d": j, "km": given["distance"][i, j]})
zones = dict(zip(given["radii"].tolist(), given["weights"].tolist(), strict=True))


def work():
    """Measure, from tables that stand ready."""
    area = Access(
        demand_df=demand, demand_index="id", demand_value="people",
        supply_df=supply, supply_index="id", supply_value="places",
        cost_df=cost, cost_origin="o", cost_dest="d", cost_name="km",
        neighbor_cost_df=cost, neighbor_cost_origin="o", neighbor_cost_dest="d", neighbor_cost_name="km",
    )  # fmt: skip
    area.enhanced_two_stage_fca(name="a", max_cost=max(zones), weight_fn=weights.step_fn(zones))
    return area.access_df["a_places"].fillna(0).reindex(np.arange(n)).tolist()


tell(work)
