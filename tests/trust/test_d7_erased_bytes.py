"""D7 and D4 on bytes: what was erased is nowhere on the disk, nor after an older backup is put back; no ЕГН lies bare."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.trust.houses import ROOT, House, production

pytestmark = pytest.mark.slow
CANARIES = [f"Щъркелина{letter}" for letter in "абвгдежзийклмнопрст"]
"""Words that no other text contains; each goes into a place of its own."""
FILL = r"""
import datetime as dt, io, json
from PIL import Image
from opora.care.casework import actions
from opora.care.casework.tests import make
from opora.foundation.accounts.tests import make as people
from opora.foundation.core import clock
from opora.foundation.documents import actions as documents
from opora.foundation.drafts.models import Draft
words = iter(json.loads('''%s'''))
w = lambda: next(words)
place = make.service()
worker, head = make.person_in(place, "case_manager"), make.person_in(place, "service_manager")
officer = people.user("dpo_auditor", "BG", email="officer@example.bg")
a, h = make.as_actor(worker), make.as_actor(head)
other = make.file(place, worker=worker)
file = actions.open_file(a, place, asked_by="parent", ground="wish", wished_on=clock.today(), lead=worker, wish=w(),
    person={"first_name": w(), "last_name": w(), "address": w(), "identifier": make.egn(dt.date(2014, 2, 5))},
    parent={"kind": "mother", "first_name": w(), "last_name": w(), "phone": "0888 11 " + w()})
for n in range(30):
    actions.add_note(a, file, kind="call", on=clock.today(), text=f"{n} " * 200 + (w() if n == 7 else ""), key=str(n), voice=w() if n == 8 else "")
note = file.events.filter(kind="call").first()
actions.correct_note(a, note, text=w())
assessment = actions.begin_assessment(a, file)
make.whole(a, assessment)
part = assessment.parts.first()
actions.write_part(a, part, {"need": 1, "situation": w(), "strengths": w(), "source": "observation"}, version=part.version)
actions.finish_assessment(a, assessment, present=["child"])
plan = actions.begin_plan(a, file)
make.goal(a, plan, "social", title=w(), expected=w())
actions.send_plan(a, plan, child_words=w(), family_words=w(), present=["child"])
actions.ask_for_copy(h, file, who="person", known_by=w(), asked_on=clock.today())
out = io.BytesIO(); Image.new("RGB", (9, 9), "red").save(out, "PNG")
documents.attach(a, out.getvalue(), name=w() + ".png", owner="casework.clientfile", owner_id=str(file.pk), path=file.path)
Draft.objects.create(key=f"note:{file.code}", data={"text": w()}, saved_at=clock.now())
print(json.dumps({"code": file.code, "left": len(list(words))}))
"""
ERASE = r"""
from opora.care.casework import actions
from opora.care.casework.models import ClientFile
from opora.care.casework.tests import make
from opora.foundation.accounts.models import User
file = ClientFile.objects.get(code="%s")
head = User.objects.get(grants__role="service_manager")
asked = actions.ask_to_erase(make.as_actor(head), file, ground="unlawful", document="Решение № 1")
actions.answer_erasure(make.as_actor(User.objects.get(email="officer@example.bg")), asked, confirm=True)
"""
AFTER = r"""
import json
from opora.care.casework.models import ClientFile, Erasure
from opora.foundation.audit.verification import verify_all
swept = Erasure.objects.exclude(swept_at=None).count()
print(json.dumps({"files": list(ClientFile.objects.values_list("code", flat=True)), "swept": swept, "chain": verify_all(outside_too=False).ok}))
"""


def said(house: House, code: str) -> dict[str, object]:
    done = house.python(code)
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return found


def forms(word: str) -> list[bytes]:
    """As text may lie on a disk: in several codes, in small letters, escaped inside JSON."""
    both = (word, word.casefold())
    plain = [one.encode(code) for one in both for code in ("utf-8", "utf-16-le", "cp1251")]
    return plain + [json.dumps(one)[1:-1].encode() for one in both]


def places(folder: Path, words: list[str]) -> dict[str, list[str]]:
    """Word → files below the folder whose bytes hold it; none is passed over."""
    found: dict[str, list[str]] = {}
    for path in sorted(folder.rglob("*")):
        content = path.read_bytes() if path.is_file() else b""
        for word in words:
            if any(form in content for form in forms(word)):
                found.setdefault(word, []).append(str(path.relative_to(folder)))
    return found


def test_d7_nothing_of_an_erased_person_lies_on_the_disk_nor_after_an_older_backup(tmp_path: Path) -> None:
    (tmp_path / "tmp").mkdir()
    house = production(tmp_path / "house", TMPDIR=str(tmp_path / "tmp")).migrated()
    filled = said(house, FILL % json.dumps(CANARIES))
    assert filled["left"] == 0, "every word has its place"
    house.serve()  # somebody works meanwhile: the database and its log are open
    try:
        before = places(house.folder, CANARIES)
        assert set(before) == set(CANARIES), "what is looked for can be found"
        kept = tmp_path / "kept.opora"
        assert house.opora("backup", str(kept)).returncode == 0
        done = house.python(ERASE % filled["code"])
        assert done.returncode == 0, done.stderr[-3000:]
        assert house.opora("worker", "--once").returncode == 0
        assert house.answers()
        assert places(tmp_path, CANARIES) == {}
    finally:
        house.stop()
    now = said(house, AFTER)
    assert now["swept"] == 1
    assert now["chain"] is True
    assert filled["code"] not in now["files"]
    assert len(now["files"]) == 1  # type: ignore[arg-type]
    back = house.opora("restore", str(kept), "--replace")
    assert back.returncode == 0, back.stderr
    assert f"Erased again: {filled['code']}" in back.stdout
    assert places(tmp_path, CANARIES) == {}
    assert filled["code"] not in said(house, AFTER)["files"]  # type: ignore[operator]


THOUSAND = r"""
import datetime as dt, json
from django.core.management import call_command
call_command("collectstatic", "--noinput", verbosity=0)
from opora.care.casework import actions
from opora.care.casework.models import Person
from opora.care.casework.tests import make
from opora.foundation.accounts.tests import make as people
from opora.foundation.core import clock
place = make.service()
worker = make.person_in(place, "case_manager")
browser = people.client_of(worker, SERVER_NAME="opora.example")
numbers = [make.egn(dt.date(2010, 1, 1) + dt.timedelta(days=n), n %% 999 + 1) for n in range(1000)]
for n, number in enumerate(numbers):
    file = make.file(place, worker=worker, identifier=number)
    if n %% 25 == 0:
        browser.post("/files/find/", {"q": number}, secure=True)
        browser.post("/files/new/alike/", {"identifier": number, "first_name": "А", "last_name": "Б"}, secure=True)
        assert file.code in browser.get(f"/files/{file.code}/", secure=True).content.decode()
