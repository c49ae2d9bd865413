"""Intakes of the demo with their hosts: each an opening that took applications or rankings once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from dure.foundation import workflow
from dure.talent.demo.cast import Cast, verify
from dure.talent.demo.content import day, on_day, read
from dure.talent.intakes import making
from dure.talent.models import Intake, IntakeHost, Opening
from dure.talent.openings import demo as openings

USUAL: Final[Mapping[str, Any]] = {
    "seats": 2,
    "regions": [],
    "remote": "no",
    "languages": {},
    "weekly_hours": 40,
    "steps": [{"ko": "서류 검토", "en": "Review of the application"}, {"ko": "면접", "en": "Interview"}],
    "nice": {},
}


@dataclass(frozen=True, slots=True)
class Run:
    """An intake of the demo with its hosts by their keys."""

    intake: Intake
    hosts: Mapping[str, IntakeHost]


def is_there(name: str) -> bool:
    return Intake.objects.filter(title_ko=read("intakes")[name]["title"]["ko"]).exists()


def put(name: str, cast: Cast, *, made: int, opens_for: int, seats: int = 2) -> Run:
    """Make the intake and its hosts' openings so many days from now (before it, where `made` is negative), and open the call."""
    said = read("intakes")[name]
    with on_day(made):
        intake = making.create(by=cast.desk, organisation=cast.runner, given=_given(said, since=made))
        hosts = {}
        for entry in read("openings")[name]:
            times = {
                "starts_in": entry.get("from", said["from"]) - made,
                "ends_in": entry.get("to", said["to"]) - made,
            }
            given = {**USUAL, "kind": said["kind"], "seats": seats, "opens_for": opens_for, **entry, **times}
            hosts[entry["key"]] = making.add_host(
                intake, by=cast.desk, opening=_opening(given, cast), **_group(entry)
            )
        return Run(workflow.perform(intake, "call", by=cast.desk), hosts)


def _opening(given: Mapping[str, Any], cast: Cast) -> Opening:
    home = cast.homes[given["organisation"]]
    verify(home, by=cast.desk)
    return openings.put(given, by=cast.desk, home=home)


def _group(entry: Mapping[str, Any]) -> dict[str, str]:
    group = entry.get("group", {})
    return {"group_ko": group.get("ko", ""), "group_en": group.get("en", "")}


def _given(said: Mapping[str, Any], *, since: int) -> dict[str, Any]:
    words = {
        f"{name}_{code}": said.get(name, {}).get(code, "")
        for name in ("title", "about", "eligibility", "documents")
        for code in ("ko", "en")
    }
    times = {"starts_on": day(said["from"] - since), "ends_on": day(said["to"] - since)}
    plain = {"kind": said["kind"], "term": said["term"], "is_abroad": said.get("is_abroad", False)}
    return {**words, **times, **plain, "programme": None}


def close(run: Run, cast: Cast, *, on: int) -> None:
    """Nobody applies any more, and the call is closed."""
    with on_day(on):
        for host in run.hosts.values():
            workflow.perform(host.opening, "close", by=cast.desk)
        workflow.perform(run.intake, "select", by=cast.desk)


def begin(run: Run, cast: Cast, *, on: int) -> None:
    with on_day(on):
        workflow.perform(Intake.objects.get(pk=run.intake.pk), "begin", by=cast.desk)


def finish(run: Run, cast: Cast, *, on: int) -> None:
    with on_day(on):
        workflow.perform(Intake.objects.get(pk=run.intake.pk), "finish", by=cast.desk)


def entries(name: str) -> dict[str, Any]:
    """The hosts of an intake as the content has them, by key."""
    return {entry["key"]: entry for entry in read("openings")[name]}
