"""Forms of hosts. Times are Korea time, and say so; a schema is read cell by cell so that every fault has its place."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from dure.engines.scoring.metrics import METRICS
from dure.foundation.forms import KoreaTimeField
from dure.people import api as people
from dure.problems.metric_words import metric_name
from dure.problems.models import Challenge, DatasetFile


class NewChallengeForm(forms.Form):
    """The address of a challenge."""

    slug = forms.SlugField(
        label=_("Address of the challenge"),
        max_length=60,
        help_text=_("Small letters, digits and hyphens, such as concrete-strength. It stays for good."),
    )


class FileForm(forms.Form):
    """What an added file is."""

    part = forms.ChoiceField(label=_("What it is"), choices=DatasetFile.Part.choices)


class LicenceForm(forms.Form):
    """Licence and attribution of the data."""

    licence = forms.CharField(
        label=_("Licence"),
        max_length=120,
        help_text=_("Such as CC BY 4.0, or the name of the terms you agreed on."),
    )
    attribution = forms.CharField(
        label=_("Whom to name"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class TakesForm(forms.Form):
    """What teams hand in, and what code may use."""

    takes = forms.ChoiceField(
        label=_("What teams hand in"), choices=Challenge.Takes.choices, widget=forms.RadioSelect
    )
    code_memory_mib = forms.IntegerField(label=_("Memory of a run, in MiB"))
    code_minutes = forms.IntegerField(label=_("Time of a run, in minutes"))
    code_cores = forms.IntegerField(label=_("Cores of a run"))
    trial_rows = forms.IntegerField(
        label=_("Rows of the trial"),
        help_text=_("Code meets so many hidden rows first, so that a mistake shows soon. 0 means: no trial."),
    )


class ProgramForm(forms.Form):
    """Which of a program's scores counts."""

    key = forms.CharField(
        label=_("Name of the score that counts"),
        max_length=100,
        help_text=_("As the program writes it into scores.json or scores.txt."),
    )
    direction = forms.ChoiceField(
        label=_("Which way is better"),
        choices=[("higher", _("higher is better")), ("lower", _("lower is better"))],
    )


class ReferenceForm(forms.Form):
    """What the public score is computed with."""

    public = forms.ChoiceField(
        label=_("Public score"),
        choices=[
            ("own", _("From reference data of its own, which I add here too")),
            ("shared", _("From the same data: scores shown decide, and can be learned from")),
            ("none", _("None before the close")),
        ],
        widget=forms.RadioSelect,
    )


