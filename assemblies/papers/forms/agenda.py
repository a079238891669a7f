"""An item of the agenda, and publishing it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from assemblies.meetings.forms.day_and_clock import at, check_within, days_of
from assemblies.meetings.in_common import boards_of
from assemblies.meetings.models import Meeting
from assemblies.meetings.purposes import may_decide, purposes_of
from assemblies.papers import takers
from assemblies.papers.actions import key_decision
from assemblies.papers.models import AgendaItem, Document
from assemblies.papers.takers import Taker
from partnership.ui.edit_conflict import EditConflictMixin, RevisionField, SeenField, between
from partnership.ui.fields import ClockField
from partnership.ui.forms import PortalForm

THREE_LINES = forms.Textarea(attrs={"rows": 3})


class BoardsField(forms.TypedMultipleChoiceField):
    """Some of the boards of a meeting in common. Gives their numbers."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs) -> None:
        super().__init__(coerce=int, **kwargs)


class AgendaItemForm(EditConflictMixin, PortalForm):
    revision = RevisionField()
    title = forms.CharField(label="Title", max_length=200)
    purpose = forms.ChoiceField(
        label="What it is for",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what the item is for"},
    )
    is_key = forms.BooleanField(
        label="It is a key decision",
        required=False,
        help_text="Of a council’s executive. 28 clear days’ notice is published before it is taken.",
    )
    day = forms.ChoiceField(label="Day")
    starts_at = ClockField(
        label="Time", required=False, help_text="Leave it empty if it simply follows the item before."
    )
    presenter = forms.CharField(label="Presenter", max_length=200, required=False)
    summary = forms.CharField(label="Summary", required=False, widget=forms.Textarea(attrs={"rows": 4}))
    taken_by = BoardsField(label="Boards that take it", error_messages={"required": "Select the boards that take it"})
    decides = BoardsField(
        label="Of these, boards that decide",
        required=False,
        help_text="Only for an item for decision: each board decides for itself. The others advise.",
    )
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
        self.meeting, self.boards = meeting, boards_of(meeting)
        decides = next((each for each in self.boards if may_decide(each)), meeting.board)
        self.fields["purpose"].choices = purposes_of(decides)
        self._ask_who_takes_it(item)
        if not any(each.is_executive for each in self.boards):
            del self.fields["is_key"]
        elif item:
            self.initial["is_key"] = key_decision.is_key(item)
        self.being_checked = list(meeting.documents.being_checked())
        self.fields["documents"].queryset = meeting.documents.current()
        if not self.fields["documents"].queryset.exists():
            del self.fields["documents"]
        self.fields["day"].choices = days_of(meeting)
        if len(self.fields["day"].choices) == 1:
            del self.fields["day"]

    def _ask_who_takes_it(self, item: AgendaItem | None) -> None:
        """Of one board there is nothing to ask. A forum cannot be said to decide."""
        if len(self.boards) == 1:
            del self.fields["taken_by"], self.fields["decides"]
            return
        deciding = [each for each in self.boards if may_decide(each)]
        stands = takers.takers_of(item, self.boards) if item else [takers.Taker(each, "") for each in self.boards]
        is_for_decision = item is not None and item.purpose == AgendaItem.Purpose.DECISION
        self.initial["taken_by"] = [each.board.pk for each in stands]
        self.initial["decides"] = [each.board.pk for each in stands if each.decides or not is_for_decision]
        self.fields["taken_by"].choices = [(each.pk, each.name) for each in self.boards]
        self.fields["decides"].choices = [(each.pk, each.name) for each in deciding]

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
        if "decides" in cleaned and cleaned.get("purpose") == AgendaItem.Purpose.DECISION:
            self._check_who_decides(cleaned.get("taken_by", []), cleaned["decides"])
        return cleaned

    def _check_who_decides(self, taken_by: list[int], decides: list[int]) -> None:
        names = {each.pk: each.name for each in self.boards}
        beside = [names[pk] for pk in decides if pk not in taken_by]
        if beside and taken_by:
            self.add_error("decides", f"The {beside[0]} does not take the item, so it cannot decide it")
        elif not decides:
            self.add_error("decides", "Select which board decides it, or choose another purpose")

    def facts(self) -> dict[str, Any]:
        """What was answered, as the action takes it."""
        facts = {name: self.cleaned_data[name] for name in ("title", "purpose", "starts_at", "presenter", "summary")}
        facts |= {"is_key": self.cleaned_data["is_key"]} if "is_key" in self.fields else {}
        return facts | {"documents": list(self.cleaned_data.get("documents", [])), "taken_by": self._takers()}

    def _takers(self) -> list[Taker]:
        if "taken_by" not in self.fields:
            return [Taker(each, takers.usual_role(each, self.cleaned_data["purpose"])) for each in self.boards]
        is_for_decision = self.cleaned_data["purpose"] == AgendaItem.Purpose.DECISION
        decides = self.cleaned_data["decides"] if is_for_decision else []
        return [
            Taker(each, takers.Role.DECISIVE if each.pk in decides else takers.Role.ADVISORY)
            for each in self.boards
            if each.pk in self.cleaned_data["taken_by"]
        ]

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

    seen = SeenField()
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
