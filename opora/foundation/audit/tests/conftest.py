"""Every test of the audit has a key and heads of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def own_folders(_own_keys: None, settings: Settings, tmp_path: Path) -> None:
    settings.KEY_DIR = tmp_path / "keys"
    settings.HEADS_DIR = tmp_path / "heads"
