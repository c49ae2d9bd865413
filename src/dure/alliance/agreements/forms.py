"""Forms of agreements."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dure.alliance.agreements import articles
from dure.alliance.agreements.content import LONGEST_NOTICE, Content
from dure.alliance.agreements.payments import DIGITS, Payment
from dure.alliance.models import Agreement
from dure.engines.faults import Faulty
from dure.foundation.forms import show_faults
from dure.people import api as people

LONG: Final = 200_000
DONE: Final[Mapping[str, str | Promise]] = {
    "circulate": _("It is with the parties now. Their representatives were told."),
    "approve": _("Approved for your organisation."),
    "request_changes": _("It is being drafted again. The parties read why."),
    "open_signing": _("It can be signed now. The parties were told."),
    "reopen": _("It is being drafted again. Approvals and signatures are void."),
    "abandon": _("The draft is given up."),
    "terminate": _("The agreement has ended. What was shared in its circle is closed."),
}


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=_area(3),
        help_text=_("Representatives of all parties and the secretariat read it, with your name."),
    )


class ApproveForm(forms.Form):
    """A yes to one text: the hash says which."""

    sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)
    has_read = forms.BooleanField(label=_("I have read this revision and approve it for my organisation."))


MOVE_FORMS: Final[Mapping[str, type[forms.Form]]] = {
    "approve": ApproveForm,
    "request_changes": ReasonForm,
    "reopen": ReasonForm,
    "abandon": ReasonForm,
    "terminate": ReasonForm,
}


class AgreementForm(forms.Form):
    """What the parties agree to, without the schedule of payments."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Agreement.Kind.choices)
    title_ko = forms.CharField(label=_("Title in Korean"), max_length=160, required=False)
    title_en = forms.CharField(label=_("Title in English"), max_length=160, required=False)
    authoritative = forms.ChoiceField(
        label=_("Which text decides"),
        choices=Agreement.Language.choices,
        help_text=_("Where the two differ, this one counts. It must be complete."),
    )
    organisations = forms.ModelMultipleChoiceField(
        label=_("Parties"),
        queryset=people.Organisation.objects.none(),
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=_("Two or more. Their representatives and the secretariat see the draft, nobody else."),
    )
    cooperation = forms.MultipleChoiceField(
        label=_("Fields of cooperation"),
        choices=Agreement.Cooperation.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    effective_from = forms.DateField(label=_("First day"), widget=_day())
    effective_to = forms.DateField(
        label=_("Last day"),
        widget=_day(),
        required=False,
        help_text=_("Empty: it has no end. Of an amendment: the new last day, empty where it stays."),
    )
    notice_days = forms.IntegerField(
        label=_("Days of notice before it is ended"), min_value=0, max_value=LONGEST_NOTICE, initial=30
    )
    is_public = forms.BooleanField(
        label=_("Everybody may know its title once it is in force"), required=False
    )
    articles_ko = forms.CharField(
        label=_("Articles in Korean"),
        required=False,
        max_length=LONG,
        widget=_area(14),
        help_text=_("A line that begins with # is the heading of an article. Numbers are put by themselves."),
    )
    articles_en = forms.CharField(
        label=_("Articles in English"), required=False, max_length=LONG, widget=_area(14)
    )
    confidentiality_ko = forms.CharField(
        label=_("Confidentiality, in Korean"), required=False, max_length=8000, widget=_area(4)
    )
    confidentiality_en = forms.CharField(
        label=_("Confidentiality, in English"), required=False, max_length=8000, widget=_area(4)
    )
    ip_ko = forms.CharField(
        label=_("Intellectual property, in Korean"), required=False, max_length=8000, widget=_area(4)
    )
    ip_en = forms.CharField(
        label=_("Intellectual property, in English"), required=False, max_length=8000, widget=_area(4)
    )

    def __init__(self, *given: Any, person: Any, known: Content | None = None, **named: Any) -> None:
        self.known = known
        super().__init__(*given, **named)
        field: Any = self.fields["organisations"]
        field.queryset = people.visible_organisations(person).filter(left_on=None)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        try:
            found = articles.read(cleaned.get("articles_ko", ""), cleaned.get("articles_en", ""))
        except Faulty as faulty:
            show_faults(self, faulty)
            return cleaned
        return {**cleaned, "articles": tuple(found)}

    def content(self) -> Content:
        """What was written, with the payments that were there."""
        said = {
            name: self.cleaned_data[name]
            for name in (
                "kind",
                "title_ko",
                "title_en",
                "authoritative",
                "effective_from",
                "effective_to",
                "notice_days",
                "is_public",
                "articles",
                "confidentiality_ko",
                "confidentiality_en",
                "ip_ko",
                "ip_en",
            )
        }
        payments = self.known.payments if self.known else ()
        return Content(**said, cooperation=tuple(self.cleaned_data["cooperation"]), payments=payments)


def initial_of(content: Content) -> dict[str, Any]:
    """A text as the form shows it."""
    names = (
        "kind",
        "title_ko",
        "title_en",
        "authoritative",
        "effective_from",
        "effective_to",
        "notice_days",
        "is_public",
        "confidentiality_ko",
        "confidentiality_en",
        "ip_ko",
        "ip_en",
    )
    said = {name: getattr(content, name) for name in names} | {"cooperation": list(content.cooperation)}
    texts = {f"articles_{code}": articles.written(content.articles, code) for code in ("ko", "en")}
    uids = [party.organisation for party in content.parties]
    return {**said, **texts, "organisations": people.Organisation.objects.filter(uid__in=uids)}


class PaymentForm(forms.Form):
    """A line of the schedule."""

    due_on = forms.DateField(label=_("Due on"), widget=_day())
    amount = forms.DecimalField(label=_("Amount"), min_value=0, max_digits=18, decimal_places=2)
    currency = forms.ChoiceField(label=_("Currency"), choices=[(code, code) for code in DIGITS])
    payer = forms.ChoiceField(label=_("Payer"))
    payee = forms.ChoiceField(label=_("To whom"))
    what_ko = forms.CharField(label=_("What for, in Korean"), required=False, max_length=200)
    what_en = forms.CharField(label=_("What for, in English"), required=False, max_length=200)

    def __init__(self, *given: Any, content: Content, **named: Any) -> None:
        super().__init__(*given, **named)
        for name in ("payer", "payee"):
            field: Any = self.fields[name]
            field.choices = [(party.organisation, party.name) for party in content.parties]

    def payment(self) -> Payment:
        return Payment(**self.cleaned_data)


class CommentForm(forms.Form):
    """A word about the text."""

    body = forms.CharField(label=_("Comment"), max_length=4000, widget=_area(4))


class SignHereForm(forms.Form):
    """A signature in the platform, after a fresh proof of who signs."""

    sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)
    is_meant = forms.BooleanField(label=_("I have read this revision and sign it for my organisation."))


class SignedFileForm(forms.Form):
    """The PDF that was signed on paper or elsewhere."""

    sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)
    file = forms.FileField(
        label=_("Signed PDF"),
        help_text=_("Up to 20 MB. The hash of this revision should stand in it."),
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf,.pdf"}),
    )
