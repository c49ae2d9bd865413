"""Addresses of events."""

from django.urls import path

from dure.alliance.meetings import pages, pages_desk, pages_parts

urls = [
    path("events", pages.events_page, name="events"),
    path("events/new", pages.new, name="event_new"),
    path("events/certificates/<str:proof>", pages.certificate_page, name="event_certificate_page"),
    path("events/<uuid:uid>", pages.event_page, name="event"),
    path("events/<uuid:uid>/edit", pages.edit, name="event_edit"),
    path("events/<uuid:uid>/act", pages.act, name="event_act"),
    path("events/<uuid:uid>/registration", pages.register, name="event_register"),
    path("events/<uuid:uid>/calendar.ics", pages.calendar, name="event_calendar"),
    path("events/<uuid:uid>/certificate", pages.certificate, name="event_certificate"),
    path("events/<uuid:uid>/programme", pages_parts.programme_page, name="event_programme"),
    path("events/<uuid:uid>/programme/<uuid:session>", pages_parts.session_page, name="event_session"),
    path("events/<uuid:uid>/speakers/<uuid:speaker>", pages_parts.remove_speaker, name="event_speaker"),
    path("events/<uuid:uid>/materials", pages_parts.materials_page, name="event_materials"),
    path("events/<uuid:uid>/materials/<uuid:material>", pages_parts.material, name="event_material"),
    path("events/<uuid:uid>/desk", pages_desk.desk, name="event_desk"),
    path("events/<uuid:uid>/attendees/<uuid:registration>", pages_desk.attendee, name="event_attendee"),
]
