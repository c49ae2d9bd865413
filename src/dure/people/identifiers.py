"""Numbers that name an organisation, and the arithmetic that catches a slip of the finger. Pure functions."""

import re

BUSINESS_WEIGHTS = (1, 3, 7, 1, 3, 7, 1, 3, 5)
ROR_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
ROR_SHAPE = re.compile(rf"0[{ROR_ALPHABET}]{{6}}[0-9]{{2}}")
ROR_ADDRESS = re.compile(r"^(https?://)?(www\.)?ror\.org/", re.IGNORECASE)


def bare_business_number(text: str) -> str:
    """The number without the separators people write: `220-81-62517` becomes `2208162517`."""
    return re.sub(r"[\s\-–—.]", "", text)


def is_business_number(number: str) -> bool:
    """Whether ten digits are a possible Korean business registration number.

    The National Tax Service weighs the first nine digits with 1, 3, 7, 1, 3, 7, 1, 3, 5, adds the tens of five times the ninth,
    and makes the tenth digit fill the sum up to a multiple of ten. Ten zeros pass the sum and are nobody's number.
    """
    if not re.fullmatch(r"[0-9]{10}", number) or int(number) == 0:
        return False
    digits = [int(character) for character in number]
    total = sum(weight * digit for weight, digit in zip(BUSINESS_WEIGHTS, digits, strict=False))
    total += digits[8] * 5 // 10
    return (10 - total % 10) % 10 == digits[9]


def bare_ror_id(text: str) -> str:
    """The nine characters of a ROR id, from the id or its address: `https://ror.org/05apxxy63` becomes `05apxxy63`."""
    return ROR_ADDRESS.sub("", text.strip()).strip("/ ").lower()


def is_ror_id(identifier: str) -> bool:
    """Whether nine characters are a possible ROR id: a number in Crockford's base 32, then its ISO 7064 mod 97-10 check digits.

    Source: the Research Organization Registry's description of its identifiers (leading 0, six characters, two digits).
    """
    if not ROR_SHAPE.fullmatch(identifier):
        return False
    number = 0
    for character in identifier[:7]:
        number = number * 32 + ROR_ALPHABET.index(character)
    return 98 - number * 100 % 97 == int(identifier[7:])
