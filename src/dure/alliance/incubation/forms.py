"""Forms of the incubation."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dure.alliance.agreements.payments import DIGITS
from dure.alliance.incubation import batches, pitching
from dure.alliance.models import (
    Commitment,
    Field,
    IncubationBatch,
    StartupCase,
    StartupCheckpoint,
    StartupProvision,
)
from dure.people import api as people

DONE: Final[Mapping[str, str | Promise]] = {
    "open": _("The call is out."),
    "extend": _("There is more time now."),
    "begin": _("The batch has begun."),
    "end": _("The batch is over."),
    "cancel": _("Called off. Its founders read why."),
    "select": _("Selected. Its founder was told."),
    "reject": _("Not taken. Its founder reads why."),
    "take_back": _("Taken back. Its founder reads why."),
    "withdraw": _("Withdrawn."),
    "admit": _("It has moved in. The checkpoints of its months stand there."),
    "demo": _("It presents at the demo day."),
    "graduate": _("It has graduated. Its people were told."),
    "exit": _("It has left. The reason stands there."),
    "log": _("The checkpoint is held. Its founder was told."),
}


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


USUAL: Final = """문제와 고객 | Problem and customers | 40
제품과 기술 | Product and technology | 30
팀 | Team | 30"""
"""A rubric to begin with, which shows how one is written."""


class BatchForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only in the stubs
    """A batch: its call, days, seats and rubric."""

    rubric = forms.CharField(
        label=_("On what pitches are judged"),
        widget=_area(5),
        max_length=4000,
        required=False,
        help_text=_(
            "In each line: the words in Korean, the words in English, the most points, with | between."
        ),
    )

    class Meta:
        model = IncubationBatch
        fields = tuple(name for name in batches.FIELDS if name != "rubric")
        labels = {
            "title_ko": _("Title in Korean"),
            "title_en": _("Title in English"),
            "call_ko": _("The call in Korean"),
            "call_en": _("The call in English"),
            "apply_until": _("Last day to apply"),
            "starts_on": _("First day"),
            "demo_on": _("Demo day"),
            "ends_on": _("Last day"),
            "seats": _("Most startups"),
        }
        widgets = {"call_ko": _area(6), "call_en": _area(6), **dict.fromkeys(batches.DAYS, _day())}

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.initial["rubric"] = pitching.as_text(self.instance.lines) if self.instance.pk else USUAL

    def _post_clean(self) -> None:
        """What is wrong is found by `batches`, all at once."""


class ApplicationForm(forms.ModelForm):  # type: ignore[type-arg]  # same
    """What a founder says of the startup; one language is enough."""

    country = forms.ChoiceField(label=_("Country"), choices=people.country_choices)
    fields_of = forms.MultipleChoiceField(
        label=_("Fields"), choices=Field.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    field_order = (
        "name_ko", "name_en", "line_ko", "line_en", "country", "fields_of", "stage", "site", "pitch", "wants",
    )  # fmt: skip

    class Meta:
        model = StartupCase
        fields = ("name_ko", "name_en", "line_ko", "line_en", "country", "stage", "site", "pitch", "wants")
        labels = {
            "name_ko": _("Name in Korean"),
            "name_en": _("Name in English"),
            "line_ko": _("What it does, in one Korean sentence"),
            "line_en": _("What it does, in one English sentence"),
            "stage": _("Stage"),
            "site": _("Web site"),
            "pitch": _("Pitch"),
            "wants": _("What it needs"),
        }
        help_texts = {
            "line_ko": _("Members read it once the startup is taken in."),
            "pitch": _("Whose problem you solve, how, with whom, and how far you are. The jury reads it."),
            "wants": _("Space, equipment, accelerator hours, mentors, introductions."),
        }
        widgets = {"pitch": _area(8), "wants": _area(3)}

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["pitch"].required = self.fields["stage"].required = False
        if self.instance.pk:
            self.initial["fields_of"] = self.instance.fields

    def _post_clean(self) -> None:
        """What is wrong is found by `applying`, all at once."""

    @property
    def said(self) -> dict[str, Any]:
        """The form's values as `applying` takes them."""
        values = dict(self.cleaned_data)
        return values | {"fields": values.pop("fields_of")}

    def add_error(self, field: str | None, error: Any) -> None:
        """What is wrong with the fields stands at the boxes."""
        super().add_error("fields_of" if field == "fields" else field, error)


