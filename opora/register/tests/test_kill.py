"""Killed in the middle of accepting a workbook: all of it stands, or nothing (R4)."""

from __future__ import annotations

import re

import pytest

from opora.foundation.core.tests.trial import Trial

KILLING = "opora.register.tests.killing"


@pytest.mark.once
@pytest.mark.slow
def test_r4_imports_twenty_kills(trial: Trial) -> None:
    said = trial.passed(KILLING, 20, 4, seconds=300)
    found = re.search(r"^(\d+) kills met the work", said, re.MULTILINE)
    assert found, said
    assert int(found[1]) >= 20
