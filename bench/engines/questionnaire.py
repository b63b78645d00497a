"""The evaluator of survey cards beside rxeval (its form read before, and read for each card); the whole is bench/questionnaire.py."""

import io

from pyxform.xls2xform import convert

from bench.engines.measuring import Row, judged, ours
from bench.questionnaire import ANSWERS, WHEN, flat, milliseconds, session_of, theirs
from opora.config.demo.cards import needs_card, needs_card_workbook
from opora.engines.questionnaire import check, compile


def _medians():
    form = compile(needs_card())
    xform = convert(io.BytesIO(needs_card_workbook()), validate=False, file_type=".xlsx").xform
    pairs, session = list(flat(ANSWERS)), session_of(xform)
    works = {
        "ours": lambda: check(form, ANSWERS, **WHEN),
        "rxeval 0.1.1, form read before": lambda: theirs(session, pairs),
        "rxeval 0.1.1, form read for each card": lambda: theirs(session_of(xform), pairs),
    }
    return milliseconds(works, 40)


def main() -> None:
    """One row a way of using the peer."""
    took = ours(_medians).answer
    mine = took.pop("ours")
    for peer, theirs_took in took.items():
        Row(
            "questionnaire", "a card of 57 questions checked", f"{mine:.2f} ms", peer, f"{theirs_took:.2f} ms",
            f"{theirs_took / mine:.1f}", "golden corpus equal, dates right", "faster", judged(theirs_took > mine),
        ).say()  # fmt: skip


if __name__ == "__main__":
    main()
