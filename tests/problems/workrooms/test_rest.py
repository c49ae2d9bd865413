"""Workrooms over REST: both sides, and nobody else."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dure.foundation import clock
from dure.people.models import Membership
from dure.problems.models import Problem
from tests.factories.people import client_of, member, organisation, person
from tests.problems.workrooms.test_pages import team_need

pytestmark = pytest.mark.django_db
ROOT = "/api/v1"


def call(browser: Client, method: str, path: str, body: Any = None) -> tuple[int, Any]:
    answer = browser.generic(method, ROOT + path, json.dumps(body or {}), content_type="application/json")
    return answer.status_code, json.loads(answer.content) if answer.content else None


def test_plan_handover_defect_and_acceptance() -> None:
    problem, one = team_need(), person()
    assert problem.curator is not None
    curator, solver, owner = client_of(problem.curator), client_of(one), client_of(problem.owner)
    opening = {"solvers": [str(one.uid)]}
    assert call(owner, "POST", f"/problems/{problem.uid}/workrooms", opening)[0] == 403
    status, room = call(curator, "POST", f"/problems/{problem.uid}/workrooms", opening)
    assert status == 201
    path = f"/workrooms/{room['uid']}"
    due = (clock.today() + timedelta(days=9)).isoformat()
    assert call(solver, "POST", f"{path}/milestones", {"title": "a", "due_on": due})[0] == 201
    assert call(curator, "POST", f"{path}/milestones", {"title": "b", "due_on": due})[0] == 403
    assert call(solver, "POST", f"{path}/act", {"action": "propose_plan"})[1]["state"] == "proposed"
    assert call(solver, "POST", f"{path}/act", {"action": "agree_plan"})[0] == 403
    assert call(owner, "POST", f"{path}/act", {"action": "agree_plan"})[1]["state"] == "working"
    version = call(solver, "POST", f"{path}/deliverables")[1]
    there = f"/deliverables/{version['uid']}"
    words = {"title": "t", "what": "w", "run": "r", "environment": "e", "licence": "MIT"}
    assert call(owner, "PATCH", there, words)[0] == 403
    assert call(solver, "PATCH", there, words)[0] == 200
    assert solver.post(f"{ROOT}{there}/files", {"file": SimpleUploadedFile("m.py", b"1")}).status_code == 201
    assert call(solver, "POST", f"{there}/act", {"action": "hand_over"})[1]["state"] == "delivered"
    assert call(owner, "GET", there)[1]["manifest"]["files"][0]["name"] == "m.py"
    assert call(owner, "POST", f"{there}/act", {"action": "try", "ran": True})[0] == 403
    assert call(owner, "POST", f"{there}/act", {"action": "try", "ran": True, "words": "ok"})[0] == 200
    assert call(solver, "POST", f"{there}/defects", {"title": "d"})[0] == 403
    defect = call(owner, "POST", f"{there}/defects", {"title": "d"})[1]
    assert call(owner, "POST", f"{there}/act", {"action": "accept"})[1]["code"] == "blocking_defects"
    assert (
        call(solver, "POST", f"/defects/{defect['uid']}/act", {"action": "mend", "words": "done"})[0] == 200
    )
    assert call(owner, "POST", f"/defects/{defect['uid']}/act", {"action": "settle"})[0] == 200
    assert call(owner, "POST", f"{there}/act", {"action": "accept"})[1]["state"] == "accepted"
    assert call(solver, "GET", path)[1]["state"] == "accepted"
    assert Problem.objects.get().state == "delivered"


def test_for_others_nothing_is_there() -> None:
    problem, one = team_need(), person()
    assert problem.curator is not None
    room = call(
        client_of(problem.curator), "POST", f"/problems/{problem.uid}/workrooms", {"solvers": [str(one.uid)]}
    )[1]
    made = call(client_of(one), "POST", f"/workrooms/{room['uid']}/decisions", {"title": "weekly"})[1]
    rival = person()
    member(rival, organisation(), Membership.Role.REPRESENTATIVE)
    for browser in (Client(), client_of(rival)):
        path = f"/workrooms/{room['uid']}"
        assert call(browser, "GET", path)[0] == 404
        assert call(browser, "POST", f"{path}/act", {"action": "abandon", "reason": "x"})[0] == 404
        assert call(browser, "GET", f"{path}/messages")[0] == 404
        assert call(browser, "POST", f"/decisions/{made['uid']}/act", {"action": "agree"})[0] == 404
    assert call(client_of(rival), "GET", "/workrooms")[1]["count"] == 0
    assert call(client_of(one), "GET", "/workrooms")[1]["count"] == 1
    assert call(Client(), "GET", "/workrooms")[0] == 403
