"""Forms of topics."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dure.alliance.gurus.visibility import is_guru
from dure.alliance.models import Topic
from dure.alliance.topics.visibility import ENDED
from dure.people import api as people

DONE: Final[Mapping[str, str | Promise]] = {
    "merge": _("Merged. Followers were told and follow the other topic now."),
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


class MessageForm(forms.Form):
    """A word of the discussion."""

    body = forms.CharField(label=_("Your words"), max_length=4000, widget=_area(3))


MOVE_FORMS: Final[Mapping[str, type[forms.Form]]] = {
    "merge": MergeForm,
    "park": ReasonForm,
    "reject": ReasonForm,
    "withdraw": ReasonForm,
}
