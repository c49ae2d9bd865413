"""Addresses of workrooms."""

from django.urls import path

from dure.problems.pages import versions, workrooms

urls = [
    path("workrooms", workrooms.listing, name="workrooms"),
    path("problems/<uuid:uid>/workroom", workrooms.open_room, name="workroom_open"),
    path("challenges/<slug:slug>/workrooms", workrooms.open_for_winners, name="winners_rooms"),
    path("workrooms/<uuid:uid>", workrooms.room, name="workroom"),
    path("workrooms/<uuid:uid>/act", workrooms.act, name="workroom_act"),
    path("workrooms/<uuid:uid>/milestones", workrooms.add_milestone, name="milestone_add"),
    path("workrooms/<uuid:uid>/decisions", workrooms.propose, name="decision_add"),
    path("workrooms/<uuid:uid>/messages", workrooms.say, name="workroom_say"),
    path("workrooms/<uuid:uid>/files", workrooms.attach, name="workroom_attach"),
    path("workrooms/<uuid:uid>/files/<uuid:file>/remove", workrooms.remove, name="workroom_file_remove"),
    path("workrooms/<uuid:uid>/solvers", workrooms.add_solver, name="solver_add"),
    path("workrooms/<uuid:uid>/solvers/remove", workrooms.remove_solver, name="solver_remove"),
    path("workrooms/<uuid:uid>/versions", versions.start, name="version_start"),
    path("workroom-files/<uuid:uid>", workrooms.download, name="workroom_file"),
    path("milestones/<uuid:uid>/act", workrooms.act_milestone, name="milestone_act"),
    path("defects/<uuid:uid>/act", workrooms.act_defect, name="defect_act"),
    path("decisions/<uuid:uid>/act", workrooms.act_decision, name="decision_act"),
    path("deliverables/<uuid:uid>", versions.version, name="version"),
    path("deliverables/<uuid:uid>/act", versions.act, name="version_act"),
    path("deliverables/<uuid:uid>/words", versions.write, name="version_write"),
    path("deliverables/<uuid:uid>/files", versions.attach, name="version_attach"),
    path("deliverables/<uuid:uid>/defects", versions.report, name="defect_add"),
    path("deliverables/<uuid:uid>/manifest.json", versions.manifest, name="version_manifest"),
]
