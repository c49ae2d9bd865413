"""The reference page is written from the registry, and the committed file is that page."""

from pathlib import Path

from dure.engines.scoring.metrics import METRICS
from dure.engines.scoring.metrics.reference import render_reference

PAGE = Path(__file__).parents[4] / "docs" / "reference" / "metrics.md"


def test_the_committed_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == render_reference(), (
        "write it again: python -m dure.engines.scoring.metrics.reference > docs/reference/metrics.md"
    )


def test_every_metric_has_a_row_and_a_section_in_both_languages() -> None:
    page = render_reference()
    for key, metric in METRICS.items():
        assert f"| `{key}` | {metric.name_ko} | {metric.name_en} | {metric.direction} |" in page
        assert f"### {key}: {metric.name_en} · {metric.name_ko}" in page
