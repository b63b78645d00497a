"""Where a service stands in the tree of places, and who must follow when it moves.

Rooms that keep a copy of a service's path (grants, cards, files) call `follow` once from their apps.py;
the register then tells them old and new path inside the transaction of the move.
"""

from __future__ import annotations

from collections.abc import Callable

from opora.foundation.territory.models import Municipality
from opora.register.models import Organisation

RESERVED_CODES = frozenset(
    {"new", "map", "shared", "import", "types", "groups", "professionals", "organisations"}
)
"""Words that stand in addresses where a code would."""
Follower = Callable[[str, str], None]
_followers: list[Follower] = []


def service_path(municipality: Municipality, organisation: Organisation, code: str) -> str:
    """`BG/LOV/LOV18/org:7/svc:LOV-003`."""
    return f"{municipality.path}/org:{organisation.pk}/svc:{code}"


def follow(follower: Follower) -> None:
    """Be told `follower(old, new)` when a service moves; doing so twice is harmless."""
    if follower not in _followers:
        _followers.append(follower)


def moved(old: str, new: str) -> None:
    """Tell every follower."""
    for follower in _followers:
        follower(old, new)
