"""Addresses of roundtables."""

from django.urls import path

from dure.alliance.roundtables import pages, pages_parts

urls = [
    path("roundtables", pages.roundtables_page, name="roundtables"),
    path("roundtables/new", pages.new, name="roundtable_new"),
    path("roundtables/<uuid:uid>", pages.roundtable_page, name="roundtable"),
    path("roundtables/<uuid:uid>/edit", pages.edit, name="roundtable_edit"),
    path("roundtables/<uuid:uid>/act", pages.act, name="roundtable_act"),
    path("roundtables/<uuid:uid>/answer", pages.answer, name="roundtable_answer"),
    path("roundtables/<uuid:uid>/calendar.ics", pages.calendar_file, name="roundtable_calendar"),
    path("roundtables/<uuid:uid>/agenda", pages_parts.agenda_page, name="roundtable_agenda"),
    path("roundtables/<uuid:uid>/agenda/change", pages_parts.change_agenda, name="roundtable_change_agenda"),
    path("roundtables/<uuid:uid>/guests", pages_parts.guests_page, name="roundtable_guests"),
    path("roundtables/<uuid:uid>/attendance", pages_parts.note_attendance, name="roundtable_attendance"),
    path("roundtables/<uuid:uid>/minutes", pages_parts.minutes_page, name="roundtable_minutes"),
    path("roundtables/<uuid:uid>/tasks", pages_parts.tasks_page, name="roundtable_tasks"),
    path(
        "roundtables/<uuid:uid>/tasks/<uuid:task>/done", pages_parts.finish_task, name="roundtable_task_done"
    ),
]
