"""Every alteration of the audit is found and its place named (D2, D3)."""

from __future__ import annotations

import datetime as dt
import random
import time
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection

from opora.engines.chain import link
from opora.foundation.audit import chains, heads
from opora.foundation.audit.models import Entry, Head
from opora.foundation.audit.startup import startup_check
from opora.foundation.audit.tests import make
from opora.foundation.audit.verification import verify_all

pytestmark = pytest.mark.django_db


def _found() -> list[tuple[str, int, str]]:
    return [(broken.chain, broken.seq, broken.kind) for broken in verify_all().breaks]


def test_an_untouched_audit_is_whole() -> None:
    make.entries(5, "svc:A")
    make.entries(3, "system")
    heads.publish()
    report = verify_all()
    assert report.ok
    assert (report.chains, report.entries) == (2, 8)


def test_an_audit_without_rows_is_whole() -> None:
    assert verify_all().ok
    assert startup_check() == []


@pytest.mark.parametrize(
    "column",
    [
        "actor_name",
        "role",
        "organisation",
        "service",
        "kind",
        "deed",
        "subject",
        "ground",
        "address",
        "details_text",
    ],
)
def test_an_edit_of_any_column_is_found(column: str) -> None:
    make.entries(6)
    make.tamper(f"UPDATE audit_entry SET {column} = 'x' WHERE seq = 4")
    assert _found() == [("system", 4, "altered")]


def test_an_edit_of_the_person_or_the_time_is_found() -> None:
    make.entries(4, "a")
    make.entries(4, "b")
    make.tamper("UPDATE audit_entry SET actor_id = 8 WHERE seq = 2 AND chain = 'a'")
    make.tamper(
        "UPDATE audit_entry SET at = %s WHERE seq = 3 AND chain = 'b'", dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    )
    assert _found() == [("a", 2, "altered"), ("b", 3, "altered")]


def test_a_row_that_cannot_even_be_read_is_found() -> None:
    make.entries(4)
    make.tamper("UPDATE audit_entry SET previous = 'not hex' WHERE seq = 2")
    assert _found() == [("system", 2, "altered")]


def test_a_missing_row_is_found() -> None:
    make.entries(6)
    make.tamper("DELETE FROM audit_entry WHERE seq IN (3, 4)")
    assert _found() == [("system", 3, "missing")]


def test_a_closed_gap_is_found() -> None:
    make.entries(4)
    make.tamper("DELETE FROM audit_entry WHERE seq = 2")
    make.tamper("UPDATE audit_entry SET seq = 2 WHERE seq = 3")
    assert _found() == [("system", 2, "altered")]


def test_swapped_rows_are_found() -> None:
    make.entries(6)
    make.tamper("UPDATE audit_entry SET seq = 99 WHERE seq = 2")
    make.tamper("UPDATE audit_entry SET seq = 2 WHERE seq = 5")
    make.tamper("UPDATE audit_entry SET seq = 5 WHERE seq = 99")
    assert _found() == [("system", 2, "altered")]


def test_a_cut_tail_is_found_by_the_head_in_the_database() -> None:
    make.entries(6)
    make.tamper("DELETE FROM audit_entry WHERE seq > 4")
    assert _found() == [("system", 5, "tail")]


def _cut_with_head(keep: int) -> None:
    """Cut the tail and set the head back, so that inside everything fits."""
    make.tamper("DELETE FROM audit_entry WHERE seq > %s", keep)
    last = Entry.objects.get(seq=keep)
    Head.objects.update(seq=keep, digest=last.digest)


def test_a_tail_cut_with_its_head_is_found_by_the_head_outside() -> None:
    make.entries(6)
    heads.publish()
    _cut_with_head(4)
    assert _found() == [("system", 5, "older")]


