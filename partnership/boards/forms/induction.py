"""What new holders do, and the words they will hear."""

import re

from django import forms

from partnership.boards.models import InductionStep, JargonTerm
from partnership.ui.forms import PortalForm, PortalModelForm, formfield

SAFE_LINK = re.compile(r"^(/|https://)\S*$")


class StepForm(PortalModelForm):
    submit_label = "Save step"

    class Meta:
        model = InductionStep
        fields = ["title", "words", "link", "days_after", "board", "names_buddy", "position", "in_use"]
        formfield_callback = formfield
        labels = {
            "words": "What to do",
            "days_after": "Days after the first day in the seat",
            "board": "Only for holders of a seat on",
            "names_buddy": "They write who their buddy is",
            "position": "Position in the list",
            "in_use": "Give it to new holders",
        }
        help_texts = {
            "link": "Where to read more: /jargon/ or a full address that begins with https://",
            "in_use": "People who already have it keep it",
            "position": "0 comes first",
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["board"].empty_label = "Every board"

    def clean_link(self) -> str:
        link = self.cleaned_data["link"].strip()
        if link and (not SAFE_LINK.match(link) or link.startswith("//")):
            raise forms.ValidationError("Enter an address that begins with / or https://")
        return link

    def clean_days_after(self) -> int:
        days = self.cleaned_data["days_after"]
        if days > 365:
            raise forms.ValidationError("Enter at most 365 days")
        return days


class BuddyForm(PortalForm):
    """Who the buddy is; a step without one has only the button."""

    submit_label = "I have done this"
    buddy = forms.CharField(label="Name of your buddy", max_length=200)

    def __init__(self, *args, asks: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if not asks:
            del self.fields["buddy"]


class JargonForm(PortalModelForm):
    submit_label = "Save"

    class Meta:
        model = JargonTerm
        fields = ["term", "meaning"]
        formfield_callback = formfield
        labels = {"term": "Word or initials", "meaning": "What it means, in plain words"}

    def clean_term(self) -> str:
        term = self.cleaned_data["term"]
        if JargonTerm.objects.filter(term__iexact=term).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError("That word is already explained")
        return term
