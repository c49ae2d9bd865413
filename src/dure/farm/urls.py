"""Addresses of the farm."""

from django.urls import path

from dure.farm import urls_sharing
from dure.farm.labs import hub_views
from dure.farm.labs import pages as labs
from dure.farm.pages import asking, jobs, now

app_name = "farm"
urlpatterns = [
    path("farm", now.farm_page, name="now"),
    path("labs", labs.lab_page, name="lab"),
    path("labs/open", labs.open_page, name="lab_open"),
    path("labs/stop", labs.stop_lab, name="lab_stop"),
    path("labs/hub/start", hub_views.start, name="lab_hub_start"),
    path("labs/hub/look", hub_views.look, name="lab_hub_look"),
    path("labs/hub/stop", hub_views.stop, name="lab_hub_stop"),
    path("farm/jobs", jobs.jobs_page, name="jobs"),
    path("farm/jobs/new", asking.ask_page, name="ask"),
    path("farm/jobs/words", asking.words_part, name="words"),
    path("farm/jobs/<uuid:uid>", jobs.job_page, name="job"),
    path("farm/jobs/<uuid:uid>/act", jobs.act_on_job, name="job_act"),
    path("farm/jobs/<uuid:uid>/files/<path:name>", jobs.job_file, name="job_file"),
    path("farm/arrays/<uuid:uid>", jobs.array_page, name="array"),
    path("farm/arrays/<uuid:uid>/act", jobs.act_on_array, name="array_act"),
    *urls_sharing.urls,
]
