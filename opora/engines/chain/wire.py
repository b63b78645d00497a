"""The engine `chain` as JSON."""

from __future__ import annotations

from opora.engines.chain import Link, link, verify
from opora.engines.common.faces import Document, Face, record

_LINK = record(
    ["previous", "payload", "digest"],
    previous={"type": "string"},
    payload={"type": "string"},
    digest={"type": "string"},
)


def _answer(given: Document) -> Document:
    """Verify links written as hexadecimal digests with their payloads."""
    key = bytes.fromhex(given["key"])
    if "payloads" in given:
        links: list[Link] = []
        for payload in given["payloads"]:
            links.append(link(links[-1] if links else None, payload, key))
        return {"digests": [link.digest.hex() for link in links]}
    parsed = [
        Link(bytes.fromhex(one["previous"]), one["payload"].encode(), bytes.fromhex(one["digest"]))
        for one in given["links"]
    ]
    head = bytes.fromhex(given["head"]) if given.get("head") else None
    return {"first_broken": verify(parsed, key, head)}


FACE = Face(
    {
        **record(
            ["key"],
            key={"type": "string", "description": "hexadecimal"},
            payloads={"type": "array", "description": "make links of these"},
            links={"type": "array", "items": _LINK, "description": "or verify these"},
            head={"type": "string", "description": "newest digest, as noted outside"},
        )
    },
    _answer,
    {
        "key": "00" * 32,
        "payloads": [{"who": "И. Петрова", "what": "consult"}, {"who": "И. Петрова", "what": "change"}],
    },
)
