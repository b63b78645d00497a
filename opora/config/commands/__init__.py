"""What each command does. Every module loads Django only when its work needs it."""

from opora.config.commands.importing import import_register, import_territory
from opora.config.commands.keeping import (
    audit_accept,
    audit_verify,
    backup,
    files_sweep,
    keys_rotate,
    restore,
)
from opora.config.commands.ready import Refused
from opora.config.commands.running import demo, first_admin, migrate, secret, serve, shell, tick, worker
from opora.config.commands.working import analyse, cards_check, engine

__all__ = [
    "Refused",
    "analyse",
    "audit_accept",
    "audit_verify",
    "backup",
    "cards_check",
    "demo",
    "engine",
    "files_sweep",
    "first_admin",
    "import_register",
    "import_territory",
    "keys_rotate",
    "migrate",
    "restore",
    "secret",
    "serve",
    "shell",
    "tick",
    "worker",
]
