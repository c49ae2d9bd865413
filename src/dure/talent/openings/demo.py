"""What members of the demo alliance offer: of each kind but a seat in a team, whose problem's people open it themselves."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from importlib.resources import files
from typing import Any, Final

import yaml
from django.db import transaction
from django.utils import timezone

from dure.foundation import clock, workflow
from dure.foundation.access import Role
from dure.people import api as people
from dure.problems import api as problems
from dure.talent.models import Opening
from dure.talent.openings import making, requirements, verifying
from dure.talent.openings.readiness import is_verified
from dure.talent.openings.requirements import Asked

PAPERS: Final = "사업자등록증 원본 확인 / business registration certificate, seen in the original"
NO_PAY: Final = {"pay_from": None, "pay_to": None, "pay_currency": "", "pay_per": ""}
AS_THEY_ARE: Final = ("seats", "regions", "remote", "languages", "steps")


@transaction.atomic
def load(_event: problems.DemoLoaded) -> None:
    """Put them into the demo, opened by its secretariat. Harmless when run twice: what is there stays as it is."""
    desk = people.Person.objects.filter(is_demo=True, roles__contains=[Role.SECRETARIAT]).first()
    homes = {one.slug: one for one in people.Organisation.objects.select_related("verified_for_openings")}
    for entry in _entries():
        home = homes.get(entry["organisation"])
        if desk is None or home is None:
            continue
        if not is_verified(home):
            home.verified_for_openings = verifying.verify(home, by=desk, papers=PAPERS)
        put(entry, by=desk, home=home)


def _entries() -> list[dict[str, Any]]:
    text = files(__package__).joinpath("demo.yaml").read_text(encoding="utf-8")
    entries: list[dict[str, Any]] = yaml.safe_load(text)
    return entries


def put(entry: Mapping[str, Any], *, by: people.Person, home: people.Organisation) -> Opening:
    """The opening of that title, made and opened where it is not there yet."""
    found = Opening.objects.filter(organisation=home, title_ko=entry["title"]["ko"]).first()
    if found is not None:
        return found
    made = making.create(by=by, organisation=home, kind=entry["kind"], given=_given(entry))
    requirements.replace(made, _asked(entry), by=by)
    return workflow.perform(made, "open", by=by)


def _evening(days: int) -> datetime:
    """The last minute of that day where the platform is."""
    there = datetime.combine(clock.today() + timedelta(days=days), time(23, 59))
    return timezone.make_aware(there, timezone.get_default_timezone())


def _day(days: int | None) -> date | None:
    return None if days is None else clock.today() + timedelta(days=days)


def _given(entry: Mapping[str, Any]) -> dict[str, Any]:
    words = {f"{name}_{code}": entry[name][code] for name in ("title", "text") for code in ("ko", "en")}
    help_ = {"accessibility_ko": "", "accessibility_en": ""}
    plain = {name: entry[name] for name in AS_THEY_ARE}
    times = {
        "starts_on": _day(entry.get("starts_in")),
        "ends_on": _day(entry.get("ends_in")),
        "weekly_hours": entry.get("weekly_hours"),
        "deadline": _evening(entry["opens_for"]),
    }
    return {**words, **help_, **plain, **times, **NO_PAY, **entry.get("pay", {}), "problem": None}


def _asked(entry: Mapping[str, Any]) -> list[Asked]:
    return [
        Asked(skill, level, is_must)
        for name, is_must in (("must", True), ("nice", False))
        for skill, level in entry[name].items()
    ]
