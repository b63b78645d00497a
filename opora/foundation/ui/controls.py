"""What the form macros ask about a Django form: kind of control, choices, the drawn box."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.core.paginator import Page
from django.forms.boundfield import BoundField
from django.forms.utils import flatatt
from markupsafe import Markup

from opora.foundation.ui import formats

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


def drawn_input(bound: BoundField, attrs: dict[str, Any]) -> Markup:
    """A one-line box that keeps what was typed even when it is no number or date."""
    widget = bound.field.widget
    built = bound.build_widget_attrs({**widget.attrs, **attrs}, widget)
    input_type = str(getattr(widget, "input_type", "text"))
    if isinstance(widget, forms.NumberInput):
        input_type = "text"
        built = {key: value for key, value in built.items() if key not in ("min", "max", "step")}
        built |= {
            "inputmode": "decimal"
            if isinstance(bound.field, (forms.DecimalField, forms.FloatField))
            else "numeric"
        }
    given = {"type": input_type, "name": bound.html_name, "value": typed(bound)}
    return Markup("<input{}>").format(flatatt(given | built))


def typed(bound: BoundField) -> str:
    """The text of a one-line box: what the person typed, or the known value in our writing."""
    value = bound.value()
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return formats.date(value)
    if isinstance(value, float | Decimal):
        return f"{value:f}".rstrip("0").rstrip(".").replace(".", ",") if value % 1 else f"{value:.0f}"
    shown = bound.field.widget.format_value(value)
    return "" if shown is None else str(shown)


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
