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
    """Django's bare „this field is required“ and „invalid choice“ become sentences that say what to do."""
    kind, label = controls.control(bound), str(bound.label)
    if error.code == "required" and _is_bare(error, forms.Field):
        return [_required(kind, label)]
    if error.code == "invalid_choice" and _is_bare(error, forms.ChoiceField, forms.MultipleChoiceField):
        return [_("Изберете от изброените възможности")]
    return [str(one) for one in error]


def _is_bare(error: ValidationError, *fields: type[forms.Field]) -> bool:
    """Whether the message is Django's own, so that words a form chose for itself stay."""
    own = [str(field.default_error_messages.get(error.code or "", "")) for field in fields]
    return str(getattr(error, "message", "")) in own


def _required(kind: str, label: str) -> str:
    if kind in ("select", "radios", "checkboxes"):
        return _("Изберете „%(label)s“") % {"label": label}
    if kind == "file":
        return _("Приложете „%(label)s“") % {"label": label}
    return _("Попълнете „%(label)s“") % {"label": label}
