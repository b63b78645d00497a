"""S18 for client files: 50 numbers, names and telephones through every page of files; none leaves them.

Not into the log, an address, a mail, the name of a file, an error page, a header, or the audit. What a person typed is
looked for in every form it may take on the way: as it is, escaped in an address, escaped in JSON.
"""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import quote

import pytest

from tests import beginnings
from tests.trust.houses import production

pytestmark = pytest.mark.slow
COUNT = 50
RUN = r"""
import datetime as dt, io, json, re
from django.conf import settings
from django.core import mail
from django.core.management import call_command
from django.test.utils import setup_test_environment
setup_test_environment()
for words in (["migrate"], ["createcachetable"], ["collectstatic", "--noinput"]):
    call_command(*words, verbosity=0)
from django.test import Client
from opora.config.commands.ready import load_facts
load_facts()
from opora.care.casework.models import ClientFile, Event
from opora.care.casework.tests import make
from opora.foundation.accounts.tests import make as people
from opora.foundation.audit.models import Entry
from opora.foundation.jobs.models import Job
from opora.foundation.messages.delivery import deliver
from opora.foundation.messages.models import Message
from opora.foundation.rules.models import Rule
Rule.objects.filter(code__in=["files_hour", "files_day"]).update(value="100000")
born = dt.date(2013, 5, 6)
numbers = [make.egn(born, n + 1) for n in range(50)]
names = [f"Щуркова{'абвгдежзий'[n % 10]}{'клмнопрсту'[n // 10]}" for n in range(50)]
phones = [f"0887 {100 + n} {900 - n}" for n in range(50)]
place, away = make.service(), make.service("LOV-18")
worker, head = make.person_in(place, "case_manager"), make.person_in(place, "service_manager")
stranger = make.person_in(away, "case_manager")
officer = people.user("dpo_auditor", "BG", email="officer@example.bg")
options = {"SERVER_NAME": "opora.example", "raise_request_exception": False}
w, h, s, o = (people.client_of(one, **options) for one in (worker, head, stranger, officer))
outside, bodies = [], 0
def keep(answer):
    global bodies
    bodies += 1
    assert answer.status_code < 500, (answer.request["PATH_INFO"], answer.status_code)
    outside.extend(f"{k}: {v}" for k, v in answer.headers.items())
    if answer.headers.get("Content-Type", "").startswith("text/html"):
        outside.extend(re.findall(r'(?:href|action|src|hx-[a-z]+)="([^"]*)"', answer.content.decode()))
    return answer
def get(browser, path): return keep(browser.get(path, secure=True))
def post(browser, path, **form): return keep(browser.post(path, form, secure=True))
today = f"{dt.date.today():%d.%m.%Y}"
for n, (number, name, phone) in enumerate(zip(numbers, names, phones)):
    words = f"{name}, {number}, {phone}"
    person = {"first_name": "Бистра", "last_name": name, "born": "06.05.2013", "identifier": number}
    post(w, "/files/new/alike/", **person)
    made = post(w, "/files/new/", **person, asked_by="parent", ground="wish", wished_on=today, wish=words, parent_first_name="Ана", parent_last_name=name,
                parent_kind="mother", parent_phone=phone, key=f"k{n}")
    code = ClientFile.objects.latest("pk").code
    here = f"/files/{code}/"
    post(w, "/files/find/", q=name); post(w, "/files/find/", q=number); post(w, "/search/suggest/", q=name)
    post(s, "/files/new/alike/", **person)
    post(w, here, kind="call", on=today, text=words, voice=words, key="n")
    post(w, here, kind="nothing", on=words, text=words, key="wrong")
    event = Event.objects.filter(file__code=code, kind="call").first()
    post(w, f"{here}events/{event.pk}/correct/", text=words + " поправка")
    post(w, f"{here}stage/", stage="intake", on=today, why=words)
    post(w, f"{here}assessment/", do="begin")
    post(w, f"{here}assessment/", **{"social-situation": words, "social-need": "3"})
    for path in (here, f"{here}assessment/", f"{here}plan/", f"{here}documents/", f"{here}documents/file/", f"{here}data/", f"{here}data/copy/", "/files/"):
        get(w, path); get(h, path)
    if n % 10 == 0:
        for ending in ("pdf", "docx"):
            post(w, f"{here}documents/file/{ending}/")
        post(h, f"{here}data/copy/", who="person", known_by=words, asked_on=today)
        post(s, "/files/emergency/", code=code)
        post(s, f"{here}emergency/", reason="danger", why=f"Опасност за {words}")
        get(s, here)
        post(w, f"{here}data/hold/", why=words, until="")
        post(w, f"{here}data/death/", on=today, ground=words)
        post(o, "/files/protection/watched/", code=code, why=words)
        get(w, here)
        post(h, "/files/protection/lists/new/LOV-17/", why=words)
    if n % 10 == 5:
        post(h, f"{here}data/erase/", ground="unlawful", document="Решение № 1")
        post(h, f"{here}seal/", kind="violence", why=words)
        post(w, f"{here}sealed/", why=words)
for path in ("/", "/files/protection/", "/files/protection/alerts/", "/files/emergency/openings/", "/files/protection/watched/"):
    get(h, path); get(o, path)
Message.objects.update(undo_until="2020-01-01T00:00:00Z", send_after="2020-01-01T00:00:00Z")
deliver()
import opora.care.casework.views.files as views
def broken(*_words, **_given):
    raise ValueError(f"{names[1]} {numbers[1]} {phones[1]}")
views.render = broken
failed = w.get("/files/", secure=True)
mails = [f"{m.subject} {m.body} {m.to}" for m in mail.outbox]
files = [str(p.relative_to(settings.DATA_DIR.parent)) for p in settings.DATA_DIR.parent.rglob("*")]
audit = [f"{e.subject} {e.details_text} {e.chain} {e.ground}" for e in Entry.objects.all()]
jobs = [f"{j.title} {j.params} {j.result} {j.note}" for j in Job.objects.all()]
print(json.dumps({"numbers": numbers, "names": names, "phones": phones, "failed": failed.status_code, "pages": bodies, "kept": ClientFile.objects.count(),
  "where": {"addresses and headers": outside, "mails": mails, "files": files, "audit": audit, "jobs": jobs, "error page": [failed.content.decode()]}}))
"""


def test_nothing_about_people_leaves_the_pages_of_files(tmp_path: Path) -> None:
    house = production(tmp_path, OPORA_ORIGINS="https://opora.example")
    beginnings.with_tables(tmp_path)
    done = house.python(RUN)
    assert done.returncode == 0, done.stderr[-3000:]
    seen = json.loads(done.stdout.splitlines()[-1])
    canaries = [*seen["numbers"], *seen["names"], *seen["phones"]]
    assert len(canaries) == 3 * COUNT
    assert seen["kept"] == COUNT
    assert seen["failed"] == 500
    assert seen["pages"] > 1_000
    assert len(seen["where"]["mails"]) >= 10
    places = seen["where"] | {"log": [done.stderr]}
    found = {
        where: [one for one in canaries if any(form in text for form in forms(one) for text in texts)]
        for where, texts in places.items()
    }
    assert found == {where: [] for where in places}


def forms(word: str) -> list[str]:
    return [word, word.casefold(), quote(word), json.dumps(word)[1:-1]]
