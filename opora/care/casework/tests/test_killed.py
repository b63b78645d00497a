"""R4 for files: archives and keys whose workers are killed leave no wrong state, and every kill met the work."""

from __future__ import annotations

import pytest

from opora.foundation.core.tests.trial import Trial

KILLING = "opora.care.casework.tests.killing"
LONG = 1_500
pytestmark = pytest.mark.once


def test_r4_archives_few_kills(trial: Trial) -> None:
    assert sum(trial.kills_met(KILLING, "archives", 2, 1, seconds=LONG).values()) >= 2


def test_r4_keys_few_kills(trial: Trial) -> None:
    assert sum(trial.kills_met(KILLING, "keys", 8, 1, seconds=LONG).values()) >= 8


@pytest.mark.slow
def test_r4_archives_twenty_kills(trial: Trial) -> None:
    found = trial.kills_met(KILLING, "archives", 20, 2, seconds=LONG)
    assert sum(found.values()) >= 20
    assert min(found["making"], found["keeping"]) >= 4, found


@pytest.mark.slow
def test_r4_keys_thirty_kills(trial: Trial) -> None:
    found = trial.kills_met(KILLING, "keys", 30, 2, seconds=LONG)
    assert sum(found.values()) >= 30
    assert min(found["identity numbers"], found["names"]) >= 4, found


@pytest.mark.parametrize(("what", "words"), [("archives", "half kept"), ("keys", "unreadable")])
@pytest.mark.slow
def test_r4_the_trial_can_fail(trial: Trial, what: str, words: str) -> None:
    """Kept in two transactions, or with the old key thrown away too early, the same kills are noticed."""
    ran = trial.run(KILLING, what, 40, 3, "careless", seconds=LONG)
    assert ran.returncode != 0
    assert words in ran.stderr, ran.stdout + ran.stderr[-2000:]
