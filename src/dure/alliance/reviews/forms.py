"""Forms of reviews."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dure.alliance.models import CallCriterion, Review
from dure.alliance.projects import tracks
from dure.alliance.reviews.pool import MOST_LOAD
from dure.alliance.reviews.scoring import Said
from dure.people import api as people

DONE: Final[Mapping[str, str | Promise]] = {
    "accept": _("Thank you. Read the proposal and give marks."),
    "submit": _("Submitted. Thank you."),
    "decline": _("Declined. The secretariat was told."),
    "recuse": _("The proposal is hidden from you now. The secretariat was told."),
    "cancel": _("Taken back. The reviewer was told."),
}
MOST_TEXT: Final = 200_000


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class WhyForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=_("Reason"), max_length=2000, widget=_area(3), help_text=_("The secretariat reads it.")
    )


class AcceptForm(forms.Form):
    """Nothing keeps them from it."""

    no_conflict = forms.BooleanField(
        label=_("I have no conflict of interest with this proposal, its people and its organisations.")
    )


MOVE_FORMS: Final[Mapping[str, type[forms.Form]]] = {
    "accept": AcceptForm,
    "decline": WhyForm,
    "recuse": WhyForm,
}


class ReviewerForm(forms.Form):
    """Somebody for the pool."""

    address = forms.EmailField(
        label=_("Mail address"), help_text=_("The mail address of the person's account.")
    )
    tracks = forms.MultipleChoiceField(
        label=_("Tracks"), choices=tracks.Track.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    least = forms.IntegerField(label=_("Reviews at least"), min_value=0, max_value=MOST_LOAD, initial=0)
    most = forms.IntegerField(label=_("Reviews at most"), min_value=0, max_value=MOST_LOAD, initial=6)


class TieForm(forms.Form):
    """A tie to an organisation, or to a person."""

    organisation = forms.ModelChoiceField(
        label=_("Organisation"), queryset=people.Organisation.objects.none(), required=False
    )
    address = forms.EmailField(
        label=_("Mail address of a person"),
        required=False,
        help_text=_("It is only compared; you do not learn whether there is such an account."),
    )
    is_advisor = forms.BooleanField(label=_("My advisor or student, at any time"), required=False)
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def __init__(self, *given: Any, person: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        field: Any = self.fields["organisation"]
        field.queryset = people.visible_organisations(person).order_by("name_en", "pk")


class TableForm(forms.Form):
    """Changes of the assignment as a table."""

    table = forms.CharField(
        label=_("Table"),
        max_length=MOST_TEXT,
        widget=_area(8),
        help_text=_(
            "One line each, with the headings proposal, reviewer, action: P1, name@example.org, assign or remove. "
            "Paste it from a spreadsheet or from the file above."
        ),
    )


class WaiveForm(forms.Form):
    """Why this reviewer may judge it all the same."""

    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=_area(2))


class MarksForm(forms.Form):
    """A mark and a word for each item of the rubric, and two words on the whole."""

    comment = forms.CharField(
        label=_("For the secretariat and the discussion"), max_length=8000, widget=_area(4), required=False
    )
    to_applicants = forms.CharField(
        label=_("For the applicants, without your name"), max_length=8000, widget=_area(4), required=False
    )

    def __init__(self, *given: Any, review: Review, items: list[CallCriterion], **named: Any) -> None:
        super().__init__(*given, **named)
        self.items = items
        marks = {one.criterion_id: one for one in review.marks.all()}
        for item in items:
            found = marks.get(item.pk)
            self.fields[f"mark_{item.uid}"] = forms.IntegerField(
                label=item.name,
                min_value=0,
                max_value=item.scale,
                required=False,
                initial=found.mark if found else None,
                help_text=_("0 to %(most)s, weight %(weight)s") % {"most": item.scale, "weight": item.weight},
            )
            self.fields[f"word_{item.uid}"] = forms.CharField(
                label=_("Why this mark"),
                max_length=2000,
                required=False,
                widget=_area(2),
                initial=found.comment if found else "",
            )
        self.fields["comment"].initial = review.comment
        self.fields["to_applicants"].initial = review.to_applicants
        self.order_fields([name for name in self.fields if name.startswith(("mark_", "word_"))])

    def said(self) -> list[Said]:
        """What `scoring.write` takes."""
        data = self.cleaned_data
        return [Said(one, data[f"mark_{one.uid}"], data[f"word_{one.uid}"]) for one in self.items]
