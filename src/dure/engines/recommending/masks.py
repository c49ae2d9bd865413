"""The constraints as columns: the same rules as `constraints.refusals`, for one row against many at once."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

import numpy as np
from numpy.typing import NDArray

from dure.engines.recommending.bits import Alphabet, Bits, has_all, share_one
from dure.engines.recommending.values import EVERYONE, Opening, Seeker

Whole = NDArray[np.int64]
_REMOTE = ("remote",)  # no string, so that no region's code can be the same
_KIND = "kind of opening"  # no code of a language
_NEVER, _EVER = -(2**62), 2**62
LANGUAGE_LEVELS = range(1, 7)


@dataclass(frozen=True, slots=True)
class Encoding:
    """The alphabets by which both sides are written, made from one of them: what that one never names matches nothing.

    `demands` are kinds and languages, of which a person has to have all that an opening asks for.
    """

    demands: Alphabet
    places: Alphabet
    organisations: Alphabet

    @classmethod
    def of_openings(cls, openings: Sequence[Opening]) -> Self:
        return cls(
            Alphabet.of(demand for one in openings for demand in _demanded(one)),
            Alphabet.of(place for one in openings for place in _places(one)),
            Alphabet.of(one.organisation for one in openings),
        )

    @classmethod
    def of_seekers(cls, seekers: Sequence[Seeker]) -> Self:
        return cls(
            Alphabet.of(demand for one in seekers for demand in _met(one)),
            Alphabet.of(place for one in seekers for place in _places(one)),
            Alphabet.of(name for one in seekers for name in one.shown_to),
        )


@dataclass(frozen=True, slots=True)
class OpeningColumns:
    """What openings ask for. `closes` in microseconds since 1970; where no seat is left it closed long ago."""

    demands: Bits
    places: Bits
    organisations: Bits
    starts: Whole
    ends: Whole
    hours: Whole
    closes: Whole

    @classmethod
    def of(cls, openings: Sequence[Opening], encoding: Encoding) -> Self:
        return cls(
            demands=encoding.demands.asked([_demanded(one) for one in openings]),
            places=encoding.places.asked([_places(one) for one in openings]),
            organisations=encoding.organisations.asked([[one.organisation] for one in openings]),
            starts=_days([one.starts for one in openings], unsaid=_EVER),
            ends=_days([one.ends for one in openings], unsaid=_NEVER),
            hours=_whole([one.weekly_hours for one in openings], unsaid=_NEVER),
            closes=_whole(
                [microseconds(one.closes) if one.seats_left > 0 else None for one in openings], unsaid=_NEVER
            ),
        )


@dataclass(frozen=True, slots=True)
class SeekerColumns:
    """What people have and want; `starts`, `ends` and `hours` are the most that they have to give."""

    demands: Bits
    places: Bits
    organisations: Bits
    to_everyone: NDArray[np.bool_]
    starts: Whole
    ends: Whole
    hours: Whole

    @classmethod
    def of(cls, seekers: Sequence[Seeker], encoding: Encoding) -> Self:
        return cls(
            demands=encoding.demands.had([_met(one) for one in seekers]),
            places=encoding.places.had([_places(one) for one in seekers]),
            organisations=encoding.organisations.had([one.shown_to for one in seekers]),
            to_everyone=np.array([EVERYONE in one.shown_to for one in seekers], dtype=np.bool_),
            starts=_days([one.available_from for one in seekers], unsaid=_NEVER),
            ends=_days([one.available_until for one in seekers], unsaid=_EVER),
            hours=_whole([one.weekly_hours for one in seekers], unsaid=_EVER),
        )

    def row(self, at: int) -> Self:
        """One person as columns of length 1."""
        only = slice(at, at + 1)
        return type(self)(
            demands=self.demands[:, only],
            places=self.places[:, only],
            organisations=self.organisations[:, only],
            to_everyone=self.to_everyone[only],
            starts=self.starts[only],
            ends=self.ends[only],
            hours=self.hours[only],
        )


def fits(openings: OpeningColumns, seekers: SeekerColumns, now: datetime) -> NDArray[np.bool_]:
    """Whether nothing, an application made before aside, rules each pair out. One side has a single row, which meets all others."""
    fitting = has_all(openings.demands, seekers.demands)
    fitting &= share_one(openings.places, seekers.places)
    fitting &= openings.starts >= seekers.starts
    fitting &= openings.ends <= seekers.ends
    fitting &= openings.hours <= seekers.hours
    fitting &= openings.closes > microseconds(now)
    if not seekers.to_everyone.all():  # most people are: for them no organisation need be looked at
        fitting &= seekers.to_everyone | share_one(openings.organisations, seekers.organisations)
    return fitting


def microseconds(moment: datetime) -> int:
    """Microseconds since 1970, exact (a float of seconds would not be)."""
    since = moment - datetime.fromisoformat("1970-01-01T00:00:00+00:00")
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def _places(one: Opening | Seeker) -> Iterable[Hashable]:
    return [*one.regions, _REMOTE] if one.is_remote else one.regions


def _demanded(opening: Opening) -> list[Hashable]:
    return [(_KIND, opening.kind), *opening.languages.items()]


def _met(seeker: Seeker) -> list[Hashable]:
    """Each kind that the person looks for, and each language at every level up to theirs."""
    spoken = seeker.languages.items()
    levels = [(code, level) for code, reached in spoken for level in LANGUAGE_LEVELS if level <= reached]
    return [*((_KIND, kind) for kind in seeker.kinds), *levels]


def _days(dates: Iterable[date | None], *, unsaid: int) -> Whole:
    return _whole([None if day is None else day.toordinal() for day in dates], unsaid=unsaid)


def _whole(numbers: Iterable[int | None], *, unsaid: int) -> Whole:
    return np.array([unsaid if number is None else number for number in numbers], dtype=np.int64)
