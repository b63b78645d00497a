"""Rows a second of the hash chain. Run: python bench/chain.py [rows]"""

import sys
import time

from opora.engines.chain import GENESIS, Link, link, verify

KEY = bytes(range(32))


def measure(rows: int) -> tuple[float, float]:
    """Give rows linked and rows verified a second of CPU, payloads of about 90 bytes."""
    body = '{"at":"2026-11-22","kind":"consult","subject":"К-2026-%09d"}'
    payloads = [(body % number).encode() for number in range(rows)]
    start = time.process_time()
    links: list[Link] = []
    previous: Link | bytes = GENESIS
    for payload in payloads:
        previous = link(previous, payload, KEY)
        links.append(previous)
    linked = time.process_time()
    if verify(links, KEY, links[-1]) is not None:
        raise SystemExit("the chain is broken")
    return rows / (linked - start), rows / (time.process_time() - linked)


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 300_000
    append, check = measure(count)
    print(f"chain: {count} rows, link {append:,.0f}/s, verify {check:,.0f}/s (CPU)")
