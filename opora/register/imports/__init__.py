"""Workbooks into the register in two steps: read, then accept.

    plan = read(path, actor=actor)        # nothing is written; Report(plan).as_text() says what would be
    apply(actor, plan)                    # one transaction

`import_register` does both for the command line.
"""

from __future__ import annotations

from pathlib import Path

from opora.foundation.accounts.actors import Actor, system
from opora.register.imports.apply import apply
from opora.register.imports.plan import Plan, read, read_bytes
from opora.register.imports.report import Report

__all__ = ["Plan", "Report", "apply", "import_register", "read", "read_bytes"]


def import_register(path: str | Path, *, dry_run: bool = False, actor: Actor | None = None) -> Report:
    """Read a workbook and, unless `dry_run` or something must be mended, accept it. OSError if no file."""
    actor = actor or system()
    plan = read(path, actor=actor)
    if dry_run or plan.errors or plan.before:
        return Report(plan)
    if plan.changes:
        apply(actor, plan)
    return Report(plan, applied=True)
