"""Addresses of sessions, attendance, rooms and calendars."""

from django.urls import path

from dure.learn.cohorts.pages import attendance, calendar, checkin, rooms, sessions

urls = [
    path("cohorts/<uuid:uid>/sessions", sessions.sessions_page, name="sessions"),
    path("cohorts/<uuid:uid>/sessions/new", sessions.new, name="session_new"),
    path("cohorts/<uuid:uid>/sessions/<uuid:session>", sessions.session_page, name="session"),
    path("cohorts/<uuid:uid>/sessions/<uuid:session>/edit", sessions.edit, name="session_edit"),
    path("cohorts/<uuid:uid>/sessions/<uuid:session>/call-off", sessions.call_off, name="session_call_off"),
    path("cohorts/<uuid:uid>/sessions/<uuid:session>/code", checkin.code_page, name="session_code"),
    path("cohorts/<uuid:uid>/sessions/<uuid:session>/check-in", checkin.check_in, name="check_in"),
    path("cohorts/<uuid:uid>/sessions/<uuid:session>/attendance", attendance.sheet_page, name="sheet"),
    path("cohorts/<uuid:uid>/attendance", attendance.attendance_page, name="attendance"),
    path("cohorts/<uuid:uid>/attendance/export", attendance.export, name="attendance_export"),
    path("rooms", rooms.rooms_page, name="rooms"),
    path("rooms/new", rooms.new, name="room_new"),
    path("rooms/<uuid:uid>", rooms.edit, name="room"),
    path("rooms/<uuid:uid>/close", rooms.close, name="room_close"),
    path("calendar/<str:token>.ics", calendar.feed, name="calendar"),
    path("me/calendar", calendar.calendar_page, name="my_calendar"),
    path("me/calendar/renew", calendar.renew, name="calendar_renew"),
]
