"""What waits for a person because of evidence: contested items for the secretariat, and requests to endorse."""

from typing import Any, Final

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from dure.foundation.waiting import Waiting
from dure.people import api as people
from dure.talent.models import Endorsement, Evidence
from dure.talent.profiles.visibility import contested_q


def _contested(person: Any) -> "QuerySet[Evidence]":
    return Evidence.objects.filter(contested_q(person))


def _asked(person: Any) -> "QuerySet[Endorsement]":
    return Endorsement.objects.filter(verifier_id=person.pk, state="asked")


def _skill(name: str) -> Subquery:
    return Subquery(people.Skill.objects.filter(slug=OuterRef("skill")).values(name)[:1])


CONTESTED: Final = Waiting(
    kind="evidence.contested",
    rows=_contested,
    title=_("Decide on contested evidence: “%(name)s”"),
    why=_("Its person says that it is wrong."),
    url="/talent/contested/%(ref)s",
    ref=F("uid"),
    title_ko=F("title_ko"),
    title_en=F("title_en"),
)
ASKED: Final = Waiting(
    kind="evidence.endorse",
    rows=_asked,
    title=_("Answer a request to endorse a skill: “%(name)s”"),
    why=_("Somebody names you as who has seen it."),
    url="/me/talent/endorsements/%(ref)s",
    ref=F("uid"),
    title_ko=_skill("name_ko"),
    title_en=_skill("name_en"),
)
