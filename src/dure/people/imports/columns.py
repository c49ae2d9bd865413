"""The columns of the spreadsheet: their headings in both languages, and what may stand in them."""

from collections.abc import Mapping
from datetime import date
from itertools import pairwise

from dure.foundation import i18n
from dure.foundation.faults import Fault, Faulty
from dure.people.models import Membership, Organisation

HEADINGS: dict[str, tuple[str, str]] = {
    "organisation_ko": ("기관명(국문)", "Organisation (Korean)"),
    "organisation_en": ("기관명(영문)", "Organisation (English)"),
    "kind": ("기관 유형", "Type"),
    "country": ("국가", "Country"),
    "business_number": ("사업자등록번호", "Business number"),
    "ror_id": ("ROR", "ROR id"),
    "website": ("홈페이지", "Website"),
    "joined_on": ("가입일", "Member since"),
    "email": ("이메일", "E-mail"),
    "name_ko": ("이름(국문)", "Name (Korean)"),
    "name_en": ("이름(영문)", "Name (English)"),
    "role": ("역할", "Role"),
    "title": ("직위", "Position"),
    "starts_on": ("시작일", "From"),
    "ends_on": ("종료일", "Until"),
}
EXAMPLE: dict[str, str] = {
    "organisation_ko": "보기전자",
    "organisation_en": "Example Electronics",
    "kind": "industry",
    "country": "KR",
    "business_number": "",
    "ror_id": "",
    "website": "https://example.org",
    "joined_on": "2026-03-01",
    "email": "hong@example.org",
    "name_ko": "홍길동",
    "name_en": "Gildong Hong",
    "role": "representative",
    "title": "CTO",
    "starts_on": "2026-03-01",
    "ends_on": "",
}
KINDS: dict[str, str] = {
    "산업": "industry",
    "기업": "industry",
    "대학": "university",
    "연구소": "research",
    "연구기관": "research",
    "공공": "public",
    "공공기관": "public",
    "스타트업": "startup",
    **{kind: kind for kind in Organisation.Kind.values},
}
ROLES: dict[str, str] = {
    "대표": "representative",
    "회원사 대표": "representative",
    "수요 담당자": "problem_owner",
    "수요기업 담당자": "problem_owner",
    "problem owner": "problem_owner",
    "코디네이터": "coordinator",
    "담당자": "coordinator",
    "구성원": "member",
    "회원": "member",
    **{role: role for role in Membership.Role.values},
}


def heading(field: str) -> str:
    """The heading in the reader's language."""
    ko, en = HEADINGS[field]
    return ko if i18n.is_korean() else en


def fields_of(headings: list[str]) -> list[str]:
    """The field of each column, by its heading in either language or its plain name. Raises Faulty with all faults."""
    names = {_key(word): field for field, words in HEADINGS.items() for word in (*words, field)}
    fields = [names.get(_key(word), "") for word in headings]
    found = [
        Fault("unknown_heading", {"value": word}, row=1, column=word)
        for word, field in zip(headings, fields, strict=True)
        if not field
    ]
    ordered = sorted(field for field in fields if field)
    found += [
        Fault("heading_twice", row=1, column=heading(one)) for one, other in pairwise(ordered) if one == other
    ]
    if not {"organisation_ko", "organisation_en"} & set(fields):
        found.append(Fault("organisation_heading_missing", row=1))
    if found:
        raise Faulty(found)
    return fields


def _key(word: str) -> str:
    return "".join(word.casefold().split())


class Cells:
    """One row: its line, its cells by field, and the faults found in it so far."""

    def __init__(self, line: int, values: Mapping[str, str]) -> None:
        self.line = line
        self.values = values
        self.faults: list[Fault] = []

    def text(self, field: str) -> str:
        return self.values.get(field, "")

    def wrong(self, code: str, field: str, **params: str | int) -> None:
        self.faults.append(Fault(code, params, row=self.line, column=heading(field)))

    def day(self, field: str) -> date | None:
        """A date, or None for an empty cell or one that is no date (then it is a fault)."""
        text = self.text(field)
        try:
            return (
                date.fromisoformat(text.replace(".", "-").replace("/", "-").strip("-")[:10]) if text else None
            )
        except ValueError:
            self.wrong("bad_date", field, value=text)
            return None

    def choice(self, field: str, known: Mapping[str, str], code: str) -> str:
        """The value a word stands for, or "" for an empty cell or an unknown word (then it is a fault)."""
        text = self.text(field)
        value = known.get(text.casefold(), "")
        if text and not value:
            self.wrong(code, field, value=text, known=", ".join(sorted(set(known.values()))))
        return value
