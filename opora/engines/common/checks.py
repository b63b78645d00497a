"""What is wrong with the input of an engine, in one plain sentence, before anything is computed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

Vector = np.ndarray[Any, np.dtype[np.float64]]
Matrix = np.ndarray[Any, np.dtype[np.float64]]
Whole = np.ndarray[Any, np.dtype[np.int64]]


def numbers(
    name: str,
    value: ArrayLike,
    shape: Sequence[int | None],
    *,
    least: float | None = 0.0,
    missing: bool = False,
    infinite: bool = False,
) -> Matrix:
    """Give the value as an array of floats of the wanted shape (``None``: any length), or say what is wrong.

    ``least`` bounds every number from below (``None``: no bound); ``missing`` lets nan stand, ``infinite`` lets
    +inf stand. Raises ``ValueError``.
    """
    try:
        array = np.asarray(value, dtype=float)
    except (TypeError, ValueError):
        raise ValueError(f"{name} must be numbers in rows of equal length") from None
    if array.ndim != len(shape) or any(
        w is not None and w != g for w, g in zip(shape, array.shape, strict=True)
    ):
        wanted = " × ".join("any" if size is None else str(size) for size in shape)
        raise ValueError(
            f"{name} must have the shape {wanted}, not {' × '.join(map(str, array.shape)) or 'a single number'}"
        )
    if not missing and np.isnan(array).any():
        raise ValueError(f"{name} holds a value that is not a number, at {_where(np.isnan(array))}")
    if not infinite and np.isinf(array).any():
        raise ValueError(f"{name} holds an infinite value, at {_where(np.isinf(array))}")
    if np.isneginf(array).any():
        raise ValueError(f"{name} holds minus infinity, at {_where(np.isneginf(array))}")
    if least is not None and (array < least).any():
        place = _where(array < least)
        raise ValueError(f"{name} must be at least {least:g}; at {place} it is less")
    return array


def places(name: str, value: Iterable[int], size: int) -> Whole:
    """Give positions in 0 … size − 1, each once, in the order given, or say which is wrong. Raises ``ValueError``."""
    listed = list(value)
    for one in listed:
        if isinstance(one, bool) or not isinstance(one, (int, np.integer)):
            raise ValueError(f"{name} must be whole numbers, not {one!r}")
        if not 0 <= one < size:
            raise ValueError(f"{name} names {one}, but the places go from 0 to {size - 1}")
    if len(set(listed)) != len(listed):
        raise ValueError(f"{name} names a place twice")
    return np.asarray(listed, dtype=np.int64)


def whole(name: str, value: object, least: int = 0, most: int | None = None) -> int:
    """Give a whole number between the bounds, or say what is wrong. Raises ``ValueError``."""
    if isinstance(value, bool) or not isinstance(value, (int, np.integer)):
        raise ValueError(f"{name} must be a whole number, not {value!r}")
    if value < least or (most is not None and value > most):
        upper = "" if most is None else f" and at most {most}"
        raise ValueError(f"{name} must be at least {least}{upper}, not {value}")
    return int(value)


def positive(name: str, value: float, *, zero: bool = False) -> float:
    """Give a finite number above zero (or zero too), or say what is wrong. Raises ``ValueError``."""
    if isinstance(value, bool) or not isinstance(value, (int, float, np.integer, np.floating)):
        raise ValueError(f"{name} must be a number, not {value!r}")
    if not np.isfinite(value) or value < 0 or (value == 0 and not zero):
        raise ValueError(
            f"{name} must be a finite number {'of zero or more' if zero else 'above zero'}, not {value}"
        )
    return float(value)


def _where(mask: np.ndarray[Any, Any]) -> str:
    return ", ".join(str(int(one)) for one in np.argwhere(mask)[0]) or "its only place"
