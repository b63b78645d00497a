"""The benefit of the doubt, one call of scipy.optimize.linprog a service."""

from scipy.optimize import linprog
from timing import given, tell

MARKS = given["marks"]


def work():
    free = [(0, None)] * MARKS.shape[1]
    right = [1.0] * len(MARKS)
    return [-linprog(-own, MARKS, right, bounds=free, method="highs").fun for own in MARKS]


tell(work)
