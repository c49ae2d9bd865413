"""Addresses of hosts and operators."""

from django.urls import path

from dure.problems.pages import (
    hosting,
    hosting_code,
    hosting_program,
    hosting_running,
    hosting_sites,
    hosting_versions,
)

_M = "challenges/<slug:slug>/manage"
urls = [
    path("problems/queue", hosting_running.queue_page, name="queue"),
    path("problems/queue/again", hosting_running.queue_again, name="queue_again"),
    path("problems/<uuid:uid>/challenge", hosting.new, name="challenge_new"),
    path("challenges/<slug:slug>/story", hosting_running.story, name="challenge_story"),
    path(_M, hosting.manage, name="manage"),
    path(f"{_M}/act", hosting.act, name="manage_act"),
    path(f"{_M}/data", hosting.data, name="manage_data"),
    path(f"{_M}/program", hosting_program.program, name="manage_program"),
    path(f"{_M}/takes", hosting_code.takes, name="manage_takes"),
    path(f"{_M}/sites", hosting_sites.sites, name="manage_sites"),
    path(f"{_M}/takes/<uuid:uid>", hosting_code.hidden_file, name="manage_hidden"),
    path(f"{_M}/submissions/<uuid:uid>/again", hosting_code.again, name="manage_run_again"),
    path(f"{_M}/answers", hosting.answers, name="manage_answers"),
    path(f"{_M}/columns", hosting.columns, name="manage_columns"),
    path(f"{_M}/metric", hosting.metric, name="manage_metric"),
    path(f"{_M}/split", hosting.split, name="manage_split"),
    path(f"{_M}/split/preview", hosting.split_preview, name="manage_split_preview"),
    path(f"{_M}/phases", hosting.phases, name="manage_phases"),
    path(f"{_M}/rules", hosting.rules, name="manage_rules"),
    path(f"{_M}/story", hosting.story, name="manage_story"),
    path(f"{_M}/baselines", hosting.baselines_page, name="manage_baselines"),
    path(f"{_M}/checks", hosting.checks, name="manage_checks"),
    path(f"{_M}/checks/findings", hosting.findings, name="manage_findings"),
    path(f"{_M}/submissions", hosting_running.submissions, name="manage_submissions"),
    path(f"{_M}/submissions/<uuid:uid>", hosting_running.submission_file, name="manage_submission_file"),
    path(f"{_M}/results.csv", hosting_running.export, name="manage_export"),
    path(f"{_M}/versions", hosting_versions.versions, name="manage_versions"),
    path(f"{_M}/versions/progress", hosting_versions.progress, name="manage_progress"),
    path(f"{_M}/winners", hosting_running.winners_page, name="manage_winners"),
    path("awards/<uuid:uid>", hosting_running.award, name="award"),
    path("awards/<uuid:uid>/act", hosting_running.award_act, name="award_act"),
    path("awards/<uuid:uid>/files/<uuid:file>", hosting_running.award_file, name="award_file"),
]
