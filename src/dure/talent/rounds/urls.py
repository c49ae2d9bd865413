"""Addresses of placement rounds."""

from django.urls import path

from dure.talent.rounds import pages, pages_appeal, pages_deciding, pages_seats, pages_taking_part

ROUND = "placement-rounds/<uuid:uid>"
SEAT = f"{ROUND}/seats/<uuid:seat>"
APPEAL = "placement-appeals/<uuid:uid>"
urls = [
    path("placement-rounds", pages.rounds_page, name="placement_rounds"),
    path("placement-rounds/new", pages.new, name="placement_new"),
    path(ROUND, pages.round_page, name="placement_round"),
    path(f"{ROUND}/edit", pages.edit, name="placement_edit"),
    path(f"{ROUND}/act", pages.act, name="placement_act"),
    path(f"{ROUND}/certificate", pages.certificate, name="placement_certificate"),
    path(f"{ROUND}/file", pages.file, name="placement_file"),
    path(f"{ROUND}/seats", pages_seats.seats_page, name="placement_seats"),
    path(SEAT, pages_seats.seat_page, name="placement_seat"),
    path(f"{SEAT}/classes", pages_seats.classes_page, name="placement_classes"),
    path(f"{SEAT}/classes/table", pages_seats.classes_table, name="placement_table"),
    path(f"{SEAT}/classes.csv", pages_seats.classes_csv, name="placement_classes_csv"),
    path(f"{ROUND}/ranking", pages_taking_part.ranking_page, name="placement_ranking"),
    path(f"{ROUND}/leave", pages_taking_part.leave, name="placement_leave"),
    path(f"{ROUND}/my-result", pages_taking_part.my_result, name="placement_my_result"),
    path(f"{ROUND}/secrets", pages_deciding.secrets_page, name="placement_secrets"),
    path(f"{ROUND}/secrets/<uuid:kept>", pages_deciding.act_on_secret, name="placement_secret_act"),
    path(f"{ROUND}/decisions", pages_deciding.decisions_page, name="placement_decisions"),
    path(f"{ROUND}/appeals", pages_appeal.appeals_page, name="placement_appeals"),
    path(APPEAL, pages_appeal.appeal_page, name="placement_appeal"),
    path(f"{APPEAL}/act", pages_appeal.act, name="placement_appeal_act"),
    path(f"{APPEAL}/place", pages_appeal.give, name="placement_appeal_give"),
    path(f"{APPEAL}/correction", pages_appeal.correction_page, name="placement_correction"),
    path(f"{ROUND}/entries/<uuid:entry>", pages_deciding.override, name="placement_override"),
]
