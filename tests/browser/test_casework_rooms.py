"""Client files, data protection, visits and practices, page by page: forms sent empty and wrong (X5), spaced text (X2), Tab (X3), names of inputs (X4), no script (X7)."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import pytest

from tests.browser.looking import sideways
from tests.browser.pages import DPO, KARDZHALI, LOVECH, VISITOR, WORKER, Look, looks, places
from tests.browser.test_forms import sent_empty, sent_wrong

ROOMS = ("/monitoring", "/practices", "/files", "/protection")
DAGA, TROYAN, THERAPIST = "head-daga", "head-troyan", "psychologist-troyan"
FORMS: tuple[tuple[str, str], ...] = (
    (VISITOR, "/practices/nominate/{award}/"),
    (LOVECH, "/monitoring/visits/{visit_planned}/plan/"),
    (LOVECH, "/monitoring/visits/{visit_planned}/excuse/"),
    (LOVECH, "/practices/{offered}/decide/publish/"),
    (LOVECH, "/practices/{offered}/decide/return/"),
    (KARDZHALI, "/monitoring/rounds/new/"),
    (KARDZHALI, "/monitoring/visits/{apart}/consensus/"),
    (KARDZHALI, "/monitoring/visits/{settled}/report/"),
    (KARDZHALI, "/monitoring/frameworks/practice/2/indicators/new/"),
    (KARDZHALI, "/monitoring/frameworks/practice/2/weights/"),
    (KARDZHALI, "/practices/new/"),
    (KARDZHALI, "/practices/{practice}/edit/"),
    (KARDZHALI, "/practices/{practice}/tools/"),
    (KARDZHALI, "/practices/adaptations/{adaptation}/change/"),
    (KARDZHALI, "/practices/adaptations/{adaptation}/start/"),
    (KARDZHALI, "/practices/adaptations/{adaptation}/finish/"),
    (KARDZHALI, "/practices/adaptations/{adaptation}/measure/2/"),
    (KARDZHALI, "/practices/periods/new/"),
    (KARDZHALI, "/practices/periods/{award}/gates/"),
    (KARDZHALI, "/practices/periods/{award}/gates/KRZ-17/"),
    (KARDZHALI, "/practices/periods/{award}/nominations/{nomination}/"),
    ("evaluator", "/practices/periods/{award}/declare/"),
    (DAGA, "/monitoring/visits/{report_daga}/answer/"),
    (DAGA, "/practices/{practice}/feedback/{said}/"),
    (DAGA, "/practices/adaptations/{asked}/answer/"),
    (TROYAN, "/practices/{practice}/adapt/"),
    *(
        (WORKER, f"/files/{path}")
        for path in (
            "new/", "{file}/", "{file}/family/new/", "{file}/family/places/new/", "{file}/consents/new/", "{file}/consents/{consent}/withdraw/",
            "{file}/presence/{intake}/", "{file}/enclosures/", "{file}/enclosures/{enclosure}/remove/", "{file}/events/{note}/correct/",
            "{file}/visit/", "{file}/review/", "{file}/close/", "{file}/outcome/ask/", "{file}/data/hold/", "{file}/data/death/",
            "{file}/crisis/signal/", "{file}/plan/goals/{goal}/mark/", "{assessed}/opinions/ask/?who=speech_therapist",
            "{endangered}/crisis/1/", "{endangered}/crisis/risk/", "{endangered}/crisis/plan/", "{unsigned}/contract/",
        )
    ),
    *((THERAPIST, f"/files/{path}") for path in ("groups/new/", "{file}/opinions/team/", "visits/{visit}/")),
    *(
        (TROYAN, f"/files/{path}")
        for path in (
            "{file}/lead/", "{file}/seal/", "{assessed}/transfer/?service=Дъга", "{file}/archive/", "{file}/data/copy/", "{file}/data/erase/",
            "emergency/openings/{opening}/", "transfers/{transfer}/", "handover/?lead={lead}", "protection/lists/new/LOV-17/",
        )
    ),
    (DAGA, "/files/{assessed}/emergency/"),
    (DPO, "/files/protection/watched/"),
    (WORKER, "/protection/tell/"),
    *((TROYAN, f"/protection/breaches/{{breach}}/{deed}/") for deed in ("write", "notify", "close")),
    (DPO, "/protection/breaches/{breach}/decide/"),
    (DPO, "/protection/breaches/{closed_breach}/reopen/"),
)  # fmt: skip
"""Person and form; each refuses to be sent empty."""
NAMELESS = """() => [...document.querySelectorAll("main input:not([type=hidden]), main select, main textarea, main button")]
  .filter((one) => one.checkVisibility() && !(one.labels?.length || one.getAttribute("aria-label") || one.getAttribute("aria-labelledby") || one.textContent.trim()))
  .map((one) => one.outerHTML.slice(0, 90))"""
SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
p { margin-bottom: 2em !important; }"""
"""Text spacing of WCAG 1.4.12."""
TRAP = """() => { const one = document.activeElement; return one === document.body ? "" : (one.dataset.tabbed ??= String(Math.random())); }"""


