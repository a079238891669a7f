"""Putting a question to a board; accepting, rejecting and replying."""

from collections.abc import Sequence
from typing import Any

from django import forms

from assemblies.papers.models import AgendaItem
from assemblies.questions import asking
from assemblies.questions.asking import Asking
from assemblies.questions.models import Question
from partnership.boards.models import Board
from partnership.ui.edit_conflict import RevisionField
from partnership.ui.fields import NameField, organisation_name
from partnership.ui.forms import PortalForm


def lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class AskForm(PortalForm):
    """A question from the public. Somebody signed in (`address`) is written to at their own address."""

    submit_label = "Send your question"

    board = forms.ModelChoiceField(
        label="Which board do you ask?", queryset=Board.objects.none(), widget=forms.RadioSelect, empty_label=None
    )
    item = forms.ModelChoiceField(
        label="Item on the agenda that it is about",
        queryset=AgendaItem.objects.none(),
        required=False,
        empty_label="None of them",
    )
    text = forms.CharField(label="Your question", max_length=8000, widget=lines(8))
    name = NameField(
        label="Your name",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text="The chair and the partnership’s staff see it.",
    )
    email = forms.EmailField(
        label="Your email address",
        help_text="We will send you a link to confirm it, and then tell you what happens with your question.",
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )
    organisation = forms.CharField(
        label="Your organisation, or where you live",
        max_length=200,
        required=False,
        validators=[organisation_name],
        help_text="For instance “Friends of Kirkgate Library”, or “Armley”. Do not give your full address.",
    )
    may_name = forms.BooleanField(
        label="My name, and my organisation or area, may be published with my question", required=False
    )

    def __init__(self, *args, askings: Sequence[Asking], address: str = "", **kwargs) -> None:
        self.askings = {each.board.pk: each for each in askings}
        super().__init__(*args, **kwargs)
        first = askings[0]
        self.fields["board"].queryset = Board.objects.public().filter(pk__in=self.askings)
        self.fields["board"].error_messages["required"] = "Select which board you ask"
        items = asking.items_to_ask_about(first.meeting)
        self.fields["item"].queryset = items
        self.fields["item"].error_messages["invalid_choice"] = "The agenda has just changed. Choose the item again."
        if all(each.rules.only_on_agenda for each in askings):
            self.fields["item"].empty_label = "Choose an item"
            self.fields["item"].label = self.fields["item"].label.removesuffix(" (optional)")
        elif not items.exists():
            del self.fields["item"]
        self.fields["text"].help_text = _how_long(askings)
        if len(askings) == 1:
            del self.fields["board"]
        if address:
            del self.fields["email"]

    @property
    def board_asked(self) -> Board:
        """The board that was chosen, or the only one there is."""
        return self.cleaned_data.get("board") or next(iter(self.askings.values())).board

    def facts(self) -> dict[str, Any]:
        """What was answered, as the action takes it."""
        names = ("item", "text", "name", "email", "organisation", "may_name")
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data} | {
            "board": self.board_asked
        }


class EnterForm(AskForm):
    """A question that reached staff by post or telephone. After the deadline it needs a reason."""

    submit_label = "Enter this question"
    urgent_because = forms.CharField(
        label="Why it is urgent",
        required=False,
        max_length=1000,
        widget=lines(3),
        help_text="Only after the last moment for questions. The public reads it.",
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        said = {
            "text": ("The question", "In their own words."),
            "name": ("Name of who asks", "Only the chair and staff see it, unless they agree to be named."),
            "email": ("Their email address", "If they have one: we then tell them what happens with their question."),
            "organisation": ("Their organisation, or where they live", ""),
            "may_name": ("They agree that their name is published with the question", ""),
        }
        for name, (label, hint) in said.items():
            self.fields[name].label, self.fields[name].help_text = label, hint
        for name in ("email", "organisation"):
            self.fields[name].label += " (optional)"
        self.fields["email"].required = False
        for name in ("text", "name"):
            self.fields[name].error_messages["required"] = f"Enter {_lower(said[name][0])}"
            self.fields[name].widget.attrs.pop("autocomplete", None)
        self.fields["email"].widget.attrs["autocomplete"] = "off"

    def facts(self) -> dict[str, Any]:
        return super().facts() | {"urgent_because": self.cleaned_data["urgent_because"]}


class RejectForm(PortalForm):
    """Why a question is not taken. `was`: the state in which the person saw it."""

    submit_label = "Reject this question"
    submit_warning = True
    was = forms.CharField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(
        label="Why it is rejected",
        max_length=1000,
        widget=lines(4),
        help_text="The asker reads this in an email, and everybody on the page of the meeting. Do not name anybody.",
        error_messages={"required": "Say in a sentence why it is rejected"},
    )

    def __init__(self, *args, question: Question, **kwargs) -> None:
        super().__init__(*args, initial={"was": question.state}, **kwargs)

    def clean_was(self) -> str:
        """A form sent without it was about a question that waits to be decided."""
        known = (Question.State.RECEIVED, Question.State.ACCEPTED)
        return self.cleaned_data["was"] if self.cleaned_data["was"] in known else Question.State.RECEIVED


class ReplyForm(PortalForm):
    """A written reply. `revision`: how many there were when the person opened the form."""

    submit_label = "Publish the reply"
    revision = RevisionField()
    text = forms.CharField(
        label="Reply",
        max_length=10_000,
        widget=lines(10),
        help_text="Everybody reads it beside the question, and we email it to the asker. It cannot be changed afterwards, "
        "but another reply can add to it.",
        error_messages={"required": "Enter the reply"},
    )
    by_name = forms.CharField(
        label="Who replies",
        max_length=200,
        help_text="Their name and post, as the public reads it.",
        error_messages={"required": "Enter the name and post of who replies"},
    )

    def __init__(self, *args, by_name: str, replies: int, **kwargs) -> None:
        super().__init__(*args, initial={"by_name": by_name, "revision": replies}, **kwargs)

    def clean_revision(self) -> int:
        """A form sent without it was opened before the first reply, for all we know."""
        return self.cleaned_data["revision"] or 0

    def take_note(self, replies: int) -> None:
        """Sent again, it is published beside what somebody else has replied meanwhile."""
        self.data = self.data.copy()
        self.data["revision"] = replies


def _how_long(askings: Sequence[Asking]) -> str:
    limits = {each.rules.most_words for each in askings}
    if len(limits) == 1:
        return f"Up to {limits.pop()} words. If it is accepted, everybody can read it as you write it."
    said = ", ".join(f"{each.board}: {each.rules.most_words}" for each in askings)
    return f"The most words differ by board ({said}). If it is accepted, everybody can read it as you write it."


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
