"""A heavy solve in a process of its own ends within its limits and says why."""

import os
import time

import pytest

from opora.engines.common.apart import TookTooLong, TookTooMuch, apart
from opora.engines.common.tests import working


def test_the_answer_and_the_progress_come_back() -> None:
    told: list[tuple[int, int, str]] = []
    assert apart(working.add, 2, other=3, seconds=20, tell=lambda *step: told.append(step)) == 5
    assert told == [(1, 2, "half"), (2, 2, "whole")]


def test_the_child_loads_no_django() -> None:
    assert apart(working.loaded, "opora", seconds=20)
    assert not apart(working.loaded, "django", seconds=20)


def test_what_the_work_raises_is_raised_here() -> None:
    with pytest.raises(ValueError, match="places 3, people 5"):
        apart(working.refuse, seconds=20)


def test_work_that_takes_too_long_is_stopped() -> None:
    began = time.monotonic()
    with pytest.raises(TookTooLong):
        apart(working.sleep, 60, seconds=0.5)
    assert time.monotonic() - began < 10


def test_work_that_takes_too_much_memory_is_stopped() -> None:
    assert apart(working.fill, 8, seconds=20, memory=2048) == 8 * 2**17
    with pytest.raises(TookTooMuch):
        apart(working.fill, 4000, seconds=20, memory=2048)


def test_a_child_that_dies_is_noticed() -> None:
    with pytest.raises(RuntimeError, match="ended with 7"):
        apart(working.die, seconds=20)


def test_who_cancels_in_the_progress_ends_the_work() -> None:
    def cancel(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        apart(working.add, 1, 2, seconds=20, tell=cancel)


def test_the_child_is_another_process() -> None:
    assert apart(working.sleep, 0, seconds=20) != os.getpid()
