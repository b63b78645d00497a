"""Chromium and the demonstration for the tests a person would do by hand."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import beginnings
from tests.browser import house as houses
from tests.browser.house import House
from tests.browser.pages import OWN

CHROMIUM = Path("/usr/bin/chromium")
SWITCHES = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
WIDE = {"width": 1280, "height": 900}
numbers = itertools.count(1)

NewPage = Callable[..., Any]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All of this folder needs Chromium."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            if not item.get_closest_marker("every"):
                item.add_marker(pytest.mark.browser)
            if not CHROMIUM.exists():
                item.add_marker(pytest.mark.skip(reason="needs Chromium"))


@pytest.fixture(scope="session")
def fresh() -> Path:
    """The demonstration as it stands before anybody came, to be copied; its first analysis waits in the queue."""
    return beginnings.demonstration()


@pytest.fixture(scope="session")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration with its first analysis made."""
    folder = tmp_path_factory.mktemp("settled") / "settled"
    houses.copy(beginnings.settled(), folder)
    return folder


@pytest.fixture(scope="session")
def house(settled: Path) -> Iterator[House]:
    """One house for all tests that only read."""
    opened = houses.copy(settled, settled.with_name("reading")).start()
    yield opened
    opened.stop()


@pytest.fixture
def real_house(settled: Path) -> Iterator[House]:
    """A house with a real person in it, whose doors „Разгледайте като …“ are therefore closed."""
    opened = houses.copy(settled, settled.with_name(f"real-{next(numbers)}"))
    houses.add_somebody_with_a_password(opened.folder)
    yield opened.start()
    opened.stop()


@pytest.fixture
def own_house(settled: Path) -> Iterator[Callable[..., House]]:
    """A house for a test that writes: `own_house()`; `worker=True` also does the long work, `queue=False` starts
    without the job that waits in a fresh one.
    """
    opened: list[House] = []

    def build(template: Path = settled, *, worker: bool = False, queue: bool = True) -> House:
        opened.append(houses.copy(template, settled.with_name(f"own-{next(numbers)}")))
        if not queue:
            opened[-1].forget_jobs()
        return opened[-1].start(worker=worker)

    yield build
    for one in opened:
        one.stop()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """Chromium; per module, because Playwright's loop must not outlive it into tests with Django's database."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=str(CHROMIUM), args=SWITCHES)
        yield opened
        opened.close()


@pytest.fixture
def new_page(chromium: Any) -> Iterator[NewPage]:
    """`new_page(house, "head-troyan")`: a page of that person on their own home page; no key is a visitor."""
    contexts = []

    def make(at: House, key: str = "", *, width: int = 1280, **options: Any) -> Any:
        options = {"locale": "bg-BG", "viewport": WIDE | {"width": width}} | options
        contexts.append(chromium.new_context(base_url=at.url, **options))
        page = contexts[-1].new_page()
        page.set_default_timeout(20_000)
        enter(page, key)
        return page

    yield make
    for context in contexts:
        context.close()


def enter(page: Any, key: str) -> None:
    """Come in as a person of the demonstration, as a visitor of the first page would."""
    if key == OWN:
        page.goto("/accounts/login/?next=/")
        page.fill("[name=login]", "own-password@example.bg")
        page.fill("[name=password]", houses.PASSWORD)
        page.get_by_role("button", name="Влез", exact=True).click()
        page.locator(".op-header__person", has_text="Излез").wait_for()
        return
    page.goto("/")
    if key:
        button = page.locator(f"button[name=key][value='{key}']").first
        if not button.is_visible():
            page.locator("summary", has_text="роли").click()
        button.click()
        page.locator(".op-header__person", has_text="Излез").wait_for()
