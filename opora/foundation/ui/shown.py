"""Forms that know what they had shown: after a clash the person sees the colleague's text beside their own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from opora.foundation.core import shown
from opora.foundation.core.errors import Clash
from opora.foundation.ui import formats

CARRIED = ("seen",)


class ShownForm(forms.Form):
    """A form of something that stands already; it carries marks of what it shows (`foundation/core/shown.py`)."""

    QUIET: tuple[str, ...] = ()
    """Fields whose text is never put into a message."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=shown.LONGEST)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("seen", shown.marks(self.as_shown()))

    def as_shown(self) -> dict[str, Any]:
        """What the fields hold before anybody types."""
        return {name: self.initial.get(name) for name in self.fields if name not in CARRIED}

    def said(self) -> dict[str, Any]:
        """What was typed, as the writer wants it."""
        return {name: value for name, value in self.cleaned_data.items() if name not in CARRIED}

    @property
    def seen_before(self) -> str:
        """The marks that came back with the form."""
        return str(self.cleaned_data["seen"])

    def meet(self, clash: Clash, said: Mapping[str, Any] | None = None) -> None:
        """Say what a colleague saved in the fields both changed; theirs in the others; the next saving is a choice."""
        said, now = self.said() if said is None else said, as_values(clash)
        both, mine = shown.met(said, now, self.seen_before), shown.touched(said, self.seen_before)
        told = "; ".join(self._told(name, now[name]) for name in said if name in both)
        self.add_error(None, clash_words(clash, told) if told else str(clash))
        self._bring_up(now, mine)

    def _bring_up(self, now: Mapping[str, Any], mine: set[str]) -> None:
        came: Any = self.data
        data = came.copy()
        for name, value in now.items():
            for box, text in {} if name in mine else self.boxes(name, value).items():
                _put(data, self.add_prefix(box), text)
        data[self.add_prefix("seen")] = shown.marks(now)
        self.data = data

    def boxes(self, name: str, value: Any) -> dict[str, Any]:
        """The fields in which a value stands, each with its part."""
        return {name: value} if name in self.fields else {}

    def _told(self, name: str, value: Any) -> str:
        label = self.told_label(name)
        return label if name in self.QUIET else f"{label}: „{in_words(self.fields.get(name), value)}“"

    def told_label(self, name: str) -> str:
        """The words of a field in a message."""
        return str(self.fields[name].label if name in self.fields else name)


def clash_words(why: object, text: str) -> str:
    """What is said to whoever comes second: what stands there now, that nothing of theirs is lost, what to do."""
    said = _("%(why)s Там сега пише: %(text)s. Вашето е запазено по-долу, изберете кое да остане.")
    return said % {"why": why, "text": text}


def as_values(clash: Clash) -> dict[str, Any]:
    """What stands there now, field by field."""
    return clash.theirs if isinstance(clash.theirs, dict) else {}


def in_words(field: Any, value: Any) -> str:
    """A value as a person reads it: the words of a choice, a day, yes or no."""
    if isinstance(value, list | tuple | set | QuerySet):
        return ", ".join(in_words(field, one) for one in value) or "–"
    choices = {str(key): words for key, words in getattr(field, "choices", ()) or ()}
    key = str(value.pk if isinstance(value, Model) else "" if value is None else value)
    if key and key in choices:
        return str(choices[key])
    if isinstance(value, bool):
        return _("да") if value else _("не")
    if isinstance(value, Decimal):
        return formats.number(value)
    if isinstance(value, dt.datetime):
        return formats.datetime(value)
    if isinstance(value, dt.date):
        return formats.date(value)
    return str(value) if value not in (None, "") else "–"


def _put(data: Any, name: str, value: Any) -> None:
    if isinstance(value, list | tuple | set | QuerySet):
        data.setlist(name, [_typed(one) for one in value])
    elif value is False:
        data.pop(name, None)
    else:
        data[name] = _typed(value)


def _typed(value: Any) -> str:
    if isinstance(value, Model):
        return str(value.pk)
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return f"{value:%d.%m.%Y}"
    return "" if value is None else "on" if value is True else str(value)
