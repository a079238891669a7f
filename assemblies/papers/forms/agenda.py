"""An item of the agenda, and publishing it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from assemblies.meetings.forms.day_and_clock import at, check_within, days_of
from assemblies.meetings.models import Meeting
from assemblies.meetings.purposes import purposes_of
from assemblies.papers.models import AgendaItem, Document
from partnership.ui.edit_conflict import EditConflictMixin, between
from partnership.ui.fields import ClockField
from partnership.ui.forms import PortalForm

THREE_LINES = forms.Textarea(attrs={"rows": 3})


class AgendaItemForm(EditConflictMixin, PortalForm):
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    title = forms.CharField(label="Title", max_length=200)
    purpose = forms.ChoiceField(
        label="What it is for",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what the item is for"},
    )
    day = forms.ChoiceField(label="Day")
    starts_at = ClockField(
        label="Time", required=False, help_text="Leave it empty if it simply follows the item before."
    )
    presenter = forms.CharField(label="Presenter", max_length=200, required=False)
    summary = forms.CharField(label="Summary", required=False, widget=forms.Textarea(attrs={"rows": 4}))
    documents = forms.ModelMultipleChoiceField(
        label="Papers",
        queryset=Document.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="They are released when the agenda is published.",
    )
    submit_label = "Save the item"

    def __init__(self, *args, meeting: Meeting, item: AgendaItem | None, **kwargs) -> None:
        kwargs["initial"] = self._stands(item) if item else {"purpose": ""}
        super().__init__(*args, **kwargs)
        self.meeting = meeting
        self.fields["purpose"].choices = purposes_of(meeting.board)
        self.fields["documents"].queryset = meeting.documents.current()
        if not self.fields["documents"].queryset.exists():
            del self.fields["documents"]
        self.fields["day"].choices = days_of(meeting)
        if len(self.fields["day"].choices) == 1:
            del self.fields["day"]

    @staticmethod
    def _stands(item: AgendaItem) -> dict[str, Any]:
        start = timezone.localtime(item.starts_at) if item.starts_at else None
        return {
            "revision": item.revision,
            "title": item.title,
            "purpose": item.purpose,
            "presenter": item.presenter,
            "summary": item.summary,
            "documents": list(item.documents.values_list("pk", flat=True)),
            "starts_at": start.time() if start else None,
            "day": start.date().isoformat() if start else "",
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        clock = cleaned.get("starts_at")
        if clock:
            cleaned["starts_at"] = at(self.meeting, cleaned.get("day", ""), clock)
            try:
                check_within(self.meeting, cleaned["starts_at"], "The time")
            except ValidationError as error:
                self.add_error("starts_at", error)
        return cleaned

    def facts(self) -> dict[str, Any]:
        """What was answered, as the action takes it."""
        facts = {name: self.cleaned_data[name] for name in ("title", "purpose", "starts_at", "presenter", "summary")}
        return facts | {"documents": list(self.cleaned_data.get("documents", []))}

    def differences(self, now: AgendaItem) -> list[tuple[str, str, str]]:
        """Each question whose answer differs from the item as it stands `now`: label, their answer, yours."""
        answers = dict(self.cleaned_data)
        if answers["starts_at"]:
            answers["starts_at"] = timezone.localtime(answers["starts_at"]).time()
        else:
            answers.pop("day", None)  # a day without a time says nothing
        return between(AgendaItemForm(meeting=self.meeting, item=now), answers)


class AgendaPublishForm(PortalForm):
    """What the chair says on publishing: why it is urgent where it is late, and a comment where it is not the first."""

    seen = forms.CharField(widget=forms.HiddenInput)
    urgent_reason = forms.CharField(
        label="Why it is urgent",
        max_length=2000,
        widget=THREE_LINES,
        help_text="Your opinion that it cannot wait, and the special circumstances. The public will read this.",
        error_messages={"required": "Say why this is urgent and cannot wait"},
    )
    comment = forms.CharField(
        label="Your comment on the changes",
        required=False,
        max_length=4000,
        widget=THREE_LINES,
        help_text="The public and followers will read it below the list of changes.",
    )
    submit_label = "Publish the agenda"

    def __init__(self, *args, late: bool, later: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if not late:
            del self.fields["urgent_reason"]
        if not later:
            del self.fields["comment"]
