"""Makers for chains in tests."""

from opora.engines.chain import Link, Value, link

KEY = b"a key only for the tests, 32 byte"


def chain(payloads: list[Value], key: bytes = KEY) -> list[Link]:
    """Link payloads one after another."""
    links: list[Link] = []
    for payload in payloads:
        links.append(link(links[-1] if links else None, payload, key))
    return links
