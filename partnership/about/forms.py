"""The words of a page, as staff edit them."""

from typing import Any

from crispy_forms_gds.layout import Button
from django import forms

from partnership.about.models import Page
from partnership.ui.edit_conflict import EditConflictMixin, RevisionField, between
from partnership.ui.forms import PortalModelForm

PREVIEW = "preview"  # the name of the button that shows the page before it is saved


class PageForm(EditConflictMixin, PortalModelForm):
    submit_label = "Save and publish"
    revision = RevisionField()

    class Meta:
        model = Page
        fields = ["text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 25})}
        labels = {"text": "What the page says"}
        help_texts = {
            "text": "Leave an empty line between paragraphs. Markdown works: ## heading, **bold**, - lists, [words](https://…)."
        }
        error_messages = {"text": {"required": "Enter what the page says"}}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.initial["revision"] = self.instance.revision
        self.helper.add_input(Button.secondary(PREVIEW, "Preview"))

    def differences(self, now: Any) -> list[tuple[str, str, str]]:
        return between(type(self)(instance=now), self.cleaned_data)
