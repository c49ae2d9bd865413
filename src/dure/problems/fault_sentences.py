"""The sentences of every fault that problems can meet, translated when they are said; `scripts/messages` collects the tables."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from dure.engines.scoring import fault_codes as scoring
from dure.foundation.faults import register_sentences
from dure.problems.codabench import fault_codes as codabench

OWN = {
    "member_unknown": _("The bundle offers no file %(member)s for this."),
    "answers_rows_dropped": _(
        "These answers lack %(count)s rows that count now; to be taken out were %(said)s. Look again what they change."
    ),
    "check_failed": _("The checks broke three times through our own fault."),
    "no_sample": _("Add a sample submission to the data first: the columns are read from it."),
    "no_answers": _("Add the hidden answers first."),
    "no_columns": _("Say what columns are handed in first."),
    "second_metric_unfit": _("The second metric %(metric)s cannot score the columns of the first."),
    "date_missing": _("Give the date and time as 2026-12-31 23:59."),
    "dates_in_wrong_order": _("A phase must end after it starts."),
    "number_bad": _("A whole number from %(lowest)s to %(highest)s is needed."),
    "attachment_too_large": _("A file may have at most %(limit)s MB."),
    "too_many_attachments": _("At most %(limit)s files can be added; take one out first."),
    "blank_too_long": _("Longer than %(limit)s characters."),
    "no_file": _("Choose a file first."),
    "upload_too_slow": _(
        "Reading the file took longer than %(seconds)s seconds; hand in a smaller or simpler one."
    ),
    "upload_too_large_to_read": _(
        "Reading the file needed more memory than an upload may have; hand in a smaller one."
    ),
}
IN_BYTES = frozenset({"file_too_large", "too_large", "unpacks_too_large", "cell_too_long"})
TABLES: tuple[Mapping[str, str], ...] = (scoring.FAULTS, scoring.FINDINGS, codabench.SENTENCES)


def register() -> None:
    """Make every code speak; called once when the app is ready."""
    for table in TABLES:
        register_sentences({code: _(sentence) for code, sentence in table.items()}, in_bytes=IN_BYTES)
    register_sentences(OWN)
