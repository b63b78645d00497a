"""`opora cards …`, `opora analyse`, `opora engine`."""

from __future__ import annotations

import datetime as dt
import json
import sys
from argparse import Namespace
from pathlib import Path

from opora.config.commands.ready import Refused, django_ready, operator


def cards_check(given: Namespace) -> int:
    """Check answers against a template, without Django or a database; 0 when there is nothing to mend."""
    from opora.evidence.survey.check_files import check_files

    try:
        today = dt.date.fromisoformat(given.today) if given.today else dt.date.today()
    except ValueError as error:
        raise Refused(
            f"--today: {given.today} не е дата като 2026-11-22 · is not a date like 2026-11-22"
        ) from error
    result, code = check_files(Path(given.template), Path(given.answers), today, given.language)
    print(json.dumps(result, ensure_ascii=False, indent=2))
    return code


def analyse(given: Namespace) -> int:
    """Make and export the analysis of one region, or of all that the round covers."""
    django_ready()
    from opora.foundation.core.errors import ActionRefused
    from opora.planning.needs.exports import export

    formats = [part.strip() for part in given.format.split(",") if part.strip()]
    try:
        files = export(operator(), given.region, given.round, Path(given.out), formats)
    except (ActionRefused, LookupError) as error:
        raise Refused(str(error)) from error
    for file in files:
        print(file)
    return 0


def engine(given: Namespace) -> int:
    """One engine alone: reads JSON, writes JSON; Django is not loaded."""
    from opora.config.commands import engines
    from opora.engines.common.schema import check

    face = engines.face(given.name)
    if face is None:
        raise Refused(
            f"Няма модул {given.name} · no engine {given.name}. Има · there are: {', '.join(engines.NAMES)}"
        )
    if given.schema or given.example:
        print(json.dumps(face.schema if given.schema else face.example, ensure_ascii=False, indent=2))
        return 0
    try:
        document = json.load(sys.stdin)
        check(document, face.schema)
        print(json.dumps(face.run(document), ensure_ascii=False, indent=2, allow_nan=False))
    except (ValueError, KeyError, TypeError) as error:
        raise Refused(f"{given.name}: {error}") from error
    return 0
