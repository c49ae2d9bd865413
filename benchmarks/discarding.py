"""The bare side of `scoring`: Django takes a file in and throws it away. Served by granian as the product is."""

from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

settings.configure(
    SECRET_KEY="nothing-is-signed-here",  # noqa: S106 - nothing is
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    MIDDLEWARE=[],
)


def discard(request: HttpRequest) -> HttpResponse:
    """Read the upload to its end and forget it."""
    upload: Any = request.FILES["file"]
    size = sum(len(chunk) for chunk in upload.chunks())
    return HttpResponse(str(size))


urlpatterns = [path("", discard)]
application = get_wsgi_application()
