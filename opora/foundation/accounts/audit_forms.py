"""What a reader of the audit asks for."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from opora.foundation.audit.kinds import Kind
from opora.foundation.audit.queries import Filters
from opora.foundation.ui.fields import DateField


class AuditForm(forms.Form):
    """Days, kind, chain and words; an answer that cannot be read narrows nothing and says so."""

    words = forms.CharField(label=_("Кой, какво или номер"), required=False, max_length=120)
    since = DateField(label=_("От дата"), required=False)
    until = DateField(label=_("До дата"), required=False)
    kind = forms.ChoiceField(label=_("Вид"), required=False, choices=[("", _("всички")), *Kind.choices])

    def filters(self) -> Filters:
        """The filters that could be read."""
        self.is_valid()
        given = self.cleaned_data
        return Filters(
            since=given.get("since"),
            until=given.get("until"),
            kind=given.get("kind", ""),
            words=given.get("words", ""),
        )
