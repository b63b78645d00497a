"""docs/trust.md names only tests that exist, and names one for every trial that issue 2 asks for."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "trust.md").read_text(encoding="utf-8")
ASKED = {
    "S1", "S2", "S3", "S4", "S5", "S6", "S7", "S8", "S10", "S11", "S12", "S13", "S14", "S15", "S16", "S18", "S19", "S20", "S21", "S22",
    "D1", "D2", "D3", "D4", "D5", "D6", "D7", "D8", "D9", "D10", "D13", "D14", "D15", "D16", "D17", "R1", "R2", "R4", "R6", "R7", "R5", "R9", "R11", "R12", "R13", "R14", "R16", "R17", "R19", "R22", "R23", "C4",
    "X1", "X2", "X3", "X4", "X5", "X6", "X7", "X9", "X13",
}  # fmt: skip


@cache
def names_in(file: str) -> frozenset[str]:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def test_every_test_named_exists() -> None:
    named = re.findall(r"`((?:opora|tests)/\S+\.py)::(\w+)`", PAGE)
    assert len(named) > 50
    assert [f"{file}::{test}" for file, test in named if test not in names_in(file)] == []


def test_every_trial_asked_for_has_its_test() -> None:
    rows = [line.split("|") for line in PAGE.splitlines() if re.match(r"\| [A-Z]\d+ \|", line)]
    assert {cells[1].strip() for cells in rows if "::" in cells[3]} == ASKED


def test_what_is_called_slow_is_slow() -> None:
    """A named test whose file or function carries the mark says so in the table, and no other does."""
    for line in PAGE.splitlines():
        for file, test, said in re.findall(r"`(\S+\.py)::(\w+)`( \([^)]*\))?", line):
            if "parametrize" not in said and "each: slow" not in said:
                assert ("slow" in said) == marked(file, test), f"{file}::{test}"


def marked(file: str, test: str) -> bool:
    text = (ROOT / file).read_text(encoding="utf-8")
    if re.search(r"^pytestmark = .*mark\.slow", text, re.MULTILINE):
        return True
    found = re.search(rf"((?:^@.*\n)*)^def {test}\b", text, re.MULTILINE)
    return bool(found and re.search(r"^@pytest\.mark\.slow", found.group(1), re.MULTILINE))
