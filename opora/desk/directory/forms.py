"""The one form a citizen fills."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from opora.desk.directory.needs import NEEDS


class FindForm(forms.Form):
    """Where and for whom."""

    place = forms.CharField(
        label=_("Град или село"),
        required=False,
        max_length=80,
        help_text=_("Например Момчилград. Може и без него."),
    )
    need = forms.ChoiceField(
        label=_("За кого търсите помощ?"),
        required=False,
        choices=[(n.code, n.label) for n in NEEDS],
        widget=forms.RadioSelect,
    )
    ekatte = forms.RegexField(r"^[0-9]{5}$", required=False, widget=forms.HiddenInput)
