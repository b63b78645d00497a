"""Forms of opinions: whom to ask what, an opinion for the team, the code, the opinion of a specialist outside."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opora.care.casework import domains
from opora.care.casework.models import AssessmentPart, Event
from opora.foundation.ui import formats
from opora.foundation.ui.fields import DateField
from opora.register.models import Professional

MOST_WORDS = 20_000
WORDS_OF_A_NOTE = 60


class AskForm(forms.Form):
    """One question to one specialist. Somebody of the register is chosen, or name, profession and e-mail are written."""

    professional = forms.ChoiceField(label=gettext_lazy("Специалист от регистъра"), required=False)
    name = forms.CharField(label=gettext_lazy("Име"), max_length=120, required=False)
    profession = forms.CharField(label=gettext_lazy("Професия"), max_length=120, required=False)
    organisation = forms.CharField(label=gettext_lazy("Къде работи"), max_length=200, required=False)
    email = forms.EmailField(label=gettext_lazy("Електронна поща"), required=False)
    question = forms.CharField(label=gettext_lazy("Въпросът"), widget=forms.Textarea, max_length=4000)
    parts = forms.MultipleChoiceField(
        label=gettext_lazy("Области от оценката, които ще види и за които питате"),
        widget=forms.CheckboxSelectMultiple,
    )
    events = forms.MultipleChoiceField(
        label=gettext_lazy("Бележки от хронологията, които ще види"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    by_name = forms.TypedChoiceField(
        label=gettext_lazy("Как да се вижда детето или човекът"), coerce=lambda said: said == "name", initial="initials",
        choices=[
            ("initials", gettext_lazy("с инициали и възраст")), ("name", gettext_lazy("с името, ако специалистът го познава")),
        ],
        widget=forms.RadioSelect,
    )  # fmt: skip
    due = DateField(label=gettext_lazy("Отговор до"))
    key = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(
        self, people: Sequence[Professional], parts: Iterable[AssessmentPart], events: Iterable[Event], *args: Any, **kwargs: Any
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.people = {str(one.pk): one for one in people}
        self.known_parts = {part.domain: part for part in sorted(parts, key=_need, reverse=True)}
        self.known_events = {str(event.pk): event for event in events}
        self._offer(
            "professional",
            [("", _("друг специалист")), *((pk, _called(one)) for pk, one in self.people.items())],
        )
        self._offer("parts", [(code, _part(part)) for code, part in self.known_parts.items()])
        self._offer("events", [(pk, _note(event)) for pk, event in self.known_events.items()])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        """What the register knows is not typed again; what neither knows is asked for."""
        said = super().clean() or {}
        known = self.people.get(said.get("professional") or "")
        if known is not None:
            where = known.employer or (known.service.name if known.service else "")
            facts = {
                "name": known.name,
                "profession": known.profession,
                "organisation": where,
                "email": known.email,
            }
            said |= {name: fact or said.get(name, "") for name, fact in facts.items()}
        wanted = {
            "name": _("Напишете името на специалиста."), "profession": _("Напишете професията му."),
            "email": _("Напишете електронната му поща. На нея се изпраща връзката."),
        }  # fmt: skip
        for name, words in wanted.items():
            if name in said and not said[name]:
                self.add_error(name, words)
        return said

    @classmethod
    def beginning(cls, people: Sequence[Professional], profession: str, chosen: list[str]) -> dict[str, Any]:
        """What stands in it at first: the only one of that profession in the register is chosen already."""
        fits = [one for one in people if profession and profession in one.profession.lower()]
        known = str(fits[0].pk) if len(fits) == 1 else ""
        first = {"professional": known, "profession": "" if known else profession, "parts": chosen}
        return first | {"by_name": "initials", "key": secrets.token_hex(16)}


class TeamOpinionForm(forms.Form):
    """An opinion for the team: the words, and a domain if it is about one."""

    text = forms.CharField(label=gettext_lazy("Становище"), widget=forms.Textarea, max_length=MOST_WORDS)
    domain = forms.ChoiceField(
        label=gettext_lazy("Област на оценката"), choices=[("", gettext_lazy("за цялото досие")), *domains.DOMAINS.items()], required=False,
    )  # fmt: skip
    need = forms.TypedChoiceField(
        label=gettext_lazy("Степен на потребност"), choices=[("", "–"), *domains.LEVELS], coerce=int, empty_value=None,
        required=False, help_text=gettext_lazy("Само ако становището е за една област."),
    )  # fmt: skip
    key = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def clean(self) -> dict[str, Any]:
        """A level belongs to a domain."""
        said = super().clean() or {}
        if said.get("need") is not None and not said.get("domain"):
            self.add_error("domain", _("Посочете за коя област е степента."))
        return said

    @property
    def by_domain(self) -> dict[str, tuple[int | None, str]]:
        """The domain it is about, if any."""
        said = self.cleaned_data
        return {said["domain"]: (said["need"], "")} if said["domain"] else {}


class OutsideCodeForm(forms.Form):
    """The code told by telephone."""

    code = forms.CharField(label=gettext_lazy("Код"), max_length=20)


class OutsideForm(forms.Form):
    """The opinion of a specialist outside: the answer, and a level with words for each domain asked."""

    text = forms.CharField(
        label=gettext_lazy("Вашето становище"), widget=forms.Textarea, required=False, max_length=MOST_WORDS
    )
    document = forms.FileField(
        label=gettext_lazy("Документ със становището"), required=False, max_length=200,
        help_text=gettext_lazy("PDF, DOCX, ODT, XLSX, PNG или JPG до 20 MB. Може вместо текст или заедно с него."),
    )  # fmt: skip

    def __init__(self, asked: Sequence[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked
        for domain in asked:
            self.fields[f"need_{domain}"] = forms.TypedChoiceField(
                label=_("Степен на потребност"), choices=[("", _("не мога да преценя")), *domains.LEVELS], coerce=int,
                empty_value=None, required=False,
            )  # fmt: skip
            self.fields[f"text_{domain}"] = forms.CharField(
                label=_("По какво личи"), widget=forms.Textarea, required=False, max_length=MOST_WORDS
            )

    def lines(self) -> list[tuple[str, Any, Any]]:
        """Each domain asked with its two fields."""
        return [(str(domains.DOMAINS[one]), self[f"need_{one}"], self[f"text_{one}"]) for one in self.asked]

    @property
    def by_domain(self) -> dict[str, tuple[int | None, str]]:
        """Levels and words."""
        said = self.cleaned_data
        return {one: (said[f"need_{one}"], said[f"text_{one}"]) for one in self.asked}

    def typed(self) -> dict[str, str]:
        """What is worth keeping while it is written."""
        return {name: str(self.data.get(name, ""))[:MOST_WORDS] for name in self.fields if name != "document"}


def _need(part: AssessmentPart) -> int:
    """The greatest needs are offered first, domains nobody judged last."""
    return -1 if part.need is None else part.need


def _called(one: Professional) -> str:
    where = one.employer or (one.service.name if one.service else "")
    return ", ".join(part for part in (one.profession, one.name, where) if part)


def _part(part: AssessmentPart) -> str:
    level = part.get_need_display() if part.need is not None else _("още без степен")
    return f"{part.get_domain_display()}: {level}"


def _note(event: Event) -> str:
    words = event.text if len(event.text) <= WORDS_OF_A_NOTE else f"{event.text[:WORDS_OF_A_NOTE].rstrip()}…"
    return f"{formats.date(event.on)}, {event.get_kind_display().lower()}: {words}"
