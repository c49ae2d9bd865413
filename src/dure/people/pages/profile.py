"""People: the list, a person's page, and one's own profile."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from dure.foundation import pages
from dure.foundation.access import Audience
from dure.foundation.faults import Faulty
from dure.foundation.forms import show_faults
from dure.people import forms, queries
from dure.people.actions.profile import edit_profile
from dure.people.panels import panels
from dure.people.signed_in import signed_in
from dure.people.visibility import access_person


@require_GET
def people_list(request: HttpRequest) -> HttpResponse:
    """Only those whose profile the reader may open."""
    words = request.GET.get("q", "")[:80]
    rows = queries.people(pages.person_of(request), words=words)
    return pages.render(request, "people/people.html", {"rows": pages.page_of(request, rows), "words": words})


@require_GET
def person_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    reader = pages.person_of(request)
    subject = access_person(reader, uid)
    context = {
        "subject": subject,
        "memberships": queries.current_memberships(reader, subject),
        "may_see_email": queries.may_see_email(reader, subject),
        "who_sees": queries.who_sees_profile(subject.audience),
        "panels": panels("person", reader, subject),
    }
    return pages.render(request, "people/person.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """One's own profile with a preview of who sees it under each audience, and one's memberships."""
    person = signed_in(request)
    form = forms.ProfileForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        try:
            edit_profile(person, form.cleaned_data)
        except Faulty as error:
            show_faults(form, error)
        else:
            messages.success(request, _("Saved."))
            answer = redirect("people:profile")
            if "language" in form.changed_data:
                # an older choice in this browser would win over the new one
                answer.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
            return answer
    context = {
        "form": form,
        "previews": [(value.label, queries.who_sees_profile(value)) for value in Audience],
        "rows": queries.own_memberships(person)[:100],
    }
    return pages.render(request, "people/profile.html", context)
