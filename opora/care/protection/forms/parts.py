"""Parts of forms that this room shares: moments in two boxes, words without identity numbers."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _

from opora.care.casework.forms.crisis import moment
from opora.care.protection.numbers import holds_number
from opora.foundation.core import clock


class TextField(forms.CharField):
    """Words without identity numbers."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea, max_length=6000, **kwargs)

    def clean(self, value: Any) -> Any:
        """The text; ValidationError when a personal number stands in it."""
        text = super().clean(value)
        if holds_number(text):
            raise forms.ValidationError(
                _("В текста има ЕГН или ЛНЧ. Махнете го; случаят се описва без лични номера.")
            )
        return text


class MomentsForm(forms.Form):
    """Pairs of a day and an hour that become one moment: `noticed_on` and `noticed_hour` give `noticed_at`."""

    pairs: tuple[tuple[str, bool], ...] = ()

    def clean(self) -> dict[str, Any]:
        """Every pair as a moment that has come."""
        said = super().clean() or {}
        for name, needed in self.pairs:
            said[f"{name}_at"] = self._moment(said, name, needed)
        return said

    def _moment(self, said: dict[str, Any], name: str, needed: bool) -> dt.datetime | None:
        day, hour = said.pop(f"{name}_on", None), said.pop(f"{name}_hour", None)
        if day is None or hour is None:
            if (day is None) != (hour is None) and not self._failed(name):
                missing = "on" if day is None else "hour"
                self.add_error(f"{name}_{missing}", _("Попълнете и деня, и часа."))
            return None
        found = moment(day, hour).astimezone(dt.UTC)
        if found > clock.now():
            self.add_error(f"{name}_hour", _("Часът е в бъдещето. Запишете кога се е случило."))
        return found

    def _failed(self, name: str) -> bool:
        return f"{name}_on" in self.errors or f"{name}_hour" in self.errors


def now_initial(name: str) -> dict[str, Any]:
    """This day and this minute for a pair."""
    now = timezone.localtime(clock.now())
    return {f"{name}_on": now.date(), f"{name}_hour": now.time()}
