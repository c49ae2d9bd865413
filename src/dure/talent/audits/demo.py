"""What the demo's students answered about themselves, before their round was decided: so its report has groups to compare."""

from dure.problems import api as problems
from dure.talent.audits import answering
from dure.talent.demo.cast import assemble


def load(_event: problems.DemoLoaded) -> None:
    """Answers of those who have none yet; some leave one out."""
    cast = assemble()
    for at, person in enumerate(cast.students if cast else ()):
        if not answering.answers_of(person):
            answering.answer(person, _about(at))


def _about(at: int) -> dict[str, str]:
    return {
        "sex": "female" if at % 2 else "male",
        "age_band": ("to_24", "25_29", "25_29", "30_39")[at % 4],
        "disability": "no" if at % 7 else "",
        "study_region": "elsewhere" if at % 3 else "capital",
    }
