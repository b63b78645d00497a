# ruff: noqa: B023
"""CPU milliseconds to check and store one survey card of the demonstration, beside rxeval + openpyxl in the same run.

Run: PYTHONPATH=. python bench/cards.py [cards]. Ours goes the whole way of the product: the draft saved, the card sent,
that is policies, evaluator, submission, a row per answer, history and audit, each durable in SQLite. The baseline reads
the same answers from XLSX with openpyxl, evaluates them with rxeval and stores one blob and the same rows with Django.
Published figures to beat: ODK Central 12.7-16.5 CPU ms a card, and it accepts invalid ones.
"""

import copy
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any


def prepare() -> None:
    """Django on a database of its own."""
    folder = Path(tempfile.mkdtemp(prefix="opora-bench-"))
    os.environ |= {"OPORA_MODE": "test", "DJANGO_SETTINGS_MODULE": "opora.config.settings"}
    os.environ |= {
        name: str(folder / name) for name in ("OPORA_DATA_DIR", "OPORA_KEY_DIR", "OPORA_HEADS_DIR")
    }
    os.makedirs(os.environ["OPORA_DATA_DIR"])
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def cpu(work: Callable[[], Any]) -> float:
    """CPU milliseconds of one call."""
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1000


def main(number: int) -> None:
    """Print the table."""
    prepare()
    from questionnaire import ANSWERS, flat, openpyxl_pairs, session_of, theirs, workbook

    from opora.config.demo.cards import needs_card_tables
    from opora.evidence.survey import actions, queries, xform
    from opora.evidence.survey import workbook as books
    from opora.evidence.survey.actions.templates import keep_version
    from opora.evidence.survey.models import Answer, Card, Submission
    from opora.evidence.survey.tests import make
    from opora.register.tests import make as register

    books.compile_tables(needs_card_tables())
    version = keep_version(make.coordinator(), needs_card_tables())
    actions.publish_version(make.coordinator(), version)
    for n in range(number):
        register.service(f"Услуга {n}")
    round_ = make.round_(version=version)
    cards = list(queries.cards_of(make.coordinator(), round_))
    content, read_again = workbook(list(flat(ANSWERS))), xform.to_xform(needs_card_tables())[0]
    warm = session_of(read_again)
    took: dict[str, list[float]] = {"save": [], "send": [], "cold": [], "warm": []}

    def baseline(session: Callable[[], Any], number: int, card: Card) -> None:
        pairs = openpyxl_pairs(content)
        theirs(session(), pairs)
        Submission.objects.create(
            card=card, number=number, key=str(number), answers=ANSWERS, sha256="", at=round_.opened_at, by="x"
        )
        Answer.objects.bulk_create(
            Answer(card=card, question=path, path=path, text=str(value)) for path, value in pairs
        )

    for card in cards:
        by = make.manager(card.service)
        answers = copy.deepcopy(ANSWERS)
        took["save"].append(cpu(lambda: actions.save_card(by, card, answers, base_version=0)))
        fresh = queries.card_by_code(by, card.code)
        assert fresh is not None
        took["send"].append(cpu(lambda: actions.submit_card(by, fresh, key="bench")))
        took["cold"].append(cpu(lambda: baseline(lambda: session_of(read_again), 90, card)))
        took["warm"].append(cpu(lambda: baseline(lambda: warm, 91, card)))
    middle = {name: statistics.median(found) for name, found in took.items()}
    ours = middle["save"] + middle["send"]
    print(f"{number} cards of {version.questions} questions; median CPU ms a card")
    print(
        f"save the draft {middle['save']:.1f}, check, send and store {middle['send']:.1f}, together {ours:.1f}"
    )
    print(
        f"openpyxl + rxeval + store, form read before {middle['warm']:.1f} ({middle['warm'] / middle['send']:.1f}x), form read each time {middle['cold']:.1f} ({middle['cold'] / middle['send']:.1f}x)"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 60)
