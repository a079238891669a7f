"""The sessions of a programme, a row each. Rows are added without script: save, and there are more."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone

from assemblies.meetings.forms.day_and_clock import at, days_of
from assemblies.meetings.models import Meeting
from assemblies.papers.actions.programme import Row
from assemblies.papers.models import Session
from partnership.ui.edit_conflict import SeenField
from partnership.ui.fields import ClockField
from partnership.ui.forms import PortalForm

BLANK_ROWS = 3
MOST_ROWS = 60


class SessionForm(PortalForm):
    number: int  # from 1, as ProgrammeFormSet counts
    id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    day = forms.ChoiceField(label="Day")
    starts = ClockField(label="Start", error_messages={"required": "Enter when the session starts"})
    ends = ClockField(label="End", error_messages={"required": "Enter when the session ends"})
    kind = forms.ChoiceField(label="Kind", choices=Session.Kind.choices, initial=Session.Kind.SESSION)
    title = forms.CharField(
        label="Title", max_length=200, error_messages={"required": "Enter the title of the session"}
    )
    speakers = forms.CharField(label="Speakers", max_length=300, required=False)
    description = forms.CharField(label="Description", required=False, widget=forms.Textarea(attrs={"rows": 2}))
    remove = forms.BooleanField(label="Remove this session", required=False)
    submit_label = ""
    mark_optional = False

    def __init__(self, *args, meeting: Meeting, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.meeting = meeting
        self.fields["day"].choices = days_of(meeting)
        self.fields["day"].initial = self.fields["day"].choices[0][0]
        if len(self.fields["day"].choices) == 1:
            del self.fields["day"]
        if not self.initial.get("id"):
            del self.fields["remove"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("remove"):
            self.errors.clear()
            return cleaned
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts is not None and ends is not None:
            day = cleaned.get("day", "")
            cleaned["starts_at"], cleaned["ends_at"] = at(self.meeting, day, starts), at(self.meeting, day, ends)
            if cleaned["ends_at"] <= cleaned["starts_at"]:
                self.add_error("ends", "The session must end after it starts")
        return cleaned

    def row(self) -> Row | None:
        """The session as the action takes it; None for a row that was left empty or removed."""
        if not self.cleaned_data.get("title") or self.cleaned_data.get("remove"):
            return None
        given = {name: self.cleaned_data[name] for name in Row._fields[1:]}
        return Row(pk=self.cleaned_data["id"], **given)


class ProgrammeFormSet(forms.BaseFormSet):
    """All sessions of the draft."""

    default_error_messages = forms.BaseFormSet.default_error_messages | {
        "too_many_forms": "A programme can have %(num)d sessions at most: remove some"
    }
    keeps_draft, secret = True, False  # as `PortalFormMixin` says of one form
    _draft: QueryDict | None = None

    def __init__(self, *args, meeting: Meeting, sessions: list[Session], **kwargs) -> None:
        initial = [_stands(session) for session in sessions]
        given = {"initial": initial, "form_kwargs": {"meeting": meeting}, "prefix": "row"}
        super().__init__(*args, **kwargs | given)

    @property
    def draft(self) -> QueryDict | None:
        """What was typed before and not sent, shown in the rows that are there."""
        return self._draft

    @draft.setter
    def draft(self, typed: QueryDict) -> None:
        self._draft = typed
        for form in self.forms:
            form.draft = typed

    def rows(self) -> list[Row]:
        """The sessions to be, in the order of their times."""
        found = [row for form in self.forms if (row := form.row())]
        return sorted(found, key=lambda row: (row.starts_at, row.ends_at))

    def summary(self) -> list[tuple[str, str]]:
        """Each error with the id of the box it belongs to, for the summary on top of the page."""
        lines = [("", str(message)) for message in self.non_form_errors()] if self.is_bound else []
        for form in self.forms if self.is_bound else []:
            for name, errors in form.errors.items():
                anchor = form[name].id_for_label if name in form.fields else ""
                lines += [(anchor, f"Session {form.number}: {error}") for error in errors]
        return lines

    def add_fields(self, form: SessionForm, index: int | None) -> None:
        super().add_fields(form, index)
        form.number = (index or 0) + 1


SessionFormSet: Any = forms.formset_factory(
    SessionForm,
    formset=ProgrammeFormSet,
    extra=BLANK_ROWS,
    max_num=MOST_ROWS,
    absolute_max=MOST_ROWS,  # Django would read a thousand more before it says that they are too many
    validate_max=True,
)


class ReleaseForm(PortalForm):
    """What staff say on releasing a version."""

    seen = SeenField()
    comment = forms.CharField(
        label="Comment on the changes",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The public will read it below the list of changes.",
    )
    submit_label = "Release the programme"

    def __init__(self, *args, later: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if not later:
            del self.fields["comment"]


def _stands(session: Session) -> dict[str, Any]:
    start, end = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
    return {
        "id": session.pk,
        "day": start.date().isoformat(),
        "starts": start.time(),
        "ends": end.time(),
        "kind": session.kind,
        "title": session.title,
        "speakers": session.speakers,
        "description": session.description,
    }
