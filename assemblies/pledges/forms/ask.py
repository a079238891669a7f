from django import forms

from assemblies.pledges.actions import ask as actions
from assemblies.pledges.forms.answers import PartnerField
from assemblies.pledges.models import Ask
from partnership.ui.forms import PortalForm

BOX = forms.Textarea(attrs={"rows": 4})


class RespondForm(PortalForm):
    """What the partner says. Everybody can read it."""

    words = forms.CharField(
        label="In your words",
        required=False,
        max_length=actions.LONGEST,
        widget=BOX,
        help_text="Everybody can read this.",
    )

    def __init__(self, *args, to: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if to in actions.ASKED_FOR:
            words = self.fields["words"]
            words.required, words.label = True, LABELS[to]
            words.error_messages["required"] = actions.ASKED_FOR[to]
        if to == Ask.State.ACCEPTED:
            self.fields["words"].help_text = "What you will do, and by when if you know. Everybody can read this."
        self.helper.inputs[0].value = BUTTONS[to]


LABELS: dict[str, str] = {
    Ask.State.DECLINED: "Why not",
    Ask.State.ANSWERED: "Your answer",
    Ask.State.COMPLETED: "What was done",
    Ask.State.CLOSED: "Why",
}
BUTTONS: dict[str, str] = {
    Ask.State.ACCEPTED: "Accept it",
    Ask.State.DECLINED: "Decline it",
    Ask.State.ANSWERED: "Send the answer",
    Ask.State.COMPLETED: "It is done",
    Ask.State.CLOSED: "Close it",
}


class SendForm(PortalForm):
    """Staff choose who is asked."""

    submit_label = "Ask this partner"

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        field = PartnerField(
            label="Which partner?", empty_label="Choose a partner", error_messages={"required": "Choose a partner"}
        )
        self.fields["partner"] = field
        self._speak(field)
        field.choices = field.grouped()