def own_pages(house: Any) -> list[Look]:
    return sorted(
        (look for look in looks(house) if look.path.startswith(ROOMS)), key=lambda look: look.person
    )


@pytest.mark.slow
def test_every_form_of_these_rooms_helps_when_sent_empty_or_wrong(own_house: Any, new_page: Any) -> None:
    house = own_house()
    where, wrong = places(house), []
    for person, forms in groupby(FORMS, key=lambda one: one[0]):
        page = new_page(house, person)
        for _, path in forms:
            address = path.format(**where)
            found = sent_empty(page, address, True) + sent_wrong(page, address)
            wrong += [f"{person or 'visitor'} {address}: {one}" for one in found]
    assert wrong == [], "\n".join(wrong)


@pytest.mark.slow
def test_every_page_of_these_rooms_with_spaced_text_named_inputs_and_by_tab(
    house: Any, new_page: Any
) -> None:
    wrong: list[str] = []
    for person, own in groupby(own_pages(house), key=lambda look: look.person):
        page = new_page(house, person, bypass_csp=True)
        for look in own:
            page.set_viewport_size({"width": 1280, "height": 900})
            page.goto(look.path)
            found = page.evaluate(NAMELESS) + trapped(page)
            page.add_style_tag(content=SPACED)
            found += sideways(page)
            wrong += [f"{look.person or 'visitor'} {look.path}: {one}" for one in found]
    assert wrong == [], "\n".join(wrong)


def trapped(page: Any) -> list[str]:
    """Tab goes on to something else each time, through the whole page."""
    if page.locator("a[href]:visible, button:visible, input:visible").count() < 2:
        return []  # the page a device shows while there is no network has nowhere to go
    page.evaluate("() => document.activeElement?.blur()")
    before = None
    for _step in range(60):
        page.keyboard.press("Tab")
        here = page.evaluate(TRAP)
        if here and here == before:
            return [f"Tab stays at {page.evaluate('() => document.activeElement.outerHTML.slice(0, 80)')}"]
        before = here
    return []


@pytest.mark.slow
def test_every_page_of_these_rooms_works_without_script(house: Any, new_page: Any) -> None:
    wrong: list[str] = []
    for person, own in groupby(own_pages(house), key=lambda look: look.person):
        entered = new_page(house, person)
        cookies = entered.context.cookies()
        page = new_page(house, java_script_enabled=False)
        page.context.add_cookies(cookies)
        for look in own:
            answer = page.goto(look.path)
            forms = page.locator("main form[method=post]").all()
            mute = [one for one in forms if not one.locator("button:not([hidden])").count()]
            if answer.status != 200 or not page.locator("main h1").first.is_visible() or mute:
                wrong.append(
                    f"{look.person or 'visitor'} {look.path}: {answer.status}, {len(mute)} forms without a button"
                )
    assert wrong == [], "\n".join(wrong)


def test_the_forms_are_those_of_these_rooms() -> None:
    assert all(path.startswith(ROOMS) for _person, path in FORMS)
    assert len({path for _person, path in FORMS}) == len(FORMS)
