"""Addresses of talent."""

from dure.talent.applications.urls import urls as application_urls
from dure.talent.audits.urls import urls as audit_urls
from dure.talent.intakes.urls import urls as intake_urls
from dure.talent.matching.urls import urls as matching_urls
from dure.talent.openings.urls import urls as opening_urls
from dure.talent.profiles.urls import urls as profile_urls
from dure.talent.rounds.urls import urls as round_urls
from dure.talent.teams.urls import urls as team_urls

app_name = "talent"
urlpatterns = [
    *opening_urls,
    *application_urls,
    *audit_urls,
    *profile_urls,
    *matching_urls,
    *round_urls,
    *intake_urls,
    *team_urls,
]