assert Person.objects.exclude(identifier_sealed=None).count() == 1000
print(json.dumps(numbers))
"""


def test_d4_no_identity_number_lies_bare_in_database_log_backup_or_temporary_files(tmp_path: Path) -> None:
    (tmp_path / "tmp").mkdir()
    house = production(tmp_path / "house", TMPDIR=str(tmp_path / "tmp")).migrated()
    done = house.python(THOUSAND.replace("%%", "%"))
    assert done.returncode == 0, done.stderr[-3000:]
    numbers = set(json.loads(done.stdout.splitlines()[-1]))
    assert len(numbers) == 1000
    held = subprocess.Popen(
        [sys.executable, "-c", HOLD], cwd=ROOT, env=house.environment() | {"DJANGO_SETTINGS_MODULE": "opora.config.settings"},
        stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert held.stdout is not None
        assert held.stdout.readline().strip() == "open"
        assert house.opora("backup", str(tmp_path / "kept.opora")).returncode == 0
        bare = {
            path: found
            for path in tmp_path.rglob("*")
            if path.is_file() and (found := digits(path) & numbers)
        }
        assert bare == {}
        log = house.folder / "data" / "opora.sqlite3-wal"
        assert log.stat().st_size > 0, "the log is there to be looked at"
        assert done.stderr.count("opora.requests") >= 100
        assert not {found for found in numbers if found in done.stderr}
    finally:
        held.communicate("end")


HOLD = r"""
import django, sys
django.setup()
from opora.care.casework.models import Person
from opora.care.casework.tests import make
from opora.register.models import Service
from django.db import connection
connection.ensure_connection()
import datetime as dt
from opora.foundation.accounts.models import User
make.file(Service.objects.get(), worker=User.objects.get(), identifier=make.egn(dt.date(1999, 5, 5)))
print("open", flush=True)
sys.stdin.read()
"""


def digits(path: Path) -> set[str]:
    """Every ten digits in a row, overlapping ones too, in one byte or two a sign."""
    content = path.read_bytes()
    found = {one.decode() for one in re.findall(rb"(?=(\d{10}))", content)}
    return found | {one.decode("utf-16-le") for one in re.findall(rb"(?=((?:\d\x00){10}))", content)}
