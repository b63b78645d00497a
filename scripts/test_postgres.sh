#!/usr/bin/env bash
# Everything that touches the database on a real PostgreSQL of its own; with --slow the long trials about the database too.
set -uo pipefail
cd "$(dirname "$0")/.."
export OPORA_MODE=test
chosen="not every and not browser"
[ "${1:-}" = "--slow" ] || chosen="$chosen and not slow"
.venv/bin/python scripts/with_postgres.py -- .venv/bin/python -m pytest -q --durations=25 --database-only -m "$chosen"
