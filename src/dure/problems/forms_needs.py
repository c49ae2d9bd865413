"""Forms of needs. A draft may be incomplete, so nothing in it is required; what is missing is said before posting."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dure.foundation.access import Audience
from dure.people import api as people
from dure.problems import rules_needs
from dure.problems.models import Problem

LANGUAGES: Final = [("ko", "한국어"), ("en", "English")]
LENGTHS: Final = {"title": 160, "summary": 600, "hurts": 6000, "cost": 3000, "data": 6000, "worth": 3000}
LABELS: Final[dict[str, Any]] = {
    "title": _("In one line"),
    "summary": _("In two sentences, for lists"),
    "hurts": _("What hurts?"),
    "cost": _("What does it cost you today?"),
    "data": _("What data do you have?"),
    "worth": _("What would a good result be worth?"),
}
HELPS: Final[dict[str, Any]] = {
    "title": _("For example: We learn the strength of our concrete 28 days too late."),
    "summary": _("Leave it empty and the first lines of what hurts are shown."),
    "hurts": _(
        "Tell it as you would tell a colleague: what happens, how often, who suffers. No technical words are needed."
    ),
    "cost": _("Money, hours, waste, customers lost. A guess is fine. Only insiders read this."),
    "data": _(
        "Tables, pictures, sensor records, texts: what is in them, how much, since when, who wrote them down."
    ),
    "worth": _("What would you do with a good answer, and how would you notice that it is good enough?"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the guided form: its heading, why it is asked, and its fields; `other` holds the second language."""

    key: str
    title: str | Promise
    words: str | Promise
    fields: Sequence[Any]
    other: Sequence[Any]


STEPS: Final[tuple[tuple[str, Any, Any, tuple[str, ...]], ...]] = (
    (
        "hurts",
        _("What hurts"),
        _("Start with the trouble, not with the technology."),
        ("title", "hurts", "industry", "summary"),
    ),
    ("cost", _("What it costs"), _("So that everybody sees why it matters."), ("cost",)),
    (
        "data",
        _("What data exists"),
        _("Describe it only; nothing is handed over yet."),
        ("data", "sensitivity"),
    ),
    ("worth", _("What a good result is worth"), _("This becomes the target."), ("worth",)),
    (
        "route",
        _("How it could be worked on"),
        _("A wish; the secretariat talks with you before anything is set."),
        ("wish",),
    ),
    ("contact", _("Whom we may ask"), _("Only insiders read this."), ("contact", "original")),
)


