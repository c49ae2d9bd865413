"""The ids that predictions must have: for the limited child that reads them."""

from typing import Any

from dure.foundation import files
from dure.problems.models import AnswerVersion


def rows_asked_for(answers: AnswerVersion) -> dict[str, Any]:
    """The answers whose ids a file must have, and those whose ids it may have, where rows were taken out since: as paths."""
    asked = {"answers": str(files.local_path(answers.blob_id))}
    if answers.dropped and answers.begun_with is not None:
        asked["begun_with"] = str(files.local_path(answers.begun_with.blob_id))
    return asked
