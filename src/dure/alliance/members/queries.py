"""Reads of members for pages and REST, each a fixed number of queries."""

from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet

from dure.alliance.models import Agreement, Commitment, Joining, Member, MemberLevel
from dure.foundation import clock
from dure.people import api as people

WITH = ("donor", "beneficiary", "agreement")


def listed(*, words: str = "", level: str = "") -> QuerySet[people.Organisation]:
    """Members of today by name, each with `standing` (its row at a level, or none). Known to everybody."""
    today = clock.today()
    rows = people.Organisation.objects.filter(joined_on__lte=today).exclude(left_on__lte=today)
    if words.strip():
        part = words.strip()
        rows = rows.filter(Q(name_ko__icontains=part) | Q(name_en__icontains=part) | Q(slug__icontains=part))
    if level:
        at = Member.objects.filter(organisation=OuterRef("pk"), until=None, level__slug=level)
        rows = rows.filter(Exists(at))
    now = Member.objects.filter(until=None).select_related("level")
    found = Prefetch("alliance_memberships", now, to_attr="standing")
    return rows.prefetch_related(found).order_by("name_ko", "name_en", "pk")


def member_of(organisation: people.Organisation) -> Member | None:
    """Its row of today, or the last one."""
    rows = Member.objects.filter(organisation=organisation).select_related("level", "organisation")
    return rows.order_by(F("until").desc(nulls_first=True), "-pk").first()


def levels() -> QuerySet[MemberLevel]:
    """All levels, each with `count` of its members of today."""
    return MemberLevel.objects.annotate(count=Count("members", filter=Q(members__until=None))).order_by(
        "position", "id"
    )


def joinings(person: Any, *, group: str = "") -> QuerySet[Joining]:
    """Applications that this person sees, the newest first."""
    rows = Joining.objects.visible_to(person).select_related("organisation", "level")
    return rows.filter(state__in=Joining.workflow.tagged(group)) if group in ("open", "done") else rows


def gives(person: Any, organisation: people.Organisation) -> QuerySet[Commitment]:
    """What it has pledged, as far as this person may read it."""
    rows = Commitment.objects.visible_to(person).filter(donor=organisation).exclude(state="cancelled")
    return rows.select_related(*WITH).order_by("-ends_on", "-pk")


def gets(person: Any, organisation: people.Organisation) -> QuerySet[Commitment]:
    """What was pledged to it, or to all parties of an agreement of which it is one."""
    rows = Commitment.objects.visible_to(person).exclude(state="cancelled").exclude(donor=organisation)
    inside = Agreement.objects.filter(parties__organisation=organisation, parties__left_at=None)
    to_all = Q(beneficiary=None, agreement__in=inside.values("pk"))
    return rows.filter(Q(beneficiary=organisation) | to_all).select_related(*WITH).order_by("-ends_on", "-pk")


def agreements_to_name(organisation: people.Organisation) -> QuerySet[Agreement]:
    """Agreements of which it is a party, that are in force or being made; for who decides on its application."""
    inside = Agreement.objects.filter(parties__organisation=organisation, parties__left_at=None, amends=None)
    return inside.filter(state__in=("in_review", "signing", "active", "expiring")).order_by("-pk")


def people_inside(organisation: people.Organisation) -> QuerySet[people.Person]:
    """Who belongs to it today."""
    inside = people.Membership.objects.current().filter(organisation=organisation).values("person_id")
    rows = people.Person.objects.filter(is_active=True, pk__in=inside)
    return rows.order_by("name_ko", "name_en", "pk")


def speakers(organisation: people.Organisation) -> QuerySet[people.Membership]:
    """Who speaks for it or did, the newest first."""
    rows = people.Membership.objects.filter(
        organisation=organisation, role=people.Membership.Role.REPRESENTATIVE
    )
    return rows.select_related("person").order_by("-starts_on", "-pk")
