"""The demonstration never runs over real accounts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import Error, Tags, register
from django.db import DatabaseError

from opora.foundation.accounts import queries


@register(Tags.database)
def demonstration_over_real_accounts(
    app_configs: Any = None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[Error]:
    """`opora demo` runs this check before it serves; the entrance refuses as well."""
    if not settings.DEMONSTRATION or not databases:
        return []
    try:
        found = queries.real_accounts_exist()
    except DatabaseError:
        return []  # not migrated yet: nobody has an account
    if not found:
        return []
    text = "OPORA_MODE=demo on a database that holds real accounts"
    return [Error(text, hint="Give the demonstration its own OPORA_DATA_DIR.", id="accounts.E001")]
