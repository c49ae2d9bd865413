"""SQL written once serves everybody, each with their own rows and the present day."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Model, QuerySet
from django.db.models.signals import post_init, pre_init
from pytest_django import DjangoAssertNumQueries

from dure.foundation import clock, prepared
from dure.foundation.access import STRANGER, Role
from dure.foundation.models import Notice
from dure.people import api as people
from tests.factories.people import member, organisation, person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    before = dict(prepared._written)
    yield
    prepared._written.clear()
    prepared._written.update(before)


def current(someone: Any) -> "QuerySet[Any, Any]":
    rows = people.Membership.objects.current().filter(person_id=someone.pk)
    return rows.values_list("person_id", "organisation__name_en")


def test_each_person_finds_their_own_and_nobody_elses(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    firm, first, second = organisation(name_en="Firm"), person(), person()
    member(first, firm)
    member(second, firm)
    assert prepared.rows("test.mine", current, first) == [(first.pk, "Firm")]
    with django_assert_num_queries(1):
        assert prepared.rows("test.mine", current, second) == [(second.pk, "Firm")]
    assert prepared.rows("test.mine", current, person()) == []


def test_the_day_is_the_present_one_each_time() -> None:
    someone = person()
    member(someone, organisation(), ends_on=clock.today())
    assert len(prepared.rows("test.day", current, someone)) == 1
    with clock.at(clock.now() + timedelta(days=2)):
        assert prepared.rows("test.day", current, someone) == []


def test_a_derived_moment_is_refused() -> None:
    def lately(someone: Any) -> "QuerySet[Any, Any]":
        since = clock.now() - timedelta(hours=1)
        return Notice.objects.filter(person_id=someone.pk, created_at__gt=since).values_list("id")

    with pytest.raises(TypeError, match="derived"):
        prepared.rows("test.lately", lately, person())


def test_roles_have_sql_of_their_own_and_strangers_too() -> None:
    seen: list[tuple[bool, tuple[str, ...]]] = []

    def build(someone: Any) -> "QuerySet[Any, Any]":
        seen.append((someone.is_authenticated, tuple(getattr(someone, "roles", ()))))
        return Notice.objects.none().values_list("id")

    for someone in (person(), person(), person(roles=[Role.AUDITOR]), STRANGER, STRANGER):
        assert prepared.rows("test.roles", build, someone) == []
    assert seen == [(True, ()), (True, (Role.AUDITOR,)), (False, ())]


def notices_of(someone: Any) -> "QuerySet[Notice]":
    return Notice.objects.filter(person_id=someone.pk).order_by("id")


def test_a_listing_counts_and_reads_any_slice_with_one_text(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    someone, other = person(), person()
    Notice.objects.bulk_create(
        Notice(person=who, kind="k", params={"n": n}, url="/") for who in (someone, other) for n in range(7)
    )
    listing = prepared.Listing("test.listing", notices_of, someone, Notice, related=("person",))
    assert listing.count() == 7
    written = len(prepared._written)
    with django_assert_num_queries(2):
        first, second = listing[0:3], listing[3:6]
        assert [one.params["n"] for one in (*first, *second)] == list(range(6))
        assert {one.person for one in first} == {someone}
    assert len(prepared._written) == written + 1


def test_objects_are_those_of_the_orm_with_what_they_point_to() -> None:
    firm = organisation(name_en="Firm")
    held = member(person(), firm)

    def build(_someone: Any) -> "QuerySet[people.Membership]":
        return people.Membership.objects.filter(pk=prepared.NUMBER)

    put = {prepared.NUMBER: held.pk}
    related = ("person", "organisation")
    (found,) = prepared.objects("test.objects", build, STRANGER, people.Membership, related=related, put=put)
    assert found == held
    assert (found.organisation, found.person) == (firm, held.person)
    found.title = "Lead"
    found.save()
    held.refresh_from_db()
    assert held.title == "Lead"


def test_no_model_asks_for_more_than_its_values_when_it_is_made() -> None:
    for model in apps.get_models():
        assert not pre_init.has_listeners(model), model
        assert not post_init.has_listeners(model), model
        assert model.__init__ in {Model.__init__, AbstractBaseUser.__init__}, model
        assert model.from_db.__func__ is Model.from_db.__func__, model  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("sql", "numbered"),
    [("a = %s AND b = %s", "a = $1 AND b = $2"), ("a %% 2 = %s", "a % 2 = $1"), ("%%s", "%s"), ("", "")],
)
def test_the_database_is_given_numbers_for_places(sql: str, numbered: str) -> None:
    assert prepared._numbered(sql) == numbered
