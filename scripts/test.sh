#!/usr/bin/env bash
# What the README promises: every room, the engines, the house as a whole and people's tasks in the browser, on SQLite.
# `scripts/test_postgres.sh` asks PostgreSQL the same.
export OPORA_AT_ONCE="${OPORA_AT_ONCE:-4}"  # all at once: people in browsers wait in between, and none is left alone at the end
exec bash "$(dirname "$0")/parts.sh" quick-browser quick-care quick-rooms quick-house
