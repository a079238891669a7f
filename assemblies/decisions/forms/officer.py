"""What an officer decided."""

from typing import Any
from uuid import uuid4

from crispy_forms_gds.layout import Div, Layout
from django import forms
from django.utils import timezone

from assemblies.decisions.models import Decision
from assemblies.decisions.rules import decides_for
from partnership.boards.forms.person import PersonField
from partnership.partners.models import Partner
from partnership.ui.fields import DayField
from partnership.ui.forms import PortalForm
from partnership.ui.revealing import Revealing
from places.footprint.models import Place

Authority = Decision.Authority
OPEN, CLOSED = "open", "closed"
SHORT, LONG = {"rows": 3}, {"rows": 6}


def box(label: str, **kwargs) -> forms.CharField:
    """A large box of text."""
    rows = kwargs.pop("rows", 4)
    return forms.CharField(label=label, max_length=20_000, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class DecisionNumberField(forms.IntegerField):
    """The number of a decision that the person may know of. Gives the decision, or None when empty."""

    user: Any = None  # who asks, as the form says

    def __init__(self, **kwargs) -> None:
        super().__init__(
            min_value=1,
            max_value=2**62,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-5"}),
            **kwargs,
        )

    def clean(self, value: Any) -> Decision | None:
        number = super().clean(value)
        if number is None:
            return None
        found = Decision.objects.visible_to(self.user).filter(pk=number).first()
        if found is None:
            raise forms.ValidationError(f"There is no decision {number}: look up its number in the register")
        return found


class OfficerDecisionForm(PortalForm):
    """One decision, with what the law asks of its record."""

    submit_label = "Record this decision"
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    officer = PersonField(
        label="Email address of the officer who decided",
        help_text="You enter it for them, and the page says so.",
        error_messages={"required": "Enter the email address of the officer who decided"},
    )
    officer_post = forms.CharField(
        label="Post in which the officer decided",
        max_length=200,
        help_text="For instance “Director of health and care integration”.",
    )
    on_behalf_of = forms.ModelChoiceField(
        Partner.objects.none(),
        label="Organisation the decision was made for",
        help_text="Somebody who holds posts in two organisations decides as an officer of one of them.",
    )
    decided_on = DayField(label="Day it was decided", initial=timezone.localdate)
    title = forms.CharField(label="What it is about", max_length=200)
    text = box("What was decided", help_text="Everybody will read this, unless you close the decision to the public.")
    reasons = box("Reasons for the decision")
    alternatives = box("Options considered and rejected", rows=3, help_text="If there were none, write “none”.")
    authority = forms.ChoiceField(
        label="By what authority was it decided?",
        choices=Authority.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Say by what authority it was decided"},
    )
    delegated_by = DecisionNumberField(
        label="Number of the decision that asked for it", required=False, help_text="As in “Decision 12”."
    )
    authority_text = box("Who asked for it, and how", required=False, rows=3, help_text="If there is no number.")
    interests = box(
        "Members who declared a conflict of interest",
        required=False,
        rows=3,
        help_text="One on each line: the name, a colon, and the interest.",
    )
    effect = forms.ChoiceField(
        label="What does it do?", choices=Decision.Effect.choices, widget=forms.RadioSelect, required=False
    )
    places = forms.ModelMultipleChoiceField(
        Place.objects.none(),
        label="Places it is about",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    readers = forms.ChoiceField(
        label="Who may read it?",
        choices=[
            (OPEN, "Everybody"),
            (CLOSED, "It is closed to the public: they see that it was taken, and why it is closed"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Say who may read it"},
    )

    def __init__(self, *args, user, by_staff: bool, under: Decision | None = None, **kwargs) -> None:
        """`under`: the decision that asked for it, where the person comes from its page."""
        if under:
            kwargs["initial"] = {"authority": Authority.SPECIFIC, "delegated_by": under.pk}
        super().__init__(*args, **kwargs)
        theirs = decides_for(user)
        self.fields["on_behalf_of"].queryset = theirs
        self.fields["delegated_by"].user = user
        self.fields["places"].queryset = Place.objects.public().current().order_by("name")
        if not by_staff:
            del self.fields["officer"]
            self.fields["officer_post"].label = "Your post when you decided it"
            self.fields["officer_post"].error_messages["required"] = "Enter the post in which you decided"
            only = list(theirs[:2])
            if len(only) == 1:
                self.initial["on_behalf_of"] = only[0].pk
        first = ["officer"] if by_staff else []
        specific = Div("delegated_by", "authority_text", "interests")
        self.helper.layout = Layout(
            "key", *first, "officer_post", "on_behalf_of", "decided_on", "title", "text", "reasons", "alternatives",
            Revealing("authority", legend="s", specific=specific, general=Div("effect")), "places", "readers",
        )  # fmt: skip

    def clean_interests(self) -> list[dict[str, str]]:
        """Each line as a name and an interest."""
        found = []
        for line in self.cleaned_data["interests"].splitlines():
            name, colon, nature = (part.strip() for part in line.partition(":"))
            if not line.strip():
                continue
            if not (name and colon and nature) or len(name) > 200:
                raise forms.ValidationError("Write each on a line of its own: the name, a colon, and the interest")
            found.append({"name": name, "nature": nature})
        return found

    def clean(self) -> dict[str, Any]:
        """Without answers to questions that were not asked."""
        cleaned = super().clean()
        if cleaned.get("authority") == Authority.GENERAL:
            cleaned |= {"delegated_by": None, "authority_text": "", "interests": []}
        elif cleaned.get("authority"):
            cleaned["effect"] = ""
        return cleaned

    @property
    def facts(self) -> dict[str, Any]:
        """The answers, as the action takes them."""
        return {name: value for name, value in self.cleaned_data.items() if name != "readers"}

    @property
    def is_closed(self) -> bool:
        return self.cleaned_data["readers"] == CLOSED
