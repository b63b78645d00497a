"""The law of the house, held by machine: arrows, furniture, words, files without hosts."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parent.parent
FLOORS = [
    "engines",
    "foundation",
    "register",
    "evidence",
    "care",
    "improvement",
    "planning",
    "desk",
    "config",
]
FOUNDATION = [
    "core",
    "ui",
    "audit",
    "territory",
    "accounts",
    "messages",
    "drafts",
    "rules",
    "documents",
    "jobs",
]


def height(module: str) -> tuple[int, int]:
    """Floor and room of a module, as heights."""
    parts = module.split(".")
    room = FOUNDATION.index(parts[2]) if parts[1] == "foundation" else 0
    return FLOORS.index(parts[1]), room


def foreign_keys():
    for model in apps.get_models():
        if model.__module__.startswith("opora."):
            for field in model._meta.get_fields():
                if field.is_relation and field.concrete and field.related_model:
                    yield model, field, field.related_model


def test_every_foreign_key_points_down_or_stays_in_its_room():
    wrong = []
    for model, field, target in foreign_keys():
        if target.__module__.startswith("opora.") and height(target.__module__) > height(model.__module__):
            wrong.append(f"{model._meta.label}.{field.name} → {target._meta.label}")
    assert wrong == []


def python_files(*names: str) -> list[Path]:
    return [p for p in (ROOT / "opora").rglob("*.py") if p.name in names or any(n in p.parts for n in names)]


def test_views_forms_and_api_read_through_queries():
    """No `.objects` where pages are made: only queries and actions touch tables."""
    wrong = []
    for file in (ROOT / "opora").rglob("*.py"):
        if "tests" in file.parts or not (
            file.stem.startswith(("views", "forms", "api")) or "views" in file.parts
        ):
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in ("objects", "_default_manager"):
                wrong.append(f"{file.relative_to(ROOT)}:{node.lineno}")
    assert wrong == []


def test_no_signals():
    wrong = [
        str(p.relative_to(ROOT))
        for p in (ROOT / "opora").rglob("*.py")
        if "tests" not in p.parts
        and re.search(r"db\.models\.signals|@receiver\(", p.read_text(encoding="utf-8"))
    ]
    assert wrong == []


def test_no_model_overrides_save():
    wrong = []
    for model in apps.get_models():
        if model.__module__.startswith("opora.") and "save" in vars(model):
            wrong.append(model._meta.label)
    assert wrong == []


def tracked(*patterns: str) -> list[Path]:
    out = subprocess.run(
        ["git", "ls-files", *patterns], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    return [ROOT / line for line in out.splitlines() if (ROOT / line).exists()]


def test_lock_files_name_no_host():
    for file in tracked("requirements/*.txt"):
        assert "http" not in file.read_text(encoding="utf-8"), file.name
    lock = ROOT / "package-lock.json"
    assert '"resolved"' not in lock.read_text(encoding="utf-8")


def test_no_path_of_a_machine():
    pattern = re.compile(r"(^|[^A-Za-z0-9_.)])/(work|root(?!/item)|home)/[a-zA-Z.]")
    wrong = []
    for file in tracked("*.py", "*.md", "*.toml", "*.sh", "*.html", "*.json", "*.yml", "Makefile"):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            if pattern.search(line) and "test_house" not in file.name:
                wrong.append(f"{file.relative_to(ROOT)}:{number}")
    assert wrong == []


@pytest.mark.parametrize(
    "room", sorted({p.parent for p in (ROOT / "opora").rglob("apps.py")}), ids=lambda p: p.name
)
def test_every_room_stands_on_its_floor(room: Path):
    dotted = ".".join(room.relative_to(ROOT).parts)
    assert any(config.name == dotted for config in apps.get_app_configs()), dotted


def test_every_command_has_help_in_both_languages():
    from opora.config.cli import parser

    def walk(node):
        for action in node._actions:
            if isinstance(action.choices, dict):
                for name, child in action.choices.items():
                    yield name, child
                    yield from walk(child)

    for name, child in walk(parser()):
        text = child.description or ""
        assert re.search(r"[а-я]", text), name
        assert re.search(r"[a-z]", text), name


def test_the_glossary_page_ties_terms_to_identifiers():
    page = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    for code in ("service_type", "target_group", "survey_card", "capacity", "occupancy"):
        assert f"`{code}`" in page
