"""Forms of sessions and rooms. What is right is decided by the actions; a form shows their faults at the fields."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from dure.learn.cohorts import repeating, rooms
from dure.learn.cohorts.plans import MOST_PRESTART, Plan
from dure.learn.models import ClassSession, Cohort, Room
from dure.people import api as people

DATE: Final = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
TIME: Final = {"type": "time"}
WEEKDAYS: Final = [
    (0, _("Monday")),
    (1, _("Tuesday")),
    (2, _("Wednesday")),
    (3, _("Thursday")),
    (4, _("Friday")),
    (5, _("Saturday")),
    (6, _("Sunday")),
]


class SessionForm(forms.Form):
    """One session, within one day; times are those of Seoul, whoever writes them."""

    kind = forms.ChoiceField(
        label=_("How people meet"),
        choices=ClassSession.Kind.choices,
        widget=forms.RadioSelect,
        initial="onsite",
    )
    title_ko = forms.CharField(label=_("Title in Korean"), required=False, max_length=160)
    title_en = forms.CharField(label=_("Title in English"), required=False, max_length=160)
    unit = forms.ChoiceField(label=_("Unit of the course"), required=False)
    day = forms.DateField(label=_("Day"), widget=DATE)
    starts = forms.TimeField(label=_("Starts (KST)"), widget=forms.TimeInput(attrs=TIME, format="%H:%M"))
    ends = forms.TimeField(label=_("Ends (KST)"), widget=forms.TimeInput(attrs=TIME, format="%H:%M"))
    break_minutes = forms.IntegerField(
        label=_("Break (minutes)"),
        min_value=0,
        max_value=720,
        initial=0,
        required=False,
        help_text=_("Breaks are not counted as hours of attendance."),
    )
    room = forms.ModelChoiceField(
        queryset=Room.objects.none(),
        label=_("Room"),
        required=False,
        help_text=_("For sessions on site. Only those inside the cohort read its address."),
    )
    link = forms.URLField(
        label=_("Link"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=_("For online sessions. Only those inside the cohort read it."),
    )
    prestart_minutes = forms.IntegerField(
        label=_("Start labs beforehand (minutes)"),
        min_value=0,
        max_value=MOST_PRESTART,
        initial=0,
        required=False,
        help_text=_("So many minutes before the start, labs of those who have a place are started. 0: not."),
    )

    def __init__(
        self, *given: Any, cohort: Cohort, person: Any, session: ClassSession | None = None, **named: Any
    ) -> None:
        super().__init__(*given, **named)
        room: Any = self.fields["room"]
        room.queryset = rooms.usable(person, cohort, session=session)
        room.label_from_instance = lambda one: f"{one.organisation.name}: {one.name} ({one.seats})"
        unit: Any = self.fields["unit"]
        unit.choices = [("", "—"), *unit_choices(cohort)]

    def planned(self) -> list[Plan]:
        """The valid form as a plan for each day."""
        return [self._plan_on(day) for day in self._days()]

    def _days(self) -> list[date]:
        return [self.cleaned_data["day"]]

    def _plan_on(self, day: date) -> Plan:
        given = self.cleaned_data
        same = ("kind", "title_ko", "title_en", "unit", "room", "link")
        return Plan(
            starts_at=moment_of(day, given["starts"]),
            ends_at=moment_of(day, given["ends"]),
            break_minutes=given["break_minutes"] or 0,
            prestart_minutes=given["prestart_minutes"] or 0,
            **{name: given[name] for name in same},
        )


class NewSessionsForm(SessionForm):
    """The same, also every week."""

    until = forms.DateField(
        label=_("Repeat every week until"),
        widget=DATE,
        required=False,
        help_text=_("Leave it empty for one session."),
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Weekdays"),
        choices=WEEKDAYS,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: on the weekday of the first day."),
    )

    def _days(self) -> list[date]:
        given = self.cleaned_data
        return repeating.days_of(given["day"], weekdays=given["weekdays"], until=given["until"])


class CallOffForm(forms.Form):
    """Why a session does not take place."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Everybody inside the cohort reads it."),
    )


class RoomForm(forms.Form):
    """A room of an organisation."""

    name_ko = forms.CharField(label=_("Name in Korean"), required=False, max_length=120)
    name_en = forms.CharField(label=_("Name in English"), required=False, max_length=120)
    address_ko = forms.CharField(label=_("Address in Korean"), required=False, max_length=300)
    address_en = forms.CharField(label=_("Address in English"), required=False, max_length=300)
    access_ko = forms.CharField(
        label=_("How to come in, in Korean"),
        required=False,
        max_length=300,
        help_text=_("Entrance, floor, parking, and the way with a wheelchair."),
    )
    access_en = forms.CharField(label=_("How to come in, in English"), required=False, max_length=300)
    seats = forms.IntegerField(label=_("Seats"), min_value=1, max_value=rooms.MOST_SEATS)


class NewRoomForm(RoomForm):
    """The same, with whose it is."""

    organisation = forms.ModelChoiceField(
        queryset=people.Organisation.objects.none(), label=_("Organisation"), empty_label=None
    )
    field_order = ("organisation",)

    def __init__(self, *given: Any, person: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        field: Any = self.fields["organisation"]
        field.queryset = rooms.kept_by(person)


def unit_choices(cohort: Cohort) -> Sequence[tuple[str, str]]:
    """The units of the cohort's version, by their titles."""
    language = str(get_language() or "ko")
    return [(unit.id, unit.title.within(language)) for unit in cohort.version.taught.units]


def moment_of(day: date, at: time) -> datetime:
    """A time of day where the platform is."""
    return datetime.combine(day, at, timezone.get_default_timezone())


def initial_of(session: ClassSession) -> dict[str, Any]:
    """A session as its form shows it."""
    zone = timezone.get_default_timezone()
    starts, ends = timezone.localtime(session.starts_at, zone), timezone.localtime(session.ends_at, zone)
    same = ("kind", "title_ko", "title_en", "unit", "room", "link", "break_minutes", "prestart_minutes")
    times = {"day": starts.date(), "starts": starts.time(), "ends": ends.time()}
    return {name: getattr(session, name) for name in same} | times
