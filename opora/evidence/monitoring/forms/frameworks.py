"""Forms of frameworks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opora.evidence.monitoring import content
from opora.evidence.monitoring.content import Content, Item
from opora.evidence.monitoring.models import COMPLIANCE, Framework
from opora.foundation.core.errors import ActionRefused


class IndicatorForm(forms.Form):
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
        weight = f"{item.weight.normalize():f}".replace(".", ",")
        return words | {f"level_{level}": text for level, text in item.anchors} | {"weight": weight}

    def clean_weight(self) -> Any:
        """A number with a decimal comma."""
        try:
            return content.number(self.cleaned_data["weight"])
        except ActionRefused as refused:
            raise forms.ValidationError(str(refused)) from None

    def item(self) -> Item:
        """The indicator as written."""
        given = self.cleaned_data
        anchors = tuple((n, given[f"level_{n}"].strip()) for n in self.levels if given[f"level_{n}"].strip())
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


class WeightsForm(forms.Form):
    """How much each domain weighs beside the others."""

    change = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, now: Content, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for group in now.groups:
            weight = f"{group.weight.normalize():f}".replace(".", ",")
            self.fields[group.code] = forms.CharField(label=group.title, max_length=20, initial=weight)

    def clean(self) -> dict[str, Any]:
        """Numbers with a decimal comma."""
        given = super().clean() or {}
        for code in [name for name in given if name != "change"]:
            try:
                given[code] = content.number(given[code])
            except ActionRefused as refused:
                self.add_error(code, str(refused))
        return given

    def weights(self) -> dict[str, Any]:
        """By domain."""
        return {code: weight for code, weight in self.cleaned_data.items() if code != "change"}


class FileForm(forms.Form):
    """A spreadsheet."""

    file = forms.FileField(
        label=gettext_lazy("Таблица с рамката"), help_text=gettext_lazy("Файл XLSX, изтеглен оттук и променен."),
        error_messages={"required": gettext_lazy("Изберете файл.")},
    )  # fmt: skip
