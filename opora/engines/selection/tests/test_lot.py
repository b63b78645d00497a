"""The lot: public, recomputable with one command, and fair among equals."""

from __future__ import annotations

import shutil
import subprocess
from collections import Counter
from math import sqrt

import pytest

from opora.engines.selection import lot_number, lot_seed, select


def test_a_number_is_the_same_for_a_seed_in_digits_or_in_text() -> None:
    # printf '%s' 'ab:c' | sha256sum
    assert lot_number("ab", "c") == "5f1390ea338444eb27117a13b752b992b7bd2a67a92fc027cb64abec2cffbdea"
    assert lot_number(7, 0) == lot_number("7", "0")
    assert lot_seed(b"list", 5) == lot_seed(b"list", "5") != lot_seed(b"list ", 5)


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="the command sha256sum is not here")
def test_anybody_can_recompute_seed_and_number_with_one_command(tmp_path: object) -> None:
    file = f"{tmp_path}/list.csv"
    with open(file, "w", encoding="utf-8") as stream:
        stream.write("Ана;62,5\n")
    seed = _ran(f"printf '%s' \"$(sha256sum < {file} | cut -c1-64):49\" | sha256sum")
    assert seed == lot_seed("Ана;62,5\n".encode(), 49)
    assert _ran(f"printf '%s' '{seed}:Ана' | sha256sum") == lot_number(seed, "Ана")


def _ran(command: str) -> str:
    ran = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
    return ran.stdout.split()[0]


def test_among_equals_the_smallest_numbers_enter() -> None:
    names = ["Ана", "Боян", "Вера", "Горан"]
    done = select([60] * 4, places=2, seed=2014, names=names)
    order = sorted(range(4), key=lambda i: lot_number(2014, names[i]))
    assert done.chosen.tolist() == order[:2]
    assert done.reserves.tolist() == order[2:]
    assert [done.basis[i] for i in order] == ["lot", "lot", "", ""]
    assert done.lots[0] == lot_number(2014, "Ана")


def test_every_equal_person_has_the_same_chance() -> None:
    draws, tied, places = 600, 5, 2
    counts: Counter[int] = Counter()
    for seed in range(draws):
        counts.update(select([70, *[60] * tied], places=places + 1, seed=seed).chosen.tolist())
    assert counts[0] == draws
    share = places / tied
    allowed = 4 * sqrt(draws * share * (1 - share))
    assert all(abs(counts[one] - draws * share) < allowed for one in range(1, tied + 1))


def test_equals_of_two_regions_have_the_same_chance_for_a_free_place() -> None:
    draws = 300
    quotas = [([0, 1], 1, 2), ([2, 3], 1, 2), ([0, 2], 0, 2)]
    wins = Counter(
        one
        for seed in range(draws)
        for one in select([9, 5, 9, 5], places=3, quotas=quotas, seed=seed).chosen
    )
    assert wins[0] == wins[2] == draws
    assert abs(wins[1] - draws / 2) < 4 * sqrt(draws / 4)
    assert wins[1] + wins[3] == draws


def test_the_lot_never_passes_a_person_with_more_points() -> None:
    # Sets {9, 6} and {8, 7} are equal in total; the ranking decides, whatever the lot.
    quotas = [([0, 2], 1, 1), ([0, 3], 1, 1)]
    for seed in range(30):
        assert sorted(select([9, 6, 8, 7], places=2, quotas=quotas, seed=seed).chosen.tolist()) == [0, 1]
