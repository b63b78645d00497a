"""S18: identity numbers, names and telephones go through a whole run; none reaches log, address, mail or file name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests import beginnings
from tests.trust.houses import production

pytestmark = pytest.mark.slow
RUN = r"""
import json, random, re
from django.conf import settings
from django.core import mail
from django.core.management import call_command
from django.test.utils import setup_test_environment
setup_test_environment()
for words in (["migrate"], ["createcachetable"], ["collectstatic", "--noinput"]):
    call_command(*words, verbosity=0)
from django.test import Client
from django.urls import reverse
from stdnum.bg import egn
from opora.config.commands.ready import load_facts
from opora.evidence.survey import stages
from opora.evidence.survey.models import Card
from opora.evidence.survey.tests import make as survey
from opora.foundation.accounts.tests import make
from opora.foundation.audit.models import Entry
from opora.foundation.messages.delivery import deliver
from opora.foundation.messages.models import Message
from opora.register.models import Service

chance = random.Random(18)
def number():
    while True:
        given = f"{chance.randrange(40, 99)}{chance.randrange(1, 13):02d}{chance.randrange(1, 29):02d}{chance.randrange(1000):03d}"
        for last in "0123456789":
            if egn.is_valid(given + last):
                return given + last
numbers = [number() for _ in range(50)]
names = [f"Бистра Щуркова{'абвгдежзий'[n % 10]}{'клмнопрсту'[n // 10]}" for n in range(50)]
phones = [f"0887 {chance.randrange(100, 999)} {chance.randrange(100, 999)}" for _ in range(50)]
canaries = [*numbers, *names, *phones]
card = survey.card(stage=stages.DRAFT)
Service.objects.update(email="team@example.bg")
options = {"SERVER_NAME": "opora.example", "raise_request_exception": False}
manager = make.client_of(make.user("service_manager", card.path), **options)
coordinator = make.client_of(make.user("regional_coordinator", "BG/LOV"), **options)
addresses = []
def keep(answer):
    addresses.append(answer.headers.get("Location", ""))
    if answer.headers.get("Content-Type", "").startswith("text/html"):
        page = answer.content.decode()
        addresses.extend(re.findall(r'(?:href|action|src)="([^"]*)"', page))
    return answer
section = reverse("survey_section", args=[card.code, "needs"])
draft = reverse("survey_draft", args=[card.code])
for n, (egn_, name, phone) in enumerate(zip(numbers, names, phones)):
    words = f"{name}, {egn_}, {phone}"
    keep(manager.post(draft, {"section": "needs", "needs.whom": words, "whom": words}, secure=True))
    keep(manager.post(section, {"needs.whom": words, "needs.since": words}, secure=True))
    keep(manager.get(section, secure=True))
    keep(coordinator.post("/messages/obstacle/", {"text": words, "page": "/survey/"}, secure=True))
    keep(Client(**options).post("/accounts/login/", {"login": f"{egn_}@example.bg", "password": words}, secure=True))
    keep(coordinator.get("/search/suggest/", {"q": name}, secure=True))
    keep(coordinator.get(f"/register/?head={phone}", secure=True))
from django.core.files.uploadedfile import SimpleUploadedFile
keep(coordinator.post("/register/import/", {"file": SimpleUploadedFile(f"{names[0]} {numbers[0]}.xlsx", b"no workbook")}, secure=True))
check = reverse("survey_check", args=[card.code])
keep(manager.post(check, {"key": "k"}, secure=True))
keep(coordinator.post(reverse("survey_remind", args=[card.round.code]), secure=True))
Message.objects.update(undo_until="2020-01-01T00:00:00Z", send_after="2020-01-01T00:00:00Z")
deliver()

import opora.desk.home.views as home
from opora.desk.home import queries as home_queries
def broken(*_words, **_given):
    raise ValueError(f"{names[1]} {numbers[1]} {phones[1]}")
home.render = broken
failed = coordinator.get("/about/", secure=True)
mails = [f"{m.subject} {m.body} {m.to}" for m in mail.outbox]
files = [str(p) for p in settings.DATA_DIR.parent.rglob("*")]
audit = [f"{e.subject} {e.details_text} {e.ground}" for e in Entry.objects.all()]
where = {"addresses": addresses, "mails": mails, "files": files, "audit": audit, "error page": [failed.content.decode()]}
found = [f"{place}: {c}" for place, texts in where.items() for c in canaries for t in texts if c in t]
from opora.foundation.drafts.models import Draft
from opora.foundation.messages.models import Obstacle
held = " ".join([*Obstacle.objects.values_list("text", flat=True), *map(str, Draft.objects.values())])
kept = sum(c in held for c in canaries)
print(json.dumps({"kept": kept, "found": found, "canaries": canaries, "failed": failed.status_code, "mails": len(mails), "addresses": len(addresses)}))
"""


def test_nothing_about_people_reaches_log_address_mail_or_file_name(tmp_path: Path) -> None:
    house = production(tmp_path, OPORA_ORIGINS="https://opora.example")
    beginnings.with_tables(tmp_path)
    done = house.python(RUN)
    assert done.returncode == 0, done.stderr[-3000:]
    seen = json.loads(done.stdout.splitlines()[-1])
    log = [json.loads(line) for line in done.stderr.splitlines() if line.startswith("{")]
    assert len(log) > 300
    assert all(one["request_id"] for one in log if one["logger"] == "opora.requests")
    assert seen["failed"] == 500
    assert any(one.get("error") == "ValueError" for one in log)
    assert [c for c in seen["canaries"] if c in done.stderr] == []
    assert seen["found"] == []
    assert seen["kept"] == 150  # they did go in
    assert seen["addresses"] > 300
