"""The demo alliance offers seats of every kind but one, once."""

import pytest

from dure.problems.events import DemoLoaded
from dure.talent.models import Opening, VerifiedOrganisation
from dure.talent.openings import checking, demo
from tests.factories import people

pytestmark = pytest.mark.django_db
SLUGS = ("hanbit-telecom", "seorae-university", "gaon-institute", "narae-agency")


def test_it_is_loaded_once_and_everything_in_it_is_open() -> None:
    people.person(roles=["secretariat"], is_demo=True)
    for slug in SLUGS:
        people.organisation(slug=slug)
    for _twice in range(2):
        demo.load(DemoLoaded())
    made = list(Opening.objects.all())
    assert {one.kind for one in made} == set(Opening.Kind.values) - {"team_seat"}
    assert len(made) == len({one.title_ko for one in made}) == 6
    assert {one.state for one in made} == {"open"}
    assert VerifiedOrganisation.objects.count() == len(SLUGS)
    assert all(one.requirements.exists() for one in made)
    assert [concern for one in made for concern in checking.concerns(one)] == []


def test_without_the_demos_people_nothing_is_made() -> None:
    people.organisation(slug=SLUGS[0])
    demo.load(DemoLoaded())
    assert not Opening.objects.exists()
