"""What the writers of files share."""

from __future__ import annotations

import datetime as dt

from django.db.models import F
from django.utils.translation import gettext as _

from opora.care.casework.models import ClientFile, Event, Person
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.models import User
from opora.foundation.core import clock, words
from opora.foundation.core.errors import ActionRefused


def chain_of(file: ClientFile) -> str:
    """The audit chain of the file's service."""
    return f"svc:{file.service.code}"


def locked(file: ClientFile) -> ClientFile:
    """The file as it stands now, ours until the transaction ends."""
    rows = ClientFile.objects.select_for_update(of=("self",)).select_related("service", "person")
    found: ClientFile = rows.get(pk=file.pk)
    return found


def not_in_the_future(day: dt.date) -> None:
    """Refuse a day that has not come."""
    if day > clock.today():
        raise ActionRefused(_("Датата е в бъдещето. Запишете деня, в който се е случило."))


def describe(person: Person) -> None:
    """Fill what follows from the names and the telephone."""
    person.sort_name = words.sort_key(person.full_name)
    person.phone_digits = words.phone_digits(person.phone)
    heard = [words.sound_key(word) for word in words.tokens(person.full_name)]
    person.sound_text = f" {' '.join(dict.fromkeys(heard))} "


def author_of(actor: Actor) -> User | None:
    """The account behind an actor; none behind the program itself."""
    return None if actor.user_id is None else User.objects.filter(pk=actor.user_id).first()


def write_event(
    actor: Actor, file: ClientFile, *, kind: str, on: dt.date, text: str, key: str, **more: object
) -> Event:
    """Add a line to the chronology and move the file up in the lists."""
    author = author_of(actor)
    profession = str(more.pop("profession", author.profession if author else ""))
    event = Event.objects.create(
        file=file, kind=kind, on=on, at=clock.now(), by_id=actor.user_id, by=actor.name,
        profession=profession, organisation=actor.organisation, text=text, key=key, **more,
    )  # fmt: skip
    ClientFile.objects.filter(pk=file.pk).update(last_event_at=event.at, version=F("version") + 1)
    return event
