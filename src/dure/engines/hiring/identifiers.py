"""Numbers and addresses by which a person can be reached or known, found in a text."""

import re
from calendar import monthrange
from collections.abc import Iterator
from typing import Final

from dure.engines.hiring.values import HiringWarning

_RESIDENT: Final = re.compile(r"(?<![\d-])(\d{6})( ?- ?| )?([1-8])(\d{6}|[*x]{6})(?![\d-])")
_PHONE: Final = re.compile(
    r"(?<![\da-z-])(?:(?:\+82[- .]?\(?0?\)?|0)1[016-9][- .]?\d{3,4}[- .]?\d{4}"
    r"|(?:\+82[- .]?\(?0?\)?|\(?0)(?:2|[3-6][1-5]|70|50\d)\)?[- .]\d{3,4}[- .]\d{4})(?![\da-z-])"
)
_MAIL: Final = re.compile(
    r"(?<![a-z0-9._%+-])[a-z0-9][a-z0-9._%+-]{0,63}@(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,}"
)
_ACCOUNT: Final = re.compile(
    r"(?:은행|(?:카카오|토스|케이)뱅크|농협|신한|수협|새마을금고|우체국|계좌(?: ?번호)?|\baccount(?: (?:no\.?|number))?)"
    r" ?:? ?(?P<digits>\d[\d -]{8,18}\d)(?!\d)"
)
_IBAN: Final = re.compile(r"(?<![a-z0-9])[a-z]{2}\d{2}(?: ?[a-z0-9]{4}){2,7}(?: ?[a-z0-9]{1,3})?(?![a-z0-9])")
_WEIGHTS: Final = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)


def identifiers(text: str) -> Iterator[HiringWarning]:
    """Resident registration numbers, telephone numbers, mail addresses and accounts in a folded text, in no order."""
    for match in _RESIDENT.finditer(text):
        if _is_resident_number(match):
            yield HiringWarning("resident_number", match.span(), "privacy", is_doubtful=False)
    for kind, pattern in (("phone", _PHONE), ("mail", _MAIL)):
        yield from (
            HiringWarning(kind, match.span(), "privacy", is_doubtful=True) for match in pattern.finditer(text)
        )
    for match in _ACCOUNT.finditer(text):
        if 10 <= sum(map(str.isdigit, match["digits"])) <= 16:
            yield HiringWarning("account", match.span("digits"), "privacy", is_doubtful=False)
    for match in _IBAN.finditer(text):
        if is_iban(match[0].replace(" ", "")):
            yield HiringWarning("account", match.span(), "privacy", is_doubtful=False)


def _is_resident_number(match: re.Match[str]) -> bool:
    """A day of birth, and then either the usual hyphen or the check digit: numbers given since October 2020 have none."""
    birth, gap, sex, rest = match.groups()
    return _is_day(birth, sex) and (bool(gap) or _check_digit_fits(birth + sex + rest))


def _is_day(birth: str, sex: str) -> bool:
    year = int(birth[:2]) + (1900 if sex in "1256" else 2000)
    month, day = int(birth[2:4]), int(birth[4:])
    return 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def _check_digit_fits(digits: str) -> bool:
    """Whether the 13th digit is 11 - (sum of digit x weight mod 11), mod 10."""
    if not digits.isdecimal():
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False))
    return int(digits[-1]) == (11 - total % 11) % 10


def is_iban(text: str) -> bool:
    """Whether a text in small letters passes the check of ISO 13616: moved and read as base 36 it leaves 1 when divided by 97."""
    moved = text[4:] + text[:4]
    return 15 <= len(text) <= 34 and int("".join(str(int(letter, 36)) for letter in moved)) % 97 == 1
