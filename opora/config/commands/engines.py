"""Engines by the command line: a JSON document in, a JSON document out. No Django here."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from opora.engines.common.faces import Face

NAMES = (
    "agreement",
    "assignment",
    "attainment",
    "chain",
    "coverage",
    "disclosure",
    "matching",
    "norms",
    "questionnaire",
    "scoring",
    "selection",
    "siting",
)


def face(name: str) -> Face | None:
    """How the engine of that name reads and answers; ``None`` if there is none."""
    if name not in NAMES or find_spec(f"opora.engines.{name}") is None:
        return None
    found: Face = import_module(f"opora.engines.{name}.wire").FACE
    return found
