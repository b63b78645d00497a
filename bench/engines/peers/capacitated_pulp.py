"""Facility location with capacities, each customer served whole, the strong textbook model in PuLP with CBC."""

import pulp
from timing import given, tell


def solved(cost, demand, capacity, fixed_cost):
    n, m = cost.shape
    model = pulp.LpProblem("siting", pulp.LpMinimize)
    x = [[pulp.LpVariable(f"x{i}_{j}", cat="Binary") for j in range(m)] for i in range(n)]
    y = [pulp.LpVariable(f"y{j}", cat="Binary") for j in range(m)]
    model += pulp.lpSum(cost[i, j] * x[i][j] for i in range(n) for j in range(m)) + pulp.lpSum(
        fixed_cost[j] * y[j] for j in range(m)
    )
    for i in range(n):
        model += pulp.lpSum(x[i]) == 1
    for j in range(m):
        model += pulp.lpSum(demand[i] * x[i][j] for i in range(n)) <= capacity[j] * y[j]
        for i in range(n):
            model += x[i][j] <= y[j]
    model.solve(pulp.PULP_CBC_CMD(msg=False, threads=1, gapRel=0))
    return pulp.value(model.objective)


def all_of_them():
    """The instances one after another: name_cost, name_demand, …"""
    names = sorted({key.split(":")[0] for key in given})
    parts = ("cost", "demand", "capacity", "fixed_cost")
    return {name: solved(*(given[f"{name}:{part}"] for part in parts)) for name in names}


tell(all_of_them)
