"""The demo shows the alliances of the public record, and loading it twice changes nothing."""

from collections import Counter

import pytest
from django.test import Client

from dure.alliance.demo import loading
from dure.alliance.models import Agreement, AgreementSignature, Commitment, Member
from dure.people.models import Organisation, Person
from dure.problems.events import DemoLoaded
from tests.factories import people

pytestmark = pytest.mark.django_db


def counts() -> list[int]:
    kinds = (Person, Organisation, Agreement, AgreementSignature, Commitment, Member)
    return [kind._default_manager.count() for kind in kinds]


def test_the_demo_shows_agreements_and_members_of_the_public_record() -> None:
    people.person(roles=["secretariat"], is_demo=True)
    loading.load(DemoLoaded())
    before = counts()
    loading.load(DemoLoaded())
    assert counts() == before
    states = Counter(Agreement.objects.values_list("state", flat=True))
    assert states["draft"] == 2
    assert states["in_review"] == 1
    one_team = Agreement.objects.get(title_en="AI One Team memorandum")
    assert len(one_team.standing) == 7, "LG Electronics and LG U+ came in by an amendment"
    assert one_team.version == 2
    pledged = Counter(Commitment.objects.values_list("state", flat=True))
    assert pledged.keys() >= {"pledged", "confirmed", "short"}
    assert not Person.objects.filter(is_demo=True, email__endswith=".com").exists()
    said = Client().get("/members").content.decode()
    assert "KAIST" in said
