"""What a browser without script would send: the fields of the filler's form."""

from __future__ import annotations

import html
import re
from typing import Any

from django.test import Client

from opora.evidence.survey.models import Card


def address(card: Card, rest: str = "") -> str:
    """Address of a page of the card."""
    return f"/survey/cards/{card.code}/{rest}"


def fields_of(page: str) -> dict[str, list[str]]:
    """Every field of the filler's form with its value."""
    form = page[page.index("data-filler") :]
    form = form[: form.index("</form>")]
    data: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, kind, value = (re.search(rf'{key}="([^"]*)"', tag) for key in (" name", " type", " value"))
        if name and (kind is None or kind[1] not in ("radio", "checkbox") or " checked" in tag):
            data.setdefault(name[1], []).append(html.unescape(value[1]) if value else "on")
    for name, options in re.findall(r'<select[^>]* name="([^"]*)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        data[name] = [chosen[1] if chosen else ""]
    for name, text in re.findall(r'<textarea[^>]* name="([^"]*)"[^>]*>\n?(.*?)</textarea>', form, re.S):
        data[name] = [html.unescape(text)]
    return data


def fill(client: Client, card: Card, section: str, do: str = "save", **answers: Any) -> Any:
    """Open a section, change answers (`__` for a dot), press a button; the answer of the server."""
    where = address(card, f"sections/{section}/")
    data = fields_of(client.get(where).content.decode())
    for name, value in answers.items():
        data[f"q:{name.replace('__', '.')}"] = value if isinstance(value, list) else [value]
    return client.post(where, data | {"do": [do]})
