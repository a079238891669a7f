"""The answer of somebody invited, as staff record it."""

from django import forms

from assemblies.meetings.models import Meeting
from assemblies.registrations.models import Registration
from partnership.ui.forms import PortalForm


class AnswerForm(PortalForm):
    """What the person told staff, by telephone say."""

    submit_label = "Record their answer"

    answer = forms.ChoiceField(
        label="What did they say?",
        choices=[("coming", "They are coming"), ("declined", "They are not coming")],
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether they are coming"},
    )
    attendance = forms.ChoiceField(
        label="How will they attend?",
        help_text="If they are coming",
        choices=Registration.Attendance.choices,
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(self, *args, meeting: Meeting, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if meeting.format != Meeting.Format.HYBRID:
            del self.fields["attendance"]

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("answer") == "coming" and "attendance" in self.fields and not cleaned.get("attendance"):
            self.add_error("attendance", "Select how they will attend")
        return cleaned
