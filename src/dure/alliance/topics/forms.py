"""Forms of topics."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dure.alliance.gurus.visibility import is_guru
from dure.alliance.models import Roundtable, Topic
from dure.alliance.projects.tracks import Track
from dure.alliance.topics.adoption import KINDS
from dure.alliance.topics.becoming import PROBLEM, PROJECT
from dure.alliance.topics.rules import AHEAD, MOST_MINUTES
from dure.alliance.topics.visibility import ENDED
from dure.people import api as people

DONE: Final[Mapping[str, str | Promise]] = {
    "merge": _("Merged. Followers were told and follow the other topic now."),
    "schedule": _("It stands on the agenda. Followers were told."),
    "unschedule": _("Taken off the agenda. Followers were told."),
    "open": _("Open for discussion. Followers were told."),
    "adopt": _("Adopted. Followers were told; go on with what it became."),
    "return": _("Under discussion again. Followers read why."),
    "park": _("Parked. Followers were told."),
    "reopen": _("Taken up again. Followers were told."),
    "reject": _("Rejected. Followers read why."),
    "withdraw": _("Withdrawn. Followers read why."),
}


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class TopicForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only in the stubs
    """A question with why it matters, in Korean, in English or in both."""

    organisation = forms.ModelChoiceField(
        label=_("Proposed by"), queryset=people.Organisation.objects.none(), required=False
    )

    class Meta:
        model = Topic
        fields = ("title_ko", "title_en", "text_ko", "text_en", "why_ko", "why_en", "field", "reach")
        labels = {
            "title_ko": _("Title in Korean"),
            "title_en": _("Title in English"),
            "text_ko": _("The question in Korean"),
            "text_en": _("The question in English"),
            "why_ko": _("Why it matters, in Korean"),
            "why_en": _("Why it matters, in English"),
            "field": _("Field"),
            "reach": _("Who reads it"),
        }
        widgets = {
            "text_ko": _area(5),
            "text_en": _area(5),
            "why_ko": _area(3),
            "why_en": _area(3),
        }

    def __init__(self, *given: Any, person: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        field: Any = self.fields["organisation"]
        if self.instance.pk:
            del self.fields["organisation"]
            return
        mine = people.represented_organisations(person)
        field.queryset = people.Organisation.objects.filter(pk__in=mine)
        field.empty_label = _("myself, as a guru") if is_guru(person) else None
        field.required = not is_guru(person)


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=_area(3),
        help_text=_("Everybody who may read the topic reads it."),
    )


class MergeForm(ReasonForm):
    """Into which one. Only who sorts topics fills it, and reads them all."""

    into = forms.ModelChoiceField(label=_("Into which topic"), queryset=Topic.objects.none())

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        field: Any = self.fields["into"]
        field.queryset = Topic.objects.exclude(state__in=ENDED)


class ScheduleForm(forms.Form):
    """On which agenda, for how long. Only who sorts topics fills it, and knows of all roundtables."""

    roundtable = forms.ModelChoiceField(label=_("Roundtable"), queryset=Roundtable.objects.none())
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=MOST_MINUTES, initial=30)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        field: Any = self.fields["roundtable"]
        field.queryset = Roundtable.objects.filter(state__in=AHEAD).order_by("starts_at", "pk")


class AdoptForm(forms.Form):
    """What it becomes, and what that needs."""

    kind = forms.ChoiceField(label=_("What it becomes"))
    organisation = forms.ModelChoiceField(
        label=_("Whose need it is"),
        queryset=people.Organisation.objects.none(),
        required=False,
        help_text=_("For a need: a draft comes into the hands of this organisation."),
    )
    track = forms.ChoiceField(
        label=_("Track"),
        choices=[("", "–"), *Track.choices],
        required=False,
        help_text=_(
            "For a research project, which is set up with the topic’s words; for a call as well, if it has one."
        ),
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        kind: Any = self.fields["kind"]
        kind.choices = [(one.name, one.label) for one in KINDS.values()]
        field: Any = self.fields["organisation"]
        speaking = people.Membership.objects.current().filter(role=people.Membership.Role.REPRESENTATIVE)
        organisations = people.Organisation.objects.filter(pk__in=speaking.values("organisation_id"))
        field.queryset = organisations.order_by("name_ko", "pk")

    def clean(self) -> dict[str, Any]:
        """Each kind names what it lacks at its field."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("kind") == PROBLEM and not said.get("organisation"):
            self.add_error("organisation", _("Choose an organisation that somebody represents."))
        if said.get("kind") == PROJECT and not said.get("track"):
            self.add_error("track", _("Choose a track."))
        return said


class MessageForm(forms.Form):
    """A word of the discussion."""

    body = forms.CharField(label=_("Your words"), max_length=4000, widget=_area(3))


MOVE_FORMS: Final[Mapping[str, type[forms.Form]]] = {
    "schedule": ScheduleForm,
    "adopt": AdoptForm,
    "merge": MergeForm,
    "park": ReasonForm,
    "return": ReasonForm,
    "reject": ReasonForm,
    "withdraw": ReasonForm,
}
