#!/usr/bin/env bash
# What the README promises, on both cores at once: SQLite whole with one role per page in the browser, and PostgreSQL for
# everything that touches the database. What PostgreSQL said is shown at the end.
set -uo pipefail
cd "$(dirname "$0")/.."
export OPORA_MODE=test
said=$(mktemp)
trap 'rm -f "$said"' EXIT

.venv/bin/python scripts/with_postgres.py -- .venv/bin/python -m pytest -q --database-only \
  -m "not slow and not every and not browser" >"$said" 2>&1 &
other=$!
.venv/bin/python -m pytest -q -m "not slow and not every"
first=$?
wait "$other"
second=$?
printf '\n== the same on PostgreSQL\n'
cat "$said"
if [ "$second" -eq 75 ] && [ -z "${CI:-}" ]; then second=0; fi # no PostgreSQL on this machine: said so above
[ "$first" -eq 0 ] && [ "$second" -eq 0 ]