class SplitForm(forms.Form):
    """Which rows are public."""

    mode = forms.ChoiceField(
        label=_("How rows are divided"), choices=Challenge.SplitMode.choices, widget=forms.RadioSelect
    )
    column = forms.ChoiceField(
        label=_("By which column"), required=False, help_text=_("For groups, time, or classes to keep even.")
    )
    share = forms.FloatField(
        label=_("Public share"),
        min_value=0.01,
        max_value=0.99,
        help_text=_("0.3 means: three in ten rows count for the public board, the others decide at the end."),
    )

    def __init__(self, *args: Any, columns: Sequence[str] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [("", _("the natural one")), *((name, name) for name in columns)]
        self.fields["column"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField


class PhaseForm(forms.Form):
    """One phase with its limits."""

    name_ko = forms.CharField(label=_("Name in Korean"), max_length=120, required=False)
    name_en = forms.CharField(label=_("Name in English"), max_length=120, required=False)
    starts_at = KoreaTimeField(label=_("Starts (Korea time)"))
    ends_at = KoreaTimeField(label=_("Ends (Korea time)"), required=False)
    per_day = forms.IntegerField(
        label=_("Files per team and day"), min_value=0, max_value=1000, help_text=_("0 means no limit.")
    )
    per_phase = forms.IntegerField(
        label=_("Files per team in the phase"),
        min_value=0,
        max_value=100000,
        help_text=_("0 means no limit."),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        starts, ends = given.get("starts_at"), given.get("ends_at")
        if starts and ends and ends <= starts:
            self.add_error("ends_at", _("A phase must end after it starts."))
        return given


PhaseFormSet = forms.formset_factory(
    PhaseForm, extra=0, can_delete=True, min_num=1, max_num=12, absolute_max=12
)


class LimitsForm(forms.Form):
    """What holds in every phase."""

    team_size = forms.IntegerField(label=_("People per team, at most"), min_value=1, max_value=100)
    teams_seal_at = KoreaTimeField(label=_("Teams are sealed at (Korea time)"), required=False)
    finals = forms.IntegerField(
        label=_("Final submissions a team may choose"),
        min_value=1,
        max_value=20,
        help_text=_("The best of them counts at the end."),
    )


class RulesForm(forms.Form):
    """Prize, tie rule and what is shown."""

    prize_ko = forms.CharField(label=_("Prize, in Korean"), max_length=300, required=False)
    prize_en = forms.CharField(label=_("Prize, in English"), max_length=300, required=False)
    places = forms.IntegerField(label=_("How many teams win"), min_value=1, max_value=100)
    tie_rule = forms.ChoiceField(
        label=_("When scores are equal"), choices=Challenge.TieRule.choices, widget=forms.RadioSelect
    )
    ladder = forms.BooleanField(
        label=_("Release public scores by the Ladder"),
        required=False,
        help_text=_(
            "A new score is shown only when it beats the team's last by more than chance, "
            "so that nobody can work the answers out of the scores."
        ),
    )
    ladder_reason = forms.CharField(
        label=_("Why not, if not"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Participants read this."),
    )
    skills = forms.MultipleChoiceField(
        label=_("Skills that a result shows"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=_(
            "At most six. When the result is declared, whoever is on the final board has it among their evidence of these skills. "
            "A place on a board shows level 2 at most."
        ),
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        field: Any = self.fields["skills"]
        field.choices = [(one.slug, one.name) for one in people.skills_to_choose()]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("ladder") and not given.get("ladder_reason", "").strip():
            self.add_error(
                "ladder_reason",
                _("Say why scores are not released by the Ladder; participants will read it."),
            )
        return given


class PageForm(forms.Form):
    """One story page in both languages."""

    title_ko = forms.CharField(label=_("Title in Korean"), max_length=120, required=False)
    title_en = forms.CharField(label=_("Title in English"), max_length=120, required=False)
    body_ko = forms.CharField(
        label=_("Text in Korean"),
        max_length=60000,
        required=False,
        widget=forms.Textarea,
        help_text="Markdown",
    )
    body_en = forms.CharField(
        label=_("Text in English"),
        max_length=60000,
        required=False,
        widget=forms.Textarea,
        help_text="Markdown",
    )


class BaselineForm(forms.Form):
    """A baseline's name."""

    name = forms.CharField(
        label=_("Name"), max_length=60, help_text=_("Say how it works, such as “mean of the last week”.")
    )


class ReasonForm(forms.Form):
    """A reason that people will read."""

    reason = forms.CharField(label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class AcceptForm(forms.Form):
    """Accepting a winner."""

    reproduced = forms.BooleanField(
        label=_("We ran the code ourselves and got the same score"),
        required=False,
        help_text=_("The board then marks the team as reproduced."),
    )


class ReportForm(forms.Form):
    """A winner's report."""

    report = forms.CharField(
        label=_("Report"),
        max_length=20000,
        widget=forms.Textarea,
        help_text=_("What you did, with which data, and how to run it and get the same score. Markdown."),
    )


class VersionForm(forms.Form):
    """Why a new version comes, in both languages."""

    note_ko = forms.CharField(label=_("Why, in Korean"), max_length=2000, required=False)
    note_en = forms.CharField(label=_("Why, in English"), max_length=2000, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not any(text.strip() for text in given.values()):
            raise forms.ValidationError(_("Say why; every team reads it."))
        return given


class ScoringVersionForm(VersionForm):
    """Another metric for what is handed in already."""

    metric = forms.ChoiceField(label=_("Metric"))

    def __init__(self, *args: Any, metrics: Sequence[str] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(key, metric_name(key)) for key in metrics]
        self.fields["metric"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField
        self.order_fields(["metric", "note_ko", "note_en"])


CELLS = ("role", "kind", "lowest", "highest", "categories", "nullable", "decimals")


def schema_of(post: QueryDict) -> dict[str, Any]:
    """The schema as it was typed in, for `schema.from_plain`, which finds every fault: cells keep what is no number."""
    group = post.get("group_column") or None
    return {
        "id_columns": _list_of(post.get("id_columns", "")),
        "columns": _columns(post, "columns"),
        # What names the rows that belong together is no answer itself.
        "truth": [column for column in _columns(post, "truth") if column["name"] != group],
        "group_column": group,
    }


def _columns(post: QueryDict, part: str) -> list[dict[str, Any]]:
    count = min(
        int(post.get(f"{part}-count", "0") or 0) if post.get(f"{part}-count", "").isdecimal() else 0, 500
    )
    return [_column(post, f"{part}-{at}-") for at in range(count)]


def _column(post: QueryDict, prefix: str) -> dict[str, Any]:
    cells = {name: post.get(prefix + name, "").strip() for name in CELLS}
    return {
        "name": post.get(prefix + "name", ""),
        "role": cells["role"],
        "kind": cells["kind"],
        "lowest": _number(cells["lowest"]),
        "highest": _number(cells["highest"]),
        "categories": _list_of(cells["categories"]) or None,
        "nullable": bool(cells["nullable"]),
        "decimals": int(cells["decimals"]) if cells["decimals"].isdecimal() else None,
    }


def _list_of(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _number(text: str) -> float | str | None:
    try:
        return float(text) if text else None
    except ValueError:
        return text


def parameters_of(post: Mapping[str, str], metric: str) -> dict[str, Any]:
    """A metric's parameters as they were typed in; an empty one keeps its default."""
    known = METRICS[metric].parameters if metric in METRICS else {}
    given = {name: post.get(f"{metric}.{name}", "").strip() for name in known}
    return {
        name: text if isinstance(known[name], str) else _number(text) for name, text in given.items() if text
    }
