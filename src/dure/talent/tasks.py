"""Background entry points of talent."""

from uuid import UUID

from procrastinate.contrib.django import app

from dure.talent.models import PlacementRound


@app.task
def solve_round(uid: str) -> None:
    """Solve a closed round whose secrets are all revealed. Harmless when run twice."""
    from dure.talent.rounds import solving  # noqa: PLC0415 - numpy is for whoever solves, not for each web process

    found = PlacementRound.objects.filter(uid=uid).first()
    if found is not None:
        solving.solve(found)


@app.task
def rerun_round(uid: str) -> None:
    """Run a round again with a correction. Harmless when run twice."""
    from dure.talent.rounds import rerunning  # noqa: PLC0415 - numpy is for whoever solves, not for each web process

    rerunning.run(UUID(uid))


@app.task
def make_audit_report(kind: str, uid: str, by: int | None) -> None:
    """Audit what was decided. Harmless when run twice."""
    from dure.talent.audits import asking  # noqa: PLC0415 - numpy is for whoever computes, not for each web process

    asking.run(kind, UUID(uid), by)
