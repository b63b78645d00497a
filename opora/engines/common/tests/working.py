"""Work for the tests of `apart`: a child finds it by name."""

import os
import sys
import time

import numpy as np


def add(one: int, other: int, *, tell=None) -> int:
    if tell is not None:
        tell(1, 2, "half")
        tell(2, 2, "whole")
    return one + other


def loaded(prefix: str) -> bool:
    return any(name.partition(".")[0] == prefix for name in sys.modules)


def sleep(seconds: float) -> int:
    time.sleep(seconds)
    return os.getpid()


def fill(mebibytes: int) -> float:
    return float(np.ones(mebibytes * 2**17).sum())


def refuse() -> None:
    raise ValueError("places 3, people 5")


def die() -> None:
    os._exit(7)
