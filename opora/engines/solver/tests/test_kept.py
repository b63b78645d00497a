"""A program kept between questions gives what each gives alone."""

import numpy as np
from scipy import sparse

from opora.engines.solver import Kept, Model, solve


def _model(size: int = 12) -> Model:
    random = np.random.default_rng(5)
    return Model(
        cost=-random.integers(1, 40, size).astype(float),
        matrix=sparse.csr_array(random.integers(0, 3, (4, size)).astype(float)),
        row_low=np.full(4, -np.inf),
        row_high=np.full(4, 7.0),
        high=np.ones(size),
    )


def test_every_question_is_answered_as_if_it_were_the_first() -> None:
    model, random = _model(), np.random.default_rng(1)
    kept = Kept(model)
    for _ in range(60):
        low = np.zeros(12)
        high = np.ones(12)
        for one in random.choice(12, 4, replace=False):
            low[one] = high[one] = random.integers(0, 2)
        alone = solve(Model(model.cost, model.matrix, model.row_low, model.row_high, low=low, high=high))
        again = kept.solve(low, high)
        assert again.status == alone.status
        if alone.status == "optimal":
            assert abs(again.value - alone.value) < 1e-9
            assert again.reduced is not None
