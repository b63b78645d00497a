"""The production settings: Django's deployment checks (S5), headers and cookies of a signed-in page (S6)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[4]
PAGE = """
import json, django
django.setup()
from django.test import Client
from django.test.utils import setup_test_environment
setup_test_environment()
from opora.foundation.accounts.tests import make
person = make.user("evaluator", password=make.PASSWORD)
browser = Client(SERVER_NAME="opora.example")
plain = browser.get("/accounts/login/")
response = browser.post("/accounts/login/", {"login": person.email, "password": make.PASSWORD}, secure=True)
page = browser.get("/accounts/", secure=True)
browser.post("/accounts/logout/", secure=True)
cookies = {name: [one["secure"], one["httponly"], one["samesite"], one["path"], one["domain"]] for name, one in browser.cookies.items()}
print(json.dumps({"plain": [plain.status_code, plain["Location"]], "status": page.status_code, "headers": dict(page.headers), "cookies": cookies}))
"""


@pytest.fixture
def production(tmp_path: Path) -> dict[str, str]:
    return os.environ | {
        "OPORA_MODE": "production",
        "OPORA_SECRET_KEY": "a" * 25 + "тайна-за-проверка-0123456789-АБВГДЕ" + "z" * 25,
        "OPORA_HOSTS": "opora.example",
        "OPORA_ORIGINS": "https://opora.example",
        "OPORA_DATABASE_URL": "",
        "OPORA_DATA_DIR": str(tmp_path / "data"),
        "OPORA_KEY_DIR": str(tmp_path / "keys"),
        "OPORA_HEADS_DIR": str(tmp_path / "heads"),
        "DJANGO_SETTINGS_MODULE": "opora.config.settings",
        "PYTHONPATH": str(ROOT),
    }


def run(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    for name in ("OPORA_DATA_DIR", "OPORA_KEY_DIR", "OPORA_HEADS_DIR"):
        Path(environment[name]).mkdir(exist_ok=True)
    return subprocess.run(
        [sys.executable, *words], env=environment, cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_djangos_deployment_checks_find_nothing(production: dict[str, str]) -> None:
    done = run(production, "manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr
    assert "no issues (0 silenced)" in done.stdout


@pytest.mark.slow
def test_headers_and_cookies_of_a_signed_in_page(production: dict[str, str], tables: Path) -> None:
    # The pages' addresses of static files need `collectstatic`; what is tested here is around them.
    collected = run(production, "manage.py", "collectstatic", "--noinput", "-v0")
    assert collected.returncode == 0, collected.stderr
    shutil.copy(tables, Path(production["OPORA_DATA_DIR"]) / "opora.sqlite3")
    done = run(production, "-c", PAGE)
    assert done.returncode == 0, done.stderr[-3000:]
    seen = json.loads(done.stdout.splitlines()[-1])
    assert seen["plain"] == [301, "https://opora.example/accounts/login/"]
    assert seen["status"] == 200
    headers = seen["headers"]
    assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert set(seen["cookies"]) >= {"__Host-session", "__Host-csrf"}
    for name, (secure, httponly, samesite, path, domain) in seen["cookies"].items():
        assert name.startswith("__Host-")
        assert (bool(secure), bool(httponly), samesite, path, domain) == (True, True, "Lax", "/", ""), name
