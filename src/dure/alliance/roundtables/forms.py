"""Forms of roundtables."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dure.alliance.models import AgendaItem, Roundtable, RoundtableMaterial, RoundtableTask
from dure.foundation.forms import KoreaTimeField

DONE: Final[Mapping[str, str | Promise]] = {
    "announce": _("Announced. All gurus are invited and were told."),
    "hold": _("It was held. Note who came and write the minutes."),
    "publish": _("The minutes are published. Guests were told."),
    "cancel": _("Called off. Guests were told; its topics are proposed again."),
}


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class RoundtableForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only in the stubs
    """What it is about, when and where."""

    starts_at = KoreaTimeField(label=_("Begins"), help_text=_("Time in Korea."))
    ends_at = KoreaTimeField(label=_("Ends"), help_text=_("Time in Korea."))
    field_order = ("title_ko", "title_en", "starts_at", "ends_at")

    class Meta:
        model = Roundtable
        fields = (
            "title_ko",
            "title_en",
            "about_ko",
            "about_en",
            "place",
            "link",
            "reach",
        )
        labels = {
            "title_ko": _("Title in Korean"),
            "title_en": _("Title in English"),
            "about_ko": _("What it is about, in Korean"),
            "about_en": _("What it is about, in English"),
            "place": pgettext_lazy("of a meeting", "Place"),
            "link": _("Link to the video call"),
            "reach": _("Who reads the minutes"),
        }
        widgets = {"about_ko": _area(3), "about_en": _area(3)}

    def __init__(self, *given: Any, **named: Any) -> None:
        """The times are no fields of the model's form: what the database would refuse, `editing.check` says at its field."""
        super().__init__(*given, **named)
        for name in ("starts_at", "ends_at"):
            self.initial.setdefault(name, getattr(self.instance, name))


class ItemForm(forms.ModelForm):  # type: ignore[type-arg]  # same
    """A point of its own words."""

    class Meta:
        model = AgendaItem
        fields = ("title_ko", "title_en", "minutes")
        labels = {
            "title_ko": _("Title in Korean"),
            "title_en": _("Title in English"),
            "minutes": _("Minutes"),
        }


class MaterialForm(forms.ModelForm):  # type: ignore[type-arg]  # same
    """Something to read."""

    class Meta:
        model = RoundtableMaterial
        fields = ("title", "link")
        labels = {"title": _("Title"), "link": _("Link")}
        help_texts = {"link": _("An address here that begins with a slash, or one with https://.")}


class InviteForm(forms.Form):
    """Somebody beside the gurus."""

    address = forms.EmailField(label=_("Address of the account"), max_length=254)


class MinutesForm(forms.ModelForm):  # type: ignore[type-arg]  # same
    """What was said, in both languages."""

    class Meta:
        model = Roundtable
        fields = ("minutes_ko", "minutes_en")
        labels = {"minutes_ko": _("Minutes in Korean"), "minutes_en": _("Minutes in English")}
        widgets = {"minutes_ko": _area(14), "minutes_en": _area(14)}


class TaskForm(forms.ModelForm):  # type: ignore[type-arg]  # same
    """What somebody is to do, until when."""

    address = forms.EmailField(
        label=_("Who does it (address of the account)"),
        max_length=254,
        help_text=_("A guru, a guest or an officer of the secretariat."),
    )

    class Meta:
        model = RoundtableTask
        fields = ("what_ko", "what_en", "due_on")
        labels = {
            "what_ko": _("What is to be done, in Korean"),
            "what_en": _("What is to be done, in English"),
            "due_on": _("Until"),
        }
        widgets = {"due_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=_("Reason"), max_length=2000, widget=_area(3), help_text=_("Everybody who is invited reads it.")
    )


MOVE_FORMS: Final[Mapping[str, type[forms.Form]]] = {"cancel": ReasonForm}
