"""Addresses of dates, questions to coaches, team projects, the entrance test, and what is asked afterwards."""

from django.urls import path

from dure.learn.cohorts.pages import afterwards, entrance, plan, project_team, projects, questions

PROJECT = "cohorts/<uuid:uid>/projects/<uuid:project>"
urls = [
    path("cohorts/<uuid:uid>/plan", plan.plan_page, name="cohort_plan"),
    path("cohorts/<uuid:uid>/plan/days", plan.extend, name="cohort_extend"),
    path("cohorts/<uuid:uid>/questions", questions.questions_page, name="coach_questions"),
    path("cohorts/<uuid:uid>/questions/<uuid:place>", questions.thread_page, name="coach_thread"),
    path(
        "cohorts/<uuid:uid>/questions/<uuid:place>/units/<slug:unit>",
        questions.thread_page,
        name="coach_thread_unit",
    ),
    path("cohorts/<uuid:uid>/entrance", entrance.entrance_page, name="cohort_entrance"),
    path("cohorts/<uuid:uid>/entrance/start", entrance.start, name="entrance_start"),
    path("cohorts/<uuid:uid>/entrance/questions/<slug:item>", entrance.answer, name="entrance_answer"),
    path("cohorts/<uuid:uid>/entrance/finish", entrance.finish, name="entrance_finish"),
    path("cohorts/<uuid:uid>/entrance/test", entrance.set_test, name="entrance_set"),
    path("cohorts/<uuid:uid>/entrance/minutes", entrance.minutes, name="entrance_minutes"),
    path("cohorts/<uuid:uid>/afterwards", afterwards.afterwards_page, name="cohort_afterwards"),
    path(
        "cohorts/<uuid:uid>/afterwards/<int:months>",
        afterwards.question_page,
        name="cohort_afterwards_mine",
    ),
    path("cohorts/<uuid:uid>/projects", projects.projects_page, name="cohort_projects"),
    path(PROJECT, projects.project_page, name="cohort_project"),
    path(f"{PROJECT}/divide", projects.divide, name="project_divide"),
    path(f"{PROJECT}/teams", projects.add_team, name="project_teams"),
    path(f"{PROJECT}/teams/<uuid:team>", project_team.team_page, name="project_team"),
    path(f"{PROJECT}/teams/<uuid:team>/report", project_team.report, name="project_report"),
    path(f"{PROJECT}/teams/<uuid:team>/enter", project_team.enter, name="project_enter"),
    path(f"{PROJECT}/teams/<uuid:team>/change", project_team.change, name="project_team_change"),
]
