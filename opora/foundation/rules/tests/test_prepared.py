"""A statement worded once gives the same as the query it was made of, whatever it is asked with."""

import datetime as dt

import pytest
from django.db import connection
from django.db.models import Count, Q
from django.test.utils import CaptureQueriesContext

from opora.foundation.accounts.models import User
from opora.foundation.accounts.tests import make as people
from opora.foundation.core import clock
from opora.foundation.core.prepared import Prepared
from opora.foundation.rules.actions import load_builtin_rules
from opora.foundation.rules.models import Rule

pytestmark = pytest.mark.django_db


def _named(known: int, joined: dt.datetime):
    later = Count("grants", filter=Q(joined_at__gte=joined))
    return (
        User.objects.filter(pk=known)
        .order_by("pk")
        .annotate(later=later)
        .values("name", "joined_at", "later")
    )


def test_it_is_the_query_itself_for_every_value() -> None:
    asked = Prepared(_named, known=int, joined=dt.datetime)
    with clock.at(dt.datetime(2026, 11, 1, tzinfo=dt.UTC)):
        everybody = [people.user("case_manager", name=f"Иво {number}") for number in range(3)]
    for user in everybody:
        for moment in (user.joined_at, user.joined_at + dt.timedelta(microseconds=1)):
            assert asked.rows(known=user.pk, joined=moment) == list(_named(user.pk, moment))
    assert asked.rows(known=0, joined=everybody[0].joined_at) == []


def test_its_words_are_the_same_each_time() -> None:
    asked = Prepared(_named, known=int, joined=dt.datetime)
    with CaptureQueriesContext(connection) as sent:
        for number in (1, 2):
            asked.rows(known=number, joined=clock.now())
    words = {one["sql"].partition("WHERE")[0].partition("FILTER")[0] for one in sent}
    assert len(sent) == 2
    assert len(words) == 1


def test_days_are_sent_as_a_field_sends_them() -> None:
    load_builtin_rules()
    asked = Prepared(
        lambda on: Rule.objects.in_force(on).order_by("code", "id").values("code", "valid_from"), on=dt.date
    )
    for day in (dt.date(2020, 1, 1), clock.today()):
        assert asked.rows(on=day) == list(
            Rule.objects.in_force(day).order_by("code", "id").values("code", "valid_from")
        )
    assert asked.rows(on=clock.today())


def test_a_value_that_is_not_asked_about_is_refused_when_it_is_worded() -> None:
    asked = Prepared(lambda known, other: User.objects.filter(pk=known).values("pk"), known=int, other=int)
    with pytest.raises(ValueError, match="other"):
        asked.rows(known=1, other=2)
