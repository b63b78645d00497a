"""Workers killed at random leave no wrong end state (R4)."""

from __future__ import annotations

import pytest

from opora.foundation.core.tests.trial import Trial

KILLING = "opora.foundation.jobs.tests.killing"


@pytest.mark.once
@pytest.mark.slow
def test_r4_long_work_twenty_kills(trial: Trial) -> None:
    said = trial.passed(KILLING, 45, 3, seconds=300)
    assert int(said.split("kills, ")[1].split()[0]) >= 20
