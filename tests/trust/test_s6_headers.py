"""S6: every address × every role on the production settings: the headers and cookies that protect."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests import beginnings
from tests.trust.houses import production

pytestmark = [pytest.mark.slow, pytest.mark.once]
WALK = """
import json, logging
from django.conf import settings
from django.core.management import call_command
from django.test.utils import setup_test_environment
setup_test_environment()
logging.disable(50)
call_command("migrate", verbosity=0)
call_command("createcachetable", verbosity=0)
call_command("collectstatic", verbosity=0, interactive=False)
from django.test import Client
from opora.foundation.accounts.tests import make
from tests.test_doors import addresses
NEEDED = {
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains; preload",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
probes, wrong = 0, []
for role in make.ALL_ROLES:
    person = None if role == "public" else make.user(role)
    def fresh():
        options = {"SERVER_NAME": "opora.example", "raise_request_exception": False}
        return make.client_of(person, **options) if person else Client(**options)
    browser = fresh()
    for one in addresses():
        for method in ("get", "post"):
            answer = getattr(browser, method)(one.path, secure=True)
            probes += 1
            said = f"{role} {method} {one.path} {answer.status_code}"
            wrong += [f"{said}: {name}" for name, value in NEEDED.items() if answer.headers.get(name) != value]
            policy = answer.headers.get("Content-Security-Policy", "")
            wrong += [f"{said}: policy {policy}"] * ("default-src 'none'" not in policy or "unsafe" in policy)
            kept = answer.headers.get("Cache-Control", "")
            left = one.name in ("account_logout", "accounts_end_session")
            wrong += [f"{said}: kept {kept}"] * (person is not None and not left and "no-store" not in kept)
            for name, cookie in answer.cookies.items():
                safe = name.startswith("__Host-") and cookie["secure"] and cookie["path"] == "/" and not cookie["domain"]
                wrong += [f"{said}: cookie {name}"] * (not safe or not cookie["httponly"] or cookie["samesite"] != "Lax")
            if answer.status_code >= 500:
                wrong.append(f"{said}: failed")
        if left:
            browser = fresh()
plain = Client(SERVER_NAME="opora.example").get("/accounts/login/")
print(json.dumps({"probes": probes, "wrong": wrong, "plain": [plain.status_code, plain["Location"]]}))
"""


def test_every_address_for_every_role(tmp_path: Path) -> None:
    house = production(tmp_path, OPORA_ORIGINS="https://opora.example")
    beginnings.with_tables(tmp_path)
    done = house.python(WALK)
    assert done.returncode == 0, done.stderr[-3000:]
    seen = json.loads(done.stdout.splitlines()[-1])
    assert seen["probes"] > 2_000
    assert seen["wrong"] == []
    assert seen["plain"] == [301, "https://opora.example/accounts/login/"]
