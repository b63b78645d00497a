"""Names, identity numbers, telephones and free text that are typed are not for the browser to keep (S14, S18)."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

import pytest

from opora.care.casework import actions
from opora.care.casework.models import ClientFile
from opora.care.casework.tests import make, make_ending
from opora.care.casework.urls import urlpatterns
from opora.foundation.accounts.tests import make as people
from opora.foundation.core import clock
from opora.foundation.documents.tests import make as papers

pytestmark = pytest.mark.django_db
TYPED = {"", "text", "tel", "email", "search", "number", "date", "url", "password"}
CODE = "one-time-code"
"""Offered by the telephone that got it, kept by nobody."""


class Fields(HTMLParser):
    """Fields into which something is typed, with what their form and they say of keeping it."""

    def __init__(self) -> None:
        super().__init__()
        self.form: str | None = None
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = dict(attrs)
        if tag == "form":
            self.form = facts.get("autocomplete") or ""
        typed = tag == "textarea" or (tag == "input" and (facts.get("type") or "") in TYPED)
        if typed and not ("readonly" in facts or "disabled" in facts):
            self.found.append((facts.get("name") or "", facts.get("autocomplete") or self.form or ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None


@pytest.fixture
def world(tmp_path, settings) -> tuple[ClientFile, dict[str, list[object]]]:
    """A file with something of everything, and what its addresses take."""
    settings.DATA_DIR = tmp_path
    file = make_ending.at_work(
        make.file(
            parent={"first_name": "Росица", "last_name": "Измислена", "kind": "mother", "decides": True}
        )
    )
    worker, head = make_ending.worker_of(file), make_ending.head_of(file.service)
    note = actions.add_note(worker, file, kind="call", on=clock.today(), text="Разговор.", key="k")
    kit = actions.take_toolkit(head, file.service, "day_centre")
    filled = actions.begin_form(worker, file, kit, "plan")
    asked = actions.enclose(
        worker, file, kind="drawing", on=clock.today(), upload=("р.png", papers.picture())
    )
    signal = actions.receive_signal(worker, file, source="school", what="Синини.", received_at=clock.now())
    actions.set_contract(worker, file, make_ending.terms())
    visit = actions.plan_visit(worker, file, kind="call", at=clock.now() + make.dt.timedelta(days=1))
    request, _secret, _code = make.asked(file)
    copy = actions.ask_for_copy(head, file, who="person", known_by="х", asked_on=clock.today())
    offered = make_ending.offered(file, make.service("LOV-99"), by=head)
    group = actions.make_group(head, file.service, name="Рисуване", lead=file.lead)
    goal = file.plans.get().goals.get()
    agency = actions.set_agency(worker, file, {"kind": "school", "name": "Училище"})
    keys = [note, filled, asked, visit, copy, offered, goal, agency, file.relations.get(), kit, signal.crisis]
    return file, {
        "code": [file.code, group.code], "pk": sorted({one.pk for one in keys}), "number": [1, request.number],
        "domain": ["social"], "form": ["plan"], "kind": ["plan"], "ending": ["pdf"], "service": [file.service.code],
        "name": ["guide.md"], "token": [], "secret": [], "measure": [], "category": [],
    }  # fmt: skip


def addresses(known: dict[str, list[object]]) -> Iterator[str]:
    """Every address of the room with every value it may take."""
    for pattern in urlpatterns:
        ways = [""]
        for part in str(pattern.pattern).replace("<", "\0<").replace(">", ">\0").split("\0"):
            values = known.get(part.rstrip(">").rpartition(":")[2], []) if part.startswith("<") else [part]
            ways = [way + str(value) for way in ways for value in values]
        yield from (f"/files/{way}" for way in ways if not way.endswith("/pdf/"))


@pytest.mark.once
def test_no_form_of_a_file_lets_the_browser_keep_what_is_typed(world) -> None:
    file, known = world
    head = people.client_of(make.person_in(file.service, "service_manager"))
    clients = [head, people.client_of(file.lead)]
    pages, fields, kept = set(), 0, []
    for address in addresses(known):
        answer = next((a for client in clients if (a := client.get(address)).status_code == 200), None)
        if answer is None or not answer.headers["Content-Type"].startswith("text/html"):
            continue
        found = Fields()
        found.feed(answer.content.decode())
        pages.add(address)
        fields += len(found.found)
        kept += [f"{address} {name}" for name, said in found.found if said not in ("off", CODE)]
    assert sorted(set(kept)) == []
    assert len(pages) >= 50, "too few pages were opened to prove anything"
    assert fields >= 150


def test_the_walk_would_notice() -> None:
    found = Fields()
    found.feed(
        '<form><input name="a"><textarea name="b" autocomplete="off"></textarea></form><input name="c" type="tel">'
    )
    assert found.found == [("a", ""), ("b", "off"), ("c", "")]


def test_the_sign_in_still_says_what_its_fields_are() -> None:
    page = people.client_for("public").get("/accounts/login/").content.decode()
    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page
