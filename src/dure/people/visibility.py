"""Who may see what, as query conditions: the one place that knows circles, memberships and audiences."""

from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db.models import Exists, Q, QuerySet

from dure.foundation import clock
from dure.foundation.access import Audience, Hidden, Role, has_role
from dure.people.models import Circle, CircleMember, Invitation, Membership, Organisation, Person

OVERSEERS = (Role.SECRETARIAT, Role.OPERATOR, Role.AUDITOR)


def organisations_of(person: Any) -> "QuerySet[Membership, Any]":
    """Ids of the organisations a person belongs to today, as a subquery."""
    return Membership.objects.current().filter(person_id=person.pk).values_list("organisation_id", flat=True)


def secretaries() -> "QuerySet[Person]":
    """Who is the secretariat now."""
    return Person.objects.filter(roles__contains=[Role.SECRETARIAT], is_active=True)


def is_secretary(person: Any) -> bool:
    """Whether notices for the secretariat can ever go to this person."""
    return has_role(person, Role.SECRETARIAT)


def own_organisations(person: Any) -> "QuerySet[Organisation]":
    """The organisations a person belongs to today."""
    return Organisation.objects.filter(pk__in=organisations_of(person))


def addresses_of(person: Any) -> list[str]:
    """A person's own mail addresses: their account's, and others that they have verified; one query."""
    verified = EmailAddress.objects.filter(user_id=person.pk, verified=True).values_list("email", flat=True)
    return sorted({address.lower() for address in (person.email, *verified) if address})


def circles_of(person: Any) -> "QuerySet[Circle, Any]":
    """Ids of the open circles a person is in, by name or through an organisation."""
    mine = Q(person_id=person.pk) | Q(organisation_id__in=organisations_of(person))
    inside = CircleMember.objects.filter(mine, until=None).values("circle_id")
    return Circle.objects.filter(closed_at=None, pk__in=inside).values_list("pk", flat=True)


def is_alliance_member(person: Any) -> bool:
    """Whether the person belongs today to an organisation that is a member today."""
    return bool(person.is_authenticated) and _alliance_memberships(person).exists()


def _alliance_memberships(person: Any) -> "QuerySet[Membership]":
    today = clock.today()
    mine = Membership.objects.current().filter(
        person_id=person.pk, organisation__joined_on__lte=today, organisation__suspended_on=None
    )
    return mine.exclude(organisation__left_on__lte=today)


def audience_q(person: Any, *, audience: str = "audience", circle: str | None = "circle_id") -> Q:
    """Condition on a queryset whose rows have an audience (and a circle): what `person` may see for that reason alone."""
    seen = Q(**{audience: Audience.PUBLIC})
    if not person.is_authenticated:
        return seen
    seen |= Q(**{audience: Audience.MEMBERS}) & Q(Exists(_alliance_memberships(person)))
    if circle:
        seen |= Q(**{audience: Audience.CIRCLE, f"{circle}__in": circles_of(person)})
    return seen


def reached_q(audience: str, circle: Any = None, *, person: str = "pk") -> Q:
    """Condition on rows about people, whose id `person` names: who may see a thing with this audience for that reason alone.

    `audience_q` asked from the other side. `circle` is the thing's circle, or its id.
    """
    if audience == Audience.PUBLIC:
        return Q(**{f"{person}__isnull": False})
    today = clock.today()
    current = Membership.objects.current()
    if audience == Audience.MEMBERS:
        joined = current.filter(organisation__joined_on__lte=today, organisation__suspended_on=None)
        inside = joined.exclude(organisation__left_on__lte=today)
        return Q(**{f"{person}__in": inside.values("person_id")})
    if audience != Audience.CIRCLE:
        return Q(pk__in=())
    members = CircleMember.objects.filter(circle=circle, circle__closed_at=None, until=None)
    through = current.filter(organisation_id__in=members.exclude(organisation=None).values("organisation_id"))
    by_name = members.exclude(person=None).values("person_id")
    return Q(**{f"{person}__in": by_name}) | Q(**{f"{person}__in": through.values("person_id")})


