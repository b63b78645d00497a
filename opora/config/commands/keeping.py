"""`opora audit verify`, `opora keys rotate`, `opora files sweep`, `opora backup`, `opora restore`."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from pathlib import Path

from opora.config.commands.ready import Refused, django_ready, operator


def audit_verify(given: Namespace) -> int:
    """Walk every chain of the audit; name the first broken place of each."""
    django_ready()
    from opora.foundation.audit.heads import HeadsForged
    from opora.foundation.audit.startup import startup_check
    from opora.foundation.audit.verification import verify_all
    from opora.foundation.core.crypto import KeyMissing

    try:
        report = verify_all()
    except (KeyMissing, HeadsForged) as error:
        raise Refused(" ".join(startup_check())) from error
    print(json.dumps(report.as_json(), ensure_ascii=False, indent=2) if given.json else report.as_text())
    return 0 if report.ok else 1


def audit_accept(given: Namespace) -> int:
    """After a database was put back on purpose: what was noted outside is set aside, and the audit says so."""
    django_ready()
    from opora.foundation.audit.actions import accept_restored

    entry = accept_restored(operator(), ground=given.ground)
    print(f"Прието и записано · Accepted and recorded: {entry.chain} № {entry.seq}")
    return 0


def keys_rotate(given: Namespace) -> int:
    """A new key for identity numbers and sealed names; a run that was stopped goes on from its mark."""
    django_ready()
    from opora.care.casework.actions import rotate_keys

    done = rotate_keys(operator(), drop=given.drop, said=lambda count: print(count, flush=True))
    print(
        f"Ключ {done.key}, стойности {done.values.get(done.key, 0)} · key {done.key}, values sealed with it"
    )
    for number in done.dropped:
        print(f"Ключ {number} е изтрит · key {number} is deleted")
    if done.left:
        raise Refused(
            f"{done.left} стойности не се отварят с наличните ключове и останаха непроменени · "
            f"{done.left} values cannot be opened with the keys here and stay as they were"
        )
    return 0


def backup(given: Namespace) -> int:
    """One verified, encrypted file with the database and the documents."""
    django_ready()
    from opora.foundation.audit.verification import verify_all
    from opora.foundation.core import backup as keeping

    try:
        made = keeping.backup(
            Path(given.path), check=lambda using: verify_all(using=using, outside_too=False).ok
        )
    except keeping.BackupError as error:
        raise Refused(str(error)) from error
    print(made.as_text())
    return 0


def restore(given: Namespace) -> int:
    """Put a backup back; the present database is never overwritten without --replace."""
    django_ready()
    from opora.foundation.audit.actions import accept_restored
    from opora.foundation.audit.verification import verify_all
    from opora.foundation.core import backup as keeping

    try:
        restored = keeping.restore(
            Path(given.path),
            replace=given.replace,
            check=lambda using: verify_all(using=using, outside_too=False).ok,
        )
    except keeping.BackupError as error:
        raise Refused(str(error)) from error
    # What was noted outside since then must not accuse a restore that was meant.
    accept_restored(operator(), ground=f"opora restore {Path(given.path).name}")
    print(restored.as_text())
    erase_what_came_back()
    return 0


def erase_what_came_back() -> None:
    """Files erased by two persons that an older database brought back: erased again, from the disk too."""
    from opora.care.casework.actions import erase_again
    from opora.care.casework.sweeping import Unswept, sweep

    if not (codes := erase_again(operator())):
        return
    print(f"Заличени отново · Erased again: {', '.join(codes)}")
    try:
        sweep()
    except Unswept as left:
        print(f"ВНИМАНИЕ · WARNING: {left}", file=sys.stderr, flush=True)


def files_sweep(given: Namespace) -> int:
    """Take the bytes of erased files off the disk; on PostgreSQL with the address of the owner of the tables."""
    django_ready()
    from opora.care.casework.actions import mark_swept
    from opora.care.casework.sweeping import Unswept, sweep

    try:
        sweep()
    except Unswept as left:
        raise Refused(str(left)) from left
    print(f"Махнати от диска · Gone from the disk: {mark_swept()}")
    return 0
