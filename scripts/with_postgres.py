"""Run a command beside a PostgreSQL of its own: `python scripts/with_postgres.py -- pytest …`.

The cluster is made by initdb as an unprivileged user (PostgreSQL refuses root), lives in a temporary folder outside the
checkout, listens on a Unix socket only, and is removed at the end. The role of the command is no superuser, or else
REVOKE and row security would prove nothing. Exit code 75 means: no PostgreSQL on this machine.
"""

from __future__ import annotations

import contextlib
import glob
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

NO_POSTGRES = 75


def binaries() -> Path | None:
    """The folder with initdb: Debian keeps it off the path."""
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"), key=lambda p: int(p.split("/")[4]))
    beside = shutil.which("initdb")
    return Path(found[-1]).parent if found else Path(beside).parent if beside else None


def unprivileged() -> dict[str, object]:
    """Who runs the server: ourselves, or postgres/nobody where we are root."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            user = pwd.getpwnam(name)
            return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    raise SystemExit("no unprivileged user to run PostgreSQL as")


@contextlib.contextmanager
def cluster(bin_dir: Path) -> Iterator[str]:
    """A running cluster; gives the database address for OPORA_DATABASE_URL."""
    who = unprivileged()
    home = Path(tempfile.mkdtemp(prefix="opora-pg-"))
    if who:
        os.chown(home, int(str(who["user"])), int(str(who["group"])))
    data, environment = home / "data", {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(home)}

    def run(program: str, *arguments: str) -> None:
        subprocess.run(
            [str(bin_dir / program), *arguments],
            check=True,
            cwd=home,
            env=environment,
            stdout=subprocess.DEVNULL,
            **who,  # type: ignore[call-overload]
        )

    run("initdb", "-D", str(data), "-U", "owner", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
    options = f"-c listen_addresses='' -c unix_socket_directories='{home}' -c fsync=off -c max_connections=60"
    run("pg_ctl", "-D", str(data), "-w", "-o", options, "-l", str(home / "log"), "start")
    try:
        run(
            "psql",
            "-h",
            str(home),
            "-U",
            "owner",
            "-d",
            "postgres",
            "-q",
            "-c",
            "CREATE ROLE opora LOGIN CREATEDB NOSUPERUSER",
        )
        run(
            "psql",
            "-h",
            str(home),
            "-U",
            "owner",
            "-d",
            "postgres",
            "-q",
            "-c",
            "CREATE DATABASE opora OWNER opora",
        )
        yield f"postgres://opora@{quote(str(home), safe='')}/opora"
    finally:
        run("pg_ctl", "-D", str(data), "-m", "immediate", "stop")
        shutil.rmtree(home, ignore_errors=True)


def main(arguments: list[str]) -> int:
    """Run what stands after `--`; its exit code is ours."""
    bin_dir = binaries()
    if bin_dir is None:
        print("PostgreSQL is not on this machine. As root: apt-get install postgresql", file=sys.stderr)
        return NO_POSTGRES
    with cluster(bin_dir) as address:
        return subprocess.run(
            arguments, env=os.environ | {"OPORA_DATABASE_URL": address}, check=False
        ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[sys.argv.index("--") + 1 :]))
