"""The factories make what they say."""

import pytest

from dure.people import api as people
from tests.factories.people import client_of, member, organisation, person


@pytest.mark.django_db
def test_a_member_is_signed_in_and_belongs_today() -> None:
    someone = person(roles=["secretariat"])
    membership = member(someone, organisation(), people.Membership.Role.REPRESENTATIVE)
    assert list(people.organisations_of(someone)) == [membership.organisation_id]
    assert client_of(someone).get("/").wsgi_request.user == someone
