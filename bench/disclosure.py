"""Seconds and hidden cells of the disclosure engine. Run: python bench/disclosure.py"""

import time

from opora.engines.disclosure import audit, leaks, protect
from opora.engines.disclosure.tests import make


def measure(name: str, made: object) -> str:
    """Protect and audit one table, beside what hiding only the small cells would have leaked."""
    table = made()  # type: ignore[operator]
    start = time.process_time()
    done = protect(table)
    middle = time.process_time()
    intervals = audit(done)
    end = time.process_time()
    return (
        f"{name}: {len(table.cells)} cells, {len(done.primary)} small, {len(done.secondary)} more hidden, "
        f"protect {middle - start:.2f} s CPU, audit {end - middle:.2f} s, leaks {len(leaks(done, intervals))}"
    )


if __name__ == "__main__":
    for title, maker in (("2-D", make.two_way), ("3-D", make.three_way), ("hierarchical", make.nation)):
        print(measure(title, maker))
