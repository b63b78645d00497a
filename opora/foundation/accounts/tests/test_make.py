"""The makers make what they say."""

import pytest

from opora.foundation.accounts import queries
from opora.foundation.accounts.tests import make


@pytest.mark.django_db
@pytest.mark.parametrize("role", make.ACCOUNT_ROLES)
def test_a_made_person_holds_the_role(role: str) -> None:
    person = make.user(role)
    actor = queries.actor_for(person)
    assert actor.roles == (role,)
    assert actor.holdings[0] == make.actor(role).holdings[0]


def test_the_public_role_is_a_visitor() -> None:
    assert not make.actor("public").signed_in
