"""Form fields that take what Bulgarians type: a decimal comma, 22.11.2026."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

DATE_FORMATS = ("%d.%m.%Y", "%d.%m.%y", "%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y")
_SPACES = str.maketrans("", "", " \u00a0\u202f\u2009")


class DecimalField(forms.DecimalField):
    """A number with a decimal comma or point, thousands with or without spaces: `1 234,5` → 1234.5."""

    default_error_messages = {"invalid": _("Въведете число, например 1,5")}

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        """Decimal or None; ValidationError for anything else."""
        return super().to_python(_plain(value))


class IntegerField(forms.IntegerField):
    """A whole number, thousands with or without spaces."""

    default_error_messages = {"invalid": _("Въведете цяло число, например 12")}

    def to_python(self, value: Any) -> int | None:
        """int or None; ValidationError for anything else."""
        return super().to_python(_plain(value))


class DateField(forms.DateField):
    """A day written 22.11.2026, 22.11.26 or 2026-11-22; a final „г.“ is allowed."""

    default_error_messages = {"invalid": _("Въведете дата, например 22.11.2026")}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("Например 22.11.2026"))
        super().__init__(input_formats=DATE_FORMATS, **kwargs)

    def to_python(self, value: Any) -> Any:
        """date or None; ValidationError for anything else."""
        if isinstance(value, str):
            value = value.strip().removesuffix("г.").strip()
        return super().to_python(value)


def _plain(value: Any) -> Any:
    return value.translate(_SPACES).replace(",", ".") if isinstance(value, str) else value
