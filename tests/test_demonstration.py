"""What a newcomer finds after `make demo`: the data are there, and the first analysis comes by itself."""

from __future__ import annotations

import sqlite3

import pytest

from tests import beginnings


@pytest.mark.slow
def test_the_first_analysis_is_made_by_the_worker():
    """`demo --prepare` and `worker --once`, in processes of their own, have left it there."""
    with sqlite3.connect(beginnings.settled() / beginnings.DATABASE) as data:
        jobs = data.execute("SELECT state, error FROM jobs_job").fetchall()
        made = data.execute("SELECT count(*) FROM needs_analysis").fetchone()
    assert jobs == [("done", "")]
    assert made == (1,)