def visible_organisations(person: Any) -> QuerySet[Organisation]:
    """Members of the alliance, past and present, are known to all; one that never joined only to its people and the overseers."""
    if has_role(person, *OVERSEERS):
        return Organisation.objects.all()
    seen = Q(joined_on__lte=clock.today())
    if person.is_authenticated:
        seen |= Q(pk__in=organisations_of(person))
    return Organisation.objects.filter(seen)


def visible_people(person: Any) -> QuerySet[Person]:
    """Everyone whose profile this person may open. Overseers see all accounts, closed ones too; deleted ones are gone for all."""
    people = Person.objects.filter(deleted_at=None)
    if has_role(person, *OVERSEERS):
        return people
    seen = audience_q(person, circle=None)
    if person.is_authenticated:
        near = Q(pk__in=_in_circles_with(person)) | Q(pk__in=_colleagues_of(person))
        seen |= Q(pk=person.pk) | Q(audience=Audience.CIRCLE) & near | Q(pk__in=_represented_by(person))
    return people.filter(seen, is_active=True)


def _in_circles_with(person: Any) -> "QuerySet[Person, Any]":
    inside = CircleMember.objects.filter(circle_id__in=circles_of(person), until=None)
    organisations = inside.exclude(organisation=None).values("organisation_id")
    through = Membership.objects.current().filter(organisation_id__in=organisations).values("person_id")
    by_name = inside.exclude(person=None).values("person_id")
    return Person.objects.filter(Q(pk__in=by_name) | Q(pk__in=through)).values_list("pk", flat=True)


def _colleagues_of(person: Any) -> "QuerySet[Membership, Any]":
    mine = organisations_of(person)
    return Membership.objects.current().filter(organisation_id__in=mine).values_list("person_id", flat=True)


def represented_organisations(person: Any) -> "QuerySet[Membership, Any]":
    """Ids of the organisations a person represents today."""
    return organisations_of(person).filter(role=Membership.Role.REPRESENTATIVE)


def _represented_by(person: Any) -> "QuerySet[Membership, Any]":
    """People whose memberships this person looks after."""
    theirs = Membership.objects.open().filter(organisation_id__in=represented_organisations(person))
    return theirs.values_list("person_id", flat=True)


def access_organisation(person: Any, key: UUID | str) -> Organisation:
    """The organisation with this uid or slug. Raises Hidden unless the person may see it."""
    found = Q(uid=key) if isinstance(key, UUID) else Q(slug=key)
    organisation = visible_organisations(person).filter(found).first()
    if organisation is None:
        raise Hidden(key)
    return organisation


def access_person(person: Any, uid: UUID) -> Person:
    """The person with this uid. Raises Hidden unless their profile is open to the reader."""
    found = visible_people(person).filter(uid=uid).first()
    if found is None:
        raise Hidden(uid)
    return found


def access_membership(person: Any, uid: UUID) -> Membership:
    """A membership that is one's own, of an organisation one represents, or any for the secretariat. Raises Hidden otherwise."""
    rows = Membership.objects.select_related("person", "organisation").filter(uid=uid)
    if not has_role(person, Role.SECRETARIAT):
        mine = Q(person_id=person.pk) | Q(organisation_id__in=represented_organisations(person))
        rows = rows.filter(mine) if person.is_authenticated else rows.none()
    membership = rows.first()
    if membership is None:
        raise Hidden(uid)
    return membership


def access_invitation(person: Any, uid: UUID) -> Invitation:
    """An invitation into an organisation one represents, or any for the secretariat. Raises Hidden otherwise."""
    rows = Invitation.objects.select_related("organisation", "invited_by").filter(uid=uid)
    if not has_role(person, Role.SECRETARIAT):
        mine = rows.filter(organisation_id__in=represented_organisations(person))
        rows = mine if person.is_authenticated else rows.none()
    invitation = rows.first()
    if invitation is None:
        raise Hidden(uid)
    return invitation
