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
    "challenge_skill_unknown": _("The catalogue has no skill %(value)s."),
    "challenge_too_many_skills": _("A challenge shows at most %(limit)s skills."),
    "challenge_skill_twice": _("A skill is named twice."),
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
    "program_unknown": _("Hand in a Python file (.py), a notebook (.ipynb), or a zip with one of them."),
    "program_without_start": _(
        "The archive has no predict.py, no metadata.yaml with a command, and not exactly one notebook at its top."
    ),
    "metadata_broken": _("This is no YAML that can be read."),
    "metadata_without_command": _("It names no command, such as: command: python3 main.py $input $output"),
    "program_without_metadata_file": _(
        "The archive has no metadata.yaml at its top, which names the command."
    ),
    "bundle_not_runnable": _(
        "The bundle has no scoring program with a command, no reference data, or no board."
    ),
    "archive_empty": _("The archive holds no file."),
    "score_without_name": _("Name the score that counts, as the program writes it."),
    "no_scoring_program": _("Add the scoring program first."),
    "split_at_sites": _("Sites divide by rows; choose that."),
    "sites_none": _("Add the code of a site's data set first: the columns are read from it."),
    "source_too_large": _(
        "A program may have at most %(limit)s; put larger things into other files of the zip."
    ),
    "source_not_utf8": _("The program is not UTF-8 text."),
    "source_syntax": _("Python cannot read the program: line %(line)s."),
    "notebook_broken": _("This notebook cannot be read; save it anew as .ipynb (format 4)."),
    "no_predict": _("The program defines no function predict(inputs, output)."),
    "more_than_the_farm": _("No machine of the farm has more than %(most)s."),
    "no_file": _("Choose a file first."),
    "upload_too_slow": _(
        "Reading the file took longer than %(seconds)s seconds; hand in a smaller or simpler one."
    ),
    "upload_too_large_to_read": _(
        "Reading the file needed more memory than an upload may have; hand in a smaller one."
    ),
}
IN_BYTES = frozenset(
    {"file_too_large", "source_too_large", "too_large", "unpacks_too_large", "cell_too_long"}
)
TABLES: tuple[Mapping[str, str], ...] = (scoring.FAULTS, scoring.FINDINGS, codabench.SENTENCES)


def register() -> None:
    """Make every code speak; called once when the app is ready."""
    for table in TABLES:
        register_sentences({code: _(sentence) for code, sentence in table.items()}, in_bytes=IN_BYTES)
    register_sentences(OWN)
