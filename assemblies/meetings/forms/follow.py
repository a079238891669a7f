from django import forms

from partnership.ui.forms import PortalForm


class FollowForm(PortalForm):
    """Who wants to be told. Somebody signed in is told at their own address, and answers nothing."""

    submit_label = "Follow this meeting"
    email = forms.EmailField(
        label="Your email address",
        help_text="We will only email you about this meeting. We will first send you a link to confirm.",
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )
