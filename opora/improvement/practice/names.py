"""Names of services where there is little room."""

from __future__ import annotations


def brief(name: str, most: int = 34) -> str:
    """A name short enough for a picture that still says which one: its end after the dash or in quotes stays."""
    if len(name) <= most:
        return name
    for mark in (" – ", " „"):
        head, found, tail = name.rpartition(mark)
        if found and len(tail) < most - 8:
            return f"{head[: most - len(tail) - len(mark) - 1].rstrip()}…{mark}{tail}"
    return name[: most - 1].rstrip() + "…"
