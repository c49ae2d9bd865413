"""Pages of the figures of a year: as they stand now, the rows behind them, as published, and what breakdowns rest on."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from dure.alliance.figures import access, counting, forms, listing, noting, publishing, rules, shown, words
from dure.foundation import clock, i18n
from dure.foundation.access import demand
from dure.foundation.forms import done_with
from dure.foundation.pages import page_of, person_of, render, signed_in
from dure.people import api as people


@require_GET
def figures_page(request: HttpRequest) -> HttpResponse:
    """`?year=`; with `?form=xlsx`, `hwpx` or `pdf` and `?language=` a file."""
    person = signed_in(request)
    demand(rules.may_read(person))
    content = counting.of_year(access.year_of(request.GET.get("year", "")))
    if request.GET.get("form") in shown.WRITERS:
        return as_file(content, request.GET["form"], asked_language(request.GET.get("language", "")))
    context = in_context(content) | {"may_publish": bool(rules.may_publish(person)), "is_live": True}
    return render(request, "alliance/figures/year.html", context)


def in_context(content: Mapping[str, Any]) -> dict[str, Any]:
    """What the table of figures needs, in the reader's language."""
    year, this = content["year"], clock.today().year
    return {
        "content": content,
        "year": year,
        "before": year - 1,
        "years": [one for one in (year - 1, year + 1) if counting.FIRST_YEAR <= one <= this],
        "lines": shown.lines(content, "ko" if i18n.is_korean() else "en"),
        "small_groups": shown.small_groups(content["minimum"]),
    }


def asked_language(word: str) -> shown.Language:
    """The language in a word; the reader's for any other."""
    return "ko" if word == "ko" or (word != "en" and (get_language() or "ko").startswith("ko")) else "en"


def as_file(
    content: Mapping[str, Any], form: str, language: shown.Language, *, sha256: str = ""
) -> HttpResponse:
    """One of the files that are made from the same value."""
    writer, kind = shown.WRITERS[form]
    made = shown.document_of(content, language, sha256=sha256)
    name = f"figures-{content['year']}.{language}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(writer(made), content_type=kind, headers=headers)


@require_GET
def rows_page(request: HttpRequest) -> HttpResponse:
    """`?year=&code=`: what a figure was counted from."""
    person = signed_in(request)
    demand(rules.may_read(person))
    figure = access.access_figure(person, request.GET.get("code", ""))
    year = access.year_of(request.GET.get("year", ""))
    if figure is None:
        page: Any = page_of(request, listing.firms(year))
        context = {"page": page, "year": year, "label": words.SMALL_FIRMS_LABEL}
        context["definition"] = words.SMALL_FIRMS_DEFINITION
        return render(request, "alliance/figures/firms.html", context)
    page = page_of(request, figure.listed(person, year))
    context = {
        "page": page,
        "rows": listing.shown(person, figure, year, page.object_list),
        "year": year,
        "figure": figure,
        "label": figure.label,
        "definition": figure.definition,
        "names": rules.names_organisations(person, figure),
    }
    return render(request, "alliance/figures/rows.html", context)


@require_http_methods(["GET", "POST"])
def publish_page(request: HttpRequest) -> HttpResponse:
    """What would be published, and publishing it."""
    person = signed_in(request)
    demand(rules.may_publish(person))
    year = access.year_of(request.POST.get("year", "") or request.GET.get("year", ""))
    form = forms.PublishForm(request.POST or None)
    if request.method == "POST":
        made = done_with(form, lambda given: publishing.publish(year, by=person, note=given["note"]))
        if made is not None:
            messages.success(
                request, _("Published. Everybody can read these figures; they stay as they are.")
            )
            return redirect("alliance:figures_publication", made.uid)
    context = in_context(counting.of_year(year)) | {"form": form}
    return render(request, "alliance/figures/publish.html", context, status=422 if form.errors else 200)


@require_GET
def published_page(request: HttpRequest) -> HttpResponse:
    """All published figures, for everybody."""
    may_read = bool(rules.may_read(person_of(request)))
    context = {"page": page_of(request, publishing.published()), "may_read": may_read}
    return render(request, "alliance/figures/published.html", context)


@require_GET
def publication_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One publication, for everybody; with `?form=` a file."""
    made = access.access_publication(uid)
    if request.GET.get("form") in shown.WRITERS:
        language = asked_language(request.GET.get("language", ""))
        return as_file(made.content, request.GET["form"], language, sha256=made.sha256)
    context = in_context(made.content) | {"made": made, "is_intact": publishing.is_intact(made)}
    return render(request, "alliance/figures/publication.html", context)


@require_http_methods(["GET", "POST"])
def organisations_page(request: HttpRequest) -> HttpResponse:
    """How large organisations are and where they sit; several are ticked and noted at once."""
    person = signed_in(request)
    demand(rules.may_publish(person))
    form = forms.FactsForm(request.POST or None)
    if request.method == "POST":
        chosen = people.Organisation.objects.filter(slug__in=_slugs(request)).order_by("pk")
        count = done_with(form, lambda given: noting.note(chosen, by=person, given=given))
        if count is not None:
            messages.success(request, _("Noted for %(count)s organisations.") % {"count": count})
            return redirect("alliance:figures_organisations")
    asked, lacking = request.GET.get("q", "").replace("\x00", ""), request.GET.get("lacking") == "1"
    page: Any = page_of(request, noting.organisations(words=asked, lacking=lacking))
    context = {
        "page": page,
        "rows": [(one, *_facts(one)) for one in page.object_list],
        "q": asked,
        "lacking": lacking,
        "form": form,
    }
    return render(request, "alliance/figures/organisations.html", context, status=422 if form.errors else 200)


def _slugs(request: HttpRequest) -> list[str]:
    return [one.replace("\x00", "") for one in request.POST.getlist("organisation")]


def _facts(one: people.Organisation) -> tuple[str, str]:
    """Size and region in words."""
    noted: Any = getattr(one, "alliance_facts", None)
    home = counting.home_of(one.kind, one.country, noted.size if noted else "", noted.region if noted else "")
    return str(words.SIZES.get(home.size, home.size)), words.region_words(home.region)
