"""What of people, organisations and skills can be found by search."""

from django.urls import reverse

from dure.foundation import search
from dure.people.models import Organisation, Person, Skill


def index_organisation(organisation: Organisation) -> None:
    search.put_all([organisation_entry(organisation)])


def organisation_entry(organisation: Organisation) -> search.Entry:
    words = [organisation.about_ko, organisation.about_en, organisation.slug, organisation.website]
    return search.Entry(
        kind="organisation",
        uid=organisation.uid,
        title_ko=organisation.name_ko or organisation.name_en,
        title_en=organisation.name_en or organisation.name_ko,
        url=reverse("people:organisation", args=[organisation.slug]),
        body="\n".join(words),
    )


def index_person(person: Person) -> None:
    if person.deleted_at:
        search.remove(kind="person", uid=person.uid)
    else:
        search.put_all([person_entry(person)])


def person_entry(person: Person) -> search.Entry:
    """Names and what the person says of themselves; never the e-mail address."""
    words = [person.headline_ko, person.headline_en, person.about_ko, person.about_en]
    return search.Entry(
        kind="person",
        uid=person.uid,
        title_ko=person.name_ko or person.name_en,
        title_en=person.name_en or person.name_ko,
        url=reverse("people:person", args=[person.uid]),
        body="\n".join(words),
    )


def skill_entry(skill: Skill) -> search.Entry:
    """Its names, what it is, and what one does at each level."""
    criteria = [one[language] for level in skill.levels for one in level for language in ("ko", "en")]
    return search.Entry(
        kind="skill",
        uid=skill.uid,
        title_ko=skill.name_ko,
        title_en=skill.name_en,
        url=skill.get_absolute_url(),
        body="\n".join([skill.about_ko, skill.about_en, skill.slug, *criteria]),
    )
