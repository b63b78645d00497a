"""Names of people in sealed files: kept encrypted, a pseudonym stands in their place until the file is opened."""

from __future__ import annotations

import json

from opora.care.casework.models.people import NAMES, Person
from opora.foundation.core import sealing

HIDDEN = (
    "first_name",
    "middle_name",
    "last_name",
    "phone",
    "phone_digits",
    "address",
    "sort_name",
    "sound_text",
)


def hide(person: Person, pseudonym: str) -> None:
    """Put the names away; the caller writes the row."""
    kept = {name: getattr(person, name) for name in HIDDEN}
    text = json.dumps(kept, ensure_ascii=False)
    person.names_sealed = sealing.seal(text, column=NAMES, row=person.pk)
    for name in HIDDEN:
        setattr(person, name, "")
    person.first_name, person.sort_name = pseudonym, pseudonym.lower()


def reveal(person: Person) -> None:
    """Show the true names of a person in memory; nothing is written."""
    if not person.names_sealed:
        return
    kept = json.loads(sealing.unseal(bytes(person.names_sealed), column=NAMES, row=person.pk))
    for name in HIDDEN:
        setattr(person, name, kept[name])
    person.revealed = True


def restore(person: Person) -> None:
    """Names as they were, in the clear again; the caller writes the row."""
    reveal(person)
    person.names_sealed = None
