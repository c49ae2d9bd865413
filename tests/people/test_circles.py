"""Circles: in, out, closed, and who sees a thing in words."""

import pytest
from django.utils import translation

from dure.foundation.access import Audience
from dure.foundation.models import AuditEntry
from dure.people import api as people
from dure.people.models import Circle, CircleMember
from tests.factories.people import member, organisation, person

pytestmark = pytest.mark.django_db


def test_in_out_and_closed_each_once_and_on_record() -> None:
    by, someone, home = person(), person(), organisation()
    circle = people.create_circle(by=by, kind=Circle.Kind.AGREEMENT, name_en="Pact")
    for _ in range(2):
        people.add_person(circle, someone, by=by)
        people.add_organisation(circle, home, by=by)
    assert CircleMember.objects.filter(circle=circle, until=None).count() == 2
    colleague = person()
    member(colleague, home)
    assert circle.pk in set(people.circles_of(colleague))
    assert people.remove(circle, home, by=by)
    assert not people.remove(circle, home, by=by)
    assert circle.pk not in set(people.circles_of(colleague))
    assert circle.pk in set(people.circles_of(someone))
    people.close_circle(circle, by=by)
    assert people.close_circle(circle, by=by).closed_at
    assert circle.pk not in set(people.circles_of(someone))
    actions = (
        AuditEntry.objects.filter(entity="people.Circle").order_by("id").values_list("action", flat=True)
    )
    assert list(actions) == [
        "circle.created",
        "circle.person_added",
        "circle.organisation_added",
        "circle.removed",
        "circle.closed",
    ]


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="club"):
        people.create_circle(by=person(), kind="club")


def test_who_sees_names_every_organisation_down_to_the_rival_next_door() -> None:
    by = person()
    circle = people.create_circle(by=by, kind=Circle.Kind.PROJECT)
    for name in ("Alpha", "Rival"):
        people.add_organisation(circle, organisation(name_ko="", name_en=name), by=by)
    with translation.override("en"):
        assert people.who_sees(Audience.CIRCLE, circle) == "Everybody in Alpha, Rival. Nobody else."
        people.add_person(circle, by, by=by)
        assert people.who_sees(Audience.CIRCLE, circle) == (
            "Everybody in Alpha, Rival, and 1 person by name. Nobody else."
        )
        assert "Rival" in people.who_sees(Audience.MEMBERS)
        assert people.who_sees(Audience.PUBLIC) == "Everybody, also people who are not signed in."
        people.close_circle(circle, by=by)
        private = people.who_sees(Audience.PRIVATE)
        assert people.who_sees(Audience.CIRCLE, circle) == private
        assert people.who_sees(Audience.CIRCLE) == private


def test_long_lists_are_counted() -> None:
    for number in range(15):
        organisation(name_ko="", name_en=f"Org {number:02}")
    with translation.override("en"):
        assert people.who_sees(Audience.MEMBERS).endswith("Org 11 and 3 more.")
