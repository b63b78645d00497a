"""What the evaluator of @getodk/web-forms 0.22.0 says of the same form and answers, in a browser. Used by tests only.

`webforms/` is its page: `npm ci` and `vite build` in a folder of its own, then Chromium on this machine's own address.
The evaluator is the package web-forms itself is built on, asked without its fields: what people type is not tried here.
"""

import functools
import shutil
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright
from pyxform.xls2xform import convert

CHROMIUM = Path("/usr/bin/chromium")
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
SOURCE = Path(__file__).parent / "webforms"
NODE = (20, 19)
ASK = "([xform, answers]) => window.ask(xform, answers)"


class Impossible(Exception):
    """The page cannot be made here; the text says why."""


def build(folder: Path) -> Path:
    """The built page in ``folder``; raises Impossible without npm, network or a new enough Node."""
    if not CHROMIUM.exists() or not shutil.which("npm") or not shutil.which("node"):
        raise Impossible("needs Chromium, node and npm")
    version = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout
    if tuple(int(part) for part in version.strip().removeprefix("v").split(".")[:2]) < NODE:
        raise Impossible(f"needs Node {NODE[0]}.{NODE[1]}, there is {version.strip()}")
    made = folder / "webforms"
    shutil.copytree(SOURCE, made, ignore=shutil.ignore_patterns("node_modules", "dist"))
    for command in (["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], ["npm", "run", "build"]):
        done = subprocess.run(command, cwd=made, capture_output=True, text=True, timeout=300, check=False)
        if done.returncode:
            raise Impossible(f"{' '.join(command)}: {done.stderr[-300:]}")
    return made / "dist"


@contextmanager
def opened(folder: Path) -> Iterator[Page]:
    """The page in a browser that stands at the tests' moment: 22 November 2026, 10:00 in universal time."""
    handler = functools.partial(_Quiet, directory=str(folder))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=SWITCHES)
            page = browser.new_context(locale="en-GB", timezone_id="UTC").new_page()
            page.clock.set_fixed_time("2026-11-22T10:00:00Z")
            page.goto(f"http://127.0.0.1:{server.server_port}/")
            page.wait_for_function("window.ready")
            yield page
            browser.close()
    finally:
        server.shutdown()


def ask(page: Page, markdown: str, answers: Mapping[str, Any]) -> dict[str, Any]:
    """``nodes``: kind, relevance, value and violation by path, or ``refused`` with its reason."""
    xform = convert(markdown, validate=False, file_type=".md").xform
    said: dict[str, Any] = page.evaluate(ASK, [xform, answers])
    return said


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""
