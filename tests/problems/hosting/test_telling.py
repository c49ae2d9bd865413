"""The walk for private scores sees a score in every way in which this product prints one."""

import json

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.problems import csv_of
from tests.problems.hosting.telling import told

scores = st.floats(min_value=0.01, max_value=500).filter(lambda score: round(score, 2) != score)
SHORTER = Template("{{ score|floatformat:places }}")


def printed(score: float, *, places: int) -> list[str]:
    """JSON and CSV whole, pages with `places` decimals; a template may drop those of a whole number."""
    filtered = [SHORTER.render(Context({"score": score, "places": at})) for at in (places, f"-{places}")]
    return [
        json.dumps({"private": score}),
        csv_of(score=[score]).decode(),
        f"<td>{score:.{places}f} – 9</td>",
        *filtered,
    ]


@given(scores, st.integers(3, 6))
def test_a_score_is_seen_however_it_is_printed(score: float, places: int) -> None:
    for text in printed(score, places=places):
        assert told([77.7, score], text), text


@pytest.mark.parametrize(
    "text", ["1.013", "1.0121", "01:01.012345", "11.01234", "1.012.34", "1.01", "v1.0123456789.1"]
)
def test_another_figure_is_none(text: str) -> None:
    assert told([1.0123456789], text) == []
