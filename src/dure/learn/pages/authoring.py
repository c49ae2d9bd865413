"""Pages of instructors: a new course, its versions, its files."""

from typing import Any, Final

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dure.foundation import faults, files, workflow
from dure.foundation.access import Denied, Refused, demand
from dure.foundation.faults import Fault, Faulty
from dure.foundation.pages import page_of, person_of, render, signed_in
from dure.learn import access, rules
from dure.learn.actions import editing, importing, regrading, versions
from dure.learn.forms import NewCourseForm
from dure.learn.models import Course, CourseVersion
from dure.learn.pages.courses import frame
from dure.learn.queries import courses as queries

NOTEBOOK: Final = ".ipynb"


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A course from its folder as a zip, or from a notebook for nbgrader."""
    person = signed_in(request)
    form = NewCourseForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        given = request.FILES.get("file")
        organisation = form.cleaned_data["organisation"]
        demand(rules.may_make_courses(person, organisation))
        if given is None:
            return _new(request, form, found=[Fault("no_course_file")])
        try:
            if str(given.name).lower().endswith(NOTEBOOK):
                return _of_notebook(request, form, given)
            version = versions.take(by=person, stream=given, organisation=organisation)
        except Faulty as faulty:
            return _new(request, form, found=faulty.faults)
        return redirect("learn:versions", slug=version.course.slug)
    return _new(request, form, status=422 if form.errors and request.method == "POST" else 200)


def _of_notebook(request: HttpRequest, form: NewCourseForm, given: Any) -> HttpResponse:
    """A course of a notebook, with what remains to be done by hand. Raises Faulty."""
    if not form.cleaned_data["licence"]:
        form.add_error("licence", _("Choose under which licence the notebook may be used."))
        return _new(request, form, status=422)
    name = given.name[: -len(NOTEBOOK)]
    version, left = importing.take_notebook(
        by=person_of(request), stream=given, name=name, **form.cleaned_data
    )
    return render(request, "learn/author/imported.html", {"version": version, "left": left})


def _new(request: HttpRequest, form: NewCourseForm, *, found: Any = (), status: int = 200) -> HttpResponse:
    context = {"form": form, "faults": found, "may": rules.may_be_instructor(person_of(request))}
    return render(request, "learn/author/new.html", context, status=422 if found else status)


@require_http_methods(["GET", "POST"])
def versions_page(request: HttpRequest, slug: str) -> HttpResponse:
    """All versions with what the checks found; a new one is handed in here."""
    person = signed_in(request)
    course = access.access_authored(person, slug)
    if request.method != "POST":
        return _versions(request, course)
    given = request.FILES.get("file")
    if given is None:
        return _versions(request, course, found=[Fault("no_course_file")])
    try:
        version = versions.take(by=person, stream=given, organisation=course.organisation, course=course)
    except Faulty as faulty:
        return _versions(request, course, found=faulty.faults)
    except Denied as denied:
        return _versions(request, course, refused=denied.refused)
    messages.success(request, _("Version %(number)s is there.") % {"number": version.number})
    return redirect("learn:versions", slug=slug)


def _versions(
    request: HttpRequest, course: Course, *, found: Any = (), refused: Refused | None = None
) -> HttpResponse:
    page = page_of(request, queries.versions(course), per_page=10)
    rows = [(version, [faults.of_json(one) for one in version.findings]) for version in page.object_list]
    context = frame(request, course, "versions") | {
        "page": page,
        "rows": rows,
        "waiting": any(version.state == "checking" for version, _found in rows),
        "offers": workflow.offers(course, by=person_of(request)),
        "faults": found,
        "refused": refused,
    }
    return render(
        request, "learn/author/versions.html", context, status=422 if found else 403 if refused else 200
    )


@require_POST
def act_on_course(request: HttpRequest, slug: str) -> HttpResponse:
    """Open or close it."""
    person = signed_in(request)
    workflow.perform(access.access_course(person, slug), request.POST.get("action", ""), by=person)
    return redirect("learn:versions", slug=slug)


@require_POST
def act_on_version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Publish a version, or grade with its tests what learners handed in before."""
    person = signed_in(request)
    version = access.access_version(person, access.access_course(person, slug), number)
    if request.POST.get("action") == "grade_again":
        count = regrading.grade_again(by=person, version=version)
        said = ngettext("%(n)s attempt is graded again.", "%(n)s attempts are graded again.", count)
        messages.success(request, said % {"n": count})
    else:
        workflow.perform(version, "publish", by=person)
        messages.success(
            request, _("Version %(number)s is what new learners begin with.") % {"number": number}
        )
    return redirect("learn:versions", slug=slug)


@require_GET
def archive(request: HttpRequest, slug: str, number: int) -> FileResponse:
    """The folder of a version as a zip."""
    person = signed_in(request)
    version = access.access_version(person, access.access_course(person, slug), number)
    return files.download(version.blob_id, filename=f"{slug}-{number}.zip")


@require_GET
def files_page(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The files of a version."""
    person = signed_in(request)
    course = access.access_course(person, slug)
    version = access.access_version(person, course, number)
    context = frame(request, course, "versions") | {"shown": version, "names": editing.names(version)}
    return render(request, "learn/author/files.html", context)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, slug: str, number: int, name: str) -> HttpResponse:
    """One file: changed, it makes a new version. What has faults is not lost: it stays in the form."""
    person = signed_in(request)
    course = access.access_course(person, slug)
    version = access.access_version(person, course, number)
    written = request.POST.get("text", "")
    found: tuple[Fault, ...] = ()
    if request.method == "POST":
        try:
            made = editing.change(by=person, version=version, name=name, written=written)
        except Faulty as faulty:
            found = tuple(faulty.faults)
        else:
            return _changed(request, version, made)
    text = written if found else editing.text(version, name)
    context = frame(request, course, "versions") | {
        "shown": version,
        "name": name,
        "text": text,
        "faults": found,
    }
    return render(request, "learn/author/edit.html", context, status=422 if found else 200)


def _changed(request: HttpRequest, version: CourseVersion, made: CourseVersion) -> HttpResponse:
    if made.pk == version.pk:
        messages.info(request, _("Nothing has changed."))
    else:
        messages.success(request, _("Saved as version %(number)s.") % {"number": made.number})
    return redirect("learn:files", slug=version.course.slug, number=made.number)
