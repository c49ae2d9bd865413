"""Background entry points of problems."""

from procrastinate.contrib.django import app


@app.task
def advance_code(job: str) -> None:
    """Take over what came of a job that ran a team's code."""
    from dure.problems.code import following  # noqa: PLC0415 - reading predictions loads polars, which web processes never need

    following.advance(job)


@app.task
def advance_program(job: str) -> None:
    """Take over what came of a job that ran a host's scoring program."""
    from dure.problems.programs import following  # noqa: PLC0415 - same

    following.advance(job)


@app.task
def advance_site(task: str) -> None:
    """Take over what a site answered."""
    from dure.problems.sites import following  # noqa: PLC0415 - same

    following.advance(task)
