"""What every test of Opora shares."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.utils import translation


@pytest.fixture(autouse=True)
def _fresh_words_and_limits() -> Iterator[None]:
    """Every test starts in Bulgarian and with empty rate limits."""
    cache.clear()
    with translation.override("bg"):
        yield
