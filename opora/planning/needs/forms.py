"""Forms of analyses."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opora.evidence.survey.models import Round
from opora.foundation.accounts.actors import Actor
from opora.planning.needs import queries

ALL, LATEST = "all", "latest"


class StartForm(forms.Form):
    """Which region, from which round."""

    round = forms.ChoiceField(label=_("Събиране на карти"))
    region = forms.ChoiceField(label=_("Област"))

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        self.rounds = {found.code: found for found in queries.rounds_for(actor)}
        self.regions = {region.code: region for region in queries.regions_to_analyse(actor)}
        rounds = [(code, f"{found.title} ({code})") for code, found in self.rounds.items()]
        if len(self.regions) > 1:
            rounds.insert(0, (LATEST, str(_("последното приключено събиране на всяка област"))))
        self.fields["round"].choices = rounds  # type: ignore[attr-defined]
        choices = [(code, region.full_name) for code, region in self.regions.items()]
        if len(choices) > 1:
            choices.insert(0, (ALL, str(_("всички области на събирането"))))
        self.fields["region"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The region must have cards in the round."""
        given = super().clean() or {}
        if "round" in given and "region" in given and not self.chosen(given):
            self.add_error("region", _("В това събиране няма карти от областта. Изберете друга."))
        return given

    def chosen(self, given: dict[str, Any] | None = None) -> dict[str, Round]:
        """Codes of the regions to analyse, each with its round."""
        given = given or self.cleaned_data
        if given["round"] == LATEST:
            found = queries.latest_rounds(self.actor)
        else:
            round_ = self.rounds[given["round"]]
            found = {
                region.code: round_
                for region in queries.regions_of_round(round_)
                if region.code in self.regions
            }
        return found if given["region"] == ALL else {c: r for c, r in found.items() if c == given["region"]}


class ChapterForm(forms.Form):
    """The words of one chapter; each line is a paragraph."""

    text = forms.CharField(
        label=_("Текст на главата"), widget=forms.Textarea, required=False, max_length=20_000
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
