"""Every engine from outside: its face on the command line, its page, its words; nothing of Django."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from opora.config.commands.engines import NAMES, face

ROOT = Path(__file__).resolve().parent.parent


def opora(*words: str, given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "opora.config.cli", *words],
        check=False,
        input=given,
        capture_output=True,
        text=True,
        cwd=ROOT,
    )


def test_every_folder_of_the_floor_is_an_engine_or_serves_them() -> None:
    folders = {p.parent.name for p in (ROOT / "opora" / "engines").glob("*/__init__.py")}
    assert folders == {*NAMES, "common", "solver"}


@pytest.mark.parametrize("name", NAMES)
def test_the_example_fits_the_schema_and_is_answered(name: str) -> None:
    known = face(name)
    assert known is not None
    Draft202012Validator.check_schema(dict(known.schema))
    Draft202012Validator(dict(known.schema)).validate(dict(known.example))
    told = json.dumps(known.run(known.example), ensure_ascii=False, allow_nan=False)
    assert len(told) > 10


@pytest.mark.parametrize("name", sorted(set(NAMES) - {"chain", "disclosure", "questionnaire"}))
def test_reasons_are_in_both_languages(name: str) -> None:
    """Every sentence with its Bulgarian has another, English one with the same values."""
    known = face(name)
    assert known is not None
    said = list(_sentences(known.run(known.example)))
    assert said
    assert [one["bg"] for one in said if one["bg"] == one["en"] or not re.search("[а-я]", one["bg"])] == []
    assert [one["en"] for one in said if re.search(r"[а-яА-Я]", _bare(one))] == []


def _bare(one: dict) -> str:
    text = one["en"]
    for value in one["values"].values():
        text = text.replace(str(value), "")
    return text


def _sentences(told: object):
    if isinstance(told, dict):
        if {"bg", "en"} <= told.keys():
            yield told
        for value in told.values():
            yield from _sentences(value)
    elif isinstance(told, list):
        for value in told:
            yield from _sentences(value)


@pytest.mark.parametrize("name", NAMES)
def test_the_page_says_what_an_engine_must_not_be_used_for(name: str) -> None:
    page = (ROOT / "docs" / "engines" / f"{name}.md").read_text(encoding="utf-8")
    assert page.startswith(f"# Engine `{name}`")
    for part in ("## Model", "Not for", "Measured"):
        assert part in page, part


def test_the_command_answers_without_django() -> None:
    code = (
        "import sys, io; from opora.config.cli import main;"
        'sys.stdin = io.StringIO(\'{"key": "00", "payloads": [1]}\');'
        "main(['engine', 'chain']); print('django' in sys.modules, file=sys.stderr)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert ran.stderr == "False\n"
    assert len(json.loads(ran.stdout)["digests"]) == 1


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("{", "Expecting"),
        ('{"points": [1], "places": "two"}', "places must be integer, not the text 'two'"),
        ('{"points": [1]}', "must have places"),
        ('{"points": [1], "places": 1, "colour": 2}', "has 'colour', which is not known here"),
    ],
)
def test_a_document_that_does_not_fit_is_refused_in_words(given: str, said: str) -> None:
    ran = opora("engine", "selection", given=given)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert said in ran.stderr
    assert "Traceback" not in ran.stderr


def test_an_unknown_engine_is_named_with_those_there_are() -> None:
    ran = opora("engine", "oracle")
    assert ran.returncode == 1
    assert "no engine oracle" in ran.stderr
    assert "siting" in ran.stderr


def test_the_schema_is_printed() -> None:
    assert json.loads(opora("engine", "disclosure", "--schema").stdout)["required"] == ["axes", "leaves"]


@pytest.mark.parametrize("name", NAMES)
def test_an_engine_alone_loads_no_django_and_no_solver(name: str) -> None:
    """`from opora.engines import NAME` is cheap: whoever only wants the types does not wait."""
    code = f"import sys, opora.engines.{name}; print({{'django', 'highspy', 'lxml'}} & set(sys.modules))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert ran.stdout == "set()\n"
