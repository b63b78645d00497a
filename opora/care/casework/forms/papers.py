"""Which paper is made for whom. The form goes by GET: only codes stand in the address, never a name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opora.care.casework.papers.making import kind_of
from opora.care.casework.papers.opinions import TEAM
from opora.care.casework.papers.recipients import COURT, SERVICE, Recipient


class PaperForm(forms.Form):
    """The paper, and whether it is for the service, for a parent or for court: one step, so that neither is forgotten."""

    kind = forms.ChoiceField(label=gettext_lazy("Документ"), widget=forms.RadioSelect)
    to = forms.ChoiceField(label=gettext_lazy("За кого е документът"), widget=forms.RadioSelect)

    def __init__(self, kinds: Iterable[str], found: dict[str, Recipient], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = {
            "kind": [(code, f"{kind.title}: {kind.hint}") for code in kinds if (kind := kind_of(code))],
            "to": [(code, _label(one)) for code, one in found.items()],
        }
        for name, offered in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = offered

    def clean(self) -> dict[str, Any]:
        """The team's own opinion is for the service."""
        said = super().clean() or {}
        if str(said.get("kind", "")).startswith(TEAM) and said.get("to") != SERVICE:
            self.add_error("to", _("Становището е само за екипа. Изберете екземпляра за услугата."))
        return said


def _label(one: Recipient) -> str:
    if one.parent is not None:
        who = {"name": one.parent.person.name, "kind": one.parent.get_kind_display()}
        return _("за родител или съд: остават детето и %(name)s (%(kind)s)") % who
    plain = {SERVICE: _("за услугата: вижда се всичко"), COURT: _("за съд: остава само името на детето")}
    return plain[one.code]
