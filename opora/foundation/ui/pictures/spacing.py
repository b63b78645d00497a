"""Places in a row: as near as can be to the wanted ones, never closer than they may be."""

from __future__ import annotations

from collections.abc import Sequence


def kept_apart(wanted: Sequence[float], steps: Sequence[float]) -> list[float]:
    """Places nearest to the wanted ones (least squares) in the same order and at least `steps` apart."""
    offsets = running(steps)
    blocks: list[list[float]] = []
    for want, offset in zip(wanted, offsets, strict=True):
        blocks.append([want - offset, 1.0])
        while len(blocks) > 1 and blocks[-2][0] / blocks[-2][1] > blocks[-1][0] / blocks[-1][1]:
            total, count = blocks.pop()
            blocks[-1] = [blocks[-1][0] + total, blocks[-1][1] + count]
    flat = [total / count for total, count in blocks for _ in range(round(count))]
    return [base + offset for base, offset in zip(flat, offsets, strict=True)]


def running(steps: Sequence[float]) -> list[float]:
    """Places that far from one another, from zero on."""
    at = [0.0]
    for step in steps:
        at.append(at[-1] + step)
    return at
