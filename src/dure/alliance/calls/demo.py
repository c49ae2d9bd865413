"""The demo's calls: one of the past year with reviews and a project, one that is open; played through our own actions, once.

The demo's people have belonged to their organisations since the day it was loaded, so all of it is played on that day; the dates of
the past call are put back afterwards.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from django.db import transaction
from django.db.models import F

from dure.alliance.calls import deciding, editing
from dure.alliance.models import Proposal, ProposalRevision, ResearchCall, Review
from dure.alliance.proposals import writing
from dure.alliance.reviews import assigning, pool, scoring
from dure.foundation import clock, workflow
from dure.foundation.access import SYSTEM, Role
from dure.people import api as people
from dure.problems import api as problems


@dataclass(frozen=True, slots=True)
class Cast:
    """Who plays: the secretariat's officer, people by the first part of their address, organisations by slug."""

    desk: people.Person
    known: Mapping[str, people.Person]
    homes: Mapping[str, people.Organisation]

    def speaker(self, slug: str) -> people.Person:
        speaking = people.Membership.objects.current().filter(
            organisation=self.homes[slug], role=people.Membership.Role.REPRESENTATIVE, person__is_demo=True
        )
        return speaking.select_related("person").order_by("pk")[0].person


@cache
def content() -> Any:
    """What stands in `demo.yaml`."""
    return yaml.safe_load(files(__package__).joinpath("demo.yaml").read_text(encoding="utf-8"))


@transaction.atomic
def load(_event: problems.DemoLoaded) -> None:
    """Put them into the demo, once: what is there already stays as people left it."""
    cast = _cast()
    if cast is None or ResearchCall.objects.filter(made_by=cast.desk).exists():
        return
    _past(cast)
    call = _opened(content()["open"], cast, clock.now() + timedelta(days=30))
    for said in content()["open"]["proposals"]:
        _proposed(call, said, cast)


def _cast() -> Cast | None:
    """None where the demo's own people are not."""
    demo = people.Person.objects.filter(is_demo=True).order_by("pk")
    known = {str(one.email).partition("@")[0]: one for one in demo}
    desk = next((one for one in demo if Role.SECRETARIAT in one.roles), None)
    homes = {one.slug: one for one in people.Organisation.objects.all()}
    wanted = {*content()["reviewers"], *(said["lead"] for part in ("past", "open") for said in _all(part))}
    return Cast(desk, known, homes) if desk and wanted <= known.keys() else None


def _all(part: str) -> Any:
    return content()[part]["proposals"]


def _opened(said: Mapping[str, Any], cast: Cast, closes_at: datetime) -> ResearchCall:
    words = {f"{name}_{code}": said[name][code] for name in ("title", "text") for code in ("ko", "en")}
    rules = {"tracks": said["tracks"], "ceiling": said["ceiling"], "reviews_each": 2, "reach": "public"}
    rules["least_score"] = said.get("least_score")
    made = editing.create(by=cast.desk, given={**words, **rules, "closes_at": closes_at})
    for item in content()["rubric"]:
        given = {
            "name_ko": item["ko"],
            "name_en": item["en"],
            "weight": item["weight"],
            "scale": item["scale"],
        }
        editing.add_criterion(made, by=cast.desk, given=given)
    return workflow.perform(made, "publish", by=cast.desk)


def _proposed(call: ResearchCall, said: Mapping[str, Any], cast: Cast) -> Proposal:
    """A draft; but for those that stay one, all partners confirm and it is submitted."""
    lead = cast.known[said["lead"]]
    words = {f"{name}_{code}": said[name][code] for name in ("title", "text") for code in ("ko", "en")}
    words |= {f"summary_{code}": said["text"][code] for code in ("ko", "en")}
    given = words | {"track": said["track"], "organisation": cast.homes[said["at"]]}
    made = writing.draft(call, by=lead, given=given)
    amounts = [
        {"budget": asks, "brings": brings} for asks, brings in zip(said["asks"], said["brings"], strict=True)
    ]
    writing.change_amounts(made, made.partners.order_by("pk")[0], by=lead, given=amounts[0])
    writing.add_partner(made, by=lead, given=amounts[1] | {"organisation": cast.homes[said["with"]]})
    if said.get("state") == "draft":
        return made
    for one in made.partners.filter(answer="").select_related("organisation").order_by("pk"):
        writing.answer(one, by=cast.speaker(one.organisation.slug), takes_part=True)
    return workflow.perform(made, "submit", by=lead)


def _past(cast: Cast) -> None:
    """Closed, reviewed, decided, announced; the best proposal is a project."""
    said, now = content()["past"], clock.now()
    midnight = clock.moment(clock.today())
    begin = max(now - timedelta(seconds=2), midnight)
    with clock.at(begin):
        call = _opened(said, cast, begin + (now - begin) / 2)
        for key in content()["reviewers"]:
            given = {"address": str(cast.known[key].email), "tracks": said["tracks"], "least": 0, "most": 6}
            pool.add(call, by=cast.desk, given=given)
        made = [_proposed(call, one, cast) for one in said["proposals"]]
    workflow.perform(call, "close", by=SYSTEM)
    for one in made:
        workflow.perform(one, "screen_pass", by=cast.desk)
    call = ResearchCall.objects.get(pk=call.pk)
    _reviewed(call, [one["marks"] for one in said["proposals"]], cast)
    _decided(call, made[0], cast)
    _put_back(call, timedelta(days=said["days_ago"]))


def _reviewed(call: ResearchCall, marks: list[list[list[int]]], cast: Cast) -> None:
    assigning.apply(call, by=cast.desk, token=assigning.preview(call).token)
    items = list(call.criteria.all())
    for at, proposal in enumerate(call.proposals.order_by("number")):
        rows = proposal.reviews.select_related("reviewer__person").order_by("reviewer_id")
        for review, given in zip(rows, marks[at], strict=True):
            by = review.reviewer.person
            workflow.perform(review, "accept", by=by, data={"no_conflict": True})
            said = [scoring.Said(item, mark, "") for item, mark in zip(items, given, strict=True)]
            words = {
                "comment": "데이터와 계획을 보았습니다. / I looked at data and plan.",
                "to_applicants": "시험 계획을 더 자세히 적으면 좋겠습니다. / Please say more about the trial.",
            }
            scoring.write(review, by=by, said=said, **words)
            workflow.perform(review, "submit", by=by)


def _decided(call: ResearchCall, best: Proposal, cast: Cast) -> None:
    workflow.perform(call, "start_decision", by=cast.desk)
    deciding.take_over(call, by=cast.desk, messages=content()["messages"])
    workflow.perform(call, "announce", by=cast.desk)
    workflow.perform(best, "award", by=cast.desk)


def _put_back(call: ResearchCall, by: timedelta) -> None:
    """As if all of it had happened so long ago."""
    names = ("published_at", "closes_at", "announced_at", "created_at", "state_since")
    ResearchCall.objects.filter(pk=call.pk).update(**{name: F(name) - by for name in names})
    of_proposal = ("submitted_at", "created_at", "state_since")
    call.proposals.update(**{name: F(name) - by for name in of_proposal})
    frozen = ProposalRevision.objects.filter(proposal__call=call)
    frozen.update(submitted_at=F("submitted_at") - by)
    for one in Review.objects.filter(reviewer__call=call):
        due, submitted = one.due_on - by, one.submitted_at and one.submitted_at - by
        Review.objects.filter(pk=one.pk).update(
            due_on=due, submitted_at=submitted, invited_at=one.invited_at - by
        )
