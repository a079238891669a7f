"""What can be sent from the screen of a meeting: one small form for each kind of entry.

The screen has its own boxes for them; when something is wrong and there is no script, the form is shown as a page of its own.
"""

from typing import Any

from django import forms

from assemblies.questions.models import Question
from assemblies.sittings.entry_kinds import DOES, Attends, Done, EntryKind, Outcome, Sits, Vote, choices_of
from assemblies.sittings.order_of_business import OrderOfBusiness, seat_name
from partnership.accounts.models import User
from partnership.interests.interest_kinds import Kind as InterestKind
from partnership.interests.models import Interest
from partnership.ui.fields import CarriedMomentField, DayField
from partnership.ui.forms import PortalForm

HIDDEN = forms.HiddenInput
LINES = forms.Textarea(attrs={"rows": 3})


class EntryForm(PortalForm):
    """What all have: a key that makes an entry safe to send twice, the item, and when it was entered."""

    submit_label = "Enter"
    key = forms.UUIDField(widget=HIDDEN)
    item = forms.IntegerField(widget=HIDDEN, required=False)
    said_at = CarriedMomentField(required=False)

    def __init__(self, *args, order: OrderOfBusiness, people, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.order = order
        if "seat" in self.fields:
            self.fields["seat"].choices = [(seat.pk, seat_name(seat)) for seat in order.seats.values()]
        if "board" in self.fields:
            self.fields["board"].choices = [(board.pk, board.name) for board in order.boards]
        for name in {"mover", "seconder"} & set(self.fields):
            self.fields[name].choices = [("", "Nobody"), *((seat.pk, seat_name(seat)) for seat in order.seats.values())]
        if "owner" in self.fields:
            self.fields["owner"].queryset = people

    def facts(self) -> dict[str, Any]:
        """What the entry holds, as the database keeps it."""
        return {}

    @property
    def chosen_seat(self):
        return self.order.seats.get(int(self.cleaned_data["seat"])) if self.cleaned_data.get("seat") else None

    @property
    def chosen_board(self):
        return self.order.board(int(self.cleaned_data["board"])) if self.cleaned_data.get("board") else None

    def given(self, *names: str) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in names}


class ItemForm(EntryForm):
    submit_label = "Go to this item"


class AttendanceForm(EntryForm):
    submit_label = "Enter the attendance"
    seat = forms.ChoiceField(label="Seat")
    status = forms.ChoiceField(label="How they attend", choices=Attends.choices)
    sits = forms.ChoiceField(label="Who sits there", choices=Sits.choices, required=False)
    name = forms.CharField(label="Name", max_length=200, required=False)

    def facts(self) -> dict[str, Any]:
        sits = self.cleaned_data["sits"] or Sits.HOLDER
        name = self.cleaned_data["name"]
        seat = self.chosen_seat
        term = seat.holders[0] if seat and seat.holders else None
        if sits == Sits.HOLDER:
            name = str(term.holder) if term and term.holder else name
        elif sits == Sits.DEPUTY and not name and term and term.deputy:
            name = str(term.deputy)
        return {"status": self.cleaned_data["status"], "sits": sits, "name": name}


class GuestForm(EntryForm):
    submit_label = "Add this person"
    name = forms.CharField(label="Name", max_length=200)
    role = forms.CharField(label="Post or organisation", max_length=200, required=False)

    def facts(self) -> dict[str, Any]:
        return self.given("name", "role")


class PresidesForm(EntryForm):
    submit_label = "Enter who presides"
    seat = forms.ChoiceField(label="Who presides")

    def facts(self) -> dict[str, Any]:
        return {"name": seat_name(self.chosen_seat)}


