"""Codes of Korea's regions (ISO 3166-2:KR) and of languages (ISO 639-1), with their names in Korean and English."""

from collections.abc import Collection, Mapping
from typing import Final

from dure.engines.skills import Words
from dure.engines.text import fold


def _table(text: str) -> dict[str, Words]:
    rows = (entry.split("|") for entry in text.replace("\n", ";").split(";") if entry.strip())
    return {code.strip(): Words(ko.strip(), en.strip()) for code, ko, en in rows}


REGIONS: Final[Mapping[str, Words]] = _table("""
KR-11|서울|Seoul; KR-26|부산|Busan; KR-27|대구|Daegu; KR-28|인천|Incheon; KR-29|광주|Gwangju; KR-30|대전|Daejeon
KR-31|울산|Ulsan; KR-50|세종|Sejong; KR-41|경기|Gyeonggi; KR-42|강원|Gangwon; KR-43|충북|Chungbuk
KR-44|충남|Chungnam; KR-45|전북|Jeonbuk; KR-46|전남|Jeonnam; KR-47|경북|Gyeongbuk; KR-48|경남|Gyeongnam
KR-49|제주|Jeju
""")

LANGUAGES: Final[Mapping[str, Words]] = _table("""
ko|한국어|Korean; en|영어|English; zh|중국어|Chinese; ja|일본어|Japanese; vi|베트남어|Vietnamese; th|태국어|Thai
id|인도네시아어|Indonesian; ms|말레이어|Malay; tl|타갈로그어|Tagalog; km|크메르어|Khmer; my|버마어|Burmese; lo|라오어|Lao
mn|몽골어|Mongolian; ne|네팔어|Nepali; hi|힌디어|Hindi; bn|벵골어|Bengali; ur|우르두어|Urdu; ta|타밀어|Tamil; si|싱할라어|Sinhala
uz|우즈베크어|Uzbek; kk|카자흐어|Kazakh; ky|키르기스어|Kyrgyz; ru|러시아어|Russian; uk|우크라이나어|Ukrainian; pl|폴란드어|Polish
cs|체코어|Czech; sk|슬로바키아어|Slovak; hu|헝가리어|Hungarian; ro|루마니아어|Romanian; bg|불가리아어|Bulgarian; el|그리스어|Greek
tr|튀르키예어|Turkish; ar|아랍어|Arabic; fa|페르시아어|Persian; he|히브리어|Hebrew; de|독일어|German; fr|프랑스어|French
es|스페인어|Spanish; pt|포르투갈어|Portuguese; it|이탈리아어|Italian; nl|네덜란드어|Dutch
sv|스웨덴어|Swedish; no|노르웨이어|Norwegian
da|덴마크어|Danish; fi|핀란드어|Finnish; et|에스토니아어|Estonian
lv|라트비아어|Latvian; lt|리투아니아어|Lithuanian; sw|스와힐리어|Swahili
""")
"""Languages that openings of Korean organisations name; one more is one more line."""

CURRENCIES: Final = frozenset(
    [
        "KRW",
        "USD",
        "EUR",
        "JPY",
        "CNY",
        "GBP",
        "CAD",
        "AUD",
        "NZD",
        "CHF",
        "SGD",
        "HKD",
        "TWD",
        "VND",
        "THB",
        "IDR",
        "MYR",
        "PHP",
        "INR",
        "SEK",
        "NOK",
        "DKK",
        "PLN",
        "CZK",
    ]
)
"""ISO 4217 codes in which openings pay."""

_FULL_NAMES: Final = {
    "충청북도": "KR-43",
    "충청남도": "KR-44",
    "전라북도": "KR-45",
    "전라남도": "KR-46",
    "경상북도": "KR-47",
    "경상남도": "KR-48",
}
_OFFICES: Final = ("특별자치도", "특별자치시", "특별시", "광역시", "도", "시")
_NAMED: Final = {
    fold(name).text: code for code, words in REGIONS.items() for name in (code, words.ko, words.en)
} | _FULL_NAMES


def region_of(text: str, *, countries: Collection[str]) -> str | None:
    """The code that a code or a name in Korean or English stands for (서울특별시, Seoul, KR-11, CA); None where it is none."""
    name = fold(text.strip()).text
    short = next((name.removesuffix(office) for office in _OFFICES if name.endswith(office)), name)
    code = _NAMED.get(name) or _NAMED.get(short)
    return code or (name.upper() if name.upper() in countries else None)


def country_of(region: str) -> str:
    """The ISO 3166-1 alpha-2 code of a region's country; a country is its own."""
    return region.partition("-")[0]
