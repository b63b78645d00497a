"""The variables of the environment, read once and checked; a missing production secret refuses to start."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import environ
from django.core.exceptions import ImproperlyConfigured

MODES = ("production", "demo", "test")
SQLITE_OPTIONS: dict[str, Any] = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 5,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=134217728; "
        "PRAGMA cache_size=-20000; PRAGMA foreign_keys=ON;"
    ),
}


@dataclass(frozen=True)
class Environment:
    """What the machine tells Opora. Paths are absolute; `database` is a Django database dictionary."""

    mode: str
    data_dir: Path
    key_dir: Path
    heads_dir: Path
    secret_key: str
    hosts: list[str]
    origins: list[str]
    institution: str
    behind_proxy: bool
    database: dict[str, Any]
    email: dict[str, Any]
    sender: str


def read() -> Environment:
    """Read the OPORA_* variables; raises ImproperlyConfigured with the reason and the mend."""
    env = environ.Env()
    mode = env.str("OPORA_MODE", default="production")
    if mode not in MODES:
        raise ImproperlyConfigured(f"OPORA_MODE={mode}: expected one of {', '.join(MODES)}")
    data_dir = Path(env.str("OPORA_DATA_DIR", default="var/data")).resolve()
    key_dir = Path(env.str("OPORA_KEY_DIR", default=str(data_dir.parent / "keys"))).resolve()
    heads_dir = Path(env.str("OPORA_HEADS_DIR", default=str(data_dir.parent / "heads"))).resolve()
    _refuse_inside(data_dir, OPORA_KEY_DIR=key_dir, OPORA_HEADS_DIR=heads_dir)
    local = ["127.0.0.1", "localhost", "[::1]"] + (["testserver"] if mode == "test" else [])
    return Environment(
        mode=mode,
        data_dir=data_dir,
        key_dir=key_dir,
        heads_dir=heads_dir,
        secret_key=_secret_key(env, mode, key_dir),
        hosts=env.list("OPORA_HOSTS", default=local),
        origins=env.list("OPORA_ORIGINS", default=[]),
        institution=env.str("OPORA_INSTITUTION", default=""),
        behind_proxy=env.bool("OPORA_BEHIND_PROXY", default=False),
        database=_database(env, data_dir, mode),
        email=_email(env),
        sender=env.str("OPORA_SENDER", default="opora@localhost"),
    )


def _refuse_inside(data_dir: Path, **folders: Path) -> None:
    for name, folder in folders.items():
        if folder == data_dir or data_dir in folder.parents:
            raise ImproperlyConfigured(
                f"{name} must lie outside OPORA_DATA_DIR: whoever takes the data would take it too"
            )


def _secret_key(env: environ.Env, mode: str, key_dir: Path) -> str:
    given = env.str("OPORA_SECRET_KEY", default="")
    if given:
        if mode == "production" and len(given) < 50:
            raise ImproperlyConfigured(
                "OPORA_SECRET_KEY is shorter than 50 characters; `opora secret` prints a good one"
            )
        return str(given)
    if mode == "production":
        raise ImproperlyConfigured(
            "OPORA_SECRET_KEY is not set; `opora secret` prints a new one to put in the environment. "
            "For the data of the demonstration set OPORA_MODE=demo instead"
        )
    if mode == "test":
        return "test-" + "k" * 60
    return _kept_secret(key_dir / "secret-key")


def _kept_secret(file: Path) -> str:
    """The demonstration's own secret, made at first start and kept beside the other keys."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(64), encoding="ascii")
    return file.read_text(encoding="ascii")


def _database(env: environ.Env, data_dir: Path, mode: str) -> dict[str, Any]:
    url = env.str("OPORA_DATABASE_URL", default="")
    if not url:
        return {
            "ENGINE": "opora.foundation.core.sqlite",
            "NAME": str(data_dir / "opora.sqlite3"),
            "OPTIONS": dict(SQLITE_OPTIONS),
            "CONN_MAX_AGE": None,
        }
    found: dict[str, Any] = environ.Env.db_url_config(url)
    if "sqlite" in str(found["ENGINE"]):
        found |= {
            "ENGINE": "opora.foundation.core.sqlite",
            "OPTIONS": dict(SQLITE_OPTIONS),
            "CONN_MAX_AGE": None,
        }
    else:
        host = unquote(str(found["HOST"]))  # a Unix socket's folder comes percent-encoded
        found |= {"HOST": host, "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
        # Compiling a statement takes longer than running it: row-level security makes them look dear.
        options = "-c jit=off"
        if mode == "test":  # tests look at every file; what a request may touch is set by the request
            options += " -c opora.whole=on"
        found["OPTIONS"] = {"options": options}
    return found


def _email(env: environ.Env) -> dict[str, Any]:
    url = env.str("OPORA_EMAIL_URL", default="")
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    found = dict(env.email_url_config(url))
    if found["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend":
        found["EMAIL_BACKEND"] = "opora.foundation.messages.smtp.OutboxBackend"
    return found


def prepare_folders(settings: Any) -> None:
    """Make the folders Opora writes to; keys are readable by their owner only."""
    wanted = {
        settings.DATA_DIR: 0o750,
        settings.STATIC_ROOT: 0o750,
        settings.KEY_DIR: 0o700,
        settings.HEADS_DIR: 0o700,
    }
    for folder, mode in wanted.items():
        os.makedirs(folder, mode=mode, exist_ok=True)
