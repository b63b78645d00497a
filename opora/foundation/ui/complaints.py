"""Errors of forms in our words: at the field and in the summary on top of the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _

from opora.foundation.ui import controls


@dataclass(frozen=True)
class Complaint:
    """One line of the error summary."""

    href: str
    text: str


def summary_of(*sources: Any) -> list[Complaint]:
    """Errors of forms and formsets in the order of their fields; empty when all is well."""
    return [line for source in sources for line in _lines(source)]


def _lines(source: Any) -> list[Complaint]:
    if isinstance(source, forms.BaseFormSet):
        own = [Complaint("#main", str(text)) for text in source.non_form_errors()]
        return own + summary_of(*source.forms)
    general = [Complaint("#main", str(text)) for text in source.non_field_errors()]
    return general + [Complaint(f"#{controls.anchor(one)}", text) for one in source for text in _named(one)]


def _named(bound: BoundField) -> list[str]:
    """Errors that say which field they speak of, because the summary stands apart from it."""
    label = str(bound.label)
    return [text if label in text else f"{label}: {text}" for text in errors_of(bound)]


def errors_of(bound: BoundField) -> list[str]:
    """Errors of one field in our words: what to do, not what is wrong with the person."""
    return [text for error in _raw_errors(bound) for text in _words(bound, error)]


def _raw_errors(bound: BoundField) -> list[ValidationError]:
    return list(bound.form.errors.as_data().get(bound.name, []))


def _words(bound: BoundField, error: ValidationError) -> list[str]:
    """Django's bare „this field is required“ becomes a sentence with the field's name."""
    bare = forms.Field.default_error_messages["required"]
    if error.code != "required" or [str(one) for one in error] != [str(bare)]:
        return [str(one) for one in error]
    return [_required(controls.control(bound), str(bound.label))]


def _required(kind: str, label: str) -> str:
    if kind in ("select", "radios", "checkboxes"):
        return _("Изберете „%(label)s“") % {"label": label}
    if kind == "file":
        return _("Приложете „%(label)s“") % {"label": label}
    return _("Попълнете „%(label)s“") % {"label": label}
