"""The columns of a table of openings."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Column:
    """What a cell of the column holds; without a `required` one no table is read."""

    form: str
    required: bool = False


COLUMNS: Final[Mapping[str, Column]] = {
    "kind": Column("job, internship, exchange, secondment, scholarship, team_seat or mentor", required=True),
    "title_ko": Column("title in Korean; one of the two titles is needed"),
    "title_en": Column("title in English"),
    "text_ko": Column("description in Korean; one of the two is needed"),
    "text_en": Column("description in English"),
    "organisation": Column("name of the organisation", required=True),
    "seats": Column("number of seats, 1 to 10,000", required=True),
    "regions": Column("codes or names, separated by semicolons: KR-11; 부산; CA"),
    "remote": Column("no, partly or fully; empty is no"),
    "languages": Column("ISO 639-1 code and level, separated by semicolons: en:B2; ko:C1"),
    "starts": Column("first day of the work, like 2027-03-01"),
    "ends": Column("last day of the work"),
    "weekly_hours": Column("1 to 52"),
    "must_skills": Column("slug and level, separated by semicolons: sql:2; python-basics:3"),
    "nice_skills": Column("slug, level and, if wanted, weight above 0 up to 1: git:1; mlops:2:0.5"),
    "steps_ko": Column("steps of the selection in Korean, separated by semicolons"),
    "steps_en": Column("the same steps in English"),
    "deadline": Column("last day to apply, like 2027-01-31; it ends in Korea", required=True),
    "accessibility_ko": Column("what is provided for people with disabilities, in Korean"),
    "accessibility_en": Column("the same in English"),
    "pay_ko": Column("pay in words, in Korean"),
    "pay_en": Column("pay in words, in English"),
    "pay_amount": Column("pay as a number"),
    "pay_upto": Column("upper end where the pay is a range"),
    "pay_currency": Column("ISO 4217 code of the amount: KRW"),
    "pay_period": Column("hour, day, week, month, year or once"),
}
"""Names that headings must have, in any case, with spaces or hyphens for underscores."""
