#!/usr/bin/env bash
# What the README promises: every room, the engines, the house as a whole and people's tasks in the browser, on SQLite.
# `scripts/test_postgres.sh` asks PostgreSQL the same.
exec bash "$(dirname "$0")/parts.sh" quick-browser quick-care quick-rooms quick-house
