"""Reads for people's pages and API, each a fixed number of queries."""

from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from dure.foundation import search
from dure.foundation.access import Audience, Role, has_role
from dure.people import rules
from dure.people.actions.circles import who_sees
from dure.people.models import Membership, Organisation, Person
from dure.people.visibility import visible_organisations, visible_people


def organisations(
    reader: Any, *, words: str = "", kind: str = "", country: str = ""
) -> QuerySet[Organisation]:
    """Organisations the reader may see, narrowed by words (search index), type and country."""
    rows = visible_organisations(reader)
    if words.strip():
        rows = rows.filter(uid__in=search.matching(words, kind="organisation").values("uid"))
    if kind:
        rows = rows.filter(kind=kind)
    return rows.filter(country=country.upper()) if country else rows


def people(reader: Any, *, words: str = "", organisation: Organisation | None = None) -> QuerySet[Person]:
    """People whose profile the reader may open, with their current memberships in visible organisations."""
    rows = visible_people(reader)
    if words.strip():
        rows = rows.filter(uid__in=search.matching(words, kind="person").values("uid"))
    if organisation:
        inside = Membership.objects.current().filter(organisation=organisation, person_id=OuterRef("pk"))
        rows = rows.filter(Exists(inside))
    return rows.prefetch_related(_memberships_seen_by(reader)).order_by("name_ko", "name_en", "id")


def _memberships_seen_by(reader: Any) -> "Prefetch[Any]":
    rows = Membership.objects.current().filter(organisation__in=visible_organisations(reader))
    return Prefetch("memberships", rows.select_related("organisation").order_by("id"), to_attr="current")


def current_memberships(reader: Any, person: Person) -> list[Membership]:
    """A person's memberships in force, in organisations the reader may see."""
    rows = Membership.objects.current().filter(person=person, organisation__in=visible_organisations(reader))
    return list(rows.select_related("organisation").order_by("id"))


def memberships_in(organisation: Organisation, person: Any) -> list[Membership]:
    """What this person is there today; nothing for a stranger."""
    if not person.is_authenticated:
        return []
    rows = Membership.objects.current().filter(person_id=person.pk, organisation=organisation)
    return list(rows.order_by("id"))


def roll(organisation: Organisation) -> QuerySet[Membership]:
    """All memberships of an organisation, running ones first: for those who look after it."""
    rows = Membership.objects.filter(organisation=organisation).select_related("person")
    return rows.order_by("-ended_at", "person__name_ko", "id")


def own_memberships(person: Person) -> QuerySet[Membership]:
    """All memberships of a person, newest first."""
    return Membership.objects.filter(person=person).select_related("organisation").order_by("-id")


def accounts(words: str = "") -> QuerySet[Person]:
    """All accounts that are not deleted, for the secretariat and operators; found by name or address."""
    rows = Person.objects.filter(deleted_at=None).order_by("name_ko", "name_en", "id")
    part = words.strip()
    if not part:
        return rows
    return rows.filter(Q(name_ko__icontains=part) | Q(name_en__icontains=part) | Q(email__icontains=part))


def may_see_email(reader: Any, person: Person) -> bool:
    """The address is for its owner, the secretariat, operators and representatives of the person's organisations."""
    if reader.pk == person.pk or has_role(reader, Role.SECRETARIAT, Role.OPERATOR):
        return True
    mine = Membership.objects.open().filter(person=person).values("organisation_id")
    represented = Membership.objects.current().filter(
        person_id=reader.pk, role=rules.REPRESENTATIVE, organisation_id__in=mine
    )
    return bool(reader.is_authenticated) and represented.exists()


def who_sees_profile(audience: str) -> str:
    """In words: who could open a profile with this audience."""
    always = _(
        "The secretariat, operators, auditors and representatives of your organisations always see it."
    )
    if audience == Audience.CIRCLE:
        near = _("People in your organisations, teams and other circles.")
        return f"{near} {always}"
    if audience == Audience.PRIVATE:
        nobody = _("Nobody else.")
        return f"{nobody} {always}"
    return who_sees(audience)
