"""Talent's part of the main job: openings, evidence, openings that fit, a team that is put together; and nobody else reads it."""

from typing import Any

import httpx

from dure.cli.walk_steps import CHALLENGE, link_of, signed_in, wait_until
from dure.cli.walking import Context, StepError, expect
from dure.cli.words import either

FEWEST_OPENINGS = 6


def openings_are_there(client: httpx.Client, _context: Context) -> None:
    """Anybody finds openings and reads one; the demo brings them a moment after its problems."""

    def listed() -> bool:
        return len(_openings(client)) >= FEWEST_OPENINGS

    wait_until(listed, either("the demo's openings are not there", "시연의 자리가 열리지 않았습니다"))
    expect(client.get(f"/openings/{_openings(client)[0]['uid']}"))


def _openings(client: httpx.Client) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = expect(client.get("/api/v1/openings")).json()["items"]
    return found


def evidence_is_gathered(client: httpx.Client, context: Context) -> str:
    """A talent's skills have levels with the facts behind them, a challenge's result among these; a stranger finds nothing."""
    talent = context.facts["talent"] = signed_in(context, link_of("Talent"))

    def shown() -> bool:
        skills = _skills(talent)
        kinds = {fact["kind"] for one in skills for fact in one["facts"]}
        return "challenge" in kinds and any(one["level"] and one["facts"] for one in skills)

    wait_until(
        shown,
        either(
            "no skill shows a level, or no challenge is evidence",
            "역량에 수준이 없거나 챌린지 증거가 없습니다",
        ),
    )
    fact = _skills(talent)[0]["facts"][0]["uid"]
    expect(talent.get("/me/talent"))
    expect(context.facts["talents"][0].get(f"/api/v1/me/talent/evidence/{fact}"), 404)
    expect(client.get("/api/v1/me/talent"), 403)
    return either(f"{len(_skills(talent))} skills", f"역량 {len(_skills(talent))}개")


def _skills(talent: httpx.Client) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = expect(talent.get("/api/v1/me/talent")).json()["items"]
    return found


def openings_fit_with_reasons(_client: httpx.Client, context: Context) -> str:
    """Openings that fit their wishes, the best first, each with the reasons that its place follows from."""
    talent = context.facts["talent"]
    found = expect(talent.get("/api/v1/me/matches")).json()["items"]
    scores = [one["score"] for one in found]
    if not found or scores != sorted(scores, reverse=True) or not all(one["terms"] for one in found):
        raise StepError(
            either(f"{len(found)} openings with scores {scores}", f"자리 {len(found)}개, 점수 {scores}")
        )
    expect(talent.get("/me/matches"))
    expect(talent.get(f"/openings/{found[0]['opening']}"))
    return either(f"{len(found)} openings", f"자리 {len(found)}개")


def team_is_put_together(client: httpx.Client, context: Context) -> str:
    """The owner of a problem reads a team that is formed, with names, and one that waits, without; nobody else sees either."""
    owner = context.facts["owner"]
    needs = expect(owner.get("/api/v1/problems")).json()["items"]
    (uid,) = [one["uid"] for one in needs if one["challenge"] == CHALLENGE]
    chosen = expect(owner.get(f"/api/v1/problems/{uid}/team/chosen")).json()["items"]
    paths = {one["state"]: f"/api/v1/team-proposals/{one['uid']}" for one in chosen}
    formed, waits = (expect(owner.get(paths[state])).json() for state in ("formed", "proposed"))
    if not formed["members"] or waits["members"] or not waits["asked"]:
        raise StepError(
            either("names stand where they should not, or nowhere", "이름이 잘못된 자리에 있거나 없습니다")
        )
    expect(client.get(paths["formed"]), 403)
    expect(context.facts["talents"][0].get(paths["formed"]), 404)
    return either(f"{formed['size']} people", f"{formed['size']}명")
