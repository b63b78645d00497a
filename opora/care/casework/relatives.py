"""What is known of somebody around the person, field by field, and what of it a page changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from opora.care.casework.models import Relation
from opora.care.casework.queries import index_of
from opora.foundation.core import shown

OF_PERSON = ("first_name", "middle_name", "last_name", "born", "birth_year", "sex", "phone", "dead", "died")
OF_RELATION = ("kind", "lives_with", "decides", "separated", "strength", "gives", "note", "until")
OF_AGENCY = ("kind", "name", "contact", "strength", "gives", "note", "until")


def values(relation: Relation) -> dict[str, Any]:
    """All of it as it stands; of the number only its keyed index."""
    person = relation.person
    known = {name: getattr(person, name) for name in OF_PERSON}
    known |= {name: getattr(relation, name) for name in OF_RELATION}
    return known | {"through": relation.through_id, "identifier": person.identifier_index}


def compared(said: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed as it is compared: numbers by their keyed index; an empty box takes no number away."""
    plain = {name: value for name, value in said.items() if not name.startswith("identifier")}
    number = said.get("identifier")
    return plain | ({"identifier": index_of(number)} if number else {})


def brought(said: Mapping[str, Any], now: Relation, seen: str | None, words: str) -> dict[str, Any]:
    """What is to be written. Clash where a colleague changed the same."""
    found = shown.brought(compared(said), values(now), seen, words)
    if found.pop("identifier", None):
        found |= {"identifier": said["identifier"], "identifier_kind": said.get("identifier_kind", "")}
    return found
