"""An award as the payload of a VC-JWT: Open Badges 3.0 (1EdTech, context 3.0.3) on W3C Verifiable Credentials 2.0."""

from datetime import UTC, datetime
from typing import Any, Final

from dure.engines.credentials.values import Achievement, Award, Evidence, Issuer, Place, Result, Skill

CONTEXTS: Final = (
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
)
TYPES: Final = ("VerifiableCredential", "OpenBadgeCredential")
IN_LINE, IN_PARAGRAPHS = " · ", "\n\n"


def payload(award: Award) -> dict[str, Any]:
    """The credential at the top level, with the registered claims beside it (Open Badges 3.0, section 8.2.4)."""
    said = {
        "@context": list(CONTEXTS),
        "id": award.url,
        "type": list(TYPES),
        "name": award.achievement.name.both(IN_LINE),
        "issuer": profile(award.issuer),
        "validFrom": moment(award.awarded_at),
        "credentialSubject": _subject(award),
        "credentialStatus": status_entry(award.place),
        "iss": award.issuer.url,
        "jti": award.url,
        "nbf": int(award.awarded_at.timestamp()),
        "sub": award.subject,
    }
    if award.expires_at is not None:
        said |= {"validUntil": moment(award.expires_at), "exp": int(award.expires_at.timestamp())}
    if award.evidence:
        said["evidence"] = [_evidence(one) for one in award.evidence]
    return said


def profile(issuer: Issuer) -> dict[str, Any]:
    """Who gives credentials, as the `Profile` of Open Badges 3.0."""
    return {"id": issuer.url, "type": ["Profile"], "name": issuer.name, "url": issuer.home}


def status_entry(place: Place) -> dict[str, Any]:
    """Where a credential's revocation would stand: an entry of W3C Bitstring Status List 1.0."""
    return {
        "id": f"{place.url}#{place.index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": str(place.index),
        "statusListCredential": place.url,
    }


def moment(at: datetime) -> str:
    """A time as credentials write it: UTC, to the second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _subject(award: Award) -> dict[str, Any]:
    said: dict[str, Any] = {
        "id": award.subject,
        "type": ["AchievementSubject"],
        "achievement": _achievement(award.achievement, award.results),
    }
    if holder := award.holder.both(IN_LINE):
        said["identifier"] = [
            {"type": "IdentityObject", "identityType": "name", "identityHash": holder, "hashed": False}
        ]
    if award.results:
        said["result"] = [_result(award.achievement, one) for one in award.results]
    return said


def _achievement(achievement: Achievement, results: tuple[Result, ...]) -> dict[str, Any]:
    said: dict[str, Any] = {
        "id": achievement.url,
        "type": ["Achievement"],
        "achievementType": achievement.kind,
        "name": achievement.name.both(IN_LINE),
        "description": achievement.description.both(IN_PARAGRAPHS),
        "criteria": {"narrative": achievement.criteria.both(IN_PARAGRAPHS)},
    }
    if achievement.creator is not None:
        said["creator"] = profile(achievement.creator)
    if achievement.skills:
        said["alignment"] = [_alignment(skill) for skill in achievement.skills]
    if results:
        said["resultDescription"] = [_result_description(achievement, one) for one in results]
    return said


def _alignment(skill: Skill) -> dict[str, Any]:
    optional = {"targetFramework": skill.framework, "targetCode": skill.code}
    given = {name: value for name, value in optional.items() if value}
    return {
        "type": ["Alignment"],
        "targetName": skill.name.both(IN_LINE),
        "targetUrl": skill.url,
        "targetType": "CFItem",
        **given,
    }


def _result_description(achievement: Achievement, result: Result) -> dict[str, Any]:
    required = {"requiredValue": result.required} if result.required else {}
    return {
        "id": _result_id(achievement, result),
        "type": ["ResultDescription"],
        "name": result.name.both(IN_LINE),
        "resultType": result.kind,
        **required,
    }


def _result(achievement: Achievement, result: Result) -> dict[str, Any]:
    return {
        "type": ["Result"],
        "resultDescription": _result_id(achievement, result),
        "value": result.value,
    }


def _result_id(achievement: Achievement, result: Result) -> str:
    return f"{achievement.url}#{result.key}"


def _evidence(evidence: Evidence) -> dict[str, Any]:
    return {"id": evidence.url, "type": ["Evidence"], "name": evidence.name.both(IN_LINE)}
