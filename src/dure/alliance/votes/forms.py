"""Forms of votes: preparing one, its moves, and the ballot."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dure.alliance.models import Roundtable, Topic, Vote
from dure.alliance.votes.drafting import share_name
from dure.foundation.forms import KoreaTimeField

DONE: Final[Mapping[str, str | Promise]] = {
    "open": _("Open. Everybody who may vote was told."),
    "tally": _("Counted. Everybody who could vote was told."),
    "settle": _("Decided. Everybody who could vote was told."),
    "cancel": _("Called off."),
}
METHODS: Final = (
    ("approval", _("Choose: mark as many topics as one likes")),
    ("ranking", _("Choose: rank the topics (Schulze)")),
    ("motion", _("A motion on one topic: yes or no")),
)
UNITS: Final = (
    ("person", _("Gurus, one vote each")),
    ("organisation", _("Member organisations, one vote each")),
)
QUORUMS: Final = (
    ("half", _("More than half")),
    ("third", _("A third")),
    ("two_thirds", _("Two thirds")),
    ("none", pgettext_lazy("quorum", "None")),
)
MAJORITIES: Final = (("half", _("More than half")), ("two_thirds", _("Two thirds")))
TIES: Final = (
    ("chair", _("The secretariat decides, as the chair")),
    ("open", _("It stays open")),
    ("fails", _("The motion fails")),
)


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class VoteForm(forms.Form):
    """What is voted on, and the rule."""

    title_ko = forms.CharField(label=_("Title in Korean"), max_length=200, required=False)
    title_en = forms.CharField(label=_("Title in English"), max_length=200, required=False)
    about_ko = forms.CharField(
        label=_("What is asked, in Korean"), max_length=4000, widget=_area(3), required=False
    )
    about_en = forms.CharField(
        label=_("What is asked, in English"), max_length=4000, widget=_area(3), required=False
    )
    topics = forms.ModelMultipleChoiceField(
        label=_("Topics under discussion"),
        queryset=Topic.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    method = forms.ChoiceField(label=_("How"), choices=METHODS)
    unit = forms.ChoiceField(label=_("Who votes"), choices=UNITS)
    quorum = forms.ChoiceField(label=_("Quorum"), choices=QUORUMS)
    majority = forms.ChoiceField(label=_("Majority of a motion"), choices=MAJORITIES)
    winners = forms.IntegerField(label=_("How many topics win"), min_value=1, max_value=50, initial=1)
    most_approvals = forms.IntegerField(
        label=_("Marks on a ballot at most (empty: any number)"), min_value=1, max_value=50, required=False
    )
    ties = forms.ChoiceField(label=_("In a tie"), choices=TIES)
    closes_at = KoreaTimeField(label=_("Closes"), help_text=_("Time in Korea."))
    extension_days = forms.IntegerField(
        label=_("Days more, once, if the quorum is missed"), min_value=0, max_value=60, initial=7
    )
    roundtable = forms.ModelChoiceField(
        label=_("Roundtable"), queryset=Roundtable.objects.none(), required=False
    )

    def __init__(self, data: Any = None, *, vote: Vote | None = None) -> None:
        super().__init__(data, initial=_initial(vote) if vote else None)
        topics: Any = self.fields["topics"]
        topics.queryset = Topic.objects.filter(state="discussing").order_by("pk")
        topics.label_from_instance = lambda topic: topic.title
        roundtable: Any = self.fields["roundtable"]
        roundtable.queryset = Roundtable.objects.exclude(state="cancelled").order_by("-starts_at", "-pk")


def _initial(vote: Vote) -> dict[str, Any]:
    rule = vote.printed
    words = ("title_ko", "title_en", "about_ko", "about_en", "closes_at", "extension_days", "roundtable")
    named = {name: getattr(rule, name) for name in ("method", "unit", "winners", "most_approvals", "ties")}
    shares = {name: share_name(getattr(rule, name)) for name in ("quorum", "majority")}
    topics = [item.topic_id for item in vote.items.order_by("pk")]
    return {name: getattr(vote, name) for name in words} | named | shares | {"topics": topics}


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=_("Reason"), max_length=2000, widget=_area(3), help_text=_("Everybody who may vote reads it.")
    )


class OrderForm(forms.Form):
    """The order in which the chair would choose, over exactly the tied options, by their numbers."""

    order = forms.CharField(
        label=_("Numbers of the tied topics, the first choice first"),
        max_length=400,
        help_text=_("All of them, with commas between: 3, 1"),
    )

    def clean_order(self) -> list[str]:
        return [part.strip() for part in self.cleaned_data["order"].split(",") if part.strip()]


MOVE_FORMS: Final[Mapping[str, type[forms.Form]]] = {"cancel": ReasonForm, "settle": OrderForm}
