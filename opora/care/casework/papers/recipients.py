"""For whom a copy is made, and what it therefore keeps."""

from __future__ import annotations

from dataclasses import dataclass

from opora.care.casework.models import Relation
from opora.care.casework.papers.hiding import Hiding
from opora.care.casework.queries_papers import Source, workers_in

SERVICE, COURT, PARENT = "service", "court", "parent"


@dataclass(frozen=True)
class Recipient:
    """`code` stands in addresses and the audit: `service`, `court`, `parent-12`."""

    code: str
    parent: Relation | None = None

    @property
    def kind(self) -> str:
        """`service`, `court` or `parent`."""
        return self.code.partition("-")[0]

    @property
    def blackened(self) -> bool:
        """Whether names of others are blackened."""
        return self.kind != SERVICE

    @property
    def words(self) -> str:
        """What stands on the paper; Bulgarian, as papers are."""
        if self.parent is not None:
            return f"Екземпляр за родител или съд ({self.parent.get_kind_display()})"
        return {SERVICE: "Екземпляр за услугата", COURT: "Екземпляр за съд"}[self.code]

    def keeps(self, person_id: int, source: Source) -> bool:
        """Whether this person's name stays."""
        parent = self.parent.person_id if self.parent else None
        return not self.blackened or person_id in (source.file.person_id, parent)


def recipients(parents: list[Relation]) -> dict[str, Recipient]:
    """All that may be chosen, by code."""
    plain = [Recipient(SERVICE), *(Recipient(f"{PARENT}-{one.pk}", one) for one in parents), Recipient(COURT)]
    return {one.code: one for one in plain}


def hiding_for(recipient: Recipient, source: Source, *, workers_stay: bool = False) -> Hiding:
    """What the copy blackens. On the family's page the workers stay: they are whom the family calls."""
    if not recipient.blackened:
        return Hiding(on=False)
    people = [source.file.person, *(one.person for one in source.relations)]
    kept = [one for one in people if recipient.keeps(one.pk, source)]
    others = [one.full_name for one in people if one not in kept]
    names, numbers = [one.full_name for one in kept], [one.phone for one in kept]
    workers = [name for name in workers_in(source) if name]
    if workers_stay:
        names += workers
        numbers += [source.file.service.phone, *(member.user.phone for member in source.members)]
    else:
        others += workers
    return Hiding(names, others, [*numbers, source.file.person.identifier])
