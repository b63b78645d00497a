#!/usr/bin/env bash
# What the README promises, on both cores at once. One core: SQLite, every room. The other: PostgreSQL for everything that
# touches the database, then the engines, the house as a whole and the browser. What it said is shown at the end.
set -uo pipefail
cd "$(dirname "$0")/.."
export OPORA_MODE=test
said=$(mktemp)
trap 'rm -f "$said"' EXIT
chosen="not slow and not every"

other() {
  .venv/bin/python scripts/with_postgres.py -- .venv/bin/python -m pytest -q --database-only -m "$chosen and not browser"
  local postgres=$?
  # No PostgreSQL on this machine is said above and forgiven, but not in CI.
  if [ "$postgres" -eq 75 ] && [ -z "${CI:-}" ]; then postgres=0; fi
  .venv/bin/python -m pytest -q -m "$chosen" tests opora/engines
  local house=$?
  [ "$postgres" -eq 0 ] && [ "$house" -eq 0 ]
}

other >"$said" 2>&1 &
second=$!
.venv/bin/python -m pytest -q -m "$chosen" opora --ignore=opora/engines
first=$?
wait "$second"
beside=$?
printf '\n== on PostgreSQL; then the engines, the house as a whole and the browser\n'
cat "$said"
[ "$first" -eq 0 ] && [ "$beside" -eq 0 ]
