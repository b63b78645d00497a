"""The best pairing of a sparse table, and the prices that prove it. Whole numbers throughout, so nothing is rounded."""

from __future__ import annotations

from typing import Any

import numpy as np

Whole = np.ndarray[Any, np.dtype[np.int64]]


def pairing(rows: Whole, columns: Whole, gains: Whole, height: int, width: int) -> Whole:
    """Give each row a column of its own, or none (−1), with the largest sum of gains (each above nothing).

    The pairs are unique. Sparse Jonker–Volgenant (scipy) with a column of its own per row for "none".
    """
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    every = np.arange(height)
    top = int(gains.max(initial=0)) + 1
    cost = np.concatenate([top - gains, np.full(height, top)]).astype(float)
    at = (np.concatenate([rows, every]), np.concatenate([columns, width + every]))
    placed, given = min_weight_full_bipartite_matching(csr_array((cost, at), shape=(height, width + height)))
    home = np.full(height, -1, dtype=np.int64)
    home[placed] = np.where(given < width, given, -1)
    return home


def prices(rows: Whole, columns: Whole, gains: Whole, home: Whole, width: int) -> tuple[Whole, Whole]:
    """Give the price of each row and column: never below a pair's gain together, and equal to it on every pair made.

    The lowest column prices there are: what a column would save another, were it free. They exist only if ``home`` is
    best on these pairs, so finding them proves it.
    """
    own = np.zeros(len(home), dtype=np.int64)
    made = home[rows] == columns
    own[rows[made]] = gains[made]
    order = np.argsort(columns, kind="stable")
    rows, columns, gains = rows[order], columns[order], gains[order]
    start = np.flatnonzero(np.diff(columns, prepend=-1))
    rise, from_ = gains - own[rows], home[rows]
    price = np.zeros(width + 1, dtype=np.int64)  # the last stands for "none" and stays at nothing
    for _ in range(len(home) + 2):
        if not len(rows):
            break
        wanted = np.maximum.reduceat(price[from_] + rise, start)
        if (wanted <= price[columns[start]]).all():
            break
        price[columns[start]] = np.maximum(price[columns[start]], wanted)
    else:
        raise ArithmeticError("the pairing is not the best one")
    price = price[:-1]
    of_row = own - np.where(home >= 0, price[home] if width else 0, 0)
    free = np.ones(width, dtype=bool)
    free[home[home >= 0]] = False
    if price[free].any() or (of_row < 0).any():
        raise ArithmeticError("the pairing is not the best one")
    return of_row, price
