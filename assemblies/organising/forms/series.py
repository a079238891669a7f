"""A series of meetings: its rule, and a change to it."""

from typing import Any
from uuid import uuid4

from django import forms

from assemblies.meetings.in_common import boards_of
from assemblies.meetings.models import Meeting
from assemblies.organising.actions import series as actions
from assemblies.organising.forms.meeting import number
from assemblies.organising.models import MeetingSeries
from assemblies.organising.models.series import MOST_DATES
from partnership.boards.models import Board
from partnership.ui.fields import ClockField, DayField
from partnership.ui.forms import PortalForm

RULE = ("title", "unit", "every", "weekday", "which", "starts_on", "until", "count", "start_time", "end_time",
        "bank_holidays")  # fmt: skip


def _scope() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Which meetings is this for?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select which meetings this is for"},
    )


class SeriesForm(PortalForm):
    """Asks for the rule; the next page shows the dates it means, before anything is made."""

    submit_label = "Show the dates"
    uid = forms.UUIDField(widget=forms.HiddenInput)
    title = forms.CharField(
        label="Title of each meeting",
        max_length=200,
        error_messages={"required": "Enter the title of each meeting"},
    )
    kind = forms.ChoiceField(
        label="Kind of meeting",
        choices=Meeting.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select the kind of meeting"},
    )
    by_invitation = forms.BooleanField(
        label="By invitation only",
        required=False,
        help_text="Then only people invited or registered can see their pages.",
    )
    format = forms.ChoiceField(label="How people attend", choices=Meeting.Format.choices, widget=forms.RadioSelect)
    venue_name = forms.CharField(label="Venue", max_length=200, required=False)
    unit = forms.ChoiceField(
        label="Repeat by week or by month",
        choices=MeetingSeries.Unit.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether the meetings repeat by week or by month"},
    )
    every = forms.IntegerField(
        label="How many weeks or months apart",
        min_value=1,
        max_value=26,
        widget=number(),
        help_text="1 for each week or month, 2 for every second.",
    )
    weekday = forms.TypedChoiceField(
        label="Day of the week",
        choices=[("", "Choose a day"), *MeetingSeries.Weekday.choices],
        coerce=int,
        error_messages={"required": "Select the day of the week"},
    )
    which = forms.TypedChoiceField(
        label="Which of these days in the month",
        choices=[("", "Not by month"), *MeetingSeries.Which.choices],
        coerce=int,
        empty_value=None,
        required=False,
        help_text="Only where they are months apart.",
    )
    starts_on = DayField(label="First day", help_text="The first meeting is on this day or after it.")
    until = DayField(label="Last day", required=False, help_text="Enter a last day or a number of dates, not both.")
    count = forms.IntegerField(
        label="Number of dates", required=False, min_value=1, max_value=MOST_DATES, widget=number()
    )
    start_time = ClockField(label="Start of each meeting")
    end_time = ClockField(label="End of each meeting")
    bank_holidays = forms.ChoiceField(
        label="Dates that are bank holidays",
        choices=MeetingSeries.BankHolidays.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select what happens to dates that are bank holidays"},
    )

    def __init__(self, *args, board: Board, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.board = board
        self.initial.setdefault("uid", uuid4())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("unit") == MeetingSeries.Unit.MONTH and not cleaned.get("which"):
            self.add_error("which", "Select which of these days in the month")
        if cleaned.get("unit") == MeetingSeries.Unit.WEEK:
            cleaned["which"] = None
        if "until" in cleaned and "count" in cleaned and bool(cleaned["until"]) == bool(cleaned["count"]):
            self.add_error("until", "Enter either a last day or a number of dates")
        start, end = cleaned.get("start_time"), cleaned.get("end_time")
        if start and end and end <= start:
            self.add_error("end_time", "The end must be after the start")
        if not self.errors:
            wrong = actions.problem(self.series())
            if wrong:
                self.add_error(*wrong)
        return cleaned

    def series(self) -> MeetingSeries:
        """The series as it was typed, unsaved."""
        return MeetingSeries(board=self.board, **self.rule())

    def rule(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in RULE}

    def facts_of_each(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in actions.OF_EACH_MEETING}


class SeriesChangeForm(PortalForm):
    """What should be otherwise, and for which meetings of the series."""

    submit_label = "Change the meetings"
    title = forms.CharField(label="Title", max_length=200)
    start_time = ClockField(label="Start")
    end_time = ClockField(label="End")
    venue_name = forms.CharField(label="Venue", max_length=200, required=False)
    venue_address = forms.CharField(
        label="Address of the venue", required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    boards = forms.ModelMultipleChoiceField(
        label="Boards that meet in common with the host",
        queryset=Board.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    scope = _scope()

    def __init__(self, *args, meeting: Meeting, scopes: list[tuple[str, str]], **kwargs) -> None:
        names = ("title", "venue_name", "venue_address")
        kwargs["initial"] = {name: getattr(meeting, name) for name in names} | {
            "start_time": actions.clock_of(meeting.starts_at), "end_time": actions.clock_of(meeting.ends_at),
        }  # fmt: skip
        super().__init__(*args, **kwargs)
        others = boards_of(meeting)[1:]
        self.initial["boards"] = [each.pk for each in others]
        offered = Board.objects.to_choose(*self.initial["boards"]).exclude(pk=meeting.board_id)
        self.fields["boards"].queryset = offered
        self.fields["scope"].choices = scopes

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        start, end = cleaned.get("start_time"), cleaned.get("end_time")
        if start and end and end <= start:
            self.add_error("end_time", "The end must be after the start")
        return cleaned


class SeriesDeleteForm(PortalForm):
    """For which meetings of a series the drafts are deleted."""

    submit_label, submit_warning = "Delete the drafts", True
    scope = _scope()

    def __init__(self, *args, scopes: list[tuple[str, str]], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scope"].choices = scopes
