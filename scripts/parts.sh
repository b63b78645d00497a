#!/usr/bin/env bash
# The suite in parts, two at a time so that both cores are busy to the end, the longest first:
#   scripts/parts.sh NAME …    each of these parts; what one said is shown when it ends
#   OPORA_AT_ONCE=3            three at a time: trials that kill, and people in browsers, wait in between
# A part is a process of its own: `quick-…` is what the README promises, `slow-…` the long trials, `postgres` what touches the
# database, on a PostgreSQL; `check`, `lock` and `demo` are the other steps of CI.
set -uo pipefail
cd "$(dirname "$0")/.."
export OPORA_MODE=test
pytest=(.venv/bin/python -m pytest -q --durations=15 -m)
quick="not slow and not every" slow="slow and not every"

part() {
  case "$1" in
    quick-care) "${pytest[@]}" "$quick" opora/care ;;
    quick-rooms) "${pytest[@]}" "$quick" opora --ignore=opora/care --ignore=opora/engines ;;
    quick-browser) "${pytest[@]}" "$quick" tests/browser ;;
    quick-house) "${pytest[@]}" "$quick" tests opora/engines --ignore=tests/browser ;;
    slow-rooms) "${pytest[@]}" "$slow" opora ;;
    slow-house) "${pytest[@]}" "$slow" tests --ignore=tests/browser ;;
    slow-pages) "${pytest[@]}" "$slow" tests/browser --ignore-glob='*/test_casework_*' ;;
    slow-ways) "${pytest[@]}" "$slow" tests/browser/test_casework_*.py ;;
    postgres) bash scripts/test_postgres.sh --slow ;;
    check) make --no-print-directory check ;;
    lock) make --no-print-directory lock && git diff --exit-code -- requirements ;;
    demo) bash scripts/try_demo.sh ;;
    *) echo "no part $1" && return 2 ;;
  esac
}

if [ "${1:-}" = "--one" ]; then
  said=$(mktemp)
  trap 'rm -f "$said"' EXIT
  TIMEFORMAT='%R s, of the processor %U + %S s'
  { time part "$2" </dev/null; } >"$said" 2>&1 && ended=0 || ended=$?
  [ "$ended" -eq 0 ] && word=passed || word=FAILED
  flock .venv sh -c 'printf "\n== %s: %s\n" "$1" "$2" && cat "$3"' show "$2" "$word" "$said"
  exit "$ended"
fi
printf '%s\n' "$@" | xargs -P "${OPORA_AT_ONCE:-2}" -I '{}' bash scripts/parts.sh --one '{}'
