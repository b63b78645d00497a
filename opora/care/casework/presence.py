"""Who of the family may have been there."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

PRESENT = [
    ("child", gettext_lazy("детето или самият човек")),
    ("mother", gettext_lazy("майката")),
    ("father", gettext_lazy("бащата")),
    ("relative", gettext_lazy("друг роднина")),
]
