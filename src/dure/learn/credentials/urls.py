"""Addresses of credentials. Those that signed texts name are built in `addresses`; a test holds both together."""

from django.urls import path

from dure.learn.credentials import documents, pages

urls = [
    path("badges/verify", pages.verify, name="badge_verify"),
    path("badges/issuer", documents.issuer, name="badge_issuer"),
    path("badges/keys", documents.keys, name="badge_keys"),
    path("badges/keys/<str:thumbprint>", documents.key, name="badge_key"),
    path("badges/status/<int:number>", documents.status, name="badge_status"),
    path("badges/<uuid:uid>", pages.badge, name="badge"),
    path("badges/<uuid:uid>.jwt", documents.token, name="badge_token"),
    path("badges/<uuid:uid>.svg", documents.picture, name="badge_picture"),
    path("badges/<uuid:uid>/act", pages.act, name="badge_act"),
    path("badges/<uuid:uid>/share", pages.share, name="badge_share"),
    path("me/transcript", pages.transcript, name="transcript"),
]
