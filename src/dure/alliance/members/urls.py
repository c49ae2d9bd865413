"""Addresses of members, applications, the contact book and levels."""

from django.urls import path

from dure.alliance.members import pages, pages_desk, pages_joining

urls = [
    path("members", pages.members_page, name="members"),
    path("members/<slug:slug>", pages.member_page, name="member"),
    path("members/<slug:slug>/act", pages.act, name="member_act"),
    path("members/<slug:slug>/enter", pages.enter, name="member_enter"),
    path("members/<slug:slug>/deputies", pages.deputies, name="member_deputies"),
    path("members/<slug:slug>/sight", pages.sight_page, name="member_sight"),
    path("joinings", pages_joining.joinings_page, name="joinings"),
    path("joinings/new", pages_joining.new, name="joining_new"),
    path("joinings/<uuid:uid>", pages_joining.joining_page, name="joining"),
    path("joinings/<uuid:uid>/act", pages_joining.act, name="joining_act"),
    path("contact-book", pages_desk.contact_book, name="contact_book"),
    path("member-levels", pages_desk.levels, name="member_levels"),
    path("member-levels/<uuid:uid>", pages_desk.level, name="member_level"),
]
