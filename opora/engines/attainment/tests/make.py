"""Makers of levels and scores."""

import numpy as np

from opora.engines.attainment import t_score


def scores(people: int, reached: float = 0.0, seed: int = 1) -> np.ndarray:
    """Draw T scores of people with four goals each, whose levels lie around ``reached``."""
    chance = np.random.default_rng(seed)
    own = chance.normal(0, np.sqrt(0.3), (people, 1)) + chance.normal(0, np.sqrt(0.7), (people, 4))
    levels = np.clip(np.rint(own + reached), -2, 2)
    return np.array([t_score(row) for row in levels])
