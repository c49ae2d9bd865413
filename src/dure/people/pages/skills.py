"""Skills: the list by area, and a page for each."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from dure.foundation import pages
from dure.people import forms, queries_skills
from dure.people.levels import LEVEL_NAMES, skill_areas
from dure.people.panels import panels


@require_GET
def skill_list(request: HttpRequest) -> HttpResponse:
    form = forms.SkillFilter(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    rows = queries_skills.skills(words=asked.get("q", ""), area=asked.get("area", ""))
    context = {"rows": pages.page_of(request, rows), "form": form, "areas": skill_areas()}
    return pages.render(request, "people/skills.html", context)


@require_GET
def skill_page(request: HttpRequest, slug: str) -> HttpResponse:
    """What it is at each level, what it rests on, and what higher floors know of it."""
    skill = queries_skills.skill_page(slug)
    context = {
        "skill": skill,
        "area": skill_areas().get(skill.area, skill.area),
        "levels": [(name, skill.criteria(level)) for level, name in LEVEL_NAMES.items()],
        "panels": panels("skill", pages.person_of(request), skill),
    }
    return pages.render(request, "people/skill.html", context)
