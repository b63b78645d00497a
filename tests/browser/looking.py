"""What is looked at on every page: axe's rules, sideways scroll, the console."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SPACING = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }
"""
"""Text spacing of WCAG 1.4.12."""


@cache
def axe() -> str:
    import axe_playwright_python

    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def violations(page: Any) -> list[str]:
    """What axe finds wrong, with the first element of each."""
    page.evaluate(axe())
    found = page.evaluate(
        """(tags) => axe.run({runOnly: tags, resultTypes: ["violations"]}).then((r) => r.violations
        .map((v) => `${v.id} ×${v.nodes.length}: ${v.nodes[0].html.slice(0, 160)}`))""",
        RULES,
    )
    return [str(one) for one in found]


def sideways(page: Any) -> list[str]:
    """How far the page must be pushed sideways at 320 px, plain and with wide text; 0 px allowed."""
    page.set_viewport_size({"width": 320, "height": 800})
    found = [f"320 px: {over} px sideways"] if (over := overflow(page)) > 0 else []
    page.evaluate(
        """(css) => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css); document.adoptedStyleSheets = [sheet]; }""",
        SPACING,
    )
    if (over := overflow(page)) > 0:
        found.append(f"320 px with wide text: {over} px sideways")
    page.evaluate("document.adoptedStyleSheets = []")
    return found


def overflow(page: Any) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def listen(page: Any) -> list[str]:
    """What the browser complains about: broken scripts, refused styles, missing files."""
    heard: list[str] = []
    page.on("console", lambda said: heard.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    return heard
