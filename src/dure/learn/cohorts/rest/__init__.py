"""REST of cohorts: one router per concept."""

from ninja import Router

from dure.learn.cohorts.rest.cohorts import router as cohorts_router
from dure.learn.cohorts.rest.inside import router as inside_router
from dure.learn.cohorts.rest.programmes import router as programmes_router

router = Router()
router.add_router("", cohorts_router)
router.add_router("", inside_router)
router.add_router("", programmes_router)
