"""How the family of a file is shown: genogram, ecomap, and the same as lists."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from opora.care.casework import kinship, policies, queries, queries_changes, queries_family
from opora.care.casework.changes_view import ChangeLine
from opora.care.casework.models import Agency, ClientFile, Person, Relation
from opora.care.casework.queries_family import Known
from opora.foundation.accounts.actors import Actor
from opora.foundation.ui import formats
from opora.foundation.ui.pictures import Picture, Tie, ecomap, genogram


@dataclass(frozen=True)
class Near:
    """One relative as a row: who, what they are to the person, what is known of them, where else they are known."""

    relation: Relation
    also: list[Known]

    @property
    def called(self) -> str:
        """„баба, 66 г.“"""
        through = self.relation.through
        line = _("чрез %(name)s") % {"name": through.person.first_name} if through else ""
        return ", ".join(filter(None, [kinship.called(self.relation), line]))

    @property
    def years(self) -> str:
        """Age, or the years of a life."""
        return kinship.years(self.relation.person, kinship.sex_of(self.relation))

    @property
    def facts(self) -> list[str]:
        """What else matters, in words."""
        one = self.relation
        told = [
            (one.lives_with, _("живее с детето")),
            (one.decides, _("законен представител")),
            (one.separated, _("разделени")),
            (bool(one.until), _("до %(day)s") % {"day": formats.date(one.until) if one.until else ""}),
        ]
        return [words for yes, words in told if yes]

    @property
    def tie(self) -> str:
        """How the tie holds, in words."""
        return tie_words(self.relation)


def tie_words(one: Relation | Agency) -> str:
    """„силна, от тях към детето“."""
    return ", ".join(filter(None, [one.get_strength_display(), one.get_gives_display()]))


class FamilyView:
    """The family of one file for its page."""

    def __init__(self, actor: Actor, file: ClientFile) -> None:
        self.actor, self.file = actor, file

    @property
    def may_write(self) -> bool:
        """Whether the actor may change it now."""
        return policies.write_file(self.actor, self.file)

    @property
    def changes(self) -> list[ChangeLine]:
        """What changed of these people in another file that the actor may read."""
        return [ChangeLine(one) for one in queries_changes.offers_for(self.actor, self.file)]

    @cached_property
    def relations(self) -> list[Relation]:
        """Everybody ever near, with true names."""
        return queries.family_of(self.file)

    @cached_property
    def people(self) -> list[Near]:
        """Who is near today."""
        return [self._near(one) for one in kinship.current(self.relations)]

    @cached_property
    def former(self) -> list[Near]:
        """Who was."""
        gone = set(self.relations) - set(kinship.current(self.relations))
        return [self._near(one) for one in self.relations if one in gone]

    @cached_property
    def agencies(self) -> list[Agency]:
        """Places and organisations around the person today."""
        return queries_family.agencies_of(self.actor, self.file)

    @cached_property
    def _also(self) -> dict[int, list[Known]]:
        people = [self.file.person, *(one.person for one in self.relations)]
        return queries_family.linked_elsewhere(self.actor, self.file, people)

    def tie_of(self, agency: Agency) -> str:
        """How the tie holds, in words."""
        return tie_words(agency)

    def _near(self, one: Relation) -> Near:
        return Near(one, self._also.get(one.person_id, []))

    @cached_property
    def genogram(self) -> Picture:
        """The family of several generations."""
        people, pairs = kinship.drawn(self.file.person, self.relations)
        title = _("Семейството на %(name)s") % {"name": self.file.person.first_name}
        return genogram(title, people, pairs)

    @cached_property
    def ecomap(self) -> Picture | None:
        """Everybody around the person and how the ties hold; none while nobody is around."""
        around = ties(self.relations, self.agencies)
        title = _("Хора и места около %(name)s") % {"name": self.file.person.first_name}
        return ecomap(title, self.file.person.name, around) if around else None


def ties(
    relations: list[Relation],
    agencies: list[Agency],
    name: Callable[[Person], str] = lambda one: one.name,
    words: Callable[[str], str] = str,
) -> list[Tie]:
    """Living people near today and agencies, as the ecomap draws them; `name` and `words` may blacken."""
    living = [one for one in kinship.current(relations) if not one.person.dead]
    found = [
        Tie(f"{name(one.person)} ({kinship.called(one)})", one.strength, one.gives, words(one.note))
        for one in living
    ]
    return found + [
        Tie(words(one.name), one.strength, one.gives, words(one.note), agency=True) for one in agencies
    ]
