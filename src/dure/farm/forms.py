"""The form by which a person asks for a job. Every fault stands at its field, all at once; what was written stays."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from dure.engines.environment import standard
from dure.engines.faults import Fault
from dure.farm import parsing
from dure.farm.actions import by_hand
from dure.farm.asking import NO_PACKAGES, Asking, Given, Offer
from dure.foundation import faults
from dure.people import api as people

FIELD_OF: Final = {"memory_mib": "memory", "wall_seconds": "minutes", "files": None}
"""Where a fault is shown whose place is no field of the form; None: above them all."""
MIB_IN_A_GIB: Final = 1024


class JobForm(forms.Form):
    """What runs, how much of the machines it may use, and on whose account. `asking` holds it once the form is valid."""

    name = forms.CharField(
        label=_("Name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("So that you know it again. Representatives of your organisation read it, too."),
    )
    command = forms.CharField(
        label=_("Command"),
        max_length=20_000,
        widget=forms.TextInput(attrs={"spellcheck": "false", "autocapitalize": "off", "autocomplete": "off"}),
        help_text=_("A program and its words, for example: python train.py --epochs 3. No shell reads it."),
    )
    packages = forms.ChoiceField(label=_("Python packages"), required=False, initial=standard().name)
    cores = forms.IntegerField(label=_("Processor cores"), initial=1)
    memory = forms.FloatField(label=_("Memory (GiB)"), initial=1)
    minutes = forms.FloatField(
        label=_("Time (minutes)"),
        initial=60,
        help_text=_("It is stopped after this. An honest limit starts sooner."),
    )
    job_class = forms.ChoiceField(
        label=_("Class"),
        choices=[
            ("normal", _("Normal: once it is started, it runs to its end")),
            (
                "scavenger",
                _("Scavenger: runs on what nobody needs, costs others nothing, may be stopped and put back"),
            ),
        ],
        initial="normal",
        widget=forms.RadioSelect,
    )
    project = forms.CharField(
        label=_("Project"),
        required=False,
        max_length=80,
        help_text=_("The word under which hours were granted. Empty: those of the whole organisation."),
    )
    count = forms.IntegerField(
        label=_("How many times (array)"),
        initial=1,
        help_text=_(
            "Each one finds its own number, from 0 on, in DURE_ARRAY_INDEX, and how many there are in DURE_ARRAY_COUNT."
        ),
    )
    environment = forms.CharField(
        label=_("Variables"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false", "placeholder": "EPOCHS=3"}),
        help_text=_("One a line, NAME=value. They are kept as they are: put no password here."),
    )

    def __init__(self, person: Any, data: Any = None, *, given: Sequence[Given] = (), **more: Any) -> None:
        super().__init__(data, **more)
        self._given, self._offers = given, by_hand.offers()
        self.asking: Asking | None = None
        self.fields["packages"].choices = _packages()  # type: ignore[attr-defined]  # a ChoiceField, as declared above
        self._add_account(person)
        self._add_accelerators()

    def _add_account(self, person: Any) -> None:
        """One organisation is taken without a question."""
        mine = list(people.own_organisations(person))
        only = mine[0] if len(mine) == 1 else None
        self.fields["organisation"] = forms.ModelChoiceField(
            queryset=people.own_organisations(person),
            label=_("On the account of"),
            initial=only,
            widget=forms.HiddenInput() if only else forms.Select(),
        )
        self.account = only

    def _add_accelerators(self) -> None:
        """A field for each type of accelerator that a machine has."""
        self._types = {f"accelerator_{at}": kind for at, kind in enumerate(_types(self._offers))}
        for name, kind in self._types.items():
            self.fields[name] = forms.IntegerField(label=kind, min_value=0, initial=0, required=False)

    @property
    def accelerators(self) -> list[forms.BoundField]:
        return [self[name] for name in self._types]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            command, unread = parsing.words_of(cleaned["command"])
            self.asking = self._asked(cleaned, command)
            self._add_faults(by_hand.check_ask(asking=self.asking, given=self._given, unread=unread))
        return cleaned

    def _asked(self, cleaned: dict[str, Any], command: tuple[str, ...]) -> Asking:
        chosen = {kind: cleaned[name] for name, kind in self._types.items() if cleaned[name]}
        return Asking(
            name=cleaned["name"],
            command=command,
            scavenger=cleaned["job_class"] == "scavenger",
            cores=cleaned["cores"],
            memory_mib=_bounded(cleaned["memory"] * MIB_IN_A_GIB),
            wall_seconds=_bounded(cleaned["minutes"] * 60),
            accelerators=chosen,
            environment=parsing.environment_of(cleaned["environment"].splitlines()),
            packages=cleaned["packages"],
            count=cleaned["count"],
            project=cleaned["project"],
        )

    def _add_faults(self, found: Sequence[Fault]) -> None:
        for fault in found:
            place = FIELD_OF.get(fault.place or "", fault.place)
            self.add_error(place if place in self.fields else None, faults.sentence(fault))


def _packages() -> list[tuple[str, Any]]:
    names = ", ".join(name for name, _version in standard().packages if name in WELL_KNOWN)
    return [
        (standard().name, _("The standard set: %(names)s") % {"names": names}),
        (NO_PACKAGES, _("None: Python's own library alone")),
    ]


WELL_KNOWN: Final = frozenset({"numpy", "pandas", "polars", "pyarrow", "scikit-learn", "scipy"})


def _types(offers: Sequence[Offer]) -> list[str]:
    return sorted({kind for offer in offers for kind in offer.amounts} - {"cores", "memory_mib"})


def _bounded(number: float) -> int:
    """A whole number of the model's range: what is beyond it is refused with its own sentence."""
    return round(max(0.0, min(number, 2.0**31 - 1)))
