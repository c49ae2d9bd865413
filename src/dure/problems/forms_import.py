"""The choices of an import, offered from what the bundle holds."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dure.engines.scoring.metrics import METRICS
from dure.foundation.access import Role, has_role
from dure.people import api as people
from dure.problems import bundle_parts as parts
from dure.problems import bundle_programs
from dure.problems.codabench import Bundle, Entry
from dure.problems.metric_words import metric_name
from dure.problems.models import Problem
from dure.problems.programs import PROGRAM

# Secret data cannot go into a challenge.
SENSITIVITIES = [choice for choice in Problem.Sensitivity.choices if choice[0] != Problem.Sensitivity.SECRET]


class ImportForm(forms.Form):
    """What the bundle cannot say itself."""

    organisation = forms.ModelChoiceField(
        people.Organisation.objects.none(), label=_("Organisation that owns the need")
    )
    slug = forms.CharField(
        label=_("Address of the challenge"), max_length=60, help_text=_("Small letters, digits and hyphens.")
    )
    original = forms.ChoiceField(
        label=_("Language of the bundle"), choices=[("ko", "한국어"), ("en", "English")]
    )
    sensitivity = forms.ChoiceField(
        label=_("How sensitive are the data?"), choices=SENSITIVITIES, initial="internal"
    )
    licence = forms.CharField(label=_("Licence of the data"), max_length=120, required=False)
    metric = forms.ChoiceField(
        label=_("How it is scored"),
        required=False,
        help_text=_(
            "The bundle's own program scores as it is; a built-in metric gives intervals beside the scores."
        ),
    )
    answers = forms.ChoiceField(label=_("File with the hidden answers"), required=False)
    sample = forms.ChoiceField(label=_("Sample of what is handed in"), required=False)

    def __init__(self, *args: Any, person: Any, bundle: Bundle, **kwargs: Any) -> None:
        guess = {"slug": parts.slug_for(bundle.title), "original": "en", "metric": parts.metric_for(bundle)}
        super().__init__(*args, **kwargs)
        self.initial.update(guess)
        later = [("", _("Later, while preparing"))]
        own = [(PROGRAM, _("By the bundle's own program"))] if bundle_programs.is_runnable(bundle) else []
        self._field("metric").choices = later + own + [(key, metric_name(key)) for key in METRICS]
        self._field("answers").choices = later + _members(parts.answer_files(bundle))
        self._field("sample").choices = later + _members(parts.sample_files(bundle))
        mine = people.Organisation.objects.all()
        if not has_role(person, Role.SECRETARIAT):
            mine = mine.filter(pk__in=people.organisations_of(person))
        self._field("organisation").queryset = mine

    def _field(self, name: str) -> Any:
        return self.fields[name]

    def clean(self) -> dict[str, Any]:
        """A metric needs the answers and a sample to find its columns in."""
        data = super().clean() or {}
        if data.get("metric") not in {"", None, PROGRAM} and not (data.get("answers") and data.get("sample")):
            self.add_error("metric", _("Choose the answers and a sample too, or leave the metric for later."))
        return data

    def wish(self) -> parts.Wish:
        return parts.Wish(**self.cleaned_data)


def _members(entries: list[Entry]) -> list[tuple[str, str]]:
    return [(entry.member, f"{entry.member} ({entry.size:,} B)") for entry in entries]
