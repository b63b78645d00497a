"""The shortlist at the size of the country: 28 regions × 43 services × 20 indicators × 2 observers, 10,000 weightings.

`python -m bench.shortlist` prints CPU seconds for one region and for all 28, from marks to places with ties and what they
are like, and the ratio to pymcdm looped over the weightings in the same run (a tenth of them, counted ten times).
"""

import numpy as np

from bench.engines.measuring import Row, judged, ours, peer, ratio, seconds
from opora.engines.scoring import Weights, draw
from opora.improvement.practice import shortlist
from opora.improvement.practice.shortlist import Agreed, Criterion, Marked

SEED = 20261128
REGIONS, SERVICES, INDICATORS = 28, 43, 20
DOMAINS = ("content",) * 8 + ("sectors",) * 5 + ("community",) * 4 + ("transferability",) * 3
TENTH = 10
AGREED = Agreed(places=3, spread=0.5, short=0.5, robust=0.9, least_observed=0.66)


def criteria():
    """Twenty indicators in four domains with weights of 40, 25, 20 and 15."""
    share = {"content": 40, "sectors": 25, "community": 20, "transferability": 15}
    return [
        Criterion(f"{i}", f"indicator {i}", domain, share[domain] / DOMAINS.count(domain) / 100)
        for i, domain in enumerate(DOMAINS)
    ]


def region(seed):
    """Marks of two observers who differ; a mark in a hundred is missing."""
    random = np.random.default_rng([SEED, seed])
    truth = random.normal(2, 0.5, (SERVICES, 1)) + random.normal(0, 0.7, (SERVICES, INDICATORS))
    both = np.clip(np.rint(truth + random.normal(0, 0.4, (2, SERVICES, INDICATORS))), 0, 4)
    gone = random.random((SERVICES, INDICATORS)) < 0.01
    found = []
    for s in range(SERVICES):
        seen = [i for i in range(INDICATORS) if not gone[s, i]]
        pairs = {str(i): (float(both[0, s, i]), float(both[1, s, i])) for i in seen}
        found.append(Marked(f"s{s}", {code: (a + b) / 2 for code, (a, b) in pairs.items()}, pairs))
    return found


def measure():
    """A region, all regions, and the peer."""
    rules, regions = criteria(), [region(seed) for seed in range(REGIONS)]
    warm = lambda: shortlist.rank(rules, regions[0][:5], AGREED, samples=50)  # noqa: E731
    one = ours(lambda: shortlist.rank(rules, regions[0], AGREED, seed=SEED), warm=warm)
    whole = ours(lambda: [shortlist.rank(rules, marks, AGREED, seed=SEED) for marks in regions], warm=warm)
    centre = np.array([c.weight for c in rules])
    some = draw(Weights.around(centre, AGREED.spread), INDICATORS, shortlist.SAMPLES // TENTH, SEED)
    table = np.array([[m.levels.get(c.code, 2.0) for c in rules] for m in regions[0]])
    theirs = peer("scoring", "scoring_pymcdm", {"marks": table, "weights": some, "method": "wsm"})
    times = TENTH * ratio(theirs, one)
    shares = [place.first for place in one.answer.places]
    same = judged(one.cpu < 1, times >= 10)
    Row(
        "shortlist", f"{SERVICES} × {INDICATORS} × 2 observers × {shortlist.SAMPLES:,} weightings, one region", seconds(one),
        "pymcdm 1.4.0, looped, without error, gaps or pairs", f"{TENTH} × {seconds(theirs)}", f"{times:.0f}",
        f"first in {100 * max(shares):.0f} of 100; {one.memory:.0f} MiB", "< 1 s", same,
    ).say()  # fmt: skip
    Row(
        "shortlist", f"all {REGIONS} regions", seconds(whole), bound=f"{len(whole.answer)} lists; {whole.memory:.0f} MiB",
        asked="< 10 s", met=judged(whole.cpu < 10),
    ).say()  # fmt: skip


if __name__ == "__main__":
    print(f"seed {SEED}")
    measure()
