"""For whom a paper is made. The form goes by GET: only codes stand in the address, never a name."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opora.care.casework.papers.recipients import COURT, SERVICE, Recipient


class RecipientForm(forms.Form):
    """For the service, for a parent or court."""

    to = forms.ChoiceField(label=gettext_lazy("За кого е документът"), widget=forms.RadioSelect)

    def __init__(self, found: dict[str, Recipient], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(code, _label(one)) for code, one in found.items()]


def _label(one: Recipient) -> str:
    if one.parent is not None:
        who = {"name": one.parent.person.name, "kind": one.parent.get_kind_display()}
        return _("за родител или съд: остават детето и %(name)s (%(kind)s)") % who
    plain = {SERVICE: _("за услугата: вижда се всичко"), COURT: _("за съд: остава само името на детето")}
    return plain[one.code]
