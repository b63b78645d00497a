"""Whether somebody reads a file is asked twice, as a policy of one file and as a query of many: the two never differ."""

import datetime as dt
import itertools

import pytest

from opora.care.casework import policies, queries
from opora.care.casework.models import ClientFile, Emergency
from opora.care.casework.tests import make
from opora.foundation.accounts.tests import make as people
from opora.foundation.core import clock

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 26, 10, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
DAYS = (None, dt.date(2026, 11, 25), dt.date(2026, 11, 26))
"""Read here without end; the last day was yesterday; is today."""
OPENED = (NOW - HOUR, NOW + HOUR)
"""No more, still."""


def somebody():
    """A file, and people near and far from it, by name."""
    with clock.at(NOW - dt.timedelta(days=60)):
        file = make.file()
        elsewhere = make.service("LOV-99")
        found = {
            "lead": file.lead,
            "head": make.person_in(file.service, "service_manager"),
            "colleague": make.person_in(file.service, "specialist"),
            "former": make.person_in(file.service, "case_manager"),
            "head elsewhere": make.person_in(elsewhere, "service_manager"),
            "specialist elsewhere": make.person_in(elsewhere, "specialist"),
            "coordinator": people.user("regional_coordinator", "BG/LOV"),
        }
    file.members.create(
        user=found["former"], part="specialist", since=dt.date(2026, 10, 1), until=dt.date(2026, 11, 25), given_by="x"
    )  # fmt: skip
    return file, found


def opened(file: ClientFile, user, urgent, unsealed, asked) -> None:
    """Leave exactly these openings of the file to this person."""
    for rows in (file.emergencies, file.seal_openings, file.archive_openings):
        rows.all().delete()
    said = {"user": user, "by": user.name, "why": "Достатъчно дълго описание на причината."}
    Emergency.objects.create(file=file, reason="danger", opened_at=urgent - HOUR, until=urgent, **said)
    at = {"asked_at": unsealed - HOUR, "answered_at": unsealed - HOUR, "confirmed_at": unsealed - HOUR}
    file.seal_openings.create(until=unsealed, answered_by="y", answered_by_id=0, **at, **said)
    file.archive_openings.create(reason="court", opened_at=asked - HOUR, until=asked, **said)


def test_the_policy_of_one_file_and_the_query_of_many_say_the_same() -> None:
    file, found = somebody()
    readers: dict[str, int] = dict.fromkeys(found, 0)
    with clock.at(NOW):
        for (name, user), urgent, unsealed, asked in itertools.product(found.items(), OPENED, OPENED, OPENED):
            opened(file, user, urgent, unsealed, asked)
            for sealed, until in itertools.product((False, True), DAYS):
                ClientFile.objects.filter(pk=file.pk).update(sealed=sealed, read_until=until)
                actor, now = make.as_actor(user), ClientFile.objects.get(pk=file.pk)
                one = policies.read_file(actor, now)
                assert one == queries.files_for(actor).filter(pk=file.pk).exists(), (name, urgent, unsealed, asked, sealed, until)  # fmt: skip
                assert queries.readable(actor, now) == ([now] if one else [])
                readers[name] += one
                try:
                    assert queries.file_for(actor, file.code) == now
                    assert one
                except ClientFile.DoesNotExist:
                    assert not one
    assert all(readers.values()) or readers["coordinator"] == 0, readers
    assert readers["lead"] == readers["head"] > readers["colleague"] == readers["former"] > 0
