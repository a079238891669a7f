"""Somebody leaves, an organisation ends, or two turn out to be one."""

from collections.abc import Sequence

from django import forms

from partnership.partners.models import Partner
from partnership.ui.fields import DayField, NameField
from partnership.ui.forms import PortalForm


class LeaveForm(PortalForm):
    """The only contact leaves: who takes over? All of it, or none of it."""

    submit_label = "Leave"
    submit_warning = True
    name = NameField(label="Name of the person replacing you", required=False)
    role = forms.CharField(label="Their role there", max_length=120, required=False)
    email = forms.EmailField(label="Their email address", required=False)

    def __init__(self, *args, person, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean(self):
        cleaned = super().clean()
        asked = {"name": "Enter their name", "role": "Enter their role there", "email": "Enter their email address"}
        if any(cleaned.get(name) for name in asked):
            for name, message in asked.items():
                if name not in self.errors and not cleaned.get(name):
                    self.add_error(name, f"{message}, or leave all three empty")
        if (cleaned.get("email") or "").lower() == self.person.email:
            self.add_error("email", "This is your own address: name someone else")
        return cleaned

    @property
    def successor(self) -> dict | None:
        return dict(self.cleaned_data) if self.cleaned_data.get("name") else None


class CloseForm(PortalForm):
    submit_label = "Close it"
    submit_warning = True
    on = DayField(label="Last day", error_messages={"required": "Enter the day on which it ended"})
    because = forms.CharField(
        label="Why it ended",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Shown in public on its page",
        error_messages={"required": "Say why, in a sentence that everyone can read"},
    )
    successor = forms.CharField(
        label="Organisation that replaces it",
        required=False,
        max_length=200,
        help_text="Its name, as the directory has it",
    )

    def clean_successor(self) -> Partner | None:
        name = self.cleaned_data["successor"]
        if not name:
            return None
        found = Partner.objects.public().filter(name__iexact=name).first()
        if found is None:
            raise forms.ValidationError("We do not know an organisation with that name: copy it from the directory")
        return found


class MergeForm(PortalForm):
    """For each fact on which the two differ: which one stays. Radios, the kept one's chosen unless it says nothing."""

    submit_label = "Merge them"
    submit_warning = True

    def __init__(self, *args, differing: Sequence[tuple[str, str, object, object]], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name, label, ours, theirs in differing:
            self.fields[name] = forms.ChoiceField(
                label=label,
                choices=[("kept", ours or "(nothing)"), ("absorbed", theirs or "(nothing)")],
                initial="kept" if ours else "absorbed",
                widget=forms.RadioSelect,
                error_messages={
                    "required": f"Choose which {label[:1].lower()}{label[1:]} stays",
                    "invalid_choice": f"Choose which {label[:1].lower()}{label[1:]} stays",
                },
            )

    @property
    def taken(self) -> set[str]:
        return {name for name, chosen in self.cleaned_data.items() if chosen == "absorbed"}
