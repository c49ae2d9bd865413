"""REST of learn: one router per concept, the same actions and queries as the pages."""

from ninja import Router

from dure.learn.cohorts.rest import router as cohorts_router
from dure.learn.cohorts.rest.afterwards import router as afterwards_router
from dure.learn.cohorts.rest.attendance import router as attendance_router
from dure.learn.cohorts.rest.calendar import router as calendar_router
from dure.learn.cohorts.rest.checkin import router as checkin_router
from dure.learn.cohorts.rest.entrance import router as entrance_router
from dure.learn.cohorts.rest.plan import router as plan_router
from dure.learn.cohorts.rest.projects import router as projects_router
from dure.learn.cohorts.rest.questions import router as questions_router
from dure.learn.cohorts.rest.rooms import router as rooms_router
from dure.learn.cohorts.rest.sessions import router as sessions_router
from dure.learn.credentials.rest import router as credentials_router
from dure.learn.partners.rest import router as partners_router
from dure.learn.partners.rest_recognition import router as recognitions_router
from dure.learn.partners.rest_seats import router as seats_router
from dure.learn.rest import authoring as _authoring  # noqa: F401 - adds to the courses' router: one path is one router's
from dure.learn.rest.courses import router as courses_router
from dure.learn.rest.gradebook import router as gradebook_router
from dure.learn.rest.labs import router as labs_router
from dure.learn.rest.paths import router as paths_router
from dure.learn.skills.rest import router as skills_router

router = Router(tags=["learn"])
router.add_router("", courses_router)
router.add_router("", labs_router)
router.add_router("", gradebook_router)
router.add_router("", paths_router)
router.add_router("", credentials_router)
router.add_router("", cohorts_router)
router.add_router("", rooms_router)
router.add_router("", sessions_router)
router.add_router("", attendance_router)
router.add_router("", checkin_router)
router.add_router("", calendar_router)
router.add_router("", plan_router)
router.add_router("", questions_router)
router.add_router("", projects_router)
router.add_router("", entrance_router)
router.add_router("", afterwards_router)
router.add_router("", skills_router)
router.add_router("", partners_router)
router.add_router("", seats_router)
router.add_router("", recognitions_router)