class NeedForm(forms.Form):
    """The whole need, in its original language and the other one."""

    industry = forms.ChoiceField(
        label=_("Line of business"), choices=Problem.Industry.choices, required=False
    )
    sensitivity = forms.ChoiceField(
        label=_("How sensitive is the data?"),
        choices=Problem.Sensitivity.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    wish = forms.ChoiceField(
        label=_("Which route would you like?"),
        choices=[("", _("Not sure yet; please advise")), *Problem.Route.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    contact = forms.CharField(label=_("Name, telephone or e-mail"), max_length=300, required=False)
    original = forms.ChoiceField(
        label=_("You write the original in"), choices=LANGUAGES, required=False, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language = language
        for name, length in LENGTHS.items():
            for code in ("ko", "en"):
                self.fields[f"{name}_{code}"] = _text(name, code, length, original=code == language)

    def steps(self) -> list[Step]:
        """The fields in the order a person is guided through them."""
        other = "en" if self.language == "ko" else "ko"
        return [
            Step(
                key,
                title,
                words,
                [self[f"{name}_{self.language}"] if name in LENGTHS else self[name] for name in names],
                [self[f"{name}_{other}"] for name in names if name in LENGTHS],
            )
            for key, title, words, names in STEPS
        ]

    def kept(self) -> dict[str, str]:
        """What was sent and is right; a choice that was left empty changes nothing where there must be one."""
        sent = {name: value for name, value in self.cleaned_data.items() if name in self.data}
        return {name: value for name, value in sent.items() if value or name not in ("original", "industry")}


def _text(name: str, code: str, length: int, *, original: bool) -> forms.CharField:
    widget: Any = forms.TextInput if name == "title" else forms.Textarea
    return forms.CharField(
        label=LABELS[name],
        help_text=HELPS[name] if original else "",
        max_length=length,
        required=False,
        widget=widget(attrs={"lang": code}),
    )


class StartForm(forms.Form):
    """The first question, and for whom."""

    title = forms.CharField(label=_("What hurts, in one line?"), max_length=160, help_text=HELPS["title"])
    organisation = forms.ModelChoiceField(
        label=_("For which organisation?"), queryset=people.Organisation.objects.none()
    )
    original = forms.ChoiceField(
        label=_("You write in"),
        choices=LANGUAGES,
        widget=forms.RadioSelect,
        help_text=_("The other language can be added at any time."),
    )

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = people.Organisation.objects.filter(pk__in=people.organisations_of(person))
        field: Any = self.fields["organisation"]
        field.queryset = mine
        found = list(mine[:2])
        if len(found) == 1:
            field.initial = found[0].pk


class FilterForm(forms.Form):
    """Filters of the list of needs; nonsense in the address is ignored."""

    q = forms.CharField(
        label=_("Search words"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    industry = forms.ChoiceField(
        label=_("Line of business"), required=False, choices=[("", _("All")), *Problem.Industry.choices]
    )
    route = forms.ChoiceField(
        label=_("Route"), required=False, choices=[("", _("All")), *Problem.Route.choices]
    )
    stage = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("All")),
            ("open", _("Open")),
            ("running", _("Under way")),
            ("done", _("Done")),
            ("mine", _("My needs")),
        ],
    )


class MessageForm(forms.Form):
    """A message to the other side."""

    message = forms.CharField(label=_("Message"), max_length=8000, widget=forms.Textarea(attrs={"rows": 4}))


class ReasonForm(forms.Form):
    """A reason that the people concerned will read."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The people concerned will read it."),
    )


class MergeForm(forms.Form):
    """The need that goes on; chosen from the list beside it."""

    into = forms.UUIDField(label=_("Into which need"))


class AcceptForm(forms.Form):
    """How an accepted need is worked on, who looks after it, and who sees it."""

    route = forms.ChoiceField(label=_("Route"), choices=Problem.Route.choices, widget=forms.RadioSelect)
    curator = forms.CharField(
        label=_("Curator (name or e-mail)"),
        max_length=254,
        help_text=_("Looks after the need from now on; must have an account here."),
    )
    audience = forms.ChoiceField(
        label=_("Who sees it"), choices=Audience.choices, widget=forms.RadioSelect, initial=Audience.PRIVATE
    )
    circle = forms.ModelChoiceField(
        label=_("Circle"),
        queryset=people.Circle.objects.filter(closed_at=None).exclude(kind__in=("team", "workroom")),
        required=False,
        help_text=_("Only when a circle sees it."),
    )

    def clean_curator(self) -> Any:
        found = _called(self.cleaned_data["curator"])
        if not found:
            raise forms.ValidationError(_("Nobody here has this name or address."))
        if len(found) > 1:
            raise forms.ValidationError(_("More than one person has this name: write the e-mail address."))
        return found[0]


def _called(word: str) -> list[people.Person]:
    """Everybody with this e-mail address or, in either language, this name."""
    either = Q(email__iexact=word) | Q(name_ko__iexact=word) | Q(name_en__iexact=word)
    return list(people.Person.objects.filter(either, is_active=True, deleted_at=None)[:2])


FORMS: Final[Mapping[str, type[forms.Form]]] = {
    "ask": MessageForm,
    "answer": MessageForm,
    "accept": AcceptForm,
    "decline": ReasonForm,
    "merge": MergeForm,
    "return": ReasonForm,
    "give_up": ReasonForm,
}


DONE: Final[Mapping[str, str | Promise]] = {
    "post": _("Posted. The secretariat reads it and answers within five working days."),
    "ask": _("Asked. The need waits for the owner's answer."),
    "answer": _("Answered. The need is with the secretariat again."),
    "accept": _("Accepted. The owner and the curator are told."),
    "decline": _("Declined. The owner reads your reason."),
    "open": _("The problem is open."),
    "deliver": _("Handed over. The owner tries the solution now."),
    "return": _("Sent back. The curator reads what you found."),
    "solve": _("Marked as solved."),
    "give_up": _("Closed without a solution."),
    "withdraw": _("Withdrawn. Nobody works on it any more."),
}
"""What is said when an action of the workflow is taken."""


def lacking(problem: Problem) -> str:
    """What is still missing before posting, as one line; empty when nothing is."""
    return ", ".join(str(words) for words in rules_needs.missing(problem))
