"""Does a document fit its schema? The part of JSON Schema that the engines' faces use, with plain sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_KINDS: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "number": (int, float),
    "integer": (int,),
    "boolean": (bool,),
    "null": (type(None),),
}


def check(value: Any, schema: Mapping[str, Any], at: str = "the document") -> None:
    """Raise ``ValueError`` naming the first place that does not fit, e.g. ``points[3] must be number, not text``."""
    if options := schema.get("anyOf", schema.get("oneOf")):
        _any(value, options, at)
    if kinds := schema.get("type"):
        _kind(value, [kinds] if isinstance(kinds, str) else kinds, at)
    if "enum" in schema and value not in schema["enum"]:
        raise ValueError(f"{at} must be one of {', '.join(map(repr, schema['enum']))}, not {value!r}")
    _bounds(value, schema, at)
    if isinstance(value, dict):
        _object(value, schema, at)
    if isinstance(value, list) and isinstance(schema.get("items"), Mapping):
        for number, one in enumerate(value):
            check(one, schema["items"], f"{at}[{number}]")


def _any(value: Any, options: list[Mapping[str, Any]], at: str) -> None:
    said = []
    for option in options:
        try:
            return check(value, option, at)
        except ValueError as error:
            said.append(str(error))
    raise ValueError("; or ".join(said))


def _kind(value: Any, kinds: list[str], at: str) -> None:
    fits = [
        kind
        for kind in kinds
        if isinstance(value, _KINDS[kind]) and (kind in ("boolean", "null") or not isinstance(value, bool))
    ]
    if not fits and not ("integer" in kinds and isinstance(value, float) and value.is_integer()):
        raise ValueError(f"{at} must be {' or '.join(kinds)}, not {_named(value)}")


def _bounds(value: Any, schema: Mapping[str, Any], at: str) -> None:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return
    if "minimum" in schema and value < schema["minimum"]:
        raise ValueError(f"{at} must be at least {schema['minimum']}, not {value}")
    if "exclusiveMinimum" in schema and value <= schema["exclusiveMinimum"]:
        raise ValueError(f"{at} must be above {schema['exclusiveMinimum']}, not {value}")
    if "maximum" in schema and value > schema["maximum"]:
        raise ValueError(f"{at} must be at most {schema['maximum']}, not {value}")


def _object(value: dict[str, Any], schema: Mapping[str, Any], at: str) -> None:
    known = schema.get("properties", {})
    for name in schema.get("required", ()):
        if name not in value:
            raise ValueError(f"{at} lacks '{name}'")
    for name, one in value.items():
        if name in known:
            check(one, known[name], name if at == "the document" else f"{at}.{name}")
        elif schema.get("additionalProperties") is False:
            raise ValueError(f"{at} has '{name}', which is not known here; known are {', '.join(known)}")
        elif isinstance(schema.get("additionalProperties"), Mapping):
            check(one, schema["additionalProperties"], f"{at}.{name}")


def _named(value: Any) -> str:
    for kind in ("null", "boolean", "string", "array", "object"):
        if isinstance(value, _KINDS[kind]):
            return {"string": f"the text {value!r}", "null": "nothing"}.get(kind, kind)
    return repr(value)
