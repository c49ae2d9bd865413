"""Which lists can be entered from a spreadsheet, and how one line of each becomes a thing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dure.alliance.agreements.rules import is_side, only_secretariat
from dure.alliance.commitments import forms as commitment_forms
from dure.alliance.commitments import pledging
from dure.alliance.gurus import appointing
from dure.alliance.gurus import forms as guru_forms
from dure.alliance.meetings import editing as meetings
from dure.alliance.meetings import forms as meeting_forms
from dure.alliance.meetings import rules as meeting_rules
from dure.alliance.models import Agreement, Commitment, GuruTerm, Meeting, ResearchProject, Topic
from dure.alliance.projects import editing as projects
from dure.alliance.projects import forms as project_forms
from dure.alliance.topics import forms as topic_forms
from dure.alliance.topics import proposing
from dure.alliance.topics import rules as topic_rules
from dure.foundation.access import Decision
from dure.people import api as people

Given = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """A list. `form` is the one in which a person enters a single thing; `make` is what its page does with it.

    `same` gives what this person may see and has the same words as a form: it is there already and left as it is.
    """

    label: str | Promise
    may: Callable[[Any], Decision]
    form: Callable[[Any, Any], forms.BaseForm]
    make: Callable[[people.Person, Any], Any]
    same: Callable[[people.Person, Given], "QuerySet[Any, Any]"]


def _named(rows: "QuerySet[Any, Any]", given: Given, *names: str) -> "QuerySet[Any, Any]":
    return rows.filter(**{name: given[name] for name in names})


def _same_topic(by: people.Person, given: Given) -> "QuerySet[Any, Any]":
    return _named(Topic.objects.visible_to(by), given, "title_ko", "title_en", "organisation")


def _same_project(by: people.Person, given: Given) -> "QuerySet[Any, Any]":
    return _named(ResearchProject.objects.visible_to(by), given, "title_ko", "title_en", "starts_on")


def _same_guru(by: people.Person, given: Given) -> "QuerySet[Any, Any]":
    rows = GuruTerm.objects.visible_to(by).filter(person__email__iexact=given["email"])
    return _named(rows, given, "starts_on", "ends_on")


def _same_event(by: people.Person, given: Given) -> "QuerySet[Any, Any]":
    return _named(Meeting.objects.visible_to(by), given, "title_ko", "title_en", "starts_at")


ENTRIES: Final[Mapping[str, Entry]] = {
    "topics": Entry(
        _("Topics"),
        topic_rules.may_propose,
        lambda person, data: topic_forms.TopicForm(data, person=person),
        lambda by, form: proposing.propose(by=by, given=form.cleaned_data),
        _same_topic,
    ),
    "projects": Entry(
        _("Research projects"),
        only_secretariat,
        lambda person, data: project_forms.ProjectForm(data, person=person, is_secretary=True),
        lambda by, form: projects.create(by=by, given=form.said),
        _same_project,
    ),
    "gurus": Entry(
        _("Gurus"),
        only_secretariat,
        lambda _person, data: guru_forms.InviteForm(data),
        lambda by, form: appointing.invite(by=by, given=form.said),
        _same_guru,
    ),
    "events": Entry(
        pgettext_lazy("of the alliance", "Events"),
        meeting_rules.may_make,
        lambda person, data: meeting_forms.MeetingForm(data, person=person),
        lambda by, form: meetings.make(by=by, given=form.cleaned_data),
        _same_event,
    ),
}


def commitments_of(agreement: Agreement) -> Entry:
    """What parties of an agreement pledge."""

    def same(_by: people.Person, given: Given) -> "QuerySet[Any, Any]":
        return _named(Commitment.objects.filter(agreement=agreement), given, *pledging.FIELDS)

    return Entry(
        _("Commitments"),
        lambda person: is_side(person, agreement),
        lambda _person, data: commitment_forms.CommitmentForm(data, agreement=agreement),
        lambda by, form: pledging.pledge(agreement, by=by, given=form.cleaned_data),
        same,
    )
