"""Ethics in the scene in which every transition is walked: an assessment that was asked for, and an incident."""

from typing import Any

from dure.alliance.models import EthicsAssessment, EthicsIncident
from dure.foundation import clock
from tests.factories import ethics, problems

ANSWERING = {"owner", "representative", "curator", "secretariat"}
BOARD = {"unrelated"}
"""In the chair here."""

EXPECTED: dict[str, set[str]] = {
    "ethics_assessment.submit": ANSWERING,
    "ethics_assessment.return": BOARD,
    "ethics_assessment.approve": BOARD,
    "ethics_assessment.refuse": BOARD,
    "ethics_assessment.revisit": BOARD,
    "ethics_assessment.revise": ANSWERING,
    "ethics_assessment.withdraw": ANSWERING,
    "ethics_incident.examine": BOARD | {"secretariat"},
    "ethics_incident.close": BOARD | {"secretariat"},
    "ethics_incident.reopen": BOARD | {"secretariat"},
}


def parts(found: dict[str, Any], problem: Any) -> dict[str, Any]:
    other = problems.accepted_need(
        owner=problem.owner, curator=problem.curator, organisation=problem.organisation
    )
    ethics.seat(found["unrelated"], is_chair=True)
    of = {"kind": "problem", "subject": other.uid, "organisation": problem.organisation}
    assessment = EthicsAssessment.objects.create(**of, is_demanded=True)
    incident = EthicsIncident.objects.create(**of, severity="near", what="w", happened_on=clock.today())
    return {"ethics_assessment": assessment, "ethics_incident": incident}
