"""The best set by PuLP and CBC: total points, or also the loss of turning each person's place, one model each."""

import pulp
from timing import given, tell

POINTS, PLACES = given["points"], int(given["places"])
MEMBER, LEAST, MOST = given["member"], given["least"], given["most"]


def best(person=None, inside=None):
    model = pulp.LpProblem("selection", pulp.LpMaximize)
    into = [pulp.LpVariable(f"x{i}", cat="Binary") for i in range(len(POINTS))]
    model += pulp.lpSum(float(p) * x for p, x in zip(POINTS, into, strict=True))
    model += pulp.lpSum(into) == PLACES
    for row, least, most in zip(MEMBER, LEAST, MOST, strict=True):
        count = pulp.lpSum(x for x, m in zip(into, row, strict=True) if m)
        model += count >= int(least)
        model += count <= int(most)
    if person is not None:
        model += into[person] == inside
    solved = model.solve(pulp.PULP_CBC_CMD(msg=False, threads=1, gapRel=0, gapAbs=0))
    return (
        (float(pulp.value(model.objective)), [round(x.value()) for x in into])
        if solved == 1
        else (None, None)
    )


def work():
    total, chosen = best()
    if not given["certificate"]:
        return [total]
    return [total, [best(i, 1 - chosen[i])[0] for i in range(len(POINTS))]]


tell(work)
