"""The literals in the real database: the simulation the other tests use must agree with it."""

import unicodedata

import pytest
from django.db import connection

from dure.engines.text import normalise, parse_query, tsvector_literal
from tests.engines.text.postgres import finds

TEXTS = [
    "수요예측모형을 세운다",
    "음성 성인 인식",
    "음성인식 모델",
    "교통 수요",
    "통신망",
    "C++와 C#, .NET",
    "LLaMA-3.1 GPU를 쓴다",
    "it's a \\ 'quoted' \x00 text",
    unicodedata.normalize("NFD", "감염병예측"),
    "a" * 300,
    "",
]
QUERIES = [
    "예측",
    "예측모형",
    "음성인식",
    "통",
    "C++",
    "c#",
    "gpu",
    "llama 3.1",
    "' | !a:* & \\",
    "a" * 300,
    "감염병",
    "!!",
    "t",
]


@pytest.mark.django_db
@pytest.mark.parametrize("query", QUERIES)
def test_postgresql_finds_what_the_simulation_finds(query: str) -> None:
    parsed = parse_query(query)
    with connection.cursor() as cursor:
        for text in TEXTS:
            cursor.execute(
                "SELECT %s::tsvector @@ %s::tsquery AND %s LIKE ALL(%s::text[])",
                [tsvector_literal(text), parsed.tsquery, normalise(text), list(parsed.likes)],
            )
            assert cursor.fetchone() == (finds(tsvector_literal(text), normalise(text), parsed),), text
