"""Generalised assignment in OR-Tools' CP-SAT at its defaults; costs in thousandths, as it wants whole numbers."""

from ortools.sat.python import cp_model
from timing import given, tell


def solved():
    cost, size, capacity = given["cost"], given["size"].astype(int), given["capacity"].astype(int)
    n, m = cost.shape
    model = cp_model.CpModel()
    x = [[model.new_bool_var("") for _ in range(m)] for _ in range(n)]
    for i in range(n):
        model.add_exactly_one(x[i])
    for j in range(m):
        model.add(sum(int(size[i]) * x[i][j] for i in range(n)) <= int(capacity[j]))
    model.minimize(sum(round(cost[i, j] * 1000) * x[i][j] for i in range(n) for j in range(m)))
    solver = cp_model.CpSolver()
    status = solver.solve(model)
    return solver.objective_value / 1000 if status == cp_model.OPTIMAL else None


tell(solved)
