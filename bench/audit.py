"""Rows a second of the audit in SQLite: recorded one by one, verified as a stream. Run: python
bench/audit.py [rows]
"""

import os
import sys
import tempfile
import time
from pathlib import Path


def main(rows: int) -> None:
    """Record and verify in a database of its own."""
    folder = Path(tempfile.mkdtemp(prefix="opora-bench-"))
    os.environ |= {"OPORA_MODE": "test", "DJANGO_SETTINGS_MODULE": "opora.config.settings"}
    os.environ |= {
        name: str(folder / name) for name in ("OPORA_DATA_DIR", "OPORA_KEY_DIR", "OPORA_HEADS_DIR")
    }
    os.makedirs(os.environ["OPORA_DATA_DIR"])
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import transaction

    from opora.foundation.audit import heads
    from opora.foundation.audit.tests import make
    from opora.foundation.audit.verification import verify_all

    call_command("migrate", verbosity=0)
    start = time.process_time()
    with transaction.atomic():
        make.entries(rows, "svc:A")
    recorded = time.process_time()
    heads.publish()
    noted = time.process_time()
    report = verify_all()
    verified = time.process_time()
    if not report.ok:
        raise SystemExit(str(report.breaks[0]))
    print(
        f"audit: {rows} rows, record {rows / (recorded - start):,.0f}/s, "
        f"verify {rows / (verified - noted):,.0f}/s (CPU)"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
