"""Rows that stand at or below a place of the tree BG/LOV/LOV18/org:…/svc:…"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.lookups import Lookup

COUNTRY = "BG"


def under(scopes: Iterable[str], column: str = "path") -> Q:
    """Rows whose `column` is one of the scopes or below it; no scope, no rows, and all rows for the country."""
    wanted = Q(pk__in=[])
    for scope in scopes:
        if scope == COUNTRY:
            return Q()
        wanted |= Q(**{f"{column}__under": scope})
    return wanted


@models.CharField.register_lookup
class Under(Lookup[Any]):
    """`path__under="BG/LOV"`: BG/LOV itself and everything below it, found by the column's index on both databases.

    SQLite's LIKE does not use an index and PostgreSQL's order of signs depends on the locale, so each is asked its own way.
    """

    lookup_name = "under"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        lhs, params = self.process_lhs(compiler, connection)
        below = connection.ops.prep_for_like_query(f"{self.rhs}/") + "%"
        return f"({lhs} = %s OR {lhs} LIKE %s)", (*params, self.rhs, *params, below)

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        lhs, params = self.process_lhs(compiler, connection)
        # „0“ is the sign after „/“. The first two bounds are for the index, the third leaves out „svc:1-2“ beside „svc:1“.
        return (
            f"({lhs} >= %s AND {lhs} < %s AND ({lhs} = %s OR {lhs} >= %s))",
            (*params, self.rhs, *params, f"{self.rhs}0", *params, self.rhs, *params, f"{self.rhs}/"),
        )
