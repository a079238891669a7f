"""What is asked about one blocker: what stands in the way, who owns it, what a board is asked, and the outcome."""

from typing import Any

from django import forms
from django.utils import timezone

from assemblies.blockers.actions.steps import LONGEST
from assemblies.blockers.models import Blocker
from assemblies.blockers.rules import partners_to_speak_for
from partnership.boards.forms.person import PersonField
from partnership.boards.models import Board
from partnership.partners.models import Partner
from partnership.ui.edit_conflict import EditConflictMixin, RevisionField
from partnership.ui.forms import PortalForm
from places.footprint.models import Place

BOX, SMALL_BOX = forms.Textarea(attrs={"rows": 5}), forms.Textarea(attrs={"rows": 3})


class NewForm(PortalForm):
    """What stands in the way of a partner, for which the person speaks."""

    submit_label = "Raise it"
    key = forms.UUIDField(widget=forms.HiddenInput)
    partner = forms.ModelChoiceField(label="Which organisation is it raised for?", queryset=Partner.objects.none())
    theme = forms.ChoiceField(label="What is it about?", choices=Blocker.Theme, widget=forms.RadioSelect)
    title = forms.CharField(
        label="What is blocked, in one line", max_length=200, help_text="Like “Two budgets pay for one home visit”."
    )
    text = forms.CharField(
        label="What happens, and what it costs",
        max_length=LONGEST,
        widget=BOX,
        help_text="Who waits, for how long, and what it takes in time or money. It stays as you write it. Do not name patients.",
    )
    tried = forms.CharField(label="What was tried", max_length=LONGEST, widget=SMALL_BOX, required=False)
    place = forms.ModelChoiceField(
        label="Where it is",
        queryset=Place.objects.none(),
        required=False,
        empty_label="No place in particular",
    )

    def __init__(self, *args, user, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        own = partners_to_speak_for(user)
        self.fields["partner"].queryset = own
        if own.count() == 1:
            self.fields["partner"].initial = own.get().pk
        self.fields["place"].queryset = Place.objects.visible_to(user).current().by_name()


class WordsForm(PortalForm):
    """Asks for words. Each step says for which."""

    words = forms.CharField(label="Why", max_length=LONGEST, widget=BOX)

    def __init__(
        self, *args, label: str, required: str, button: str, hint: str = "", warning: bool = False, **kwargs
    ) -> None:
        self.submit_label, self.submit_warning = button, warning
        super().__init__(*args, **kwargs)
        self.fields["words"].label, self.fields["words"].help_text = label, hint
        self.fields["words"].error_messages["required"] = required


class OwnerForm(EditConflictMixin, PortalForm):
    """Asks who is to own it, by their address."""

    revision = RevisionField()
    to = PersonField(
        label="Their email address",
        required=True,
        help_text="Somebody with an account who is a member of a partner, sits on a board or is staff. We email them.",
    )

    def __init__(self, *args, blocker: Blocker, **kwargs) -> None:
        kwargs["initial"] = {"revision": blocker.revision}
        super().__init__(*args, **kwargs)

    def differences(self, now: Blocker) -> list[tuple[str, str, str]]:
        return [("Who owns it", now.owner_name or "nobody", str(self.cleaned_data["to"]))]


class AskForm(OwnerForm):
    submit_label = "Ask them"
    words = forms.CharField(
        label="What you would like to say to them", max_length=LONGEST, widget=SMALL_BOX, required=False
    )


class HandOnForm(OwnerForm):
    submit_label = "Hand it on"
    words = forms.CharField(
        label="Why is it handed on?",
        max_length=LONGEST,
        widget=SMALL_BOX,
        error_messages={"required": "Say in a sentence why it is handed on"},
    )


class EscalateForm(PortalForm):
    """Which board is asked, and under which words it goes on that board's plan."""

    submit_label = "Put it on the board’s plan"
    board = forms.ModelChoiceField(label="Which board?", queryset=Board.objects.none(), empty_label="Choose a board")
    title = forms.CharField(
        label="Title on the board’s forward plan",
        max_length=200,
        help_text="This may become public, as agendas are. Write it so that anybody may read it.",
    )
    words = forms.CharField(
        label="What is the board asked to do?",
        max_length=LONGEST,
        widget=BOX,
        help_text="This stands beside the title, and may become public too.",
        error_messages={"required": "Say in a sentence what the board is asked"},
    )

    def __init__(self, *args, blocker: Blocker, user, **kwargs) -> None:
        kwargs["initial"] = {"title": blocker.title}
        super().__init__(*args, **kwargs)
        self.fields["board"].queryset = Board.objects.visible_to(user).not_ended(timezone.localdate()).order_by("name")

    def facts(self) -> dict[str, Any]:
        """What `escalate` is given."""
        return {name: self.cleaned_data[name] for name in ("board", "title", "words")}
