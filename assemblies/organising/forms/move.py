"""Move or cancel a meeting: asked first, then confirmed on a page that says how many people will be told."""

from datetime import datetime
from typing import Any

from crispy_forms_gds.layout import HTML, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from assemblies.meetings.models import Meeting
from assemblies.organising import coherence
from assemblies.organising.actions import meeting_place
from assemblies.papers import deadline
from partnership.dates import carried_along
from partnership.ui.edit_conflict import RevisionField
from partnership.ui.fields import CarriedMomentField, DayField, MomentField
from partnership.ui.forms import PortalForm

THREE_LINES = forms.Textarea(attrs={"rows": 3})


class MoveForm(PortalForm):
    """The new time, and why. What depends on the time is asked on the next page."""

    starts_at = MomentField(label="New start")
    ends_at = MomentField(label="New end")
    reason = forms.CharField(
        label="Why it is moving",
        required=False,
        max_length=1000,
        widget=THREE_LINES,
        help_text="Everyone we tell will read this.",
    )
    submit_label = "Continue"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        times: dict[str, Any] = {name: cleaned.get(name) for name in ("starts_at", "ends_at")}
        would_be = Meeting(**times)
        for problem in coherence.problems(would_be, {}):
            if problem.fields[0] in self.fields and problem.fields[0] not in self.errors:
                self.add_error(problem.fields[0], problem.message)
        return cleaned


class MoveConfirmForm(PortalForm):
    """What depends on the time, shifted with it, for staff to change; the new time is carried along."""

    revision = RevisionField()
    starts_at = CarriedMomentField()
    ends_at = CarriedMomentField()
    reason = forms.CharField(required=False, widget=forms.HiddenInput)
    urgent_reason = forms.CharField(
        label="The chair’s reason why it cannot wait",
        max_length=2000,
        widget=THREE_LINES,
        help_text="Ask the chair: their opinion that it is urgent, and the special circumstances. The public will read this.",
        error_messages={"required": "Enter the chair’s reason why it cannot wait"},
    )
    registration_opens_at = MomentField(label="Registration opens", required=False)
    registration_closes_at = MomentField(label="Registration closes", required=False)
    allocation_released_on = DayField(label="Unused seats go to everyone on", required=False)
    submit_name = "confirm"

    def __init__(self, *args, meeting: Meeting, tells: bool = True, **kwargs) -> None:
        """Asks the chair's reason where the agenda that is out came too late for the new day; `tells` is whether anybody
        is emailed."""
        self.submit_label = "Move the meeting and tell them" if tells else "Move the meeting"
        super().__init__(*args, **kwargs)
        self.meeting = meeting
        starts_at = self._new_start()
        self.late_for = deadline.late_for(meeting, starts_at) if starts_at else None
        if not self.late_for:
            del self.fields["urgent_reason"]
        hint = "These move with the meeting. You can change them."
        asked = [name for name, field in self.fields.items() if not field.widget.is_hidden and name != "urgent_reason"]
        self.helper.layout = Layout(
            *(name for name, field in self.fields.items() if field.widget.is_hidden),
            *(["urgent_reason"] if self.late_for else []),
            HTML(f'<p class="govuk-body">{hint}</p>'),
            *asked,
        )

    def _new_start(self) -> datetime | None:
        try:
            return self.fields["starts_at"].clean(self["starts_at"].value())
        except ValidationError:
            return None

    @staticmethod
    def shifted(meeting: Meeting, asked: dict[str, Any]) -> dict[str, Any]:
        """The answers to begin with: the new time, and what depends on it moved by as much."""

        def with_it(moment):
            return carried_along(moment, meeting.starts_at, asked["starts_at"])

        opens, closes = meeting.registration_opens_at, meeting.registration_closes_at
        released = meeting.allocation_released_on
        days = timezone.localtime(asked["starts_at"]).date() - timezone.localtime(meeting.starts_at).date()
        return asked | {
            "revision": meeting.revision,
            "registration_opens_at": min(opens, with_it(opens)) if opens else None,
            "registration_closes_at": with_it(closes) if closes else None,
            "allocation_released_on": released + days if released else None,
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        would_be = Meeting(capacity=self.meeting.capacity, format=self.meeting.format)
        for name, value in cleaned.items():
            if name not in ("revision", "reason", "urgent_reason"):
                setattr(would_be, name, value)
        for problem in coherence.problems(would_be, meeting_place.seats_of(self.meeting)):
            field = next((name for name in problem.fields if name in self.fields), None)
            if field and field not in self.errors:
                self.add_error(field, problem.message)
        return cleaned


class CancelForm(PortalForm):
    """Why the meeting is called off."""

    reason = forms.CharField(
        label="Why it is cancelled",
        max_length=1000,
        widget=THREE_LINES,
        help_text="Everyone we tell will read this, and it will be on the page of the meeting.",
        error_messages={"required": "Say why the meeting is cancelled"},
    )
    submit_warning = True

    def __init__(self, *args, tells: bool = True, **kwargs) -> None:
        """`tells` is whether anybody is emailed."""
        self.submit_label = "Cancel the meeting and tell them" if tells else "Cancel the meeting"
        super().__init__(*args, **kwargs)
