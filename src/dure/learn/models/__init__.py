"""Rows of learn."""

from dure.learn.models.attempt import CellRun, Grading, LabAttempt, LabDraft
from dure.learn.models.check import LabCheck
from dure.learn.models.coaching import CoachMessage, FollowUp, Project, ProjectTeam
from dure.learn.models.cohort import Announcement, Cohort, DueDate, Place, Programme, SeatBlock
from dure.learn.models.course import Course, CourseVersion, Lab
from dure.learn.models.credential import BadgeKey, Credential, StatusList, StatusPlace
from dure.learn.models.enrolment import Enrolment, LearningEvent, Standing
from dure.learn.models.entrance import EntranceSitting, EntranceTest
from dure.learn.models.partner import PartnerCourse, PartnerPlace, PartnerSeats, Recognition, TrustedIssuer
from dure.learn.models.practice import PracticeAnswer
from dure.learn.models.session import Attendance, CalendarFeed, ClassSession, Room

__all__ = [
    "Announcement",
    "Attendance",
    "BadgeKey",
    "CalendarFeed",
    "CellRun",
    "ClassSession",
    "CoachMessage",
    "Cohort",
    "Course",
    "CourseVersion",
    "Credential",
    "DueDate",
    "Enrolment",
    "EntranceSitting",
    "EntranceTest",
    "FollowUp",
    "Grading",
    "Lab",
    "LabAttempt",
    "LabCheck",
    "LabDraft",
    "LearningEvent",
    "PartnerCourse",
    "PartnerPlace",
    "PartnerSeats",
    "Place",
    "PracticeAnswer",
    "Programme",
    "Project",
    "ProjectTeam",
    "Recognition",
    "Room",
    "SeatBlock",
    "Standing",
    "StatusList",
    "StatusPlace",
    "TrustedIssuer",
]
