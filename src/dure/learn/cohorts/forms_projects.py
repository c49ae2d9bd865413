"""Forms of team projects."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dure.foundation.forms import KoreaTimeField
from dure.learn.cohorts.projects import LARGEST_TEAM
from dure.learn.cohorts.queries_plan import with_place
from dure.learn.models import Place, Project, ProjectTeam
from dure.people import api as people

_BRIEF = forms.Textarea(attrs={"rows": 6})


class ProjectForm(forms.Form):
    """What is to be made, until when, and the challenge that it ends in."""

    name_ko = forms.CharField(label=_("Name (Korean)"), max_length=160)
    name_en = forms.CharField(label=_("Name (English)"), max_length=160)
    brief_ko = forms.CharField(
        label=_("What is to be made (Korean)"), max_length=8000, widget=_BRIEF, help_text=_("Markdown.")
    )
    brief_en = forms.CharField(label=_("What is to be made (English)"), max_length=8000, widget=_BRIEF)
    team_size = forms.IntegerField(
        label=_("People in a team, at most"), min_value=1, max_value=LARGEST_TEAM, initial=4
    )
    due_at = KoreaTimeField(label=_("Due (Korea time)"))
    challenge = forms.SlugField(
        label=_("Open challenge that it ends in"),
        max_length=60,
        required=False,
        help_text=_("The last part of its address, such as concrete-strength. Leave it empty without one."),
    )

    def __init__(self, given: Any = None, *, project: Project | None = None) -> None:
        initial = (
            {name: getattr(project, name) for name in self.base_fields if name != "challenge"}
            if project
            else {}
        )
        if project is not None and project.challenge is not None:
            initial["challenge"] = project.challenge.slug
        super().__init__(given, initial=initial, auto_id="project-%s")


class MembersField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # Django's takes none when it runs
    """People of the cohort, by their places."""

    def label_from_instance(self, obj: Any) -> str:
        organisation = obj.organisation
        return f"{obj.person.name} · {organisation.name}" if organisation else str(obj.person.name)


class TeamForm(forms.Form):
    """Who is in a team, and who coaches it."""

    name = forms.CharField(label=_("Name of the team"), max_length=60)
    members = MembersField(
        queryset=Place.objects.none(),
        to_field_name="uid",
        label=_("In the team"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Whoever is in another team of this project leaves that one."),
    )
    coach = forms.ModelChoiceField(
        queryset=people.Person.objects.none(), to_field_name="uid", required=False, label=_("Coach")
    )

    def __init__(self, given: Any = None, *, project: Project, team: ProjectTeam | None = None) -> None:
        initial = {}
        if team is not None:
            members = [place.uid for place in team.members.all()]
            initial = {"name": team.name, "members": members, "coach": team.coach.uid if team.coach else None}
        super().__init__(given, initial=initial, auto_id="team-%s")
        self._choose("members", with_place(project.cohort).select_related("person", "organisation"))
        self._choose("coach", project.cohort.coaches.all())

    def _choose(self, name: str, rows: Any) -> None:
        field: Any = self.fields[name]
        field.queryset = rows
