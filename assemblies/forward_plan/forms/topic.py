"""A topic of a forward plan, and the board it is to be planned for."""

from typing import Any

from django import forms

from assemblies.forward_plan.models import Topic
from partnership.boards.models import Board
from partnership.ui.edit_conflict import EditConflictMixin, RevisionField, between
from partnership.ui.forms import PortalForm


class TopicForm(EditConflictMixin, PortalForm):
    """What a topic is about; a new one is asked what it waits for as well."""

    submit_label = "Save topic"
    revision = RevisionField()
    title = forms.CharField(label="Title", max_length=200)
    about = forms.CharField(
        label="What it is about",
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Everybody can read it once the topic is planned for a published meeting that is open to all.",
    )
    source = forms.CharField(
        label="Where it comes from", max_length=200, required=False, help_text="For example, the chair’s letter of 2020"
    )
    parked_because = forms.CharField(
        label="What it waits for",
        max_length=500,
        required=False,
        help_text="It is parked until somebody plans it for a meeting.",
    )

    def __init__(self, *args, topic: Topic | None = None, **kwargs) -> None:
        names = ("revision", "title", "about", "source")
        kwargs["initial"] = {name: getattr(topic, name) for name in names} if topic else {}
        super().__init__(*args, **kwargs)
        del self.fields["parked_because" if topic else "revision"]

    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "revision"}

    def differences(self, now: Topic) -> list[tuple[str, str, str]]:
        """Each question whose answer differs from the topic as it stands `now`: label, their answer, yours."""
        return between(TopicForm(topic=now), self.cleaned_data)


class BoardChoiceForm(PortalForm):
    """Which board takes it up: what the next page offers depends on it."""

    form_method = "get"
    submit_label = "Continue"
    board = forms.ModelChoiceField(
        label="Which board takes it up?",
        queryset=Board.objects.none(),
        to_field_name="slug",
        empty_label="Choose a board",
    )

    def __init__(self, *args, boards, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["board"].queryset = boards


class ReasonForm(PortalForm):
    """Why something is parked, closed or taken off the plan."""

    reason = forms.CharField(label="Why", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    submit_warning = True

    def __init__(self, *args, label: str, warning: bool = True, asks: str = "Why", **kwargs) -> None:
        self.submit_label, self.submit_warning = label, warning
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = asks
        self.fields["reason"].error_messages["required"] = "Say why in a sentence"
