"""Generalised assignment as PuLP's users write it, solved by the CBC it brings, at its defaults."""

import pulp
from timing import given, tell


def solved():
    cost, size, capacity = given["cost"], given["size"], given["capacity"]
    n, m = cost.shape
    model = pulp.LpProblem("placement", pulp.LpMinimize)
    x = [[pulp.LpVariable(f"x{i}_{j}", cat="Binary") for j in range(m)] for i in range(n)]
    model += pulp.lpSum(cost[i, j] * x[i][j] for i in range(n) for j in range(m))
    for i in range(n):
        model += pulp.lpSum(x[i]) == 1
    for j in range(m):
        model += pulp.lpSum(size[i] * x[i][j] for i in range(n)) <= capacity[j]
    model.solve(pulp.PULP_CBC_CMD(msg=False))
    return pulp.value(model.objective)


tell(solved)
