"""S16: what the code and its supplies are made of: bandit, our own rules, secrets, parts list, licences, hashes."""

from __future__ import annotations

import ast
import importlib.metadata
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
EXPLAINED = tomllib.loads((ROOT / "security" / "explained.toml").read_text(encoding="utf-8"))
BIN = Path(sys.executable).parent
LICENCES = (
    "MIT", "BSD", "APACHE", "PSF", "PYTHON SOFTWARE", "MPL", "MOZILLA PUBLIC", "LGPL", "LESSER GENERAL PUBLIC", "ISC",
    "0BSD", "CC0", "ZLIB",
)  # fmt: skip
"""What base packages may be under; the LGPL as a library."""
STATED_ELSEWHERE = {
    "pyxform": "BSD-2-Clause, said in its LICENSE file only",
    "resvg-py": "MPL-2.0, said in its LICENSE file only",
}
FORBIDDEN_CALLS = {
    "eval", "exec", "compile", "__import__", "mark_safe", "os.system", "os.popen", "pickle.loads", "pickle.load",
    "marshal.loads", "yaml.load", "hashlib.md5", "hashlib.sha1", "tempfile.mktemp", "ssl._create_unverified_context",
}  # fmt: skip
FORBIDDEN_IMPORTS = {
    "pickle", "marshal", "shelve", "telnetlib", "ftplib", "requests", "httpx", "urllib3", "http.client", "urllib.request",
    "xml.etree.ElementTree", "xml.sax", "xml.dom.minidom",
}  # fmt: skip
RE_COMPILE = {"re.compile"}


def sources() -> list[Path]:
    found = (p for p in (ROOT / "opora").rglob("*.py") if not {"tests", "migrations"} & set(p.parts))
    return sorted(found)


