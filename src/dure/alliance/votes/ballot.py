"""The ballot as a form: what is marked or ranked becomes a choice."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dure.alliance.votes import words
from dure.engines import voting

ABSTAINS: Final = "abstain"


class BallotForm(forms.Form):
    """One field for a motion or an approval, a rank for each option of a ranking; and words of one's own for the receipt."""

    nonce = forms.CharField(
        label=_("Words of your own, for the receipt"),
        min_length=8,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_(
            "8 to 200 characters that nobody guesses. With them you prove later that a ballot in the list is yours."
        ),
    )
    field_order: Sequence[str] = ()

    def __init__(self, *given: Any, vote: Any, items: Sequence[Any], **named: Any) -> None:
        super().__init__(*given, **named)
        self.method = vote.printed.method
        names = words.names_of(vote, items)
        if self.method == "ranking":
            self.fields |= {f"rank_{key}": _rank(name, len(names)) for key, name in names.items()}
        else:
            self.fields["mark"] = _mark(self.method, names)
        self.order_fields([name for name in self.fields if name != "nonce"])

    @property
    def choice(self) -> voting.Choice:
        """What a form without faults says."""
        said = self.cleaned_data
        if self.method == "ranking":
            return _tiers({name: said[name] for name in said if name.startswith("rank_")})
        marks = said["mark"] if isinstance(said["mark"], list) else [said["mark"]]
        marked = tuple(mark for mark in marks if mark != ABSTAINS)
        return (marked,) if marked else voting.ABSTAIN


def _rank(name: str, most: int) -> forms.IntegerField:
    return forms.IntegerField(
        label=name,
        min_value=1,
        max_value=most,
        required=False,
        help_text=_("Rank: 1 is the best. Empty: below all ranks."),
    )


def _mark(method: str, names: dict[str, str]) -> forms.Field:
    if method == "motion":
        answers = [*names.items(), (ABSTAINS, pgettext_lazy("a ballot", "Abstain"))]
        return forms.ChoiceField(label=_("Your answer"), choices=answers, widget=forms.RadioSelect)
    return forms.MultipleChoiceField(
        label=_("Topics that you approve"),
        choices=list(names.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("None marked: you abstain."),
    )


def _tiers(ranks: dict[str, int | None]) -> voting.Choice:
    """Options in the order of their numbers; equal numbers are equal."""
    tiers: dict[int, list[str]] = defaultdict(list)
    for name, rank in ranks.items():
        if rank is not None:
            tiers[rank].append(name.removeprefix("rank_"))
    return tuple(tuple(tiers[rank]) for rank in sorted(tiers))
