"""Rows at or below a place."""

import pytest
from django.db import connection

from opora.foundation.core.places import under
from opora.register.models import Service
from opora.register.tests import make

pytestmark = pytest.mark.django_db


def test_a_place_itself_and_what_is_below_it_but_not_its_namesake_neighbour():
    mine, longer, other = (make.service(name=name) for name in ("А", "Б", "В"))
    paths = {mine.pk: "BG/X/svc:1", longer.pk: "BG/X/svc:1-2", other.pk: "BG/X/svc:1/room"}
    for pk, path in paths.items():
        Service.objects.filter(pk=pk).update(path=path)

    def found(*scopes):
        return set(Service.objects.filter(under(scopes), pk__in=paths).values_list("pk", flat=True))

    assert found("BG/X/svc:1") == {mine.pk, other.pk}
    assert found("BG/X/svc:1-2") == {longer.pk}
    assert found("BG/X") == found("BG") == set(paths)
    assert found("BG/X/svc:1-2", "BG/X/svc:1/room") == {longer.pk, other.pk}
    assert found() == set()


def test_a_sign_of_like_in_a_place_is_only_itself():
    mine, other = make.service(name="А"), make.service(name="Б")
    Service.objects.filter(pk=mine.pk).update(path="BG/X_1/svc:1")
    Service.objects.filter(pk=other.pk).update(path="BG/XY1/svc:1")
    assert [one.pk for one in Service.objects.filter(under(["BG/X_1"]))] == [mine.pk]
    assert not Service.objects.filter(under(["BG/%"])).exists()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the plan is SQLite's")
def test_a_place_is_found_by_the_index():
    plan = Service.objects.filter(under(["BG/X"])).order_by().explain()
    assert "USING INDEX register_service_path" in plan, plan
