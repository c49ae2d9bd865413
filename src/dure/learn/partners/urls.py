"""Addresses of partners' courses and foreign certificates."""

from django.urls import path

from dure.learn.partners import pages, pages_recognition

urls = [
    path("partner-courses", pages.courses_page, name="partner_courses"),
    path("partner-courses/new", pages.new, name="partner_new"),
    path("partner-courses/<uuid:uid>", pages.course_page, name="partner_course"),
    path("partner-courses/<uuid:uid>/edit", pages.edit, name="partner_edit"),
    path("partner-courses/<uuid:uid>/act", pages.act, name="partner_act"),
    path("partner-courses/<uuid:uid>/ask", pages.ask, name="partner_ask"),
    path("partner-courses/<uuid:uid>/places", pages.places_page, name="partner_places"),
    path("partner-courses/<uuid:uid>/seats/<uuid:block>/return", pages.return_seats, name="partner_return"),
    path("partner-courses/<uuid:uid>/issuers", pages.issuers_page, name="partner_issuers"),
    path("partner-courses/<uuid:uid>/issuers/<uuid:issuer>", pages.act_on_issuer, name="partner_issuer_act"),
    path("partner-courses/<uuid:uid>/hand-in", pages_recognition.hand_in, name="partner_hand_in"),
    path("partner-places/<uuid:uid>/act", pages.act_on_place, name="partner_place_act"),
    path("recognitions", pages_recognition.recognitions_page, name="recognitions"),
    path("recognitions/<uuid:uid>", pages_recognition.recognition_page, name="recognition"),
    path("recognitions/<uuid:uid>/act", pages_recognition.act, name="recognition_act"),
    path("recognitions/<uuid:uid>/certificate", pages_recognition.certificate, name="recognition_file"),
]
