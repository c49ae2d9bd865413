"""Memberships: roles, leaving, ending, and the representative who must not be the last to go."""

import pytest

from dure.foundation.access import Denied, Hidden
from dure.foundation.models import AuditEntry, Notice
from dure.people import api as people
from dure.people.actions.memberships import end_membership, set_role
from dure.people.models import Membership, Organisation, Person
from dure.people.visibility import access_membership
from tests.factories.people import client_of, member, organisation, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> Organisation:
    return organisation()


@pytest.fixture
def representative(home: Organisation) -> Person:
    someone = person()
    member(someone, home, "representative")
    return someone


def test_nobody_makes_themselves_representative(home: Organisation, representative: Person) -> None:
    colleague = person()
    mine = member(colleague, home)
    with pytest.raises(Denied, match="not_yourself"):
        set_role(mine, by=colleague, role="representative")
    secretary = person(roles=["secretariat"])
    own = member(secretary, home)
    with pytest.raises(Denied, match="not_yourself"):
        set_role(own, by=secretary, role="representative")
    assert set_role(mine, by=representative, role="representative").role == "representative"


def test_a_role_change_keeps_history_and_tells_the_person(home: Organisation, representative: Person) -> None:
    colleague = person()
    old = member(colleague, home)
    fresh = set_role(old, by=representative, role="coordinator")
    old.refresh_from_db()
    assert old.is_over
    assert not fresh.is_over
    assert Notice.objects.get(person=colleague).kind == "people.role_changed"
    actions = set(AuditEntry.objects.filter(actor=representative).values_list("action", flat=True))
    assert {"membership.started", "membership.role_changed"} <= actions
    with pytest.raises(Denied, match="already_over"):
        set_role(old, by=representative, role="member")


def test_the_only_representative_stays_until_there_is_another(
    home: Organisation, representative: Person
) -> None:
    own = Membership.objects.get(person=representative)
    with pytest.raises(Denied, match="sole_representative"):
        end_membership(own, by=representative)
    with pytest.raises(Denied, match="sole_representative"):
        set_role(own, by=representative, role="member")
    member(person(), home, "representative")
    assert end_membership(own, by=representative).is_over


def test_leaving_takes_effect_at_once(home: Organisation, representative: Person) -> None:
    colleague = person()
    mine = member(colleague, home)
    assert list(people.organisations_of(colleague)) == [home.pk]
    end_membership(mine, by=colleague)
    assert list(people.organisations_of(colleague)) == []
    assert AuditEntry.objects.filter(action="membership.left", actor=colleague).exists()
    assert not Notice.objects.filter(person=colleague).exists()


def test_a_representative_lets_somebody_go_and_strangers_see_nothing(
    home: Organisation, representative: Person
) -> None:
    colleague, outsider = person(), person()
    theirs = member(colleague, home)
    with pytest.raises(Hidden):
        access_membership(outsider, theirs.uid)
    with pytest.raises(Denied, match="not_representative"):
        end_membership(theirs, by=outsider)
    end_membership(access_membership(representative, theirs.uid), by=representative)
    assert Notice.objects.get(person=colleague).kind == "people.membership_ended"


def test_the_pages_change_and_end(home: Organisation, representative: Person) -> None:
    theirs = member(person(), home)
    client = client_of(representative)
    assert client.post(f"/memberships/{theirs.uid}/role", {"role": "king"}).status_code == 403
    assert client.post(f"/memberships/{theirs.uid}/role", {"role": "coordinator"}).status_code == 302
    fresh = Membership.objects.current().get(role="coordinator")
    assert client.post(f"/memberships/{fresh.uid}/end").status_code == 302
    assert not Membership.objects.current().filter(person=theirs.person).exists()


def test_rest_changes_and_ends(home: Organisation, representative: Person) -> None:
    theirs = member(person(), home)
    client = client_of(representative)
    listed = client.get(f"/api/v1/organisations/{home.uid}/memberships").json()
    assert listed["count"] == 2
    fresh = client.patch(
        f"/api/v1/memberships/{theirs.uid}", {"role": "problem_owner"}, content_type="application/json"
    ).json()
    assert fresh["role"] == "problem_owner"
    assert client.delete(f"/api/v1/memberships/{fresh['uid']}").json()["is_over"]
    assert client_of(theirs.person).get("/api/v1/me/memberships").json()["count"] == 2
    assert client_of(person()).delete(f"/api/v1/memberships/{theirs.uid}").status_code == 404
