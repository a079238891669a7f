"""The person a body nominates for a seat."""

from django import forms

from partnership.ui.fields import NameField
from partnership.ui.forms import PortalForm


class NominateForm(PortalForm):
    submit_label = "Send to staff"
    name = NameField(label="Their full name", error_messages={"required": "Enter their full name"})
    email = forms.EmailField(
        label="Their email address",
        max_length=254,
        help_text="Ask them first. Staff will contact them here",
        error_messages={"required": "Enter their email address"},
    )
    words = forms.CharField(
        label="What staff should know",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="For example, the dates of the term and who decided",
    )

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()
