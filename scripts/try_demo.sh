#!/usr/bin/env bash
# The demonstration from nothing in an empty folder: first start, first page, second start. Ends only what it started.
set -euo pipefail
cd "$(dirname "$0")/.."
home=$(mktemp -d)
port=$(.venv/bin/python -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
export OPORA_MODE=demo OPORA_DATA_DIR="$home/data" OPORA_KEY_DIR="$home/keys" OPORA_HEADS_DIR="$home/heads"
server=""
finish() { [ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$home"; }
trap finish EXIT

start() {
  local began=$SECONDS page=""
  .venv/bin/python -m opora.config.cli demo --port "$port" >"$home/log" 2>&1 &
  server=$!
  for _ in $(seq 300); do
    page=$(.venv/bin/python - "$port" <<'PY' || true
import sys, urllib.request
print(urllib.request.urlopen(f"http://127.0.0.1:{sys.argv[1]}/", timeout=20).read().decode())
PY
)
    [ -n "$page" ] && break
    kill -0 "$server" || { cat "$home/log"; exit 1; }
    sleep 0.3
  done 2>/dev/null
  grep -q "Разгледайте като" <<<"$page" || { cat "$home/log"; echo "the first page does not offer its doors"; exit 1; }
  echo "$1 start: first page after $((SECONDS - began)) s"
  kill "$server" && wait "$server" 2>/dev/null || true
  server=""
}

start first
start second
