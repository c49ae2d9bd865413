"""Circles: who shares something. Called by the apps above, which ask their own rules first."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dure.foundation import audit, clock
from dure.foundation.access import Actor, Audience
from dure.people.models import Circle, CircleMember, Organisation, Person

NAMED = 12


@transaction.atomic
def create_circle(*, by: Actor, kind: str, name_ko: str = "", name_en: str = "") -> Circle:
    """An empty circle of one of Circle.Kind."""
    circle = Circle.objects.create(kind=Circle.Kind(kind), name_ko=name_ko, name_en=name_en)
    audit.write(by=by, action="circle.created", obj=circle, detail={"kind": kind})
    return circle


@transaction.atomic
def add_person(circle: Circle, person: Person, *, by: Actor) -> CircleMember:
    """Put a person in; twice changes nothing."""
    found, fresh = CircleMember.objects.get_or_create(circle=circle, person=person, until=None)
    if fresh:
        audit.write(by=by, action="circle.person_added", obj=circle, detail={"person": person})
    return found


@transaction.atomic
def add_organisation(circle: Circle, organisation: Organisation, *, by: Actor) -> CircleMember:
    """Put everybody who belongs to an organisation in, now and later; twice changes nothing."""
    found, fresh = CircleMember.objects.get_or_create(circle=circle, organisation=organisation, until=None)
    if fresh:
        audit.write(
            by=by, action="circle.organisation_added", obj=circle, detail={"organisation": organisation}
        )
    return found


@transaction.atomic
def remove(circle: Circle, whom: Person | Organisation, *, by: Actor) -> bool:
    """Take a person or an organisation out, now. False when it was not in."""
    rows = CircleMember.objects.filter(circle=circle, until=None)
    rows = rows.filter(person=whom) if isinstance(whom, Person) else rows.filter(organisation=whom)
    if not rows.update(until=clock.now()):
        return False
    audit.write(by=by, action="circle.removed", obj=circle, detail={"who": whom})
    return True


@transaction.atomic
def close_circle(circle: Circle, *, by: Actor) -> Circle:
    """Nothing is shared through it any more; twice changes nothing."""
    if Circle.objects.filter(pk=circle.pk, closed_at=None).update(closed_at=clock.now()):
        audit.write(by=by, action="circle.closed", obj=circle)
    circle.refresh_from_db()
    return circle


def circle_organisations(circle: Circle) -> QuerySet[Organisation]:
    """The organisations in a circle now, in the order of their names."""
    inside = CircleMember.objects.filter(circle=circle, until=None).exclude(organisation=None)
    return Organisation.objects.filter(pk__in=inside.values("organisation_id"))


def circle_people(circle: Circle) -> QuerySet[Person]:
    """The people in a circle by name now (not those who are in it through an organisation)."""
    inside = CircleMember.objects.filter(circle=circle, until=None).exclude(person=None)
    return Person.objects.filter(pk__in=inside.values("person_id"), deleted_at=None)


def who_sees(audience: str, circle: Circle | None = None) -> str:
    """In words, for the reader: who can see a thing with this audience, down to the rival next door. At most two queries."""
    if audience == Audience.PUBLIC:
        return _("Everybody, also people who are not signed in.")
    if audience == Audience.MEMBERS:
        return _members_sentence()
    if audience == Audience.CIRCLE and circle is not None and circle.closed_at is None:
        return _circle_sentence(circle)
    return _("Only those who work on it, and the secretariat.")


def _members_sentence() -> str:
    today = clock.today()
    rows = Organisation.objects.filter(joined_on__lte=today, suspended_on=None).exclude(left_on__lte=today)
    names = [organisation.name for organisation in rows]
    return _("Everybody who belongs to a member organisation, competitors among them: %(names)s.") % {
        "names": _listed(names)
    }


def _circle_sentence(circle: Circle) -> str:
    names = [organisation.name for organisation in circle_organisations(circle)]
    people = circle_people(circle).count()
    counted = ngettext("%(count)s person by name", "%(count)s people by name", people) % {"count": people}
    if names and people:
        return _("Everybody in %(names)s, and %(people)s. Nobody else.") % {
            "names": _listed(names),
            "people": counted,
        }
    if names:
        return _("Everybody in %(names)s. Nobody else.") % {"names": _listed(names)}
    return _("Only %(people)s. Nobody else.") % {"people": counted}


def _listed(names: list[str]) -> str:
    """The names, up to a dozen, and how many more there are."""
    if not names:
        return _("none yet")
    more = len(names) - NAMED
    shown = ", ".join(names[:NAMED])
    return _("%(names)s and %(count)s more") % {"names": shown, "count": more} if more > 0 else shown
