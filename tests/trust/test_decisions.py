"""Each number of security/decisions.toml is the one that runs."""

from __future__ import annotations

import importlib
import tomllib
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

FILE = Path(__file__).resolve().parents[2] / "security" / "decisions.toml"
DECISIONS = tomllib.loads(FILE.read_text(encoding="utf-8"))["decision"]


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda one: f"{one['asvs']} {one['setting'][0]}")
def test_what_was_decided_is_what_runs(decision: dict[str, Any]) -> None:
    where = importlib.import_module(decision["module"]) if "module" in decision else settings
    assert [found(where, name) for name in decision["setting"]] == decision["value"]
    assert decision["what"]
    assert decision["why"]


def found(where: Any, path: str) -> Any:
    for name in path.split("."):
        where = where[name] if isinstance(where, dict) else getattr(where, name)
    return where
