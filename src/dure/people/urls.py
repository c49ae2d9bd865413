"""Addresses of people."""

from django.urls import path

from dure.people.pages import entrance, tokens

app_name = "people"
urlpatterns = [
    path("enter/<str:token>", entrance.enter, name="enter"),
    path("me/tokens", tokens.token_list, name="tokens"),
    path("me/tokens/<uuid:uid>/revoke", tokens.token_revoke, name="token-revoke"),
]
