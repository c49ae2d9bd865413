"""Addresses of cohorts. Each part of them has its own list."""

from django.urls import path

from dure.learn.cohorts.pages import listing, making, news, overview, people, programmes, seats
from dure.learn.cohorts.urls_coached import urls as coached_urls
from dure.learn.cohorts.urls_sessions import urls as session_urls

urls = [
    path("cohorts", listing.cohorts_page, name="cohorts"),
    path("courses/<slug:slug>/cohorts/new", making.new, name="cohort_new"),
    path("cohorts/<uuid:uid>", overview.cohort_page, name="cohort"),
    path("cohorts/<uuid:uid>/act", overview.act, name="cohort_act"),
    path("cohorts/<uuid:uid>/apply", overview.apply, name="cohort_apply"),
    path("cohorts/<uuid:uid>/withdraw", overview.withdraw, name="cohort_withdraw"),
    path("cohorts/<uuid:uid>/edit", making.edit, name="cohort_edit"),
    path("cohorts/<uuid:uid>/news", news.news_page, name="cohort_news"),
    path("cohorts/<uuid:uid>/people", people.people_page, name="cohort_people"),
    path("cohorts/<uuid:uid>/people/<uuid:place>/act", people.decide, name="cohort_decide"),
    path("cohorts/<uuid:uid>/seats", seats.seats_page, name="cohort_seats"),
    path("cohorts/<uuid:uid>/seats/<uuid:block>/return", seats.give_back, name="cohort_give_back"),
    path("cohorts/<uuid:uid>/sponsor/<slug:organisation>", people.sponsor_page, name="cohort_sponsor"),
    path("programmes", programmes.programmes_page, name="programmes"),
    path("programmes/new", programmes.new, name="programme_new"),
    path("programmes/<slug:slug>", programmes.programme_page, name="programme"),
    path("programmes/<slug:slug>/edit", programmes.edit, name="programme_edit"),
    *session_urls,
    *coached_urls,
]
