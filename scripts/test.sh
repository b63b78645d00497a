#!/usr/bin/env bash
# What the README promises, on both cores at once: one tests the rooms, the other the engines, the house as a whole and people's
# tasks in the browser; what the second said is shown at the end. On SQLite; `scripts/test_postgres.sh` asks PostgreSQL the same.
set -uo pipefail
cd "$(dirname "$0")/.."
export OPORA_MODE=test
said=$(mktemp)
trap 'rm -f "$said"' EXIT
chosen="not slow and not every"

.venv/bin/python -m pytest -q --durations=25 -m "$chosen" tests opora/engines >"$said" 2>&1 &
other=$!
.venv/bin/python -m pytest -q --durations=25 -m "$chosen" opora --ignore=opora/engines
first=$?
wait "$other"
second=$?
printf '\n== the engines, the house as a whole and the browser\n'
cat "$said"
[ "$first" -eq 0 ] && [ "$second" -eq 0 ]
