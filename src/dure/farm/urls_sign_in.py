"""Sign-in for labs: of the OpenID Connect provider the three addresses that their hub asks for, and nothing else.

The names are those that allauth's own views ask for.
"""

from allauth.idp.oidc import views
from django.urls import include, path

_of_labs = [
    path("identity/o/authorize", views.authorization, name="authorization"),
    path("identity/o/api/token", views.token, name="token"),
    path("identity/o/api/userinfo", views.user_info, name="userinfo"),
]
urlpatterns = [path("", include(([path("", include((_of_labs, "oidc")))], "idp")))]
