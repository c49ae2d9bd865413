"""Templates of terms: whole in both languages, filled safely, frozen under one hash."""

import re

import pytest

from dure.engines.faults import Faulty
from dure.foundation.models import Notice
from dure.problems import routes, rules
from dure.problems import terms as templates
from dure.problems.actions.terms import accept_terms
from dure.problems.actions.terms_choice import choose_terms, retire_terms
from dure.problems.digests import digest
from dure.problems.models import ProblemTerms
from tests.factories.people import client_of, person
from tests.factories.problems import accepted_need

pytestmark = pytest.mark.django_db
TEMPLATES = list(templates.TEMPLATES.values())


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.key)
def test_every_place_of_a_template_can_be_filled_and_both_languages_say_the_same(
    template: templates.Template,
) -> None:
    known = {"organisation", "title"} | {blank.name for blank in template.blanks}
    used = {code: _places(template, code) for code in ("ko", "en")}
    assert used["ko"] | used["en"] <= known
    assert {blank.name for blank in template.blanks} <= used["ko"] & used["en"]
    counts = {code: getattr(template, f"body_{code}").count("\n## ") for code in ("ko", "en")}
    assert counts["ko"] == counts["en"]
    assert all("\n\n" not in getattr(template, f"summary_{code}") for code in ("ko", "en"))


def _places(template: templates.Template, code: str) -> set[str]:
    text = getattr(template, f"summary_{code}") + getattr(template, f"body_{code}")
    return set(re.findall(r"\{(\w+)\}", text))


def test_every_route_names_terms_that_exist() -> None:
    assert {key for route in routes.ROUTES for key in route.terms} <= set(templates.TEMPLATES)


def test_what_people_fill_in_is_never_read_as_a_place() -> None:
    problem = accepted_need(title_ko="{until}{organisation.owner}{0}")
    words = templates.fill(templates.TEMPLATES["data_use"], problem=problem, values={"until": "{purpose}"})
    assert "{purpose}까지" in words["summary_ko"]
    assert "{until}{organisation.owner}{0}" in words["body_ko"]
    with pytest.raises(Faulty):
        templates.fill(templates.TEMPLATES["data_use"], problem=problem, values={"until": "x" * 201})


def test_the_hash_is_of_the_words_and_a_new_version_asks_again() -> None:
    problem, talent = accepted_need(audience="public"), person()
    first = choose_terms(by=problem.owner, problem=problem, template="results_owner", values={})
    kept = {name: getattr(first, name) for name in ("summary_ko", "summary_en", "body_ko", "body_en")}
    assert first.sha256 == digest({"kind": "results", **kept})
    accept_terms(by=talent, problem=problem)
    assert rules.accepted_terms(talent, problem)
    choose_terms(by=problem.owner, problem=problem, template="results_open", values={})
    assert not rules.accepted_terms(talent, problem)
    assert ProblemTerms.objects.get(retired_at=None).version == 2
    assert Notice.objects.filter(person=talent, kind="problems.need_terms").count() == 1
    retire_terms(by=problem.owner, problem=problem, kind="results")
    assert rules.accepted_terms(talent, problem)


def test_the_pages_show_the_summary_first_and_record_the_yes() -> None:
    problem, talent = accepted_need(audience="public"), person()
    owner, browser = client_of(problem.owner), client_of(talent)
    url = f"/problems/{problem.uid}/terms"
    hostile = {"template": "data_use", "blank-until": "<script>alert(1)</script>"}
    assert browser.post(f"{url}/choose", hostile).status_code == 404
    assert owner.post(f"{url}/choose", hostile).status_code == 302
    shown = browser.get(url).text
    assert "<script>alert" not in shown
    terms = ProblemTerms.objects.get()
    assert browser.post(f"{url}/accept", {"sha256": "0" * 64}).status_code == 409
    assert browser.post(f"{url}/accept", {"sha256": terms.sha256}).status_code == 302
    assert terms.acceptances.get().person == talent
    too_long = owner.post(f"{url}/choose", {"template": "data_use", "blank-until": "x" * 201})
    assert too_long.status_code == 422
