"""The day of a meeting that is copied from another."""

from uuid import uuid4

from django import forms

from partnership.ui.fields import MomentField
from partnership.ui.forms import PortalForm


class MeetingCopyForm(PortalForm):
    submit_label = "Copy the meeting"
    uid = forms.UUIDField(widget=forms.HiddenInput)
    starts_at = MomentField(label="Start")
    ends_at = MomentField(label="End")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("uid", uuid4())
