"""Getting Django ready for a command."""

from __future__ import annotations

import sys
from typing import Any


class Refused(Exception):  # noqa: N818 - it names the state, not the mishap
    """A command that cannot be done, with the reason and the mend."""


def django_ready() -> None:
    """Load settings and rooms; a wrong environment is told in one line."""
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        from django.conf import settings

        from opora.config.environment import prepare_folders

        prepare_folders(settings)
        django.setup()
    except ImproperlyConfigured as error:
        raise Refused(f"Опора не може да тръгне · Opora cannot start: {error}") from error


def prepare_database(*, tell: bool = True) -> None:
    """Bring the database to today's shape and put in the built-in facts; safe to repeat."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    refuse_demonstration_over_real_accounts()
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        if tell:
            print(f"База данни: {len(plan)} промени · database: {len(plan)} migrations", file=sys.stderr)
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
    if plan or not facts_are_in():
        load_facts()


def refuse_demonstration_over_real_accounts() -> None:
    """The demonstration lets anybody in as anybody: never over a database somebody works with."""
    from opora.foundation.accounts.checks import demonstration_over_real_accounts

    for error in demonstration_over_real_accounts(databases=["default"]):
        raise Refused(f"{error.msg}. {error.hint}")


def facts_are_in() -> bool:
    """Whether the built-in territory stands in the database."""
    from opora.foundation.territory.models import Region

    return Region.objects.count() >= 28


def load_facts() -> None:
    """Built-in territory, types, target groups, rules, frameworks and the coordinators' posts."""
    from opora.evidence.monitoring.actions import load_builtin_frameworks
    from opora.foundation.accounts.actions import make_posts
    from opora.foundation.rules.actions import load_builtin_rules
    from opora.foundation.territory.actions import load_builtin_facts
    from opora.register.actions import load_builtin_types

    load_builtin_facts()
    load_builtin_types()
    load_builtin_rules()
    load_builtin_frameworks()
    make_posts()


def operator() -> Any:
    """The actor behind a command."""
    import getpass

    from opora.foundation.accounts.actors import system

    try:
        person = getpass.getuser()
    except (KeyError, OSError):
        person = "?"
    return system(f"команден ред ({person})")
