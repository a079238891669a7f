from django import forms

from assemblies.pledges.actions import pledge as actions
from assemblies.pledges.models import Pledge
from partnership import states
from partnership.ui.fields import DayField
from partnership.ui.forms import PortalForm

SAID = [
    (Pledge.State.UNDER_WAY, "It is under way"),
    (Pledge.State.KEPT, "I have kept it"),
    (Pledge.State.GIVEN_UP, "I have given it up"),
]


class HowItGoesForm(PortalForm):
    """The owner of a pledge says how it goes."""

    submit_label = "Send"
    state = forms.ChoiceField(
        label="How does it go?",
        choices=SAID,
        widget=forms.RadioSelect,
        error_messages={"required": "Select how it goes"},
    )
    words = forms.CharField(
        label="In a sentence or two",
        required=False,
        max_length=actions.LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Everybody can read this. Say what the outcome is, or why you gave it up.",
    )
    review_on = DayField(label="When do you look back at it?", required=False, help_text="We email you on that day.")

    def __init__(self, *args, pledge: Pledge, **kwargs) -> None:
        """Offers what may follow on how the pledge stands: one that is over may be under way again."""
        super().__init__(*args, initial={"review_on": pledge.review_on}, **kwargs)
        self.fields["state"].choices = [each for each in SAID if states.allowed(pledge, each[0])]
