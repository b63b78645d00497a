"""Engines by the command line: a JSON document in, a JSON document out. No Django here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from opora.engines import chain, disclosure

Document = Mapping[str, Any]


@dataclass(frozen=True)
class Face:
    """How one engine is used from outside: what it reads and what it gives."""

    schema: Document
    run: Callable[[Document], Document]


def _object(required: list[str], **properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": required, "properties": properties, "additionalProperties": False}


def _chain(given: Document) -> Document:
    """Verify links written as hexadecimal digests with their payloads."""
    key = bytes.fromhex(given["key"])
    if "payloads" in given:
        links: list[chain.Link] = []
        for payload in given["payloads"]:
            links.append(chain.link(links[-1] if links else None, payload, key))
        return {"digests": [link.digest.hex() for link in links]}
    parsed = [
        chain.Link(bytes.fromhex(one["previous"]), one["payload"].encode(), bytes.fromhex(one["digest"]))
        for one in given["links"]
    ]
    head = bytes.fromhex(given["head"]) if given.get("head") else None
    return {"first_broken": chain.verify(parsed, key, head)}


def _disclosure(given: Document) -> Document:
    """Hide what must be hidden in a table given by its innermost counts and axes."""
    axes = [dict(axis) for axis in given["axes"]]
    leaves = {tuple(leaf["at"]): leaf["count"] for leaf in given["leaves"]}
    protected = disclosure.protect(disclosure.tabulate(leaves, axes), given.get("threshold", 5))
    intervals = disclosure.audit(protected)
    return {
        "cells": [{"at": list(at), "count": count} for at, count in sorted(protected.published.items())],
        "hidden": [
            {
                "at": list(at),
                "small": at in protected.primary,
                "low": intervals[at].low,
                "high": intervals[at].high,
            }
            for at in sorted(protected.hidden)
        ],
    }


def _questionnaire(given: Document) -> Document:
    """Check answers against a form given as Markdown tables."""
    from opora.engines import questionnaire

    form = questionnaire.compile(questionnaire.sheets_from_markdown(given["form"]))
    today = dt.date.fromisoformat(given["today"])
    now = dt.datetime.combine(today, dt.time(12))
    result = questionnaire.check(
        form, given["answers"], today=today, now=now, language=given.get("language", "bg")
    )
    return dict(result.as_json())


_LINK = _object(
    ["previous", "payload", "digest"],
    previous={"type": "string"},
    payload={"type": "string"},
    digest={"type": "string"},
)
_LEAF = _object(
    ["at", "count"],
    at={"type": "array", "items": {"type": "string"}},
    count={"type": "integer", "minimum": 0},
)

ENGINES: dict[str, Face] = {
    "chain": Face(
        {
            **_object(
                ["key"],
                key={"type": "string", "description": "hexadecimal"},
                payloads={"type": "array", "description": "make links of these"},
                links={"type": "array", "items": _LINK, "description": "or verify these"},
                head={"type": "string", "description": "newest digest, as noted outside"},
            )
        },
        _chain,
    ),
    "disclosure": Face(
        _object(
            ["axes", "leaves"],
            axes={
                "type": "array",
                "items": {"type": "object", "description": "total → the codes it adds up"},
            },
            leaves={"type": "array", "items": _LEAF},
            threshold={"type": "integer", "minimum": 2, "default": 5},
        ),
        _disclosure,
    ),
    "questionnaire": Face(
        _object(
            ["form", "answers", "today"],
            form={"type": "string", "description": "survey, choices, settings as Markdown tables"},
            answers={"type": "object"},
            today={"type": "string", "format": "date"},
            language={"enum": ["bg", "en"], "default": "bg"},
        ),
        _questionnaire,
    ),
}
