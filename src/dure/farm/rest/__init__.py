"""REST of the farm: one router per concept, the same actions and queries as the pages."""

from ninja import Router

from dure.farm.rest.accelerators import router as accelerators_router
from dure.farm.rest.allocations import router as allocations_router
from dure.farm.rest.contributions import router as contributions_router
from dure.farm.rest.jobs import router as jobs_router
from dure.farm.rest.labs import router as labs_router
from dure.farm.rest.now import router as now_router
from dure.farm.rest.site_door import router as site_door_router
from dure.farm.rest.sites import router as sites_router
from dure.farm.rest.usage import router as usage_router

router = Router(tags=["farm"])
router.add_router("", now_router)
router.add_router("", jobs_router)
for sharing in (accelerators_router, contributions_router, allocations_router, usage_router):
    router.add_router("", sharing)
router.add_router("", labs_router)
router.add_router("", sites_router)
router.add_router("", site_door_router)
