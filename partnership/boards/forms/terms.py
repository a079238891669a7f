"""A new version of a board's terms of reference."""

from django import forms
from django.utils import timezone

from partnership.files.kinds import PDF
from partnership.files.uploads import UploadField
from partnership.ui.fields import DayField
from partnership.ui.forms import PortalForm


class TermsForm(PortalForm):
    submit_label = "Add this version"
    adopted_on = DayField(label="Adopted on", help_text="The day the board agreed to it, like 17 September 2026")
    text = forms.CharField(
        label="The terms in words",
        required=False,
        max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text="Start a heading with # and a list item with a hyphen. Or choose a PDF below, or both.",
    )
    file = UploadField(label="The terms as a PDF", required=False, kinds=(PDF,), help_text="At most 20 MB")
    what_changed = forms.CharField(
        label="What changed", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args, is_first: bool, **kwargs) -> None:
        self.is_first = is_first
        super().__init__(*args, **kwargs)
        if is_first:
            del self.fields["what_changed"]

    def clean_adopted_on(self):
        day = self.cleaned_data["adopted_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("That day is in the future: add the version once the board has adopted it")
        return day

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("text") and not cleaned.get("file") and not {"text", "file"} & set(self.errors):
            self.add_error("text", "Write the terms, or choose a PDF")
        if not self.is_first and not cleaned.get("what_changed") and "what_changed" not in self.errors:
            self.add_error("what_changed", "Say what has changed since the last version")
        return cleaned
