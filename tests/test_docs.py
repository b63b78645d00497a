"""The documents say what is: dependencies, settings, links, commands, and the words on buttons."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from opora.config.cli import parser

ROOT = Path(__file__).resolve().parent.parent
DOCS = sorted((ROOT / "docs").rglob("*.md"))
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *DOCS]
GUIDES = sorted((ROOT / "docs" / "guides").glob("*.md"))
OUTSIDE_CODE = {"OPORA_SETUP_LEAN"}
"""Settings of the set-up script, not of the program."""
NOT_ON_SCREEN = {"кавички", "14 от 19", ":c", "–", "Социално подпомагане"}
"""Words in the guides' quotation marks that no button, heading or message of ours says."""


def read(page: Path) -> str:
    return page.read_text(encoding="utf-8")


# Dependencies


def wanted() -> Iterator[str]:
    for file in sorted((ROOT / "requirements").glob("*.in")):
        for line in read(file).splitlines():
            if line.strip() and line[0] not in "#-":
                yield re.split(r"[\[<>=]", line)[0]
    yield from npm()


def npm() -> dict[str, str]:
    """Packages of the style sheet and of the second opinion in the browser, with their versions."""
    folders = (ROOT, ROOT / "opora" / "engines" / "questionnaire" / "tests" / "webforms")
    packages = [json.loads(read(folder / "package.json")) for folder in folders]
    return {
        n: v for one in packages for n, v in (one.get("dependencies", {}) | one["devDependencies"]).items()
    }


def rows() -> dict[str, list[str]]:
    lines = re.findall(r"^\| (`[^`]+` \|.*) \|$", read(ROOT / "docs" / "dependencies.md"), re.M)
    cells = [[cell.strip() for cell in line.split("|")] for line in lines]
    return {cell[0].strip("`"): cell[1:] for cell in cells}


def test_every_direct_dependency_has_a_row_and_nothing_else_has():
    assert set(rows()) == set(wanted())


def test_a_row_says_need_version_licence_and_why():
    thin = [name for name, cells in rows().items() if len(cells) != 5 or not all(cells)]
    assert thin == []


@pytest.mark.parametrize("lock", ["base", "dev", "pg"])
def test_versions_are_those_of_the_lock(lock):
    locked: dict[str, set[str]] = {}
    for name, version in re.findall(
        r"^([a-zA-Z0-9-]+)==(\S+)", read(ROOT / "requirements" / f"{lock}.txt"), re.M
    ):
        locked.setdefault(name, set()).add(version)
    stale = {n: cells[1] for n, cells in rows().items() if n in locked and cells[1] not in locked[n]}
    assert stale == {}


def test_npm_versions_are_those_of_package_json():
    named = npm()
    assert {n: rows()[n][1] for n in named} == named


# Settings


def test_the_settings_page_and_the_code_name_the_same_variables():
    code = [*(ROOT / "opora").rglob("*.py"), *(ROOT / "scripts").glob("*.py"), ROOT / "manage.py"]
    used = {
        name
        for file in code
        if "tests" not in file.parts
        for name in re.findall(r"\bOPORA_[A-Z]+(?:_[A-Z]+)*\b", read(file))
    }
    told = set(re.findall(r"^\| `(OPORA_[A-Z_]+)`", read(ROOT / "docs" / "settings.md"), re.M))
    assert used == told - OUTSIDE_CODE


# Links


@pytest.mark.parametrize("document", PAGES, ids=lambda document: str(document.relative_to(ROOT)))
def test_links_point_to_files_that_are_there(document):
    targets = re.findall(r"\]\(([^)\s]+)\)", read(document))
    local = [target.split("#")[0] for target in targets if not re.match(r"[a-z]+:", target)]
    assert [target for target in local if target and not (document.parent / target).exists()] == []


# Commands


def verbs(of: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    for action in of._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    return {}


def commands(text: str) -> Iterator[list[str]]:
    """Words of every `opora …` in code."""
    fences = re.findall(r"^```.*?^```", text, re.M | re.S)
    quoted = re.findall(r"`opora ([^`]+)`", text)
    lines = [m for fence in fences for m in re.findall(r"(?:^|[\s/])opora ((?:[a-z])[^\n#]*)", fence)]
    yield from (words.split() for words in [*quoted, *lines])


def fault(words: list[str]) -> str:
    """What the parser would not know: a verb, or an option; empty if all is known."""
    here = parser()
    for word in words:
        known = verbs(here)
        if not known:
            break
        if word not in known:
            return f"{' '.join(words)}: {word}"
        here = known[word]
    options = set(here._option_string_actions)
    return next((f"{' '.join(words)}: {w}" for w in words if w.startswith("--") and w not in options), "")


@pytest.mark.parametrize("document", PAGES, ids=lambda document: str(document.relative_to(ROOT)))
def test_commands_exist(document):
    found = [words for words in commands(read(document)) if re.fullmatch(r"[a-z-]+", words[0])]
    assert [told for words in found if (told := fault(words))] == []


def test_make_targets_named_in_the_readme_exist():
    targets = set(re.findall(r"^([a-z-]+):", read(ROOT / "Makefile"), re.M))
    assert set(re.findall(r"(?:`|^)make ([a-z-]+)", read(ROOT / "README.md"), re.M)) <= targets


# Words of the screen


def plain(words: str) -> str:
    """A message as a person sees it: any number or name in it stands for its placeholder."""
    return re.sub(r"%\(\w+\)s|\d+", "*", words.replace("%%", "%")).strip(" .:…")


def messages() -> set[str]:
    said: set[str] = set()
    for file in (ROOT / "opora").rglob("locale/en/LC_MESSAGES/django.po"):
        with file.open("rb") as stream:
            for message in read_po(stream):
                ids = message.id if isinstance(message.id, tuple) else (message.id,)
                said.update(plain(one) for one in ids)
    return said | {"English"}


def quoted(text: str) -> set[str]:
    """„…“ with „…“ inside counted as one."""
    found, depth, start = set(), 0, 0
    for place, sign in enumerate(text):
        if sign == "„":
            start, depth = (place + 1, 1) if depth == 0 else (start, depth + 1)
        elif sign == "“" and depth:
            depth -= 1
            if depth == 0:
                found.add(text[start:place])
    return found


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.name)
def test_words_in_quotation_marks_are_on_the_screen(guide):
    said = messages()
    named = {plain(words) for words in quoted(read(guide)) - NOT_ON_SCREEN}
    assert {
        words for words in named - said if not any(one.startswith((f"{words}.", f"{words},")) for one in said)
    } == set()


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.name)
def test_sentences_of_guides_are_short(guide):
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", read(guide))
    cells = re.sub(r"^\|.*$", lambda row: row[0].replace("|", "\n\n"), text, flags=re.M)
    joined = re.sub(r"(?<!\n)\n(?![\n\-#\d])", " ", cells)
    long = [s for s in re.split(r"[.!?](?:\s|$)|\n", joined) if len(s.split()) > 22]
    assert long == []


def test_every_guide_is_in_the_index():
    index = read(ROOT / "docs" / "guides" / "README.md")
    assert [
        guide.name for guide in GUIDES if guide.name != "README.md" and f"({guide.name})" not in index
    ] == []
