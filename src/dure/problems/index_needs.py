"""What of a need can be found by search: never its contact, its cost, or what was written in triage."""

from typing import Any

from dure.foundation import search

KIND = "problem"
SEARCHED = ("summary", "hurts", "data", "worth")


def index_problem(problem: Any) -> None:
    """Write the need anew into the index; who may find it is asked when somebody searches."""
    words = [getattr(problem, f"{name}_{language}") for name in SEARCHED for language in ("ko", "en")]
    if problem.organisation:
        words += [problem.organisation.name_ko, problem.organisation.name_en]
    search.put(
        kind=KIND,
        uid=problem.uid,
        title_ko=problem.title_ko or problem.title_en,
        title_en=problem.title_en or problem.title_ko,
        url=f"/problems/{problem.uid}",
        body="\n".join(word for word in words if word),
    )
