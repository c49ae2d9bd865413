"""Forms of the ledger."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dure.alliance.agreements.forms import ReasonForm
from dure.alliance.ledger import queries
from dure.alliance.ledger.words import unit_words
from dure.alliance.models import Commitment
from dure.engines import ledger as engine
from dure.foundation import clock
from dure.foundation.access import Role, has_role
from dure.people import api as people

BY_HAND: Final = ("krw", "usd", "eur", "cad", "jpy", *engine.PLAIN)
"""Units that a form offers. Hours of accelerators come from the farm, or from a file."""
DONE: Final[Mapping[str, str | Promise]] = {
    "close": _("The quarter is closed. Its figures stay as they are."),
    "confirm": _("Confirmed. It stands in the ledger."),
    "decline": _("Declined. Whoever entered it was told."),
    "withdraw": _("Withdrawn."),
}


class CloseForm(forms.Form):
    """That one has read what closing closes."""

    is_read = forms.BooleanField(
        label=_("I have read what this closes. A closed quarter is never opened again.")
    )


class ReverseForm(ReasonForm):
    """Why a transaction is taken back."""

    is_sure = forms.BooleanField(label=_("I have read what this takes back. It cannot be undone."))


PERIOD_FORMS: Final[Mapping[str, type[forms.Form]]] = {"close": CloseForm}
RECEIPT_FORMS: Final[Mapping[str, type[forms.Form]]] = {"decline": ReasonForm}


def units() -> list[tuple[str, str]]:
    """Units by hand with their words."""
    return [(key, unit_words(key)) for key in BY_HAND]


def _members() -> Any:
    return people.Organisation.objects.order_by("name_ko", "id")


class ImportForm(forms.Form):
    """A file of facts."""

    file = forms.FileField(
        label=_("Spreadsheet"),
        help_text=_("CSV in any encoding, or XLSX; up to 3,000 rows."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
    )


class ValueForm(forms.Form):
    """What one of a unit is worth from a quarter on."""

    unit = forms.CharField(
        label=_("Unit"), max_length=48, help_text=_("Such as gpu_h:h100, person_day, seat or krw.")
    )
    valid_from = forms.DateField(
        label=_("From the quarter that begins on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    points = forms.DecimalField(label=_("Points for one"), max_digits=20, decimal_places=4)


class RuleForm(forms.Form):
    """The rule by which shares are proposed."""

    floor = forms.DecimalField(
        label=_("Floor of each member, in percent"), max_digits=5, decimal_places=2, initial=Decimal(2)
    )
    quarters = forms.IntegerField(label=_("Quarters that count"), initial=2)


class ApplyForm(RuleForm):
    """Exactly the proposal that was shown."""

    digest = forms.CharField(max_length=64)
    is_sure = forms.BooleanField()


class CommitmentField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic only in the stubs
    """One of the commitments that are owed."""

    def label_from_instance(self, obj: Any) -> str:
        amount = f"{obj.quantity.normalize():f} {obj.get_unit_display()}"
        return f"{obj.donor.name}: {obj.what or obj.get_kind_display()}, {amount}, – {obj.ends_on:%Y-%m-%d}"


class ReceiptForm(forms.Form):
    """What was given by hand. A representative enters what an own organisation gave, the secretariat anything."""

    giver = forms.ModelChoiceField(label=_("Who gave"), queryset=people.Organisation.objects.none())
    receiver = forms.ModelChoiceField(
        label=_("Who received"),
        queryset=people.Organisation.objects.none(),
        required=False,
        empty_label=_("all members (the pool)"),
    )
    quantity = forms.DecimalField(label=_("How much"), max_digits=20, decimal_places=4)
    unit = forms.ChoiceField(label=_("Unit"), choices=units)
    happened_on = forms.DateField(
        label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), initial=clock.today
    )
    reference = forms.CharField(
        label=_("Reference"),
        max_length=120,
        help_text=_("The number of the receipt, contract or transfer. The same is never entered twice."),
    )
    what = forms.CharField(label=_("What it was"), max_length=300, required=False)
    commitment = CommitmentField(
        label=_("Commitment that it keeps"),
        queryset=Commitment.objects.none(),
        required=False,
        empty_label=_("none"),
        help_text=_("What the giver has confirmed under an agreement and still owes."),
    )

    def __init__(self, *given: Any, person: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        giver: Any = self.fields["giver"]
        receiver: Any = self.fields["receiver"]
        receiver.queryset = _members().filter(pk__in=people.visible_organisations(person).values("pk"))
        giver.queryset = _members().filter(pk__in=people.represented_organisations(person))
        if has_role(person, Role.SECRETARIAT):
            giver.queryset, giver.required = receiver.queryset, False
            giver.empty_label = _("somebody outside the alliance")
        owed: Any = self.fields["commitment"]
        owed.queryset = queries.owed_of(giver.queryset)
