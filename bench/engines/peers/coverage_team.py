"""The same team model in PuLP, solved by CBC to a gap of a thousandth."""

import pulp
from timing import given, limit, tell

need, can, road, free, severity = (given[name] for name in ("need", "can", "road", "free", "severity"))


def work():
    people, (services, skills, weeks) = len(can), need.shape
    model = pulp.LpProblem("team", pulp.LpMinimize)
    v, h, y, u = {}, {}, {}, {}
    for s in range(services):
        for q in range(skills):
            for t in range(weeks):
                if need[s, q, t] > 0:
                    u[s, q, t] = pulp.LpVariable(f"u_{s}_{q}_{t}", 0, need[s, q, t])
    for e in range(people):
        for s in range(services):
            for t in range(weeks):
                left = free[e, t] - road[e, s]
                mine = [q for q in range(skills) if can[e, q] and need[s, q, t] > 0]
                if not mine or left <= 0:
                    continue
                if (e, s) not in y:
                    y[e, s] = pulp.LpVariable(f"y_{e}_{s}", 0, 1)
                v[e, s, t] = pulp.LpVariable(f"v_{e}_{s}_{t}", cat="Binary")
                model += v[e, s, t] <= y[e, s]
                for q in mine:
                    h[e, s, q, t] = pulp.LpVariable(f"h_{e}_{s}_{q}_{t}", 0)
                    model += h[e, s, q, t] <= min(need[s, q, t], left) * v[e, s, t]
    for s, q, t in u:
        given_ = [h[e, s, q, t] for e in range(people) if (e, s, q, t) in h]
        model += pulp.lpSum(given_) + u[s, q, t] == need[s, q, t]
    for e in range(people):
        for t in range(weeks):
            hours = [one for (a, _, _, b), one in h.items() if (a, b) == (e, t)]
            roads = [road[e, s] * one for (a, s, b), one in v.items() if (a, b) == (e, t)]
            model += pulp.lpSum(hours) + pulp.lpSum(roads) <= free[e, t]
    model += (
        100 * pulp.lpSum(severity[s] * one for (s, _, _), one in u.items())
        + pulp.lpSum(road[e, s] * one for (e, s, _), one in v.items())
        + 3 * pulp.lpSum(y.values())
    )
    model.solve(pulp.PULP_CBC_CMD(msg=False, threads=1, gapRel=1e-3, timeLimit=limit))
    return pulp.value(model.objective)


tell(work)
