"""Headings of the sheets: what they mean, in which language, and the words of a template for yes and no."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from .sheets import Row

ALIASES = {
    "relevance": "relevant",
    "calculate": "calculation",
    "read_only": "readonly",
    "list name": "list_name",
    "list_name": "list_name",
    "value": "name",
    "caption": "label",
    "constraint_msg": "constraint_message",
    "repeat count": "repeat_count",
    "choice filter": "choice_filter",
}
TRANSLATED = frozenset({"label", "hint", "guidance_hint", "constraint_message", "required_message"})
COLUMNS = """
    type name relevant constraint required calculation default readonly appearance parameters repeat_count
    choice_filter trigger media image audio video
"""
SURVEY = TRANSLATED | frozenset(COLUMNS.split())
YES = frozenset({"yes", "true", "true()", "да", "истина", "вярно"})
NO = frozenset({"no", "false", "false()", "не", "лъжа", "невярно"})


@dataclass(frozen=True)
class Cells:
    """One row read: its cells by column, texts by column and language, headings by column, and what is not
    ours.
    """

    number: int
    by_column: Mapping[str, str]
    texts: Mapping[str, Mapping[str, str]]
    headings: Mapping[str, str]
    extra: Mapping[str, str] = field(default_factory=dict)

    def get(self, column: str) -> str:
        """Cell of a column, blank when empty."""
        return self.by_column.get(column, "")

    def heading(self, column: str) -> str:
        """Heading as the author wrote it."""
        return self.headings.get(column, column)


@lru_cache(maxsize=1024)
def column_of(heading: str) -> tuple[str, str]:
    """Column and language code of a heading: ``label::Български (bg)`` → ``("label", "bg")``."""
    first, _, rest = heading.partition("::")
    plain = first.strip().lower().replace("-", "_")
    plain = ALIASES.get(plain, ALIASES.get(plain.replace(" ", "_"), plain.replace(" ", "_")))
    if plain == "bind" and rest.strip().lower() in SURVEY:
        return rest.strip().lower(), ""
    return plain, language_code(rest.strip()) if plain in TRANSLATED else rest.strip()


def language_code(name: str) -> str:
    """``Български (bg)`` → ``bg``; a name without a code stands for itself."""
    found = re.search(r"\(([A-Za-z\-]{2,})\)\s*$", name)
    return found[1].lower() if found else name


def read_row(row: Row, default_language: str) -> Cells:
    """A row with its headings understood. Texts without a language belong to the default one."""
    by_column: dict[str, str] = {}
    texts: dict[str, dict[str, str]] = {}
    headings: dict[str, str] = {}
    extra: dict[str, str] = {}
    for heading, cell in row.cells.items():
        column, language = column_of(heading)
        headings.setdefault(column, heading)
        if column in TRANSLATED:
            texts.setdefault(column, {})[language or default_language] = cell
        elif column in SURVEY:
            by_column[column] = cell
        else:
            extra[heading] = cell
    return Cells(row.number, by_column, texts, headings, extra)


def languages(rows: Iterable[Row], default_language: str) -> dict[str, str]:
    """Languages of labels: code → name as in the heading, in the order met."""
    found: dict[str, str] = {}
    for heading in dict.fromkeys(h for row in rows for h in row.cells):
        column, language = column_of(heading)
        if column == "label":
            found.setdefault(
                language or default_language, heading.partition("::")[2].strip() or default_language
            )
    return found


def yes_no(text: str) -> bool | None:
    """True or False for a word of yes or no in Bulgarian or English, else None."""
    word = text.strip().lower()
    return True if word in YES else False if word in NO else None