class AddressForm(forms.Form):
    """Somebody who has an account."""

    address = forms.EmailField(
        label=_("Mail address"), help_text=_("The mail address of the person's account.")
    )


class ProvisionForm(forms.ModelForm):  # type: ignore[type-arg]  # same
    """What it gets, and under which commitment where there is one."""

    class Meta:
        model = StartupProvision
        fields = ("kind", "what", "commitment")
        labels = {"kind": _("Kind"), "what": _("What"), "commitment": _("Pledged as")}

    def __init__(self, *given: Any, person: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        field: Any = self.fields["commitment"]
        field.required = False
        rows = Commitment.objects.visible_to(person).filter(state__in=("confirmed", "delivering"))
        field.queryset = rows.select_related("donor").order_by("-ends_on", "pk")
        field.label_from_instance = lambda one: f"{one.donor.name}: {one.what or one.get_kind_display()}"


class PitchForm(forms.Form):
    """Points on each line of a rubric."""

    words = forms.CharField(
        label=_("Why"),
        max_length=2000,
        widget=_area(3),
        required=False,
        help_text=_("The secretariat and auditors read it; the founder does not."),
    )

    def __init__(self, *given: Any, lines: list[pitching.Line], **named: Any) -> None:
        super().__init__(*given, **named)
        self.names = [f"line{number}" for number in range(len(lines))]
        for name, line in zip(self.names, lines, strict=True):
            self.fields[name] = forms.IntegerField(
                label=line.words,
                min_value=0,
                max_value=line.most,
                help_text=_("0 to %(most)s points") % {"most": line.most},
            )
        self.order_fields([*self.names, "words"])

    @property
    def points(self) -> list[int]:
        return [self.cleaned_data[name] for name in self.names]


class FiguresForm(forms.ModelForm):  # type: ignore[type-arg]  # same
    """The startup's own figures of a month."""

    currency = forms.ChoiceField(label=_("Currency"), choices=[(code, code) for code in DIGITS])

    class Meta:
        model = StartupCheckpoint
        fields = ("revenue", "currency", "staff", "customers", "words")
        labels = {
            "revenue": _("Revenue of the month"),
            "staff": _("People who work there"),
            "customers": _("Customers"),
            "words": _("What went well, and what did not"),
        }
        help_texts = {"revenue": _("Leave empty what is not known; nothing is nought.")}
        widgets = {"words": _area(3)}

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        for name in ("revenue", "staff", "customers"):
            self.fields[name].required = False


class WhyForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=_("Reason"), max_length=2000, widget=_area(3), help_text=_("The founder reads it.")
    )


class UntilForm(forms.Form):
    """Until when."""

    until = forms.DateField(label=_("Until"), widget=_day())


class ExtendForm(WhyForm):
    """Until when, and why."""

    until = forms.DateField(label=_("New last day"), widget=_day())
    field_order = ("until", "reason")


class OutcomeForm(forms.Form):
    """With what it ends."""

    outcome = forms.ChoiceField(label=_("With what it ends"), choices=StartupCase.Outcome.choices)
    words = forms.CharField(label=_("What came of it"), max_length=2000, widget=_area(3))


class LogForm(forms.Form):
    """What a mentor saw."""

    log = forms.CharField(
        label=_("What you saw"),
        max_length=4000,
        widget=_area(4),
        help_text=_(
            "What was agreed, what stands in the way, what you do until next month. The founder reads it."
        ),
    )


BATCH_FORMS: Final[Mapping[str, type[forms.Form]]] = {"extend": UntilForm, "cancel": WhyForm}
CASE_FORMS: Final[Mapping[str, type[forms.Form]]] = {
    "reject": WhyForm,
    "take_back": WhyForm,
    "extend": ExtendForm,
    "graduate": OutcomeForm,
    "exit": WhyForm,
}
MONTH_FORMS: Final[Mapping[str, type[forms.Form]]] = {"log": LogForm}
