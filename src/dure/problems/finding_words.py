"""What the leak checks found, in the host's language, with what to do about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from dure.foundation.faults import Fault, sentence

ADVICE = {
    "duplicate_rows": _(
        "Take these rows out of the training part or of the test part, so that nobody can look the answers up."
    ),
    "rows_predict": _("Shuffle the test rows and the answers together, then hand both in again."),
    "ids_predict": _("Give the rows new ids that say nothing, such as random numbers."),
    "single_feature": _(
        "Ask whether this column is known when the prediction is needed. If not, take it out of both parts."
    ),
    "shift": _(
        "Look at the columns named below. If the test part is meant to come from elsewhere, say so on a story page."
    ),
    "shift_column": _("Check that this column was recorded in the same way in both parts."),
    "answers_reachable": _("Take this column out of the public files: it is the answer under another name."),
    "test_ids_labelled": _("Take these rows out of the training part: their answers stand there."),
    "test_ids_shared": _("Check whether these are really the same cases, and give them new ids if not."),
    "target_reached": _("Set a target that a simple method does not reach already."),
    "not_a_table": _("Look into it yourself; the checks read CSV, Parquet and JSON lines."),
    "test_without_ids": _("Add the id columns to the test inputs, so that rows and answers can be compared."),
    "check_failed": _("Run the checks again. If it fails again, tell the operator."),
}
FAILED = "check_failed"
ORDER = {"stop": 0, "warn": 1, "ok": 2}


@dataclass(frozen=True, slots=True)
class Told:
    """One finding ready to be read. `tag` colours its badge."""

    code: str
    severity: str
    words: str
    column: str
    advice: str

    @property
    def tag(self) -> str:
        if self.was_skipped:
            return ""
        return {"stop": "bad", "warn": "waiting", "ok": "open"}[self.severity]

    @property
    def was_skipped(self) -> bool:
        """Whether the check had nothing to look at, which is no clearance."""
        return self.code.endswith("_skipped")


def tell(finding: Mapping[str, Any]) -> Told:
    """A stored finding in words."""
    code = finding["code"]
    words = sentence(Fault(code, finding["params"]))
    advice = str(ADVICE.get(code, "")) if finding["severity"] != "ok" else ""
    return Told(code, finding["severity"], words, finding["column"] or "", advice)


def tell_all(findings: list[dict[str, Any]]) -> list[Told]:
    """All findings, what stops first."""
    return sorted((tell(finding) for finding in findings), key=lambda told: ORDER[told.severity])
