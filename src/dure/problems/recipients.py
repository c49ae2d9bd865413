"""Who is told about a need or a room, and by which title."""

from typing import Any

from dure.people import api as people


def title_words(problem: Any) -> dict[str, str]:
    return {"title_ko": problem.title_ko, "title_en": problem.title_en}


def by_words(person: Any) -> dict[str, str]:
    """Who did it, in both languages."""
    return {"by_ko": person.name_ko or person.name_en, "by_en": person.name_en or person.name_ko}


def owners(problem: Any) -> list[Any]:
    """The owner and the representatives of the organisation today."""
    ids = people.Membership.objects.current().filter(
        organisation_id=problem.organisation_id, role=people.Membership.Role.REPRESENTATIVE
    )
    by_id = {person.pk: person for person in people.Person.objects.filter(pk__in=ids.values("person_id"))}
    return list({**by_id, problem.owner_id: problem.owner}.values())


def solvers(room: Any) -> list[Any]:
    return [solver.person for solver in room.solvers.filter(left_at=None).select_related("person")]


def secretaries() -> list[Any]:
    return list(people.secretaries())