def dotted(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def calls() -> Iterator[tuple[Path, ast.Call, str]]:
    for file in sources():
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield file, node, dotted(node.func)


def where(file: Path, node: ast.AST) -> str:
    return f"{file.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"


def test_our_own_rules_about_calls() -> None:
    """Nothing runs text, unpickles, trusts markup, asks a shell or hashes weakly; archives are opened with a filter."""
    wrong = []
    for file, node, name in calls():
        given = {word.arg: word.value for word in node.keywords}
        if name in FORBIDDEN_CALLS or name.endswith((".extra", ".raw")):
            wrong.append(f"{where(file, node)} {name}")
        if isinstance(given.get("shell"), ast.Constant) and given["shell"].value:
            wrong.append(f"{where(file, node)} shell")
        if name.endswith("extractall") and "filter" not in given:
            wrong.append(f"{where(file, node)} unpacks without a filter")
        if name.endswith("XMLParser") and not _false(given.get("resolve_entities")):
            wrong.append(f"{where(file, node)} lets entities in")
        if name in ("etree.fromstring", "etree.parse", "ET.fromstring") and not (
            "parser" in given or len(node.args) > 1
        ):
            wrong.append(f"{where(file, node)} reads XML with the parser that lets entities in")
    assert wrong == []


def _false(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Constant) and node.value is False


def test_our_own_rules_about_imports() -> None:
    """Nothing that unpickles, nothing that calls other machines; mail goes through Django."""
    wrong = []
    for file in sources():
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            wrong += [f"{where(file, node)} {name}" for name in names if name in FORBIDDEN_IMPORTS]
            if "random" in names and "demo" not in file.parts:
                wrong.append(f"{where(file, node)} random")
    assert wrong == []


def test_our_own_rules_about_templates() -> None:
    """No markup is trusted, no style or script stands inside, every form that sends has its token."""
    wrong = []
    for file in (ROOT / "opora").rglob("jinja2/**/*.html"):
        text = file.read_text(encoding="utf-8")
        name = str(file.relative_to(ROOT))
        wrong += [f"{name}: |safe"] * bool(re.search(r"\|\s*safe\b", text))
        wrong += [f"{name}: inside style"] * bool(re.search(r"<[^>]*\sstyle=", text))
        wrong += [f"{name}: inside script"] * bool(re.search(r"<script(?![^>]*src=)|\son[a-z]+=\"", text))
        wrong += [f"{name}: file of a stranger"] * bool(re.search(r"(?:src|action)=\"(?:https?:)?//", text))
        wrong += [f"{name}: autoescape"] * ("autoescape false" in text)
        wrong += [f"{name}: form without token"] * (not tokens_enough(text))
    assert wrong == []


def tokens_enough(text: str) -> bool:
    """As many tokens as forms that send; the macros of `ui` bring their own."""
    forms = re.findall(r"<form[^>]*method=\"post\".*?</form>", text, re.DOTALL | re.IGNORECASE)
    return all("csrf" in form or "caller()" in form for form in forms)


@pytest.mark.slow
def test_bandit_finds_nothing_unexplained() -> None:
    done = subprocess.run(
        [BIN / "bandit", "-q", "-r", "opora", "-x", "*/tests/*,*/migrations/*", "-f", "json", "--severity-level", "medium"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    found = {
        (one["filename"].removeprefix("./"), one["test_id"]) for one in json.loads(done.stdout)["results"]
    }
    assert found == {(one["file"], one["test"]) for one in EXPLAINED["bandit"]}


@pytest.mark.slow
def test_no_secret_lies_in_the_project() -> None:
    """Tests make up passwords of their own, lock files are full of digests: these are left out."""
    names = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\n")
    left_out = re.compile(
        r"/tests/|^tests/|^bench/|/locale/|/facts/|^requirements/.*txt|package-lock|\.(mo|woff2|ttf|docx|xlsx|png|svg)$"
    )
    files = [name for name in names if name and not left_out.search(name) and (ROOT / name).exists()]
    done = subprocess.run(
        [BIN / "detect-secrets", "scan", *files], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert set(json.loads(done.stdout)["results"]) == {one["file"] for one in EXPLAINED["secret"]}


def test_no_log_of_a_task_carries_an_address_that_opens_something() -> None:
    """Click logs are shown to everybody; the link of an outside specialist or of the family is a key."""
    logs = sorted((ROOT / "docs" / "evidence").glob("*.json"))
    keys = [str(log.name) for log in logs if re.search(r"[\w-]{32,}", log.read_text(encoding="utf-8"))]
    assert (len(logs) > 0, keys) == (True, [])


@pytest.mark.slow
def test_the_list_of_parts_is_whole(tmp_path: Path) -> None:
    """CycloneDX from the lock: every package with its version and digests."""
    out = tmp_path / "parts.json"
    subprocess.run(
        [BIN / "cyclonedx-py", "requirements", "requirements/base.txt", "--of", "JSON", "-o", str(out)],
        cwd=ROOT, capture_output=True, check=True,
    )  # fmt: skip
    listed = json.loads(out.read_text())
    assert listed["bomFormat"] == "CycloneDX"
    assert {part["name"].lower() for part in listed["components"]} == set(locked("base"))
    for part in listed["components"]:
        digests = [d for source in part["externalReferences"] for d in source.get("hashes", [])]
        assert part["version"], part["name"]
        assert digests, part["name"]


def locked(name: str) -> dict[str, str]:
    """Package → its block in the lock file."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    blocks = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)
    return {block.partition("==")[0].lower(): block for block in blocks if "==" in block.partition("\n")[0]}


@pytest.mark.parametrize("name", ["base", "pg", "dev"])
def test_every_locked_package_has_digests(name: str) -> None:
    blocks = locked(name)
    assert blocks
    assert [package for package, block in blocks.items() if "--hash=sha256:" not in block] == []


def test_every_package_of_the_product_is_under_a_licence_we_may_use() -> None:
    wrong = []
    for package in locked("base"):
        try:
            about = importlib.metadata.metadata(package)
        except importlib.metadata.PackageNotFoundError:
            continue  # for another system or Python
        said = [about.get("License-Expression") or "", (about.get("License") or "").partition("\n")[0]]
        said += [c for c in about.get_all("Classifier", []) if c.startswith("License")]
        text = " ".join(said).upper()
        if not any(name in text for name in LICENCES) and package not in STATED_ELSEWHERE:
            wrong.append(f"{package}: {text.strip() or 'says nothing'}")
    assert wrong == []
