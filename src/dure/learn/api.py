"""The door of learn: what other apps may use."""

from dure.learn.cohorts.calendar_sources import CalendarEntry, register_calendar
from dure.learn.cohorts.calendars import file_of as calendar_file
from dure.learn.cohorts.calendars import site_of as calendar_site
from dure.learn.cohorts.programmes import visible_to as visible_programmes
from dure.learn.credentials.earned import Earned
from dure.learn.credentials.issuing import award
from dure.learn.events import (
    CertificateRecognised,
    CertificateUnrecognised,
    PartnerSeatsGiven,
    PartnerSeatUsed,
    SeatsGiven,
    SeatUsed,
    SkillsChanged,
)
from dure.learn.models import Course, CourseVersion, Credential, Enrolment, Programme
from dure.learn.queries.front import MyCourse, MyLearning, MySession, my_learning
from dure.learn.queries.yearly import people_trained
from dure.learn.skills.evidence import Fact as SkillFact
from dure.learn.skills.gathering import skill_facts
from dure.learn.skills.queries import courses_teaching
from dure.learn.skills.words import detail as fact_detail

__all__ = [
    "CalendarEntry",
    "CertificateRecognised",
    "CertificateUnrecognised",
    "Course",
    "CourseVersion",
    "Credential",
    "Earned",
    "Enrolment",
    "MyCourse",
    "MyLearning",
    "MySession",
    "PartnerSeatUsed",
    "PartnerSeatsGiven",
    "Programme",
    "SeatUsed",
    "SeatsGiven",
    "SkillFact",
    "SkillsChanged",
    "award",
    "calendar_file",
    "calendar_site",
    "courses_teaching",
    "fact_detail",
    "my_learning",
    "people_trained",
    "register_calendar",
    "skill_facts",
    "visible_programmes",
]
