"""Addresses of intakes and stays."""

from django.urls import path

from dure.talent.intakes import pages, pages_stay

urls = [
    path("intakes", pages.intakes_page, name="intakes"),
    path("intakes/new", pages.new, name="intake_new"),
    path("intakes/<uuid:uid>", pages.intake_page, name="intake"),
    path("intakes/<uuid:uid>/edit", pages.edit, name="intake_edit"),
    path("intakes/<uuid:uid>/act", pages.act, name="intake_act"),
    path("intakes/<uuid:uid>/hosts", pages.hosts_page, name="intake_hosts"),
    path("intakes/<uuid:uid>/hosts/<uuid:host>/remove", pages.remove_host, name="intake_host_remove"),
    path(
        "intakes/<uuid:uid>/hosts/<uuid:host>/supervisor",
        pages.host_supervisor,
        name="intake_host_supervisor",
    ),
    path("intakes/<uuid:uid>/sponsors", pages.add_sponsor, name="intake_sponsor"),
    path("intakes/<uuid:uid>/participants", pages.participants_page, name="intake_participants"),
    path("me/stays", pages_stay.stays_page, name="stays"),
    path("stays/<uuid:uid>", pages_stay.stay_page, name="stay"),
    path("stays/<uuid:uid>/act", pages_stay.act, name="stay_act"),
    path("stays/<uuid:uid>/write/<slug:what>", pages_stay.write, name="stay_write"),
    path("stays/<uuid:uid>/duties/<uuid:duty>", pages_stay.act_on_duty, name="stay_duty"),
    path("stays/<uuid:uid>/stipends/<uuid:stipend>", pages_stay.note_paid, name="stay_paid"),
    path("stays/<uuid:uid>/reports/<uuid:report>", pages_stay.answer, name="stay_answer"),
]
