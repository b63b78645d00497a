"""Makers for cards in tests."""

from datetime import date, datetime
from typing import Any

from opora.engines.questionnaire import Form, FormError, Result, check, compile, sheets_from_markdown

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 10, 0)
SETTINGS = """
| settings |
| | form_id | version    | default_language | form_title |
| | card    | 2026112201 | Български (bg)   | Карта      |
"""
LISTS = """
| choices |
| | list_name | name  | label::Български (bg) | label::English (en) | region |
| | yes_no    | yes   | Да                    | Yes                 |        |
| | yes_no    | no    | Не                    | No                  |        |
| | region    | LOV   | Ловеч                 | Lovech              |        |
| | region    | KRZ   | Кърджали              | Kardzhali           |        |
| | muni      | LOV18 | Ловеч                 | Lovech              | LOV    |
| | muni      | LOV33 | Тетевен               | Teteven             | LOV    |
| | muni      | KRZ16 | Кърджали              | Kardzhali           | KRZ    |
| | groups    | kids  | Деца                  | Children            |        |
| | groups    | old   | Стари хора            | Elderly people      |        |
"""


def form(survey: str, *, choices: str = LISTS, settings: str = SETTINGS, external: Any = None) -> Form:
    """A compiled form; its survey without the line ``| survey |``."""
    return compile(sheets_from_markdown(f"| survey |{survey}{choices}{settings}", external))


def asked(survey: Form | str, answers: Any, language: str = "bg") -> Result:
    """Answers checked on the day of the tests."""
    made = survey if isinstance(survey, Form) else form(survey)
    return check(made, answers, today=TODAY, now=NOW, language=language)


def kinds(result: Result) -> dict[str, str]:
    """Kind of finding by path."""
    return {one.path: one.kind for one in result.findings}


def problems(survey: str, **parts: Any) -> set[tuple[str, int, str]]:
    """Code, row and column of what stops a template, empty when nothing does."""
    try:
        form(survey, **parts)
    except FormError as error:
        return {(one.code, one.row, one.column) for one in error.problems}
    return set()
