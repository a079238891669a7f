"""What is asked about one action: who does it by when, the outcome, and why it changes."""

from typing import Any

from django import forms

from assemblies.follow_up.actions.follow_up import LONGEST
from assemblies.follow_up.agreed_at import Agreed, agreed_at
from assemblies.follow_up.forms.owner import OwnerForm
from assemblies.follow_up.models import FollowUp
from partnership.boards.models import Board
from partnership.files.uploads import UploadField
from partnership.ui.edit_conflict import EditConflictMixin, RevisionField, between
from partnership.ui.fields import DayField
from partnership.ui.forms import PortalForm

BOX = forms.Textarea(attrs={"rows": 4})


class NewForm(OwnerForm):
    """An action that was agreed, entered after the meeting."""

    submit_label = "Record the action"
    key = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(label="What is to be done", max_length=LONGEST, widget=BOX)
    due_on = DayField(label="By when")
    agreed = forms.ChoiceField(
        label="Where it was agreed",
        required=False,
        help_text="If that item is closed to the public, so is the action. What was agreed at no meeting, or at one by "
        "invitation, is not shown to the public either.",
    )
    field_order = ("key", "text", "to", "other", "due_on", "agreed")

    def __init__(self, *args, board: Board, user, **kwargs) -> None:
        super().__init__(*args, board=board, **kwargs)
        self.board, self.offered = board, agreed_at(board, user)
        self.fields["agreed"].choices = [("", "At no meeting"), *self.offered.choices]

    def facts(self) -> dict[str, Any]:
        """What `assign` is given."""
        answers = self.cleaned_data
        where: Agreed = self.offered.find(answers["agreed"])
        return {
            "text": answers["text"], "owner": answers["to"], "due_on": answers["due_on"], "key": answers["key"],
            "meeting": where.meeting, "item": where.item,
        }  # fmt: skip


class DoneForm(PortalForm):
    submit_label = "Close it as done"
    words = forms.CharField(
        label="What shows that it is done?",
        max_length=LONGEST,
        widget=BOX,
        help_text="Members of the board and staff read this. For instance “The letter went to all twelve practices on 3 May”.",
        error_messages={"required": "Say in a sentence what shows that it is done"},
    )
    link = forms.URLField(label="Link to it", required=False, max_length=500, assume_scheme="https")
    file = UploadField(label="File that shows it", required=False, help_text="At most 20 MB")


class NoteForm(PortalForm):
    submit_label = "Add this note"
    words = forms.CharField(
        label="How far is it?",
        max_length=LONGEST,
        widget=BOX,
        help_text="Members of the board and staff read this.",
        error_messages={"required": "Enter how far it is"},
    )


class BecauseForm(PortalForm):
    """Asks why."""

    words = forms.CharField(label="Why", max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}))


class DropForm(BecauseForm):
    submit_label = "Drop it"
    submit_warning = True

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = "Why does nobody do it any more?"
        self.fields["words"].error_messages["required"] = "Say in a sentence why nobody does it any more"


class HandOnForm(EditConflictMixin, OwnerForm):
    submit_label = "Hand it on"
    revision = RevisionField()
    words = BecauseForm.base_fields["words"]
    field_order = ("revision", "to", "other", "words")

    def __init__(self, *args, follow_up: FollowUp, **kwargs) -> None:
        kwargs["initial"] = {"revision": follow_up.revision}
        super().__init__(*args, board=follow_up.board, **kwargs)
        self.fields["words"].label = "Why is it handed on?"
        self.fields["words"].error_messages["required"] = "Say in a sentence why it is handed on"

    def differences(self, now: FollowUp) -> list[tuple[str, str, str]]:
        return [("Who takes it on", now.owner_name, str(self.cleaned_data["to"]))]


class PostponeForm(EditConflictMixin, BecauseForm):
    submit_label = "Save the new day"
    revision = RevisionField()
    due_on = DayField(label="New day")
    field_order = ("revision", "due_on", "words")

    def __init__(self, *args, follow_up: FollowUp, **kwargs) -> None:
        kwargs["initial"] = {"revision": follow_up.revision}
        super().__init__(*args, **kwargs)
        self.fields["words"].label = "Why does it take until then?"
        self.fields["words"].error_messages["required"] = "Say in a sentence why it takes until then"

    def differences(self, now: FollowUp) -> list[tuple[str, str, str]]:
        stands = PostponeForm(follow_up=now)
        stands.initial["due_on"] = now.due_on
        return [row for row in between(stands, self.cleaned_data) if row[0] == "New day"]


class ReopenForm(BecauseForm):
    submit_label = "Open it again"
    due_on = DayField(label="By when", help_text="The day it had, or a later one")
    field_order = ("due_on", "words")

    def __init__(self, *args, follow_up: FollowUp, **kwargs) -> None:
        kwargs["initial"] = {"due_on": follow_up.due_on}
        super().__init__(*args, **kwargs)
        self.fields["words"].label = "Why is it opened again?"
        self.fields["words"].error_messages["required"] = "Say in a sentence why it is opened again"


class HandOnAllForm(OwnerForm):
    """What people left behind, to one person in one step."""

    submit_label = "Hand them on"
    chosen = forms.ModelMultipleChoiceField(
        label="Which actions?",
        queryset=FollowUp.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one action"},
    )
    words = BecauseForm.base_fields["words"]
    field_order = ("chosen", "to", "other", "words")

    def __init__(self, *args, left, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chosen"].queryset = left
        self.fields["chosen"].initial = [row.pk for row in left]
        self.fields["chosen"].label_from_instance = _named
        self.fields["words"].label = "Why are they handed on?"
        self.fields["words"].error_messages["required"] = "Say in a sentence why they are handed on"


def _named(row: FollowUp) -> str:
    return f"{row.text} ({row.owner_name})"
