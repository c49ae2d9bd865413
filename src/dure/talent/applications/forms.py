"""Forms of applications."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dure.foundation.forms import KoreaTimeField
from dure.people import api as people
from dure.talent.applications.applying import LONGEST
from dure.talent.applications.cards import FIELDS
from dure.talent.applications.reasons import AGAINST, FOR, chosen_for
from dure.talent.models import Opening, Review

DONE: Final[Mapping[str, str | Promise]] = {
    "review": _("It is in review."),
    "invite": _("The applicant was asked to choose a time."),
    "offer": _("The seat is offered and held until it is answered or runs out."),
    "waitlist": _("It is on the waiting list."),
    "reject": _("Decided. The applicant reads the reason."),
    "take_back": _("The offer is taken back. The applicant reads the reason."),
    "accept": _("You have the seat. The organisation reads your name from now on."),
    "decline": _("You declined. The seat goes to the next on the waiting list."),
    "withdraw": _("Withdrawn. What you wrote is deleted within minutes."),
    "take": _("The appeal is yours to decide."),
    "uphold": _("Upheld: the application is in review again."),
    "dismiss": _("Dismissed. The applicant reads the reason."),
}


class SharedForm(forms.Form):
    """What the organisation reads of oneself."""

    shared = forms.MultipleChoiceField(
        label=_("What the organisation reads of my profile"),
        choices=list(FIELDS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    is_named = forms.BooleanField(
        label=_("With my name"),
        required=False,
        help_text=_("Otherwise they read a pseudonym until you accept an offer. A name once given stays."),
    )


class ApplyForm(SharedForm):
    """An application."""

    statement = forms.CharField(
        label=_("What speaks for you"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("No names of family, age, looks, origin or faith: an organisation may not know them."),
    )
    field_order = ("statement", "shared", "is_named")


class _ReasonForm(forms.Form):
    """A reason from the table, and the words that the applicant reads."""

    code = forms.ChoiceField(label=_("Reason"))
    reason = forms.CharField(
        label=_("In words, for the applicant"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    table: Mapping[str, str | Promise] = AGAINST

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        field: Any = self.fields["code"]
        field.choices = chosen_for(self.table)


class AgainstForm(_ReasonForm):
    """Why not, or why not now."""


class OfferForm(_ReasonForm):
    """Why, and until when the offer stands."""

    table = FOR
    answer_by = KoreaTimeField(
        label=_("To be answered by (Korea time)"),
        required=False,
        help_text=_("Between 2 and 60 days from now. Left empty: in 7 days."),
    )


class WordsForm(forms.Form):
    """An answer to an appeal."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The applicant reads it."),
    )


APPLICATION_FORMS: Final[Mapping[str, type[forms.Form]]] = {
    "offer": OfferForm,
    "waitlist": AgainstForm,
    "reject": AgainstForm,
    "take_back": AgainstForm,
}
APPEAL_FORMS: Final[Mapping[str, type[forms.Form]]] = {"uphold": WordsForm, "dismiss": WordsForm}


class MessageForm(forms.Form):
    """A message to the other side."""

    body = forms.CharField(label=_("Message"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))


class AppealForm(forms.Form):
    """Why the decision was wrong."""

    words = forms.CharField(
        label=_("Why it should be decided again"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )


class SlotForm(forms.Form):
    """A time for an interview."""

    starts_at = KoreaTimeField(label=_("From (Korea time)"))
    ends_at = KoreaTimeField(label=_("Until (Korea time)"))
    place = forms.CharField(label=_("Where"), required=False, max_length=200)
    link = forms.CharField(
        label=_("Or a link"),
        required=False,
        max_length=500,
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )


class MoveForm(forms.Form):
    """Why somebody changes places on the waiting list."""

    earlier = forms.TypedChoiceField(
        label=_("Move"),
        choices=[("1", _("one place up")), ("0", _("one place down"))],
        coerce=lambda given: given == "1",
    )
    reason = forms.CharField(label=_("Reason"), max_length=500)


class ReviewForm(forms.Form):
    """A score with words for each skill that the opening asks for."""

    has_conflict = forms.BooleanField(
        label=_("I have a conflict of interest"),
        required=False,
        help_text=_("Then nothing else is read, and somebody else decides."),
    )
    recommendation = forms.ChoiceField(
        label=_("What I recommend"), choices=[("", "–"), *Review.Recommendation.choices], required=False
    )
    words = forms.CharField(
        label=_("In short"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *given: Any, opening: Opening, own: Review | None = None, **named: Any) -> None:
        kept = ("has_conflict", "recommendation", "words")
        named["initial"] = {name: getattr(own, name) for name in kept} if own else {}
        super().__init__(*given, **named)
        asked = people.skills_named([one.skill for one in opening.requirements.all()])
        self._skills = list(asked)
        scores = own.scores if own else {}
        for slug, skill in asked.items():
            self._add(slug, skill.name, scores.get(slug, {}))

    def _add(self, slug: str, name: str, kept: Mapping[str, Any]) -> None:
        said = {"skill": name}
        self.fields[f"score_{slug}"] = forms.TypedChoiceField(
            label=_("Score for %(skill)s (1 to 4)") % said,
            choices=[("", "–"), *((n, str(n)) for n in range(1, 5))],
            coerce=int,
            empty_value=None,
            required=False,
            initial=kept.get("score"),
        )
        self.fields[f"words_{slug}"] = forms.CharField(
            label=_("What shows it, for %(skill)s") % said,
            required=False,
            max_length=1000,
            initial=kept.get("words", ""),
        )

    @property
    def given(self) -> dict[str, Any]:
        """What `reviewing.write` takes."""
        data = self.cleaned_data
        scores = {
            slug: {"score": data[f"score_{slug}"], "words": data[f"words_{slug}"]} for slug in self._skills
        }
        return {
            "scores": scores,
            "recommendation": data["recommendation"],
            "words": data["words"],
            "has_conflict": data["has_conflict"],
        }
