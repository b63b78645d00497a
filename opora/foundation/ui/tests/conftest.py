"""The room by itself: own addresses, empty registries."""

from collections import defaultdict

import pytest

from opora.foundation.ui import nav, panels


@pytest.fixture(autouse=True)
def alone(settings, monkeypatch):
    """No room above fills the frame of these pages."""
    settings.ROOT_URLCONF = "opora.foundation.ui.tests.urls"
    monkeypatch.setattr(nav, "_items", {})
    monkeypatch.setattr(nav, "_places", {})
    monkeypatch.setattr(panels, "_offers", defaultdict(list))
