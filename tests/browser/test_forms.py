"""Every form sent empty and sent wrong: a summary with links, words at the field, nothing typed lost (X5)."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import pytest

from tests.browser.pages import ADMIN, KARDZHALI, LOVECH, VISITOR, places

FORMS: tuple[tuple[str, str, bool], ...] = (
    (VISITOR, "/accounts/login/", True),
    (VISITOR, "/accounts/password/reset/", True),
    (LOVECH, "/register/new/", True),
    (LOVECH, "/register/LOV-17/edit/", True),
    (LOVECH, "/register/LOV-17/close/", True),
    (LOVECH, "/register/import/", True),
    (LOVECH, "/register/professionals/new/", True),
    (LOVECH, "/messages/obstacle/", True),
    (LOVECH, "/survey/cards/{sent}/return/", True),
    (LOVECH, "/survey/cards/{untouched}/excuse/", True),
    (LOVECH, "/survey/cards/{untouched}/contact/", True),
    (KARDZHALI, "/survey/rounds/new/", True),
    (ADMIN, "/register/types/new/", True),
    (ADMIN, "/register/groups/new/", True),
    (ADMIN, "/accounts/people/invite/", True),
    (ADMIN, "/accounts/people/{person}/block/", True),
    (ADMIN, "/survey/templates/", True),
)
"""Person, form, whether an empty one is refused."""

EMPTY = """() => { for (const f of document.querySelectorAll("main form[method=post] input, main form[method=post] select, main form[method=post] textarea")) {
  if (["hidden", "submit"].includes(f.type)) continue;
  if (["radio", "checkbox"].includes(f.type)) f.checked = false; else f.value = ""; } }"""
TYPED = "ъъ 12,34,56 ъъ"


@pytest.mark.slow
def test_every_form_helps_when_sent_empty_or_wrong(own_house: Any, new_page: Any) -> None:
    house = own_house()
    where, wrong = places(house), []
    for person, forms in groupby(FORMS, key=lambda one: one[0]):
        page = new_page(house, person)
        for _, path, refused in forms:
            address = path.format(**where)
            found = sent_empty(page, address, refused) + sent_wrong(page, address)
            wrong += [f"{address}: {one}" for one in found]
    assert wrong == [], "\n".join(wrong)


FILLABLE = "input:not([type=hidden]), select, textarea"


def main_form(page: Any) -> Any:
    """The form with the most to fill."""
    forms = page.locator("main form[method=post]").all()
    return max(forms, key=lambda form: form.locator(FILLABLE).count(), default=None)


def send(page: Any) -> None:
    buttons = main_form(page).locator("button[type=submit], button:not([type])")
    with page.expect_navigation():
        buttons.first.evaluate("(button) => button.form.requestSubmit(button)")


def sent_empty(page: Any, address: str, refused: bool) -> list[str]:
    page.goto(address)
    if main_form(page) is None:
        return ["no form here"]
    page.evaluate(EMPTY)
    send(page)
    return helps(page) if refused else []


def helps(page: Any) -> list[str]:
    """What is missing from the help after a refusal."""
    summary = page.locator("[data-op-errors]")
    if summary.count() != 1:
        return ["no summary of errors"]
    links = [one.get_attribute("href") or "" for one in summary.locator("a").all()]
    found = [] if links else ["a summary without links"]
    for link in links:
        target = page.locator(f"[id='{link.removeprefix('#')}']")
        if target.count() != 1:
            found.append(f"{link} leads nowhere")
    if not page.locator("main .govuk-error-message").count():
        found.append("no words at the field")
    return found


def sent_wrong(page: Any, address: str) -> list[str]:
    """Nonsense in every text field comes back to be mended, if it is refused."""
    page.goto(address)
    form = main_form(page)
    if form is None:
        return []
    fields = [
        one.get_attribute("name")
        for one in form.locator("input[type=text]:visible, input[type=email]:visible, textarea:visible").all()
    ]
    for name in fields:
        form.locator(f"[name='{name}']").fill(TYPED)
    if not fields:
        return []
    send(page)
    if not page.locator("[data-op-errors]").count():
        return []
    lost = [name for name in fields if page.locator(f"main [name='{name}']").input_value() != TYPED]
    return [f"typed text lost in {name}" for name in lost]
