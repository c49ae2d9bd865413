"""Addresses of joint labs."""

from django.urls import path

from dure.alliance.residents import pages, pages_booking, pages_people

urls = [
    path("joint-labs", pages.labs_page, name="joint_labs"),
    path("joint-labs/new", pages.new, name="joint_lab_new"),
    path("joint-labs/<uuid:uid>", pages.lab_page, name="joint_lab"),
    path("joint-labs/<uuid:uid>/edit", pages.edit, name="joint_lab_edit"),
    path("joint-labs/<uuid:uid>/spaces", pages.spaces_page, name="joint_lab_spaces"),
    path("joint-labs/<uuid:uid>/spaces/<uuid:space>", pages.close_space, name="joint_lab_space"),
    path("joint-labs/<uuid:uid>/residents", pages_people.residents_page, name="residents"),
    path("joint-labs/<uuid:uid>/residents/new", pages_people.new, name="resident_new"),
    path("joint-labs/<uuid:uid>/residents/sheet", pages_people.sheet, name="residents_sheet"),
    path("joint-labs/<uuid:uid>/residents/<uuid:resident>", pages_people.resident_page, name="resident"),
    path("joint-labs/<uuid:uid>/bookings", pages_booking.bookings_page, name="joint_lab_bookings"),
    path("joint-labs/<uuid:uid>/bookings/<uuid:booking_uid>", pages_booking.cancel, name="joint_lab_booking"),
]
