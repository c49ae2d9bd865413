"""One's own access tokens."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from dure.foundation import pages
from dure.people.actions import tokens
from dure.people.forms import TokenForm
from dure.people.models import Person
from dure.people.signed_in import signed_in


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def token_list(request: HttpRequest) -> HttpResponse:
    """The list, and the form that makes one; the secret is shown in the answer to that form only."""
    person = signed_in(request)
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _page(request, person, TokenForm(), made=tokens.create_token(person, **form.cleaned_data))
    return _page(request, person, form)


def _page(
    request: HttpRequest, person: Person, form: TokenForm, made: tokens.NewToken | None = None
) -> HttpResponse:
    rows = pages.page_of(request, tokens.tokens_of(person))
    return pages.render(request, "people/tokens.html", {"rows": rows, "form": form, "made": made})


@require_POST
def token_revoke(request: HttpRequest, uid: UUID) -> HttpResponse:
    token = tokens.revoke_token(signed_in(request), uid)
    messages.success(request, _("The token “%(name)s” is revoked.") % {"name": token.name})
    return redirect("people:tokens")
