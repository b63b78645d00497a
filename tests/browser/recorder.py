"""Counting what a person does (UX §8): clicks, fields, keys, screens, waits; the log and the limits."""

from __future__ import annotations

import io
import json
import os
import re
import time
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.browser.house import ROOT

EVIDENCE = ROOT / "docs" / "evidence"
BAR = ROOT / "ux-bar.toml"
CLICK, KEY, SCREEN = 1.1, 0.28, 1.35
"""Seconds of a practised person's hand for a click, a key, a decision about a screen (keystroke-level model)."""
MOST_BYTES = 80_000
KEY_IN_ADDRESS = re.compile(r"[\w-]{32,}")
"""The part of an address that opens what it leads to: a log that is shown to everybody does not carry it."""

COUNTING = """
(() => {
  if (window.top !== window) return;
  const read = () => JSON.parse(sessionStorage.getItem("opora-count") || '{"log": [], "server_ms": 0, "screens": 0}');
  const change = (fn) => { const all = read(); fn(all); sessionStorage.setItem("opora-count", JSON.stringify(all)); };
  const name = (e) => {
    const t = e.target.closest?.("a, button, label, summary, input, select, textarea") || e.target;
    return (t.innerText || t.getAttribute?.("aria-label") || t.name || t.tagName || "").trim().replace(/\\s+/g, " ").slice(0, 60);
  };
  const note = (kind, what) => change((all) => all.log.push([kind, what, decodeURI(location.pathname)]));
  addEventListener("mousedown", (e) => e.isTrusted && note("click", name(e)), true);
  addEventListener("change", (e) => e.isTrusted && note("field", e.target.name || e.target.id || "?"), true);
  addEventListener("keydown", (e) => e.isTrusted && e.key.length > 1 && note("key", e.key), true);
  addEventListener("beforeinput", (e) => e.isTrusted && e.data && note("key", ""), true);
  const waited = () => performance.getEntries()
    .filter((p) => p.entryType === "navigation" || (p.entryType === "resource" && !p.name.includes("/static/")))
    .filter((p) => p.requestStart > 0)
    .reduce((sum, p) => sum + Math.max(0, p.responseEnd - p.requestStart), 0);
  addEventListener("pagehide", () => change((all) => { all.server_ms += waited(); }));
  addEventListener("DOMContentLoaded", () => change((all) => { all.screens += 1; }));
  window.__count = () => { const all = read(); all.server_ms += waited(); return all; };
})();
"""


@dataclass
class Task:
    """A task being done on a page; `show` notes what the screen must show."""

    code: str
    page: Any
    must_show: dict[str, bool] = field(default_factory=dict)
    noted: dict[str, float] = field(default_factory=dict)
    began: float = field(default_factory=time.monotonic)

    @classmethod
    def begin(cls, code: str, page: Any) -> Task:
        """Count from now on; the person looks at their own home page."""
        page.context.add_init_script(COUNTING)
        page.evaluate("sessionStorage.clear()")
        page.reload()
        return cls(code, page)

    def show(self, what: str, seen: bool) -> None:
        """Note whether the screen showed it; looked at again at the end."""
        self.must_show[what] = bool(seen)

    def note(self, what: str, number: float) -> None:
        """A time to be reported; times are never asserted."""
        self.noted[what] = round(number)

    def sees(self, what: str, text: str, within: str = "main") -> None:
        """Note whether this text stands on the screen."""
        self.show(what, text in squeezed(self.page.locator(within).first.inner_text()))

    def end(self) -> dict[str, Any]:
        """Count, write the evidence if asked, and hold the result against the bar."""
        counted = self.page.evaluate("window.__count()")
        kinds = [kind for kind, _, _ in counted["log"]]
        clicks, keys, screens = kinds.count("click"), kinds.count("key"), counted["screens"]
        fields = len({(what, where) for kind, what, where in counted["log"] if kind == "field"})
        result = {
            "task": self.code, "clicks": clicks, "fields": fields, "keys": keys, "screens": screens,
            "server_ms": round(counted["server_ms"]), "wall_ms": round((time.monotonic() - self.began) * 1000),
            "klm_s": round(CLICK * clicks + KEY * keys + SCREEN * screens, 1), "must_show": self.must_show,
        } | self.noted  # fmt: skip
        if os.environ.get("OPORA_EVIDENCE"):
            keep(self.code, result, counted["log"], self.page)
        print(json.dumps(result, ensure_ascii=False))
        hold_against_bar(result)
        return result


def hold_against_bar(result: dict[str, Any]) -> None:
    """A task that needs more clicks or fields than before, or shows less, fails."""
    bar = tomllib.loads(BAR.read_text(encoding="utf-8"))[result["task"]]
    missing = [what for what, seen in result["must_show"].items() if not seen]
    assert missing == [], f"{result['task']} does not show: {missing}"
    assert set(bar["must_show"]) <= set(result["must_show"])
    assert result["clicks"] <= bar["clicks"], result
    assert result["fields"] <= bar["fields"], result


def keep(code: str, result: dict[str, Any], log: list[list[str]], page: Any) -> None:
    """The click log and a small picture of the last screen."""
    steps = [[kind, what, without_keys(where)] for kind, what, where in log if kind != "key"]
    text = json.dumps(result | {"log": steps}, ensure_ascii=False, indent=1)
    EVIDENCE.mkdir(parents=True, exist_ok=True)
    (EVIDENCE / f"{code}.json").write_text(text + "\n", encoding="utf-8")
    picture(page, EVIDENCE / f"{code}.png")


def without_keys(address: str) -> str:
    """An address by which nobody can come back."""
    return KEY_IN_ADDRESS.sub("…", address)


def picture(page: Any, path: Path, *, height: int = 900) -> None:
    """The top of a page."""
    from PIL import Image

    page.set_viewport_size({"width": 1280, "height": height})
    small(Image.open(io.BytesIO(page.screenshot())).convert("RGB"), path)


def small(taken: Any, path: Path) -> None:
    """A picture as a file of at most 80 KB: fewer colours first, then fewer points."""
    from PIL import Image

    for colours, scale in ((256, 1.0), (64, 1.0), (64, 0.75), (32, 0.5)):
        size = (round(taken.width * scale), round(taken.height * scale))
        small = taken.resize(size, Image.Resampling.LANCZOS) if scale < 1 else taken
        small.quantize(colours, dither=Image.Dither.NONE).save(path, optimize=True)
        if path.stat().st_size <= MOST_BYTES:
            return


def squeezed(text: str) -> str:
    """Text as read: any white space is one space."""
    return " ".join(text.replace("\u2009", " ").replace("\u00a0", " ").split())
