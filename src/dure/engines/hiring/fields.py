"""Names of structured fields that no import and no form may have."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from dure.engines.text import fold

FORBIDDEN_FIELDS: Final[Mapping[str, str]] = {
    name: kind
    for kind, names in {
        "looks": "키 신장 체중 몸무게 외모 용모 체형 혈액형 신체조건 height weight looks appearance bodytype bloodtype bmi",
        "origin": (
            "출신지역 출신지 출생지 고향 본적 등록기준지 birthplace placeofbirth hometown regionoforigin originregion"
        ),
        "marriage": "혼인여부 결혼여부 혼인상태 혼인 결혼 배우자 배우자유무 maritalstatus married marriage spouse",
        "property": (
            "재산 재산상황 재산정도 금융자산 부동산 부동산보유 주거형태 "
            "property financialassets networth wealth realestate homeownership"
        ),
        "family": (
            "가족 가족사항 가족관계 가족학력 가족직업 가족재산 부모학력 부모직업 부모재산 "
            "부직업 모직업 아버지직업 어머니직업 형제자매 자녀 자녀수 "
            "family familymembers familyrelations familyeducation familyoccupation familyproperty familybackground "
            "parentseducation "
            "parentsoccupation fatheroccupation motheroccupation fathersoccupation mothersoccupation siblings children"
        ),
        "sex": "성별 sex gender",
        "age": "나이 연령 생년월일 출생연도 age birthdate dateofbirth birthday birthyear yearofbirth dob",
        "nation": "인종 민족 race ethnicity mothertongue 모국어",
        "faith": "종교 religion faith",
        "pregnancy": "임신 임신여부 출산계획 pregnancy pregnant",
        "resident_number": "주민등록번호 주민번호 외국인등록번호 rrn residentnumber residentregistrationnumber",
        "account": "계좌 계좌번호 bankaccount accountnumber",
    }.items()
    for name in names.split()
}
"""Names without case, spaces and signs, each with the kind of WARNINGS that it belongs to."""


def forbidden_fields(names: Iterable[str]) -> dict[str, str]:
    """Those of the names, as they were given, that the law or this platform forbids, each with its kind."""
    kinds = {name: FORBIDDEN_FIELDS.get(_plain(name)) for name in names}
    return {name: kind for name, kind in kinds.items() if kind}


def _plain(name: str) -> str:
    """A name without what stands in brackets (a unit), spaces and signs."""
    return re.sub(r"\(.*?\)|[\W_]", "", fold(name).text)
