"""REST of the farm: one router per concept, the same actions and queries as the pages."""

from ninja import Router

from dure.farm.rest.jobs import router as jobs_router
from dure.farm.rest.now import router as now_router

router = Router(tags=["farm"])
router.add_router("", now_router)
router.add_router("", jobs_router)
