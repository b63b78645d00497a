"""What the form macros ask about a Django form: kind of control, choices, where an error leads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.paginator import Page
from django.forms.boundfield import BoundField

_KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.Textarea, "textarea"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.SelectMultiple, "select"),
    (forms.Select, "select"),
    (forms.CheckboxInput, "checkbox"),
    (forms.FileInput, "file"),
    (forms.HiddenInput, "hidden"),
    (forms.MultipleHiddenInput, "hidden"),
    (forms.PasswordInput, "password"),
)


@dataclass(frozen=True)
class Choice:
    """One radio button or check box, ready to draw."""

    id: str
    value: str
    label: str
    chosen: bool
    disabled: bool


@dataclass(frozen=True)
class Complaint:
    """One line of the error summary."""

    href: str
    text: str


def control(bound: BoundField) -> str:
    """Which macro draws this field: input, textarea, select, radios, checkboxes, checkbox, file …"""
    widget = bound.field.widget
    return next((kind for kinds, kind in _KINDS if isinstance(widget, kinds)), "input")


def choices_of(bound: BoundField) -> list[Choice]:
    """Choices of a radio or check box group; the first carries the id the error summary leads to."""
    return [_choice(one.data, anchor(bound), i) for i, one in enumerate(bound.subwidgets)]


def _choice(data: dict[str, Any], first_id: str, index: int) -> Choice:
    return Choice(
        id=first_id if index == 0 else f"{first_id}-{index}",
        value=str(data["value"]),
        label=str(data["label"]),
        chosen=bool(data["selected"]),
        disabled=bool(data["attrs"].get("disabled")),
    )


def anchor(bound: BoundField) -> str:
    """Id of the element an error of this field leads to."""
    return str(bound.auto_id or f"id_{bound.html_name}")


def described(element_id: str, hint: object, error: object) -> str | None:
    """Ids for `aria-describedby`: the hint, then the error; None when there is neither."""
    parts = [f"{element_id}-hint"] * bool(hint) + [f"{element_id}-error"] * bool(error)
    return " ".join(parts) or None


def summary_of(*sources: Any) -> list[Complaint]:
    """Errors of forms and formsets in the order of their fields; empty when all is well."""
    return [line for source in sources for line in _lines(source)]


def _lines(source: Any) -> list[Complaint]:
    if isinstance(source, forms.BaseFormSet):
        own = [Complaint("#main", str(text)) for text in source.non_form_errors()]
        return own + summary_of(*source.forms)
    general = [Complaint("#main", str(text)) for text in source.non_field_errors()]
    return general + [
        Complaint(f"#{anchor(bound)}", str(text)) for bound in source for text in bound.errors
    ]


def page_window(page: Page[Any]) -> list[int | None]:
    """Page numbers to offer: first, last and the neighbours; None stands for a gap."""
    last = page.paginator.num_pages
    wanted = sorted({1, last, *range(max(1, page.number - 1), min(last, page.number + 1) + 1)})
    shown: list[int | None] = []
    for number in wanted:
        previous = shown[-1] if shown else None
        if previous is not None and number > previous + 1:
            shown.append(None)
        shown.append(number)
    return shown
