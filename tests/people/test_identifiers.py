"""Check digits: real numbers pass, a slip of the finger does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dure.people.countries import COUNTRIES, country_choices
from dure.people.identifiers import bare_business_number, bare_ror_id, is_business_number, is_ror_id

REAL_NUMBERS = ["2208162517", "1248100998", "1208147521", "1028142945"]
REAL_RORS = ["05apxxy63", "047dqcg40", "04h9pn542", "00njsd438", "03vek6s52"]


@pytest.mark.parametrize("number", REAL_NUMBERS)
def test_numbers_of_real_companies_pass(number: str) -> None:
    assert is_business_number(number)
    assert bare_business_number(f"{number[:3]}-{number[3:5]}-{number[5:]}") == number


@pytest.mark.parametrize("number", ["", "0000000000", "123456789", "220816251x", "٢٢٠٨١٦٢٥١٧", "2208162516"])
def test_what_cannot_be_a_business_number_fails(number: str) -> None:
    assert not is_business_number(number)


@given(st.sampled_from(REAL_NUMBERS), st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_is_caught_unless_its_weight_hides_it(number: str, place: int, shift: int) -> None:
    """Weights 1, 3 and 7 have no common factor with ten; the ninth digit (weight 5 plus tens) is weighed apart."""
    wrong = number[:place] + str((int(number[place]) + shift) % 10) + number[place + 1 :]
    if place < 8:
        assert not is_business_number(wrong)


@pytest.mark.parametrize("identifier", REAL_RORS)
def test_ror_ids_of_real_institutions_pass(identifier: str) -> None:
    assert is_ror_id(identifier)
    assert bare_ror_id(f"https://ror.org/{identifier.upper()}/") == identifier


@given(st.sampled_from(REAL_RORS), st.integers(1, 6), st.sampled_from("0123456789abcdefghjkmnpqrstvwxyz"))
def test_any_one_wrong_character_of_a_ror_id_is_caught(identifier: str, place: int, other: str) -> None:
    wrong = identifier[:place] + other + identifier[place + 1 :]
    assert is_ror_id(wrong) == (wrong == identifier)


def test_every_country_has_a_code_and_both_names() -> None:
    assert len(COUNTRIES) == 249
    assert all(len(code) == 2 and code.isupper() and ko and en for code, (ko, en) in COUNTRIES.items())
    assert country_choices()[0][0] == "KR"
