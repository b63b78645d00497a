"""Words typed into a form and not sent yet. Any form of the house with a box for words is kept so: a session that ends, a
browser that closes, a power cut cost at most the last second (X9).
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from opora.foundation.accounts.actors import Actor
from opora.foundation.core import clock, sealing
from opora.foundation.core.errors import ActionRefused
from opora.foundation.drafts.models import Unsent

COLUMN = "drafts_unsent.sealed"
SITTING = re.compile(r"[0-9a-f-]{36}")
DAYS = 14
"""How long words wait for whoever typed them; docs/operator.md says so."""
MOST_FIELDS, MOST_CHARACTERS, MOST_FORMS = 400, 100_000, 50
Values = list[tuple[str, str]]


@dataclass(frozen=True)
class Words:
    """The fields of one form as they stood: (name, value), a name as often as it has values. `after`: sittings whose words
    were put back into this one.
    """

    sitting: str
    form: str
    values: Values
    after: tuple[str, ...]
    at: dt.datetime


def sittings(text: str) -> list[str]:
    """Those a page names, with commas between; what is none of a page of ours is left out."""
    return [one for one in text.split(",") if SITTING.fullmatch(one)]


def waiting(actor: Actor, address: str) -> list[Words]:
    """What this person left on that page, the newest first; only their own."""
    rows = Unsent.objects.filter(user_id=_person(actor), address=address, sealed__isnull=False)
    found = [_opened(row) for row in rows.order_by("-saved_at", "-id")[:MOST_FORMS]]
    return [one for one in found if one]


def keep(actor: Actor, address: str, words: Words) -> dt.datetime | None:
    """Write down what stands in the form now; what it was put together from goes. None where it was sent already.

    ActionRefused for more than a form of ours can hold.
    """
    if len(words.values) > MOST_FIELDS or sum(len(value) for _name, value in words.values) > MOST_CHARACTERS:
        raise ActionRefused(_("Толкова дълъг текст не се пази като чернова. Изпратете го или го разделете."))
    now = clock.now()
    with transaction.atomic():
        row, _made = Unsent.objects.select_for_update().get_or_create(
            sitting=words.sitting,
            defaults={
                "user_id": _person(actor), "address": address, "form": words.form, "sealed": b"", "saved_at": now,
            },
        )  # fmt: skip
        if row.user_id != _person(actor) or row.sealed is None:
            return None
        row.sealed, row.saved_at = _sealed(words, row.pk), now
        row.save(update_fields=["sealed", "saved_at"])
        _mine(actor, words.after).exclude(pk=row.pk).delete()
    return now


def sent(actor: Actor, sitting: str, after: Iterable[str]) -> None:
    """The form was taken: its words wait no more, also those of a saving that is still on its way."""
    with transaction.atomic():
        _mine(actor, after).delete()
        fresh = {"user_id": _person(actor), "saved_at": clock.now()}
        Unsent.objects.get_or_create(sitting=sitting, defaults=fresh)
        _mine(actor, [sitting]).update(sealed=None, address="", form="", saved_at=clock.now())


def drop(actor: Actor, sittings: Iterable[str]) -> None:
    """The person began anew."""
    _mine(actor, sittings).delete()


def sweep() -> int:
    """Remove what waited longer than `DAYS`; gives how many. For the periodic tick."""
    return Unsent.objects.filter(saved_at__lt=clock.now() - dt.timedelta(days=DAYS)).delete()[0]


def forget(code: re.Pattern[str], within: str, known: re.Pattern[str]) -> int:
    """Remove what was typed about an erased thing: on pages with its code in the address, and on those `within` that name
    no thing at all (`known` finds a code), for nobody can say whom they were about. Gives how many.
    """
    rows = Unsent.objects.filter(address__startswith=within).values_list("pk", "address")
    about = [pk for pk, address in rows if code.search(address) or not known.search(address)]
    return Unsent.objects.filter(pk__in=about).delete()[0]


def key_numbers() -> set[int]:
    """Numbers of the keys that words are sealed with."""
    rows = Unsent.objects.filter(sealed__isnull=False).values_list("sealed", flat=True)
    return {sealing.key_of(bytes(value)) for value in rows.iterator() if value}


def _person(actor: Actor) -> int:
    return actor.user_id or 0


def _mine(actor: Actor, sittings: Iterable[str]) -> Any:
    return Unsent.objects.filter(user_id=_person(actor), sitting__in=list(sittings)[:MOST_FORMS])


def _sealed(words: Words, row: int) -> bytes:
    return sealing.seal(json.dumps([words.values, words.after], ensure_ascii=False), column=COLUMN, row=row)


def _opened(row: Unsent) -> Words | None:
    """The words of a row; none where their key is gone."""
    try:
        values, after = json.loads(sealing.unseal(bytes(row.sealed or b""), column=COLUMN, row=row.pk))
    except sealing.Unreadable:
        return None
    return Words(row.sitting, row.form, [(name, value) for name, value in values], tuple(after), row.saved_at)
