"""REST of talent: one router per concept, the same actions and queries as the pages."""

from ninja import Router

from dure.talent.applications.rest import router as applications_router
from dure.talent.applications.rest_organisation import router as deciding_router
from dure.talent.audits.rest import router as audits_router
from dure.talent.intakes.rest import router as intakes_router
from dure.talent.intakes.rest_stay import router as stays_router
from dure.talent.matching.rest import router as matching_router
from dure.talent.openings.rest import router as openings_router
from dure.talent.openings.rest_importing import router as imports_router
from dure.talent.openings.rest_verifying import router as verified_router
from dure.talent.profiles.rest import router as evidence_router
from dure.talent.profiles.rest_profile import router as profile_router
from dure.talent.rounds.rest import router as rounds_router
from dure.talent.rounds.rest_appeal import router as round_appeals_router
from dure.talent.rounds.rest_taking_part import router as rankings_router
from dure.talent.teams.rest import router as teams_router

router = Router(tags=["talent"])
router.add_router("", verified_router)
router.add_router("", imports_router)
router.add_router("", openings_router)
router.add_router("", applications_router)
router.add_router("", deciding_router)
router.add_router("", matching_router)
router.add_router("", rounds_router)
router.add_router("", rankings_router)
router.add_router("", round_appeals_router)
router.add_router("", evidence_router)
router.add_router("", profile_router)
router.add_router("", intakes_router)
router.add_router("", stays_router)
router.add_router("", audits_router)
router.add_router("", teams_router)
