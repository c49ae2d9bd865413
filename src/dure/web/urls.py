"""Every address of the platform. Each app brings its own list; names are `<app>:<name>`."""

from django.urls import include, path

from dure.foundation import pages_notices, pages_trail
from dure.web import pages, pages_search, rest

urlpatterns = [
    path("", pages.front, name="front"),
    path("search", pages_search.search_page, name="search"),
    path("notices", pages_notices.notices_page, name="notices"),
    path("notices/read", pages_notices.mark_read, name="notices_read"),
    path("notices/mail", pages_notices.save_wishes, name="notices_wishes"),
    path("notices/webhook", pages_notices.webhook_page, name="webhook"),
    path("notices/webhook/key", pages_notices.webhook_renew, name="webhook_renew"),
    path("notices/webhook/remove", pages_notices.webhook_remove, name="webhook_remove"),
    path("audit", pages_trail.trail_page, name="trail"),
    path("audit.csv", pages_trail.trail_csv, name="trail_csv"),
    path("health", pages.health, name="health"),
    path("language/", include("django.conf.urls.i18n")),
    path("account/", include("allauth.urls")),
    path("", include("dure.people.urls")),
    path("", include("dure.farm.urls")),
    path("", include("dure.farm.urls_sign_in")),
    path("", include("dure.problems.urls")),
    path("", include("dure.learn.urls")),
    path("", include("dure.talent.urls")),
    path("", include("dure.alliance.urls")),
    path("api/v1/", rest.api.urls),
]
handler404 = "dure.foundation.pages.not_found"
handler500 = "dure.foundation.pages.server_error"
