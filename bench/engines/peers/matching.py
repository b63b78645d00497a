"""The dense solver on the whole table, which it is given for nothing."""

from scipy.optimize import linear_sum_assignment
from timing import given, tell


def solved():
    """Largest total; a pair worth nothing counts as no proposal."""
    rows, columns = linear_sum_assignment(given["gain"], maximize=True)
    return float(given["gain"][rows, columns].sum())


tell(solved)
