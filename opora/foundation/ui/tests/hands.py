"""Somebody at a page with a form: opens it once, types, sends everything back as a browser does."""

from __future__ import annotations

from typing import Any

from django.test import Client
from lxml import html

Fields = dict[str, list[str]]


class Hands:
    """One pair of hands at one form: that which holds the field `at`."""

    def __init__(self, client: Client, where: str, *, at: str) -> None:
        self.client, self.where, self.at = client, where, at
        self.read(client.get(where))

    def read(self, answer: Any) -> None:
        """What stands on the page now."""
        self.status, self.page = answer.status_code, answer.content.decode()
        forms = [one for one in html.fromstring(self.page).forms if self.at in one.fields]
        self.fields: Fields = _fields(forms[0]) if forms else {}

    def send(self, do: str = "", **typed: Any) -> str:
        """Send the whole form with what was typed over it; the page that comes back."""
        for name, value in typed.items():
            self.fields[name] = [str(one) for one in value] if isinstance(value, list) else [str(value)]
        data: dict[str, Any] = {**self.fields, **({"do": do} if do else {})}
        self.read(self.client.post(self.where, data, follow=True))
        return self.page


def _fields(form: Any) -> Fields:
    found: Fields = {}
    for one in form.inputs:
        if not one.name:
            continue
        if one.tag == "select" and one.multiple:
            values = list(one.value)
        elif one.tag == "input" and one.type in {"checkbox", "radio"}:
            values = [one.get("value", "on")] if one.checked else []
        elif one.tag == "input" and one.type in {"file", "submit", "button"}:
            continue
        else:
            text = one.value or ""
            values = [text.lstrip("\n").replace("\n", "\r\n") if one.tag == "textarea" else text]
        found.setdefault(one.name, []).extend(values)
    return {name: values for name, values in found.items() if values}


def seen_on(client: Client, where: str) -> dict[str, str]:
    """What a form sends along about what it had shown, for a test that writes its fields itself."""
    found = html.fromstring(client.get(where).content.decode()).xpath("//input[@name='seen']/@value")
    return {"seen": str(found[0])}
