"""Forms of events. What is right is decided by the actions; a form shows their faults at the fields."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dure.alliance.meetings import editing
from dure.alliance.models import Meeting, MeetingMaterial
from dure.foundation.access import Role, has_role
from dure.foundation.forms import KoreaTimeField
from dure.people import api as people

DONE: Final[Mapping[str, str | Promise]] = {
    "announce": _("Announced. Whoever is to see it sees it now."),
    "open": _("Registration is open."),
    "hold": _("It was held. Put the list right, then close it."),
    "close": _("Closed. Who was there can fetch a certificate."),
    "cancel": _("Called off. Everybody on the list was told why."),
    "remove": _("Taken off the list; the person reads why."),
    "check_in": _("Checked in."),
    "undo": _("The check-in is undone."),
}


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class MeetingForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only in the stubs
    """An event, in Korean, in English or in both; times are those of Korea, whoever writes them."""

    starts_at = KoreaTimeField(label=_("Begins (KST)"))
    ends_at = KoreaTimeField(label=_("Ends (KST)"))
    opens_at = KoreaTimeField(label=_("Registration opens (KST)"))
    closes_at = KoreaTimeField(label=_("Registration ends (KST)"))
    organisers = forms.CharField(
        label=_("Organisers"),
        required=False,
        max_length=4000,
        widget=_area(2),
        help_text=_(
            "Mail addresses of accounts, one in each line. They change it, run the desk and read who comes."
        ),
    )

    class Meta:
        model = Meeting
        fields = editing.FIELDS
        labels = {
            "kind": _("Kind of event"),
            "title_ko": _("Title in Korean"),
            "title_en": _("Title in English"),
            "text_ko": _("What it is about, in Korean"),
            "text_en": _("What it is about, in English"),
            "host": _("Held by"),
            "place_ko": _("Place in Korean"),
            "place_en": _("Place in English"),
            "link": _("Link for who takes part online"),
            "seats": _("Seats"),
            "audience": _("Who sees it"),
            "circle": _("Circle"),
        }
        help_texts = {
            "host": _("Empty: the alliance itself."),
            "link": _("Who has a seat reads it."),
            "seats": _("Empty: no limit."),
        }
        widgets = {"text_ko": _area(5), "text_en": _area(5)}

    def __init__(self, *given: Any, person: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        if not has_role(person, Role.SECRETARIAT):
            for name in editing.OF_THE_DESK:
                del self.fields[name]
            return
        self.fields["organisers"].initial = editing.addresses(self.instance) if self.instance.pk else ""
        host: Any = self.fields["host"]
        circle: Any = self.fields["circle"]
        host.queryset = people.visible_organisations(person).order_by("name_ko", "pk")
        circle.queryset = circles()

    def _post_clean(self) -> None:
        """The action judges what is said, and tells all that is wrong at once."""


def circles() -> Any:
    """Circles that can see an event: of agreements and projects, as long as they are open."""
    kinds = (people.Circle.Kind.AGREEMENT, people.Circle.Kind.PROJECT, people.Circle.Kind.SHARED)
    return (
        people.Circle.objects.filter(closed_at=None, kind__in=kinds)
        .exclude(name_ko="", name_en="")
        .order_by("name_ko", "pk")
    )


class SessionForm(forms.Form):
    """A part of the programme."""

    title_ko = forms.CharField(label=_("Title in Korean"), max_length=200, required=False)
    title_en = forms.CharField(label=_("Title in English"), max_length=200, required=False)
    starts_at = KoreaTimeField(label=_("Begins (KST)"))
    ends_at = KoreaTimeField(label=_("Ends (KST)"))


class SpeakerForm(forms.Form):
    """Somebody with an account, or a guest."""

    address = forms.EmailField(
        label=_("Mail address of the account"),
        required=False,
        help_text=_("The person is told, and can take the name off again."),
    )
    guest = forms.CharField(label=_("Or the name of a guest"), max_length=160, required=False)
    consent = forms.CharField(
        label=_("How and when the guest agreed to be named"), max_length=300, required=False
    )
    belongs_to = forms.CharField(
        label=_("Organisation, as the programme names it"), max_length=160, required=False
    )


class MaterialForm(forms.Form):
    """A link, or a file."""

    kind = forms.ChoiceField(label=_("Kind"), choices=MeetingMaterial.Kind.choices)
    title = forms.CharField(label=_("Title"), max_length=200)
    reach = forms.ChoiceField(
        label=_("Who opens it"), choices=MeetingMaterial.Reach.choices, initial="registered"
    )
    link = forms.CharField(label=_("Link"), max_length=500, required=False)
    file = forms.FileField(label=_("Or a file"), required=False)


class CodeForm(forms.Form):
    """What somebody shows at the desk."""

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=_area(3),
        help_text=_("The people concerned read it."),
    )


MOVE_FORMS: Final[Mapping[str, type[forms.Form]]] = {"cancel": ReasonForm}
LIST_FORMS: Final[Mapping[str, type[forms.Form]]] = {"remove": ReasonForm}
