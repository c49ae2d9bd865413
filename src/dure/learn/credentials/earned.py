"""What was earned, as whoever awards it knows it: plain values. Kept as JSON, and turned into an award when it is signed."""

from dataclasses import asdict, dataclass
from typing import Any, Self

from dure.engines.credentials import Evidence, Issuer, Result, Skill, Text
from dure.learn.credentials import addresses


@dataclass(frozen=True, slots=True, kw_only=True)
class Earned:
    """An achievement with its results. Addresses may be paths of this installation (`/courses/…`).

    `badge` names it for ever and is what makes an award happen once, such as `course/industry-ai-101`; `page` is where it is
    described; `creator` is the name of the organisation that set it up, with the path of its page.
    """

    badge: str
    page: str
    name: Text
    description: Text
    criteria: Text
    creator: tuple[str, str] | None = None
    skills: tuple[Skill, ...] = ()
    results: tuple[Result, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The same as `of_json` reads; texts become pairs of Korean and English."""
        made = _plain(asdict(self))
        assert isinstance(made, dict)  # noqa: S101 - a dataclass is an object
        return made

    @classmethod
    def of_json(cls, kept: dict[str, Any]) -> Self:
        given = dict(kept)
        for name in ("name", "description", "criteria"):
            given[name] = Text(*given[name])
        given["creator"] = tuple(given["creator"]) if given["creator"] else None
        given["skills"] = tuple(Skill(**_named(one)) for one in given["skills"])
        given["results"] = tuple(Result(**_named(one)) for one in given["results"])
        given["evidence"] = tuple(Evidence(**_named(one)) for one in given["evidence"])
        return cls(**given)

    @property
    def creator_profile(self) -> Issuer | None:
        if self.creator is None:
            return None
        name, page = self.creator
        return Issuer(url=addresses.absolute(page), name=name, home=addresses.absolute(page))


def _named(kept: dict[str, Any]) -> dict[str, Any]:
    return {**kept, "name": Text(*kept["name"])}


def _plain(value: Any) -> Any:
    """JSON as it comes back from the database: lists for tuples, and a pair for each text."""
    if isinstance(value, dict):
        if set(value) == {"ko", "en"}:
            return [value["ko"], value["en"]]
        return {name: _plain(one) for name, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value
