"""R13 for client files: 500 forms sent twice at the very same moment to a running server; each is done once."""

from __future__ import annotations

import datetime as dt
import http.client
import json
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

from tests.trust.houses import House, production

pytestmark = pytest.mark.slow
TIMES = 504
FILL = r"""
import json
from opora.care.casework import actions
from opora.care.casework.tests import make
from opora.foundation.accounts.tests import make as people
place = make.service()
worker, head = make.person_in(place, "case_manager"), make.person_in(place, "service_manager")
file = make.file(place, worker=worker)
plan = make.approved(make.as_actor(worker), make.as_actor(head), file)
note = actions.add_note(make.as_actor(worker), file, kind="call", on=make.clock.today(), text="Първи.", key="first")
browser = people.client_of(worker, SERVER_NAME="opora.example")
name = next(iter(browser.cookies))
draft = actions.begin_plan(make.as_actor(worker), file)
print(json.dumps({"code": file.code, "session": browser.cookies[name].value, "goal": plan.goals.get().pk, "note": note.pk}))
"""
COUNT = r"""
import json
from opora.care.casework.models import ClientFile, Event, Goal, GoalMark, Hold, Person
print(json.dumps({"notes": Event.objects.filter(text__startswith="Бележка ").count(), "files": ClientFile.objects.filter(person__first_name="Двойка").count(),
  "people": Person.objects.filter(first_name="Двойка").count(), "marks": GoalMark.objects.filter(note__startswith="Знак ").count(),
  "corrections": Event.objects.filter(text__startswith="Поправка ").count(), "holds": Hold.objects.count(), "goals": Goal.objects.filter(title__startswith="Цел ").count(),
  "codes": ClientFile.objects.count()}))
"""


def posted(house: House, session: str, path: str, form: dict[str, object]) -> int:
    """One form as a browser sends it behind the server that speaks TLS."""
    token = "x" * 32
    connection = http.client.HTTPConnection("127.0.0.1", house.port, timeout=60)
    headers = {
        "Host": "opora.example", "X-Forwarded-Proto": "https", "Referer": "https://opora.example/",
        "Cookie": f"__Host-session={session}; __Host-csrf={token}", "Content-Type": "application/x-www-form-urlencoded",
    }  # fmt: skip
    try:
        connection.request(
            "POST", quote(path), urlencode(form | {"csrfmiddlewaretoken": token}, doseq=True), headers
        )
        return connection.getresponse().status
    finally:
        connection.close()


def twice(send: Callable[[], int], pool: ThreadPoolExecutor) -> list[int]:
    """Both at the very same moment."""
    gate = threading.Barrier(2)

    def one() -> int:
        gate.wait()
        return send()

    return [job.result() for job in (pool.submit(one), pool.submit(one))]


def test_r13_five_hundred_forms_sent_twice_at_once_are_done_once(tmp_path: Path) -> None:
    house = production(tmp_path).migrated()
    filled = house.python(FILL)
    assert filled.returncode == 0, filled.stderr[-2000:]
    facts = json.loads(filled.stdout.splitlines()[-1])
    code, today = facts["code"], "20.11.2026"
    person = {
        "first_name": "Двойка",
        "born": "05.02.2014",
        "asked_by": "parent",
        "ground": "wish",
        "wished_on": today,
    }
    forms: list[Callable[[int], tuple[str, dict[str, object]]]] = [
        lambda n: (f"/files/{code}/", {"kind": "call", "on": today, "text": f"Бележка {n}", "key": f"k{n}"}),
        lambda n: ("/files/new/", person | {"last_name": f"Пробна{n}", "key": f"f{n}"}),
        lambda n: (f"/files/{code}/plan/goals/{facts['goal']}/mark/", {"on": f"{dt.date.today():%d.%m.%Y}", "level": "0", "note": f"Знак {n}"}),
        lambda n: (f"/files/{code}/events/{facts['note']}/correct/", {"text": f"Поправка {n}"}),
        lambda n: (
            f"/files/{code}/plan/new/social/",
            {"domain": "social", "title": f"Цел {n}", "level_0": "Личи.", "baseline": "-1", "weight": "1", "responsible": "А", "due": "31.05.2027"},
        ),
        lambda n: (f"/files/{code}/data/hold/", {"why": f"Дело {n}", "until": ""}),
    ]  # fmt: skip
    house.serve(workers=2)
    answers: list[int] = []
    try:
        with ThreadPoolExecutor(2) as pool:
            for n in range(TIMES):
                path, form = forms[n % 6](n)
                answers += twice(lambda p=path, f=form: posted(house, facts["session"], p, f), pool)  # type: ignore[misc]
    finally:
        house.stop()
    assert set(answers) == {302}, {status: answers.count(status) for status in set(answers)}
    each = TIMES // 6
    found = json.loads(house.python(COUNT).stdout.splitlines()[-1])
    assert found == {
        "notes": each, "files": each, "people": each, "marks": each, "corrections": each, "holds": each, "goals": each, "codes": each + 1,
    }  # fmt: skip
