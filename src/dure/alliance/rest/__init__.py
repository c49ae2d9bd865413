"""REST of the alliance: one router per concept, the same actions and queries as the pages."""

from ninja import Router

from dure.alliance.agreements.rest import router as agreements_router
from dure.alliance.bulk.rest import router as bulk_router
from dure.alliance.calls.rest import router as calls_router
from dure.alliance.calls.rest_board import router as call_board_router
from dure.alliance.commitments.rest import router as commitments_router
from dure.alliance.desk.rest import router as desk_router
from dure.alliance.ethics.rest import router as ethics_router
from dure.alliance.figures.rest import router as figures_router
from dure.alliance.gurus.rest import router as gurus_router
from dure.alliance.imports.rest import router as imports_router
from dure.alliance.incubation.rest import router as incubation_router
from dure.alliance.incubation.rest_startup import router as startups_router
from dure.alliance.introductions.rest import router as introductions_router
from dure.alliance.ledger.rest import router as ledger_router
from dure.alliance.meetings.rest import router as meetings_router
from dure.alliance.meetings.rest_parts import router as meeting_parts_router
from dure.alliance.members.rest import router as members_router
from dure.alliance.projects.rest import router as projects_router
from dure.alliance.projects.rest_parts import router as project_parts_router
from dure.alliance.proposals.rest import router as proposals_router
from dure.alliance.residents.rest import router as residents_router
from dure.alliance.residents.rest_stays import router as stays_router
from dure.alliance.reviews.rest import router as reviews_router
from dure.alliance.reviews.rest_desk import router as reviews_desk_router
from dure.alliance.roundtables.rest import router as roundtables_router
from dure.alliance.roundtables.rest_parts import router as roundtable_parts_router
from dure.alliance.scouting.rest import router as scouting_router
from dure.alliance.topics.rest import router as topics_router
from dure.alliance.votes.rest import router as votes_router

router = Router(tags=["alliance"])
router.add_router("", agreements_router)
router.add_router("", commitments_router)
router.add_router("", imports_router)
router.add_router("", ethics_router)
router.add_router("", ledger_router)
router.add_router("", members_router)
router.add_router("", gurus_router)
router.add_router("", topics_router)
router.add_router("", roundtables_router)
router.add_router("", roundtable_parts_router)
router.add_router("", votes_router)
router.add_router("", projects_router)
router.add_router("", project_parts_router)
router.add_router("", scouting_router)
router.add_router("", incubation_router)
router.add_router("", startups_router)
router.add_router("", calls_router)
router.add_router("", call_board_router)
router.add_router("", proposals_router)
router.add_router("", reviews_router)
router.add_router("", reviews_desk_router)
router.add_router("", introductions_router)
router.add_router("", figures_router)
router.add_router("", desk_router)
router.add_router("", bulk_router)
router.add_router("", meetings_router)
router.add_router("", meeting_parts_router)
router.add_router("", residents_router)
router.add_router("", stays_router)
