"""What a user of the package writes: alpha of units drawn again, one draw after another; the 95 % limits."""

import krippendorff
import numpy as np
from timing import given, tell

marks, draws = given["marks"], int(given["draws"])


def work():
    chance = np.random.default_rng(0)
    units = marks.shape[1]
    drawn = [
        krippendorff.alpha(marks[:, chance.integers(0, units, units)], level_of_measurement="ordinal")
        for _ in range(draws)
    ]
    return [float(limit) for limit in np.quantile(drawn, (0.025, 0.975))]


tell(work)