def test_a_chain_that_vanished_is_found_by_the_head_outside() -> None:
    make.entries(2, "svc:A")
    make.entries(1, "system")
    heads.publish()
    make.tamper("DELETE FROM audit_entry WHERE chain = 'svc:A'")
    Head.objects.filter(chain="svc:A").delete()
    assert _found() == [("svc:A", 1, "older")]


def test_a_forged_row_with_a_forged_head_is_found() -> None:
    rows = make.entries(3)
    forged = link(bytes.fromhex(rows[-1].digest), b"forged", b"some other key")
    copy = Entry.objects.get(seq=3)
    copy.pk, copy.seq, copy.previous, copy.digest = None, 4, rows[-1].digest, forged.digest.hex()
    copy.save(force_insert=True)
    Head.objects.update(seq=4, digest=forged.digest.hex())
    assert _found() == [("system", 4, "altered")]


def test_the_place_is_named_in_words() -> None:
    rows = make.entries(3, "svc:LOV18-001")
    make.tamper("UPDATE audit_entry SET subject = 'x' WHERE seq = 2")
    (broken,) = verify_all().breaks
    assert broken.entry_id == rows[1].pk
    assert str(broken) == "Верига „svc:LOV18-001“: запис № 2 е променен."


def test_d3_an_old_copy_of_the_database_is_noticed_at_start() -> None:
    make.entries(6)
    heads.publish()
    assert startup_check() == []
    _cut_with_head(4)
    (words,) = startup_check()
    assert "по-стара" in words
    assert "има 4 реда" in words
    assert "отбелязани 6" in words


def test_d3_an_old_copy_written_further_is_noticed() -> None:
    make.entries(6)
    heads.publish()
    _cut_with_head(4)
    make.entries(5)
    (words,) = startup_check()
    assert "ред № 6" in words
    assert _found() == [("system", 6, "older")]


def test_rows_added_after_the_heads_are_no_matter() -> None:
    make.entries(2)
    heads.publish()
    make.entries(2)
    assert startup_check() == []
    assert verify_all().ok


def test_heads_written_by_another_are_refused() -> None:
    make.entries(2)
    file = heads.publish()
    file.write_bytes(file.read_bytes().replace(b"[2,", b"[1,"))
    (words,) = startup_check()
    assert file.name in words


def test_a_missing_key_is_said_at_start() -> None:
    make.entries(1)
    (Path(django_settings.KEY_DIR) / "audit.key").unlink()
    (words,) = startup_check()
    assert "audit.key" in words


def test_heads_are_one_file_a_day() -> None:
    make.entries(1)
    heads.publish(dt.date(2026, 11, 21))
    make.entries(1)
    heads.publish(dt.date(2026, 11, 22))
    heads.publish(dt.date(2026, 11, 22))
    folder = Path(django_settings.HEADS_DIR)
    assert [file.name for file in sorted(folder.iterdir())] == [
        "heads-2026-11-21.json",
        "heads-2026-11-22.json",
    ]
    assert heads.newest()["system"].seq == 2


@pytest.mark.slow
def test_d2_a_thousand_random_alterations_of_rows_in_the_database() -> None:
    make.entries(30)
    rng = random.Random(2)
    names = [name for name in chains.COVERED if name not in ("chain", "seq", "at", "actor_id")]
    for _ in range(1000):
        at = rng.randint(1, 30)
        before = Entry.objects.values(*names).get(seq=at)
        column = rng.choice(names)
        make.tamper(f"UPDATE audit_entry SET {column} = %s WHERE seq = %s", before[column][:4] + "x", at)
        if before[column] != before[column][:4] + "x":
            assert _found() == [("system", at, "altered")]
        make.tamper(f"UPDATE audit_entry SET {column} = %s WHERE seq = %s", before[column], at)
    assert verify_all().ok


@pytest.mark.slow
def test_verification_is_quick() -> None:
    make.entries(2000)
    start = time.process_time()
    assert verify_all().entries == 2000
    assert time.process_time() - start < 1
    assert connection.vendor in ("sqlite", "postgresql")
