"""R4 for mail: a sender killed at random sends no letter twice and loses none; of which nobody can know, a person is asked."""

from __future__ import annotations

import re

import pytest

from opora.foundation.core.tests.trial import Trial

KILLING = "opora.foundation.messages.tests.killing"
pytestmark = pytest.mark.once


def test_r4_mail_few_kills(trial: Trial) -> None:
    assert sum(trial.kills_met(KILLING, 4, 1).values()) >= 4


@pytest.mark.slow
def test_r4_mail_thirty_kills(trial: Trial) -> None:
    found = trial.kills_met(KILLING, 30, 2)
    assert sum(found.values()) >= 30
    assert min(found["sending"], found["handed"]) >= 5, found


@pytest.mark.slow
def test_r4_the_trial_of_mail_can_fail(trial: Trial) -> None:
    """A letter of which nobody knows, sent again by itself, arrives twice; the trial notices."""
    ran = trial.run(KILLING, 60, 3, "careless")
    assert ran.returncode != 0
    assert re.search("double|wrong", ran.stderr), ran.stdout + ran.stderr[-2000:]
