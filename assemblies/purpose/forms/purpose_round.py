"""Asking the member organisations whether each line still stands."""

from datetime import datetime, time, timedelta

from django import forms
from django.utils import timezone

from assemblies.meetings.models import Meeting
from assemblies.purpose.forms.purpose import KeyedForm, box
from partnership import dates
from partnership.boards.models import Board
from partnership.ui.fields import MomentField


class AskForm(KeyedForm):
    submit_label = "Ask them"
    meeting = forms.ModelChoiceField(
        label="Meeting that has the result before it",
        queryset=Meeting.objects.none(),
        empty_label=None,
        error_messages={"required": "Choose a meeting of the board"},
    )
    words = forms.CharField(
        label="What you would like to know",
        max_length=2000,
        required=False,
        widget=box(4),
        help_text="In your own words. Everyone you ask will read it, also in the email.",
    )
    closes_at = MomentField(label="Answers close", help_text="Before the meeting, with time for you to read them.")

    def __init__(self, *args, board: Board, **kwargs) -> None:
        now = timezone.now()
        ahead = Meeting.objects.filter(state=Meeting.State.PUBLISHED, starts_at__gt=now).of_boards([board])
        meetings = ahead.order_by("starts_at")
        first = meetings.first()
        kwargs["initial"] = {"meeting": first, "closes_at": self._usual_close(first, now)}
        super().__init__(*args, **kwargs)
        self.has_meeting = first is not None
        self.fields["meeting"].queryset = meetings
        self.fields["meeting"].label_from_instance = lambda row: f"{row.title}, {dates.day(row.starts_at)}"

    @staticmethod
    def _usual_close(meeting: Meeting | None, now: datetime) -> datetime | None:
        """Two days before the meeting at the end of office hours, where that is still to come."""
        if meeting is None:
            return None
        day = timezone.localdate(meeting.starts_at) - timedelta(days=2)
        close = timezone.make_aware(datetime.combine(day, time(17)))
        return close if close > now else None
