"""An item planned for a board: its meeting, role, purpose, lead and report."""

from typing import Any

from django import forms
from django.utils import timezone

from assemblies.forward_plan.models import PlannedItem
from assemblies.meetings.models import Meeting
from assemblies.meetings.purposes import may_decide, purposes_of
from partnership import dates
from partnership.boards.forms.person import PersonField
from partnership.boards.models import Board
from partnership.ui.edit_conflict import EditConflictMixin, RevisionField, between
from partnership.ui.fields import DayField
from partnership.ui.forms import PortalForm

LONG = forms.Textarea(attrs={"rows": 3})


class MeetingChoiceField(forms.ModelChoiceField):
    """Meetings of one board, by their day."""

    def label_from_instance(self, meeting: Meeting) -> str:
        return in_a_list(meeting)


def in_a_list(meeting: Meeting) -> str:
    """Returns "Monday 14 September 2026, Board in public (draft)"."""
    draft = " (draft)" if meeting.state == Meeting.State.DRAFT else ""
    return f"{dates.day(meeting.starts_at)}, {meeting.title}{draft}"


def to_come(board: Board):
    """Meetings of the board, also those in common with others, that have not started; the next one first."""
    return Meeting.objects.of_boards([board]).upcoming().filter(starts_at__gt=timezone.now())


class PlannedItemForm(EditConflictMixin, PortalForm):
    """Plans a topic for a board (`item` None, with a meeting to choose), or changes what is planned."""

    submit_label = "Save"
    revision = RevisionField()
    meeting = MeetingChoiceField(
        label="Meeting", queryset=Meeting.objects.none(), required=False, empty_label="No meeting yet"
    )
    role = forms.ChoiceField(
        label="What the board does",
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether the board advises or decides"},
    )
    purpose = forms.ChoiceField(label="What the item is for", widget=forms.RadioSelect)
    is_key = forms.BooleanField(
        label="It is a key decision",
        required=False,
        help_text="28 clear days’ notice is published before it is taken. We ask you for it in time.",
    )
    in_private = forms.BooleanField(
        label="It is to be taken in private",
        required=False,
        help_text="28 clear days’ notice of the private meeting is published, and a second one 5 clear days before.",
    )
    lead = PersonField(
        label="Email address of the person who leads it",
        required=False,
        help_text="They need an account on the portal. We email them a week and a day before the report is due.",
    )
    needs_report = forms.BooleanField(label="It needs a cover report", required=False)
    report_due_on = DayField(label="Report due on", required=False)

    def __init__(self, *args, board: Board, item: PlannedItem | None = None, **kwargs) -> None:
        names = ("revision", "role", "purpose", "is_key", "in_private", "lead", "needs_report", "report_due_on")
        kwargs["initial"] = {name: getattr(item, name) for name in names} if item else {"needs_report": True}
        super().__init__(*args, **kwargs)
        self.board = board
        roles = PlannedItem.Role.choices if may_decide(board) else PlannedItem.Role.choices[:1]
        self.fields["role"].choices = roles
        if not board.is_executive:
            del self.fields["is_key"], self.fields["in_private"]
        self.fields["purpose"].choices = purposes_of(board)
        days = f"{board.report_days} working day{'' if board.report_days == 1 else 's'}"
        self.fields[
            "report_due_on"
        ].help_text = (
            f"Leave it empty for {days} before the last day to publish the agenda. It cannot be after that last day."
        )
        if item:
            del self.fields["meeting"]
        else:
            del self.fields["revision"]
            self.fields["meeting"].queryset = to_come(board)

    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "revision"}

    def differences(self, now: PlannedItem) -> list[tuple[str, str, str]]:
        """Each question whose answer differs from the item as it stands `now`: label, their answer, yours."""
        return between(PlannedItemForm(board=self.board, item=now), self.cleaned_data)


class ItemMoveForm(PortalForm):
    """To which meeting it moves, or back to the plan: `meeting` is None then."""

    PLAN = "plan"

    submit_label = "Move the item"
    meeting = forms.ChoiceField(label="Where it goes")
    reason = forms.CharField(
        label="Why it moves", max_length=500, widget=LONG, help_text="Those who read the whole plan see it."
    )

    def __init__(self, *args, item: PlannedItem, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.meetings = {str(each.pk): each for each in to_come(item.board).exclude(pk=item.meeting_id)}
        back = [(self.PLAN, "Back to the plan, without a meeting")] if item.meeting_id else []
        choices = [(key, in_a_list(each)) for key, each in self.meetings.items()]
        self.fields["meeting"].choices = [("", "Choose where it goes" if back else "Choose a meeting"), *choices, *back]

    def clean_meeting(self) -> Meeting | None:
        return self.meetings.get(self.cleaned_data["meeting"])


class ItemCopyForm(PortalForm):
    submit_label = "Copy the item"
    meeting = MeetingChoiceField(
        label="For which meeting", queryset=Meeting.objects.none(), empty_label="Choose a meeting"
    )

    def __init__(self, *args, item: PlannedItem, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting"].queryset = to_come(item.board).exclude(pk=item.meeting_id)


class ResultForm(EditConflictMixin, PortalForm):
    submit_label = "Save what the board said"
    revision = RevisionField()
    result = forms.CharField(
        label="What the board said",
        max_length=1000,
        required=False,
        widget=LONG,
        help_text="In a sentence, such as: Agreed, with a review after six months. It shows on the topic’s route.",
    )

    def __init__(self, *args, item: PlannedItem, **kwargs) -> None:
        super().__init__(*args, initial={"revision": item.revision, "result": item.result}, **kwargs)

    def differences(self, now: PlannedItem) -> list[tuple[str, str, str]]:
        """What somebody else wrote, beside this answer."""
        return between(ResultForm(item=now), self.cleaned_data)
