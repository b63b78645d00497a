"""The national analysis: 28 regions reckoned from frozen facts, beside plain loops over openpyxl rows.

Run: python bench/analysis.py [services a region]. Both sides make the same table of places by municipality; the
analysis makes all its other tables, sentences and pictures' facts, too, and hides small numbers.
"""

import io
import resource
import sys
import time
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import openpyxl

from opora.planning.needs import reckoning as r
from opora.planning.needs.tests import fabricate

REGIONS = 28
BUDGET_MB = 512


def main(services: int) -> None:
    """Print CPU seconds and memory of both, and refuse numbers that differ."""
    nation = [fabricate.facts(n, size=services, towns=10, region=f"R{n:02d}") for n in range(REGIONS)]
    books = [_workbook(facts) for facts in nation]
    start = time.process_time()
    made = [r.reckon(facts) for facts in nation]
    reckoned = time.process_time()
    hidden = sum(
        cell.hidden for f, m in zip(nation, made, strict=True) for *_, cell in r.published(f, m).cells()
    )
    protected = time.process_time()
    plain = [_plain(book) for book in books]
    looped = time.process_time()
    for result, rows in zip(made, plain, strict=True):
        table = result.table("places.municipality")
        for code, sums in rows.items():
            if [table.cell(code, key).value or 0 for key in ("capacity", "occupied", "waiting")] != sums:
                raise SystemExit(f"{result.region} {code}: the two ways differ")
    cells = sum(1 for result in made for _ in result.cells())
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"analysis: {REGIONS} regions x {services} services, {cells:,} cells, {hidden:,} hidden")
    print(
        f"  reckon   {reckoned - start:6.2f} s CPU ({1000 * (reckoned - start) / REGIONS:.0f} ms a region, every table)"
    )
    print(
        f"  protect  {protected - reckoned:6.2f} s CPU ({1000 * (protected - reckoned) / REGIONS:.0f} ms a region)"
    )
    print(f"  baseline {looped - protected:6.2f} s CPU (openpyxl and plain loops, one table of some thirty)")
    print(f"  memory   {memory:6.0f} MB at most")
    if memory > BUDGET_MB:
        raise SystemExit(f"more than {BUDGET_MB} MB")


def _workbook(facts: r.Facts) -> bytes:
    """What the region would mail today: one sheet of services."""
    book = openpyxl.Workbook()
    page = book.active
    page.append(["code", "municipality", "capacity", "occupied", "waiting"])
    for s in facts.services:
        page.append([s.code, s.municipality, s.capacity, s.occupied, s.waiting])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _plain(content: bytes) -> dict[str, list[int]]:
    page = openpyxl.load_workbook(io.BytesIO(content)).active
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for row in page.iter_rows(min_row=2, values_only=True):
        for place, value in enumerate(row[2:]):
            sums[row[1]][place] += value or 0
    return dict(sums)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 45)
