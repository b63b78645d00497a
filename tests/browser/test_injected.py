"""S7: hostile text in every field that people write: it is shown as text, and a script that got in would not run."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest

from tests.browser import looking
from tests.browser.pages import OWN, looks

pytestmark = pytest.mark.slow
HOSTILE = '"\'><script>window.taken=1</script><img src=x onerror="window.taken=1"><svg onload=window.taken=1>'
FIELDS = {
    "register_service": ("head", "address", "phone"),
    "register_professional": ("name", "employer"),
    "register_organisation": ("name",),
    "survey_cardstage": ("note", "by"),
    "survey_answer": ("text",),
    "survey_round": ("title",),
    "outbox_message": ("subject", "body", "to_name"),
    "outbox_obstacle": ("text",),
    "needs_chaptertext": ("text",),
    "jobs_job": ("title",),
    "accounts_user": ("name", "organisation", "profession"),
}
PUT_IN = """() => {
    const script = document.createElement('script')
    script.textContent = 'window.taken = 1'
    document.body.append(script)
    const holder = document.createElement('div')
    holder.innerHTML = '<img src="/none" onerror="window.taken = 1">'
    document.body.append(holder)
}"""


def test_hostile_text_stays_text(own_house: Any, new_page: Any) -> None:
    house = own_house()
    with sqlite3.connect(house.folder / "data" / "opora.sqlite3", timeout=30) as connection:
        for table, columns in FIELDS.items():
            for column in columns:
                connection.execute(f"UPDATE {table} SET {column} = ?", [HOSTILE])
    wrong, looked, met = [], 0, 0
    pages: dict[str, Any] = {}
    for look in looks(house):
        if look.person == OWN:
            continue
        page = pages.get(look.person) or pages.setdefault(look.person, new_page(house, look.person))
        heard = looking.listen(page)
        answer = page.goto(look.path)
        if answer is None or answer.status >= 400:
            continue
        looked += 1
        met += "&lt;script&gt;window.taken" in answer.text()
        if page.evaluate("() => window.taken"):
            wrong.append(f"{look.person} {look.path}: a script ran")
        wrong += [f"{look.person} {look.path}: {one}" for one in heard if "Content Security" in one]
    assert wrong == []
    assert looked > 40
    assert met > 10


def test_a_script_put_into_a_page_does_not_run(house: Any, new_page: Any) -> None:
    page = new_page(house, "coordinator-lovech")
    for path in ("/", "/register/", "/survey/", "/search/?q=център"):
        page.goto(path)
        page.evaluate(PUT_IN)
        page.wait_for_timeout(300)
        assert page.evaluate("() => window.taken") is None, path
