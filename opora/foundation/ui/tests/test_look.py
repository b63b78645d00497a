"""The style page in a browser: accessible, no sideways scroll, targets large enough."""

import mimetypes
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from opora.foundation.ui.tests import sample

pytestmark = pytest.mark.browser

ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
    " font-src 'self'; connect-src 'self'"
)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
TOO_SMALL = """() => [...document.querySelectorAll(
  'button, select, .govuk-button, .op-chip, .op-subnav__link, .op-nav__link')]
  .filter(e => e.offsetWidth && (e.offsetWidth < 24 || e.offsetHeight < 24))
  .map(e => e.outerHTML.slice(0, 80))"""
SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
    word-spacing: .16em !important; }`);
  document.adoptedStyleSheets = [sheet];
}"""


def serve(html):
    """Answer every request of the browser from the static files; the page itself is `html`."""

    def answer(route):
        path = route.request.url.split("opora.test", 1)[1].split("?")[0]
        if path == "/":
            return route.fulfill(
                body=html,
                content_type="text/html; charset=utf-8",
                headers={"Content-Security-Policy": POLICY},
            )
        found = finders.find(path.removeprefix("/static/"))
        if not found:
            return route.fulfill(status=204)
        kind = mimetypes.guess_type(found)[0] or "font/woff2"
        return route.fulfill(body=Path(found).read_bytes(), content_type=kind)

    return answer


@pytest.fixture(scope="module")
def chromium():
    playwright = pytest.importorskip("playwright.sync_api")
    if not Path("/usr/bin/chromium").exists():
        pytest.skip("needs Chromium")
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path="/usr/bin/chromium", args=ARGS)
        yield opened
        opened.close()


def open_page(chromium, width):
    sample.full_frame()
    page = chromium.new_page(viewport={"width": width, "height": 900})
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.route("**/*", serve(sample.style_page()))
    page.goto("http://opora.test/")
    return page, complaints


@pytest.mark.parametrize("width", [1280, 390])
def test_no_accessibility_violations(chromium, width):
    package = pytest.importorskip("axe_playwright_python")
    page, complaints = open_page(chromium, width)
    page.evaluate((Path(package.__file__).parent / "axe.min.js").read_text(encoding="utf-8") + ";0")
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
    assert complaints == []
    page.close()


@pytest.mark.parametrize("width", [1280, 768, 390, 320])
def test_reflow_and_targets(chromium, width):
    page, _ = open_page(chromium, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(TOO_SMALL) == []
    page.close()


def test_text_spacing_may_grow(chromium):
    page, _ = open_page(chromium, 320)
    page.evaluate(SPACED)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.close()
