"""Why a paper goes out of view, and why it is back."""

from django import forms

from partnership.ui.forms import PortalForm


class WithdrawForm(PortalForm):
    because = forms.CharField(
        label="Why it is withdrawn",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="People will see this in place of the paper. Do not repeat anything they must not read.",
        error_messages={"required": "Say why it is withdrawn: people will see this in place of the paper"},
    )
    submit_label = "Withdraw it now"
    submit_warning = True


class BackForm(PortalForm):
    because = forms.CharField(
        label="Why it can be read again",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Who took it out of view reads this. It is kept.",
        error_messages={"required": "Say why it can be read again: who took it out of view reads this"},
    )
    submit_label = "Put it back in view"
