"""Ranks under many weightings, one method call each, as pymcdm is used; counts how often each has each place."""

import numpy as np
from pymcdm import methods, normalizations
from timing import given, tell

MARKS, WEIGHTS, METHOD = given["marks"], given["weights"], str(given["method"])


def work():
    count, criteria = MARKS.shape
    kind = {"wsm": methods.WSM, "topsis": methods.TOPSIS}[METHOD]
    method = kind(normalizations.minmax_normalization)
    types = np.ones(criteria)
    ranks = np.zeros((count, count))
    every = np.arange(count)
    for weights in WEIGHTS:
        place = method.rank(method(MARKS, weights, types)).astype(int) - 1
        ranks[every, place] += 1
    return (ranks[:, :10].sum(axis=1) / len(WEIGHTS)).tolist()


tell(work)
