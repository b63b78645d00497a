"""The makers give rows that the rooms above can lean on."""

import pytest

from opora.register.models import Service
from opora.register.tests import make

pytestmark = pytest.mark.django_db


def test_service_stands_in_the_tree_of_places():
    made = make.service(
        "ЦСРИ Троян",
        where=make.municipality("LOV34"),
        groups=["children_disabilities"],
        staff={"логопед": (2, 1.5)},
    )
    assert made.path == f"BG/LOV/LOV34/org:{made.organisation_id}/svc:{made.code}"
    assert list(Service.objects.within(["BG/LOV"])) == [made]
    assert not Service.objects.within(["BG/LOV/LOV18"]).exists()
    assert made.posts.get().filled == 1.5
