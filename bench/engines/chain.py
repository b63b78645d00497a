"""Links of the audit's chain a second, beside SHA-256 without a key in hashlib (no chain, nothing found)."""

import hashlib

from bench.engines.measuring import Row, judged, ours
from opora.engines.chain import GENESIS, link, verify

KEY = bytes(range(32))
COUNT = 300_000


def _payloads():
    return [
        f'{{"at":"2026-11-22","kind":"consult","subject":"К-2026-{number:09d}"}}'.encode()
        for number in range(COUNT)
    ]


def _linked(payloads):
    links, previous = [], GENESIS
    for payload in payloads:
        previous = link(previous, payload, KEY)
        links.append(previous)
    return links


def main() -> None:
    """Make, verify, and the bare hashes."""
    payloads = _payloads()
    links = _linked(payloads)
    bare = ours(lambda: sum(1 for payload in payloads if hashlib.sha256(payload).digest()))
    for case, run in (
        ("link", ours(lambda: len(_linked(payloads)))),
        ("verify", ours(lambda: verify(links, KEY, links[-1]) is None)),
    ):
        rate = COUNT / run.cpu
        Row(
            "chain", f"{case}, {COUNT:,} rows", f"{rate:,.0f} links/s", "hashlib.sha256 alone", f"{COUNT / bare.cpu:,.0f}/s",
            f"{bare.cpu / run.cpu:.2f}", "exact", "≥ 100,000 links/s", judged(rate >= 100_000),
        ).say()  # fmt: skip


if __name__ == "__main__":
    main()
