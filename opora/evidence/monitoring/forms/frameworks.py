"""Forms of frameworks."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opora.evidence.monitoring import content
from opora.evidence.monitoring.content import Content, Item
from opora.evidence.monitoring.models import COMPLIANCE, Framework
from opora.foundation.core.errors import ActionRefused
from opora.foundation.ui.shown import ShownForm


class IndicatorForm(ShownForm):
    """One indicator with the words of its levels."""

    domain = forms.ChoiceField(label=gettext_lazy("Област на рамката"))
    code = forms.CharField(label=gettext_lazy("Номер"), max_length=20)
    title = forms.CharField(label=gettext_lazy("Показател"), max_length=200)
    question = forms.CharField(
        label=gettext_lazy("Въпрос, на който отговаря"), max_length=400, required=False
    )
    required = forms.CharField(label=gettext_lazy("Какво се изисква"), max_length=400, required=False)
    legal_ref = forms.CharField(label=gettext_lazy("Правно основание"), max_length=120, required=False)
    evidence = forms.CharField(
        label=gettext_lazy("Доказателство за високите степени"), max_length=400, required=False
    )
    weight = forms.CharField(label=gettext_lazy("Тежест"), max_length=20)
    change = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, framework: Framework, now: Content, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.levels = framework.levels
        self.fields["domain"].choices = [(g.code, g.title) for g in now.groups]  # type: ignore[attr-defined]
        for level in self.levels:
            self.fields[f"level_{level}"] = forms.CharField(
                label=_("Степен %(n)s") % {"n": level}, max_length=400, required=False, widget=forms.Textarea
            )
        for name in ("question", "evidence") if framework.kind == COMPLIANCE else ("required", "legal_ref"):
            del self.fields[name]

    @staticmethod
    def initial_of(item: Item) -> dict[str, Any]:
        """What stands now."""
        words = {name: getattr(item, name) for name in ("domain", "code", *content.WORDS)}
        levels = {f"level_{level}": text for level, text in item.anchors}
        return words | levels | {"weight": _comma(item.weight)}

    def clean_weight(self) -> Any:
        """A number with a decimal comma."""
        try:
            return content.number(self.cleaned_data["weight"])
        except ActionRefused as refused:
            raise forms.ValidationError(str(refused)) from None

    def as_shown(self) -> dict[str, Any]:
        """As the indicator holds it."""
        return self.values_of(self.initial)

    def values_of(self, initial: Mapping[str, Any]) -> dict[str, Any]:
        """What stands in the fields, the weight as a number."""
        now = {name: value for name, value in initial.items() if name not in {"seen", "change"}}
        return now | {"weight": content.number(str(initial.get("weight", "")))}

    def boxes(self, name: str, value: Any) -> dict[str, Any]:
        """The weight with a decimal comma."""
        return super().boxes(name, _comma(value) if name == "weight" else value)

    def item(self, given: Mapping[str, Any]) -> Item:
        """The indicator of what is written."""
        texts = [(n, str(given.get(f"level_{n}", "")).strip()) for n in self.levels]
        anchors = tuple((n, text) for n, text in texts if text)
        words = {
            name: given.get(name, "").strip() for name in ("question", "evidence", "required", "legal_ref")
        }
        return Item(
            given["domain"],
            given["code"].strip(),
            given["title"].strip(),
            weight=given["weight"],
            anchors=anchors,
            **words,
        )


class WeightsForm(ShownForm):
    """How much each domain weighs beside the others."""

    def __init__(self, now: Content, *args: Any, **kwargs: Any) -> None:
        self.now = {group.code: group.weight for group in now.groups}
        super().__init__(*args, **kwargs)
        for group in now.groups:
            weight = _comma(group.weight)
            self.fields[group.code] = forms.CharField(label=group.title, max_length=20, initial=weight)

    def as_shown(self) -> dict[str, Any]:
        """Weights as they stand."""
        return self.now

    def boxes(self, name: str, value: Any) -> dict[str, Any]:
        """With a decimal comma."""
        return super().boxes(name, _comma(value))

    def clean(self) -> dict[str, Any]:
        """Numbers with a decimal comma."""
        given = super().clean() or {}
        for code in [name for name in given if name in self.now]:
            try:
                given[code] = content.number(given[code])
            except ActionRefused as refused:
                self.add_error(code, str(refused))
        return given


def _comma(weight: Decimal) -> str:
    return f"{weight.normalize():f}".replace(".", ",")


class FileForm(forms.Form):
    """A spreadsheet."""

    file = forms.FileField(
        label=gettext_lazy("Таблица с рамката"), help_text=gettext_lazy("Файл XLSX, изтеглен оттук и променен."),
        error_messages={"required": gettext_lazy("Изберете файл.")},
    )  # fmt: skip
