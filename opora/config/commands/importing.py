"""`opora import …`."""

from __future__ import annotations

import json
from argparse import Namespace
from pathlib import Path
from typing import Any

from opora.config.commands.ready import Refused, django_ready, operator, prepare_database


def import_territory(given: Namespace) -> int:
    """Official files from a folder."""
    _existing(given.path)
    django_ready()
    prepare_database()
    from opora.foundation.territory.imports import import_territory as read

    return _told(read(Path(given.path), dry_run=given.dry_run), given.json)


def import_register(given: Namespace) -> int:
    """A workbook of services: read, report, and without --dry-run apply."""
    _existing(given.path)
    django_ready()
    prepare_database()
    from opora.register.imports import import_register as read

    return _told(read(Path(given.path), dry_run=given.dry_run, actor=operator()), given.json)


def _existing(path: str) -> None:
    if not Path(path).exists():
        raise Refused(
            f"Няма такъв файл или папка: {path} · No such file or folder. Проверете името и опитайте пак."
        )


def _told(report: Any, as_json: bool) -> int:
    print(json.dumps(report.as_json(), ensure_ascii=False, indent=2) if as_json else report.as_text())
    return 0 if report.ok else 1
