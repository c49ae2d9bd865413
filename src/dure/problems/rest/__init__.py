"""REST of problems: one router per concept, the same actions and queries as the pages."""

from ninja import Router

from dure.problems.rest.board import router as board_router
from dure.problems.rest.challenges import router as challenges_router
from dure.problems.rest.hosting import router as hosting_router
from dure.problems.rest.hosting_code import router as hosting_code_router
from dure.problems.rest.hosting_program import router as hosting_program_router
from dure.problems.rest.hosting_running import router as hosting_running_router
from dure.problems.rest.hosting_sites import router as hosting_sites_router
from dure.problems.rest.imports import router as imports_router
from dure.problems.rest.needs import router as needs_router
from dure.problems.rest.results import router as results_router
from dure.problems.rest.submissions import router as submissions_router
from dure.problems.rest.talk import router as talk_router
from dure.problems.rest.workrooms import router as workrooms_router

router = Router(tags=["problems"])
router.add_router("", challenges_router)
router.add_router("", submissions_router)
router.add_router("", board_router)
router.add_router("", talk_router)
router.add_router("", imports_router)
router.add_router("", needs_router)
router.add_router("", workrooms_router)
router.add_router("", hosting_router)
router.add_router("", hosting_code_router)
router.add_router("", hosting_program_router)
router.add_router("", hosting_sites_router)
router.add_router("", hosting_running_router)
router.add_router("", results_router)
