"""Addresses of learn."""

from django.urls import path

from dure.learn.cohorts.urls import urls as cohort_urls
from dure.learn.credentials.urls import urls as credential_urls
from dure.learn.pages import authoring, courses, gradebook, labs, lessons, paths
from dure.learn.partners.urls import urls as partner_urls
from dure.learn.skills.urls import urls as skill_urls

app_name = "learn"
urlpatterns = [
    path("courses", courses.courses_page, name="courses"),
    path("courses/new", authoring.new, name="new"),
    path("courses/<slug:slug>", courses.course_page, name="course"),
    path("courses/<slug:slug>/start", courses.start, name="start"),
    path("courses/<slug:slug>/go-on", courses.go_on, name="go_on"),
    path("courses/<slug:slug>/act", courses.act, name="act"),
    path("courses/<slug:slug>/units/<slug:unit>", lessons.unit_page, name="unit"),
    path("courses/<slug:slug>/units/<slug:unit>/read", lessons.read, name="read"),
    path("courses/<slug:slug>/units/<slug:unit>/questions/<slug:item>", lessons.answer, name="answer"),
    path("path", paths.path_page, name="path"),
    path("path/question", paths.question_page, name="practise"),
    path("path/questions/<slug:item>", paths.answer, name="practice_answer"),
    path("path/forget", paths.forget, name="path_forget"),
    path("tracks", paths.tracks_page, name="tracks"),
    path("courses/<slug:slug>/units/<slug:unit>/lab", labs.work, name="work"),
    path("courses/<slug:slug>/units/<slug:unit>/lab/results", labs.results, name="results"),
    path("courses/<slug:slug>/units/<slug:unit>/lab/notebook", labs.notebook, name="notebook"),
    path("courses/<slug:slug>/units/<slug:unit>/lab/upload", labs.upload, name="upload"),
    path("cells/<uuid:uid>", labs.output, name="output"),
    path("lab-attempts/<uuid:uid>/source", gradebook.source, name="source"),
    path("courses/<slug:slug>/learners", gradebook.learners_page, name="learners"),
    path("courses/<slug:slug>/learners/export", gradebook.export, name="learners_export"),
    path("courses/<slug:slug>/learners/events", gradebook.events, name="learners_events"),
    path("courses/<slug:slug>/learners/<uuid:uid>", gradebook.learner_page, name="learner"),
    path("courses/<slug:slug>/versions", authoring.versions_page, name="versions"),
    path("courses/<slug:slug>/state", authoring.act_on_course, name="act_on_course"),
    path("courses/<slug:slug>/versions/<int:number>/act", authoring.act_on_version, name="act_on_version"),
    path("courses/<slug:slug>/versions/<int:number>/archive", authoring.archive, name="archive"),
    path("courses/<slug:slug>/versions/<int:number>/files", authoring.files_page, name="files"),
    path("courses/<slug:slug>/versions/<int:number>/files/<path:name>", authoring.edit, name="edit"),
    path(
        "courses/<slug:slug>/versions/<int:number>/figures/<slug:unit>/<str:name>",
        courses.figure,
        name="figure",
    ),
    *cohort_urls,
    *credential_urls,
    *skill_urls,
    *partner_urls,
]
