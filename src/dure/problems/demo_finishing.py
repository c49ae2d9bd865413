"""A challenge of the demo that is over: opened, handed in to, scored, judged and declared, all of it or nothing.

Its scores are computed here, by what scores everybody's files: nobody waits for a scorer, and the result is there at once.
"""

from uuid import UUID

from django.db import transaction

from dure.foundation import leases, workflow
from dure.foundation.access import SYSTEM
from dure.problems.actions import winners
from dure.problems.demo.catalogue import DemoProblem, DemoWinner
from dure.problems.demo_loading import DemoLoader, days_ago
from dure.problems.models import Award, Challenge, Evaluation
from dure.problems.scoring import BOARD, EVALUATION, boards, work

JUDGE = "demo"
ASKED, HANDED_IN, DECLARED = 1, 6, 9
"""Days after the close."""


@transaction.atomic
def play(loader: DemoLoader, content: DemoProblem) -> None:
    """From the opening to the declared result, once. Whatever part of it is killed is undone by the database."""
    if content.winner is None or Challenge.objects.filter(slug=content.slug).exists():
        return
    challenge = loader.open_problem(content)
    with days_ago(content.opened_days_ago - 1):
        for entry in content.teams:
            loader.enter(entry, challenge)
    loader.hand_in_all(content, challenge, content.baselines + content.teams)
    closed = -content.closes_in_days
    with days_ago(closed):
        _score(challenge)
        challenge = workflow.perform(challenge, "close", by=SYSTEM)
        _compute_board(challenge)
    _declare(loader, content, content.winner, challenge)


def _declare(loader: DemoLoader, content: DemoProblem, winner: DemoWinner, challenge: Challenge) -> None:
    """By the host, as soon as the team that may win has handed its code in; another team has none, and then it stays closed."""
    host, closed = loader.people[content.host], -content.closes_in_days
    with days_ago(closed - ASKED):
        (award,) = winners.ask(by=host, challenge=challenge)
    if award.team.name != winner.team:
        return
    with days_ago(closed - HANDED_IN):
        _hand_in_code(award, winner)
    with days_ago(closed - DECLARED):
        winners.accept(by=host, award=Award.objects.get(pk=award.pk))
        _compute_board(challenge)
        challenge = workflow.perform(challenge, "finish", by=host)
        workflow.perform(challenge.problem, "solve", by=loader.people[content.owner])
    loader.say(f"{content.slug} is declared")


def _hand_in_code(award: Award, winner: DemoWinner) -> None:
    lead = award.team.members.select_related("person").get(is_lead=True).person
    with winner.path.open("rb") as stream:
        winners.add_file(by=lead, award=award, stream=stream, filename=winner.filename)
    winners.hand_in(by=lead, award=award, report=f"{winner.report.ko}\n\n{winner.report.en}")


def _score(challenge: Challenge) -> None:
    found: list[UUID] = list(
        Evaluation.objects.filter(submission__challenge=challenge).values_list("uid", flat=True)
    )
    work.score_batch(leases.claim_these(kind=EVALUATION, subjects=found, worker=JUDGE))


def _compute_board(challenge: Challenge) -> None:
    """What asked for it is answered here, so that no scorer computes it again."""
    for claimed in leases.claim_these(kind=BOARD, subjects=[challenge.uid], worker=JUDGE):
        boards.compute_claimed(claimed)
