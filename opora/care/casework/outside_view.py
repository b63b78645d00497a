"""What a specialist outside sees."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from django.utils.translation import gettext as _

from opora.care.casework import presenters, queries_opinions
from opora.care.casework.models import Event, OpinionRequest
from opora.care.casework.papers.hiding import Hiding


class OutsideView:
    """What a specialist outside sees, and nothing else: names of the family are blackened in every text."""

    def __init__(self, request: OpinionRequest) -> None:
        self.request = request

    @cached_property
    def _hiding(self) -> Hiding:
        kept, others = queries_opinions.names_to_hide(self.request)
        return Hiding(kept, others)

    @property
    def child(self) -> str:
        """„К. Р., 12 години“, or the name where the worker chose so."""
        person = self.request.file.person
        names = [name[:1] + "." for name in (person.first_name, person.last_name) if name]
        who = person.name if self.request.by_name else " ".join(names)
        return ", ".join(part for part in (who, presenters.age(self.request.file)) if part)

    @property
    def asks(self) -> str:
        """Who asks."""
        one = self.request
        phone = _("тел. %(phone)s") % {"phone": one.by_phone} if one.by_phone else ""
        return ", ".join(part for part in (one.by, one.organisation_of_by, phone) if part)

    @property
    def question(self) -> str:
        """The question."""
        return self._hiding.text(self.request.question)

    @cached_property
    def parts(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """The chosen parts of the assessment."""
        return [
            (str(part.get_domain_display()), [
                (_("Положение"), self._hiding.text(part.situation)), (_("Силни страни"), self._hiding.text(part.strengths)),
                (_("Степен на потребност"), str(part.get_need_display()) if part.need is not None else ""),
                (_("Писал"), part.profession),
            ])
            for part in self.request.parts.all()
        ]  # fmt: skip

    @cached_property
    def events(self) -> list[dict[str, object]]:
        """The chosen notes."""
        return [
            {
                "title": one.get_kind_display(),
                "at": one.on,
                "by": one.profession,
                "text": self._hiding.text(_corrected(one)),
            }
            for one in self.request.events.prefetch_related("corrections")
        ]

    @property
    def asked(self) -> Sequence[str]:
        """Domains asked."""
        return [part.domain for part in self.request.parts.all()]


def _corrected(event: Event) -> str:
    """A note with what corrects it."""
    corrections = [_("Поправка: %(text)s") % {"text": one.text} for one in event.corrections.all()]
    return "\n".join([event.text, *corrections])
