#!/usr/bin/env bash
# The environment: .venv by hash-locked requirements, then the system's parts from Debian where we are root.
set -euo pipefail
cd "$(dirname "$0")/.."
PATH="$PATH:/usr/sbin:/sbin"  # ldconfig is there, and not on everybody's path

python=""
for name in python3.11 python3 python; do
  if command -v "$name" >/dev/null && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then python=$name; break; fi
done
[ -n "$python" ] || { echo "Opora needs Python 3.11 or newer."; exit 1; }

[ -x .venv/bin/python ] || "$python" -m venv .venv
if ! .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt; then
  echo "The packages could not be installed. Check the network and run 'make setup' again: it goes on where it stopped."
  exit 1
fi
# Some machines forbid Python to keep what it has compiled; then every start would compile Django again, some two seconds.
packages=$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
[ -d "$packages/django/__pycache__" ] || .venv/bin/python -m compileall -q "$packages" >/dev/null || true
.venv/bin/python -m compileall -q opora >/dev/null || true

missing=""
have() { [ -n "$(ldconfig -p 2>/dev/null | grep -m1 "$1")" ]; }
have libpango-1.0.so || missing="$missing libpango-1.0-0 libpangoft2-1.0-0"
have libharfbuzz-subset.so || missing="$missing libharfbuzz-subset0"
if [ -z "${OPORA_SETUP_LEAN:-}" ]; then
  command -v chromium >/dev/null || missing="$missing chromium"
  command -v pdftoppm >/dev/null || missing="$missing poppler-utils"
  compgen -G "/usr/lib/postgresql/*/bin/initdb" >/dev/null || missing="$missing postgresql"
fi
if [ -n "$missing" ]; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing$missing"
    # shellcheck disable=SC2086
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing; } >/dev/null \
      || echo "Could not install$missing; Opora starts without and says so where a PDF is asked for."
  else
    echo "For PDF documents and the full tests, once, as administrator:"
    echo "  apt-get install --no-install-recommends$missing"
  fi
fi
