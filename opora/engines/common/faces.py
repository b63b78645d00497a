"""The JSON face of an engine: what `opora engine NAME` reads and writes.

Each engine has a module ``wire`` with ``FACE``; nothing here or there loads Django.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

Document = Mapping[str, Any]


@dataclass(frozen=True)
class Face:
    """How one engine is used from outside: what it reads (a JSON schema), what it gives, and a document to try."""

    schema: Document
    run: Callable[[Document], Document]
    example: Document = field(default_factory=dict)


def record(required: list[str], /, **properties: Any) -> dict[str, Any]:
    """Schema of an object that holds these properties and no others."""
    return {"type": "object", "required": required, "properties": properties, "additionalProperties": False}


def listing(items: Any, description: str = "") -> dict[str, Any]:
    """Schema of a list."""
    return {"type": "array", "items": items} | ({"description": description} if description else {})


NUMBER: Document = {"type": "number"}
WHOLE: Document = {"type": "integer", "minimum": 0}
TEXT: Document = {"type": "string"}
NUMBERS = listing(NUMBER)
WHOLES = listing(WHOLE)
TABLE = listing(NUMBERS)
TIME_LIMIT: Document = {"type": "number", "exclusiveMinimum": 0, "default": 60, "description": "seconds"}


def plain(value: Any) -> Any:
    """Turn numpy's arrays and numbers into JSON's; nan and infinities become null, as JSON has none."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(one) for one in value]
    return value