class InterestForm(EntryForm):
    submit_label = "Enter the interest"
    seat = forms.ChoiceField(label="Who declares it")
    standing = forms.ModelChoiceField(label="From the register", queryset=Interest.objects.none(), required=False)
    interest_kind = forms.ChoiceField(label="Kind of interest", choices=InterestKind.choices, required=False)
    nature = forms.CharField(label="What the interest is", max_length=500, widget=LINES, required=False)
    withheld = forms.BooleanField(label="It is sensitive: its details are withheld", required=False)
    mitigation = forms.ChoiceField(label="What they do", choices=list(DOES.items()))
    dispensation_by = forms.CharField(label="Dispensation given by", max_length=200, required=False)
    dispensation_until = DayField(label="Dispensation holds until", required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["standing"].queryset = standing_interests(self.order)

    def clean(self) -> dict[str, Any]:
        """What stands on the register says kind and nature itself. Raises no error for what it says."""
        cleaned = super().clean()
        standing = cleaned.get("standing")
        if standing and self.chosen_seat and standing.person_id not in _sitting_there(self.chosen_seat):
            self.add_error("standing", "That interest is another member’s")
        elif standing:
            words = f"{standing.body}: {standing.nature}"[:500]
            cleaned |= {"interest_kind": standing.kind, "withheld": standing.is_withheld, "nature": words}
        elif not cleaned.get("nature") and not cleaned.get("withheld"):
            self.add_error("nature", "Enter what the interest is, or select it from the register")
        elif not cleaned.get("interest_kind"):
            self.add_error("interest_kind", "Select the kind of interest")
        return cleaned

    def facts(self) -> dict[str, Any]:
        until, standing = self.cleaned_data["dispensation_until"], self.cleaned_data["standing"]
        return {
            **self.given("mitigation", "withheld", "dispensation_by"),
            "interest": standing.pk if standing else None,
            "kind": self.cleaned_data["interest_kind"],
            "nature": "" if self.cleaned_data["withheld"] else self.cleaned_data["nature"],
            "dispensation_until": until.isoformat() if until else "",
        }


def standing_interests(order: OrderOfBusiness):
    """What those who sit there declared before, and has not ended."""
    people = {pk for seat in order.seats.values() for pk in _sitting_there(seat)}
    return (
        Interest.objects.public()
        .in_force()
        .filter(person__in=people)
        .select_related("person")
        .order_by("person__name", "pk")
    )


def _sitting_there(seat) -> set[int]:
    """The ids of who holds the seat, and of their deputy."""
    return {pk for term in seat.holders for pk in (term.holder_id, term.deputy_id) if pk}


class SessionForm(EntryForm):
    submit_label = "Enter the resolution"
    board = forms.ChoiceField(label="Board")
    private = forms.TypedChoiceField(
        label="Resolution",
        choices=[("yes", "Passed: the public leaves for this item"), ("no", "Not passed: the item is taken in public")],
        coerce=lambda value: value == "yes",
    )

    def facts(self) -> dict[str, Any]:
        return self.given("private")


class SpeakerForm(EntryForm):
    submit_label = "Add the speaker"
    name = forms.CharField(label="Name", max_length=200)

    def facts(self) -> dict[str, Any]:
        return self.given("name")


class NoteForm(EntryForm):
    submit_label = "Add the note"
    text = forms.CharField(label="Note for the minutes", max_length=2000, widget=LINES)

    def facts(self) -> dict[str, Any]:
        return self.given("text")


class OutcomeForm(EntryForm):
    """Each seat's vote comes in a box of its own, named `vote_` and the number of the seat."""

    submit_label = "Enter the outcome"
    board = forms.ChoiceField(label="Board")
    recommendation = forms.IntegerField(widget=HIDDEN, min_value=0, max_value=999)
    outcome = forms.ChoiceField(label="Outcome", choices=choices_of(Outcome))
    text = forms.CharField(
        label="In its own words, where amended, deferred or recommended", max_length=2000, widget=LINES, required=False
    )
    reasons = forms.CharField(
        label="Reasons, where they are not the report’s", max_length=2000, widget=LINES, required=False
    )
    mover = forms.TypedChoiceField(label="Moved by", required=False, coerce=int, empty_value=None)
    seconder = forms.TypedChoiceField(label="Seconded by", required=False, coerce=int, empty_value=None)
    casting = forms.ChoiceField(
        label="Casting vote",
        required=False,
        choices=[("", "None"), *choices_of([Vote.FOR, Vote.AGAINST])],
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        board = self.order.board(_number(self.data.get("board")))
        for seat in self.order.seats_of(board) if board else ():
            self.fields[f"vote_{seat.pk}"] = forms.ChoiceField(
                label=f"Vote of {seat_name(seat)}", required=False, choices=[("", "No vote"), *choices_of(Vote)]
            )

    def facts(self) -> dict[str, Any]:
        votes = {
            name.removeprefix("vote_"): value
            for name, value in self.cleaned_data.items()
            if name.startswith("vote_") and value
        }
        return {
            **self.given("recommendation", "outcome", "text", "reasons", "mover", "seconder", "casting"),
            "votes": votes,
        }


def _number(value: Any) -> int | None:
    return int(value) if str(value or "").isdecimal() and len(str(value)) < 10 else None


class DoneForm(EntryForm):
    submit_label = "Enter it"
    how = forms.ChoiceField(label="How it ended", choices=Done.choices)
    because = forms.CharField(label="Why it is put off, and until when", max_length=500, widget=LINES, required=False)

    def facts(self) -> dict[str, Any]:
        return self.given("how", "because")


class ActionForm(EntryForm):
    submit_label = "Add the action"
    board = forms.ChoiceField(label="Board")
    text = forms.CharField(label="What is to be done", max_length=500, widget=LINES)
    owner = forms.ModelChoiceField(
        label="Who does it",
        queryset=User.objects.none(),
        error_messages={"required": "Select who does it: an action has an owner"},
    )
    due_on = DayField(label="By when")

    def facts(self) -> dict[str, Any]:
        owner = self.cleaned_data["owner"]
        due_on = self.cleaned_data["due_on"].isoformat()
        return {"text": self.cleaned_data["text"], "owner": owner.pk, "name": str(owner), "due_on": due_on}


class QuestionForm(EntryForm):
    """A question that was accepted is asked at the meeting, and answered there or in writing later."""

    submit_label = "Enter that it was asked"
    question = forms.ModelChoiceField(label="Question", queryset=Question.objects.none())
    answer = forms.CharField(label="Answer given at the meeting", max_length=2000, widget=LINES, required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["question"].queryset = Question.objects.out().filter(meeting=self.order.meeting)

    def facts(self) -> dict[str, Any]:
        question = self.cleaned_data["question"]
        return {"question": question.pk, "name": question.asker, "answer": self.cleaned_data["answer"]}


class UndoForm(EntryForm):
    submit_label = "Take it back"
    entry = forms.IntegerField(widget=HIDDEN, min_value=1, max_value=1_000_000)

    def facts(self) -> dict[str, Any]:
        return self.given("entry")


FORMS: dict[str, type[EntryForm]] = {
    EntryKind.ITEM: ItemForm,
    EntryKind.ATTENDANCE: AttendanceForm,
    EntryKind.GUEST: GuestForm,
    EntryKind.PRESIDES: PresidesForm,
    EntryKind.INTEREST: InterestForm,
    EntryKind.SESSION: SessionForm,
    EntryKind.SPEAKER: SpeakerForm,
    EntryKind.NOTE: NoteForm,
    EntryKind.OUTCOME: OutcomeForm,
    EntryKind.DONE: DoneForm,
    EntryKind.ACTION: ActionForm,
    EntryKind.QUESTION: QuestionForm,
    EntryKind.UNDO: UndoForm,
}
