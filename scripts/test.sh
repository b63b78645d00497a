#!/usr/bin/env bash
# What the README promises: every room, the engines, the house as a whole and people's tasks in the browser, on SQLite.
# `scripts/test_postgres.sh` asks PostgreSQL the same.
export OPORA_AT_ONCE="${OPORA_AT_ONCE:-3}"  # people in browsers wait in between
exec bash "$(dirname "$0")/parts.sh" quick-browser quick-care quick-rooms quick-house
