"""Addresses of the alliance."""

from dure.alliance.agreements.urls import urls as agreement_urls
from dure.alliance.bulk.urls import urls as bulk_urls
from dure.alliance.calls.urls import urls as call_urls
from dure.alliance.commitments.urls import urls as commitment_urls
from dure.alliance.desk.urls import urls as desk_urls
from dure.alliance.ethics.urls import urls as ethics_urls
from dure.alliance.figures.urls import urls as figure_urls
from dure.alliance.gurus.urls import urls as guru_urls
from dure.alliance.imports.urls import urls as import_urls
from dure.alliance.incubation.urls import urls as incubation_urls
from dure.alliance.introductions.urls import urls as introduction_urls
from dure.alliance.ledger.urls import urls as ledger_urls
from dure.alliance.meetings.urls import urls as meeting_urls
from dure.alliance.members.urls import urls as member_urls
from dure.alliance.projects.urls import urls as project_urls
from dure.alliance.proposals.urls import urls as proposal_urls
from dure.alliance.residents.urls import urls as resident_urls
from dure.alliance.reviews.urls import urls as review_urls
from dure.alliance.roundtables.urls import urls as roundtable_urls
from dure.alliance.scouting.urls import urls as scouting_urls
from dure.alliance.topics.urls import urls as topic_urls
from dure.alliance.votes.urls import urls as vote_urls

app_name = "alliance"
urlpatterns = [
    *agreement_urls,
    *commitment_urls,
    *import_urls,
    *ethics_urls,
    *ledger_urls,
    *member_urls,
    *guru_urls,
    *topic_urls,
    *roundtable_urls,
    *vote_urls,
    *project_urls,
    *scouting_urls,
    *incubation_urls,
    *call_urls,
    *proposal_urls,
    *review_urls,
    *introduction_urls,
    *figure_urls,
    *desk_urls,
    *bulk_urls,
    *meeting_urls,
    *resident_urls,
]
