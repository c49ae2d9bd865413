"""Addresses of projects."""

from django.urls import path

from dure.alliance.projects import pages, pages_parts, pages_report

urls = [
    path("projects", pages.projects_page, name="projects"),
    path("projects/new", pages.new_page, name="project_new"),
    path("projects/renewals", pages.month_page, name="project_month"),
    path("projects/report", pages_report.report_page, name="project_report"),
    path("projects/<uuid:uid>", pages.project_page, name="project"),
    path("projects/<uuid:uid>/edit", pages.edit_page, name="project_edit"),
    path("projects/<uuid:uid>/act", pages.act, name="project_act"),
    path("projects/<uuid:uid>/renewals", pages.renewals_page, name="project_renewals"),
    path("projects/<uuid:uid>/people", pages_parts.people_page, name="project_people"),
    path("projects/<uuid:uid>/partners/remove", pages_parts.remove_partner, name="project_partner_remove"),
    path("projects/<uuid:uid>/people/end", pages_parts.end_member, name="project_member_end"),
    path("projects/<uuid:uid>/milestones", pages_parts.milestones_page, name="project_milestones"),
    path(
        "projects/<uuid:uid>/milestones/<uuid:milestone>",
        pages_parts.milestone_page,
        name="project_milestone",
    ),
    path("projects/<uuid:uid>/outputs", pages_parts.outputs_page, name="project_outputs"),
    path("projects/<uuid:uid>/changes", pages_parts.changes_page, name="project_changes"),
    path("projects/<uuid:uid>/changes/<uuid:change>", pages_parts.answer_change, name="project_change"),
    path("projects/<uuid:uid>/risks/clear", pages_parts.clear_risk, name="project_risk_clear"),
]
