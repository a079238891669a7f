"""How a place introduces itself."""

from django import forms

from partnership.ui.forms import PortalForm


class IntroductionForm(PortalForm):
    seen_at = forms.CharField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(
        label="Introduction",
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text="Who you are, what Place means to you, what you are proud of. "
        "Leave an empty line between paragraphs. Markdown works: **bold**, - lists, [words](https://…).",
    )
    submit_label = ""
