"""The same rota in PuLP with CBC, aim after aim."""

import pulp
from timing import given, tell

can, there, psychologist, weekend, likes = (
    given[n] for n in ("can", "there", "psychologist", "weekend", "likes")
)


def work():
    (people, roles), nights = can.shape, there.shape[1]
    model = pulp.LpProblem("rota", pulp.LpMinimize)
    x = {
        (p, d, r): pulp.LpVariable(f"x_{p}_{d}_{r}", cat="Binary")
        for p in range(people) for d in range(nights) for r in range(roles) if can[p, r] and there[p, d]
    }  # fmt: skip
    u = {(d, r): pulp.LpVariable(f"u_{d}_{r}", cat="Binary") for d in range(nights) for r in range(roles)}
    on = {
        (p, d): pulp.lpSum(x[p, d, r] for r in range(roles) if (p, d, r) in x)
        for p in range(people)
        for d in range(nights)
    }
    for d in range(nights):
        for r in range(roles):
            model += pulp.lpSum(x[p, d, r] for p in range(people) if (p, d, r) in x) + u[d, r] == 1
        model += (
            pulp.lpSum(on[p, d] for p in range(people) if psychologist[p])
            + pulp.lpSum(u[d, r] for r in range(roles))
            >= 1
        )
    for p in range(people):
        for d in range(nights):
            model += on[p, d] <= 1
            model += pulp.lpSum(on[p, one] for one in range(d, min(d + 2, nights))) <= 1
            model += pulp.lpSum(on[p, one] for one in range(d, min(d + 7, nights))) <= 3
    aims = [pulp.lpSum(u.values())]
    for name, days in (("load", range(nights)), ("weekend", [d for d in range(nights) if weekend[d]])):
        top = pulp.LpVariable(f"most_{name}", 0)
        steps = {
            (p, k): pulp.LpVariable(f"{name}_{p}_{k}", 0, 1) for p in range(people) for k in range(len(days))
        }
        for p in range(people):
            model += pulp.lpSum(on[p, d] for d in days) == pulp.lpSum(steps[p, k] for k in range(len(days)))
            model += pulp.lpSum(on[p, d] for d in days) <= top
        aims += [top, pulp.lpSum((2 * k + 1) * one for (_, k), one in steps.items())]
    aims.append(
        pulp.lpSum(-int(likes[p, d]) * on[p, d] for p in range(people) for d in range(nights) if likes[p, d])
    )
    values = []
    for aim in aims:
        model.setObjective(aim)
        model.solve(pulp.PULP_CBC_CMD(msg=False, threads=1))
        values.append(round(pulp.value(aim)))
        model += aim <= values[-1] + 1e-6
    return values


tell(work)
